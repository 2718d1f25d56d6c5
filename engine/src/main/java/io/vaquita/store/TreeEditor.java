package io.vaquita.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One tree of the next version in the making. Confined to one thread.
 *
 * <p>Every change descends from the root, makes the pages on the way private and then changes the leaf. A page that is too full is
 * split and the change starts again from the root: the repeated descent is rare (once a split) and spares all repair of paths. A
 * split needs room in the parent; when there is none the parent is split first, and all starts again.
 */
final class TreeEditor {
  private final VersionEditor version;
  private final PageSizes sizes;
  private final PageEditor pages;
  private final int number;
  private @Nullable Page root;
  private long entryCount;

  private final TreePath path;

  /** What {@link #prepare} found in the leaf. */
  private int prepared;

  TreeEditor(VersionEditor version, int number, @Nullable TreeRoot root) {
    this.version = version;
    this.sizes = version.sizes();
    this.number = number;
    this.pages = new PageEditor(version, number);
    this.path = new TreePath(version);
    if (root != null) {
      this.root = root.page();
      this.entryCount = root.entryCount();
    }
  }

  int number() {
    return number;
  }

  @Nullable TreeRoot root() {
    Page r = root;
    return r == null ? null : new TreeRoot(r, entryCount);
  }

  void relocate(Relocation relocation) {
    Page r = root;
    if (r != null) {
      root = relocation.root(r);
    }
  }

  void pack(LeafPacking packing) {
    Page r = root;
    if (r != null) {
      root = packing.root(version, number, r);
    }
  }

  void put(byte[] key, byte[] value) {
    growFromNothing();
    boolean isDone = false;
    while (!isDone) {
      isDone = putInto(descend(key), key, value);
    }
  }

  private void growFromNothing() {
    if (root == null) {
      root = version.newPage(PageLayout.emptyPage(sizes.page(), number, 0), null);
    }
  }

  /** Puts into the leaf at the end of the path. False: a page was split instead, and the path leads nowhere any more. */
  private boolean putInto(Page leaf, byte[] key, byte[] value) {
    boolean isInPlace = sizes.isInPlace(key.length, value.length);
    int found = PageLayout.find(leaf.privateBytes(), key);
    boolean isDone =
        found >= 0
            ? replace(leaf, found, key, value, isInPlace)
            : insert(leaf, -1 - found, key, value, isInPlace);
    if (!isDone) {
      split(path.leafLevel(), found >= 0 ? -1 : -1 - found, key);
    } else if (!isInPlace) {
      path.markOverflow();
    }
    return isDone;
  }

  /**
   * Puts those from {@code from} on that go to one leaf, or as many of them as it has room for; those that nothing need be copied for are
   * left for later.
   *
   * @return the first that is not put and not left for later
   */
  int putRun(SortedPuts puts, int from, DeferredPuts deferred) {
    growFromNothing();
    Page leaf = descendAsItIs(puts.key(from));
    int end = path.endOfRun(puts, from);
    if (version.isChangeable(leaf) && puts.fit(leaf.privateBytes(), sizes, from, end)) {
      deferred.add(this, from, end);
      return end;
    }
    leaf = path.privatise();
    root = path.root();
    int i = from;
    while (i < end && putInto(leaf, puts.key(i), puts.value(i))) {
      i++;
    }
    return i;
  }

  /** So many entries will come by {@link #putDeferred}. */
  void countDeferred(int inserts) {
    entryCount += inserts;
  }

  /** Does what was left for later, once counted: stores into arrays that there are, nothing that could fail. */
  void putDeferred(SortedPuts puts, int from, int to) {
    Page leaf = descendAsItIs(puts.key(from));
    byte[] b = leaf.privateBytes();
    int inserted = 0;
    for (int i = from; i < to; i++) {
      int found = puts.found(i);
      if (found >= 0) {
        PageWriter.overwriteValue(b, PageLayout.slot(b, found + inserted), puts.value(i));
      } else {
        int index = -1 - found + inserted;
        PageWriter.insertInPlace(b, index, puts.key(i), puts.value(i));
        PageEditor.noteInsert(b, index);
        inserted++;
      }
    }
    path.addToBranches(inserted);
  }

  /**
   * Makes the way to a put's place private and sees whether the put itself can then be nothing but stores into arrays, which cannot fail half
   * way. Changes nothing that a reader of the tree could see.
   */
  boolean prepare(byte[] key, byte[] value) {
    if (root == null || !sizes.isInPlace(key.length, value.length)) {
      return false;
    }
    Page leaf = descend(key);
    byte[] b = leaf.privateBytes();
    int found = PageLayout.find(b, key);
    prepared = found;
    if (leaf.children != null) {
      return false;
    }
    return found >= 0
        ? value.length <= PageLayout.valueLength(b, PageLayout.slot(b, found))
        : makeRoom(leaf, PageWriter.leafEntryBytes(key.length, value.length));
  }

  /** The root as it will be after {@link #putPrepared}. */
  TreeRoot preparedRoot() {
    return new TreeRoot(path.root(), entryCount + (prepared < 0 ? 1 : 0));
  }

  /** The put for which {@link #prepare} said yes, with nothing done in between. Allocates nothing. */
  void putPrepared(byte[] key, byte[] value) {
    Page leaf = path.leaf();
    if (prepared >= 0) {
      byte[] b = leaf.privateBytes();
      PageWriter.overwriteValue(b, PageLayout.slot(b, prepared), value);
    } else {
      insert(leaf, -1 - prepared, key, value, true);
    }
  }

  void delete(byte[] key) {
    if (!contains(key)) {
      return;
    }
    Page leaf = descend(key);
    int index = PageLayout.find(leaf.privateBytes(), key);
    pages.forgetOverflow(leaf, index);
    PageEditor.removeEntries(leaf, index, index + 1);
    addToCounts(-1);
    repairPath();
  }

  void deleteRange(byte @Nullable [] from, byte @Nullable [] to) {
    Page r = root;
    if (r == null) {
      return;
    }
    if (from == null && to == null) {
      version.dropped(r, (pages.countFieldOf(r) & PageLayout.OVERFLOW_BELOW) != 0);
      root = null;
      entryCount = 0;
      return;
    }
    r = version.privatise(r);
    root = r;
    entryCount -= pages.removeRange(r, from, to);
    if (PageLayout.count(r.privateBytes()) == 0) {
      root = null;
      return;
    }
    repairAt(from);
    repairAt(to);
  }

  private void repairAt(byte @Nullable [] edge) {
    if (edge != null && root != null) {
      descend(edge);
      repairPath();
    }
  }

  private boolean contains(byte[] key) {
    Page leaf = leafOf(key);
    return leaf != null && PageLayout.find(version.bytes(leaf), key) >= 0;
  }

  /** A copy of the value, or for a large one the shared array; null: there is none. */
  byte @Nullable [] get(byte[] key) {
    Page leaf = leafOf(key);
    if (leaf == null) {
      return null;
    }
    byte[] b = version.bytes(leaf);
    int index = PageLayout.find(b, key);
    if (index < 0) {
      return null;
    }
    int entry = PageLayout.slot(b, index);
    if (PageLayout.isOverflow(b, entry)) {
      return version.bytes(version.child(leaf, index));
    }
    int offset = PageLayout.valueOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.valueLength(b, entry));
  }

  private @Nullable Page leafOf(byte[] key) {
    Page page = root;
    if (page == null) {
      return null;
    }
    byte[] b = version.bytes(page);
    while (!PageLayout.isLeaf(b)) {
      page = version.child(page, PageLayout.childIndex(b, key));
      b = version.bytes(page);
    }
    return page;
  }

  /** Fills the path down to the leaf that covers the key with private pages; returns the leaf. */
  private Page descend(byte[] key) {
    Page leaf = path.descend(rootOfSome(), key);
    root = path.root();
    return leaf;
  }

  /** Fills the path down to the leaf that covers the key with the pages that there are. */
  private Page descendAsItIs(byte[] key) {
    return path.descendAsItIs(rootOfSome(), key);
  }

  private Page rootOfSome() {
    Page r = root;
    if (r == null) {
      throw new IllegalStateException("descent in an empty tree");
    }
    return r;
  }

  private boolean insert(Page leaf, int index, byte[] key, byte[] value, boolean isInPlace) {
    int valueBytes = isInPlace ? value.length : PageLayout.OVERFLOW_REFERENCE_BYTES;
    if (!makeRoom(leaf, PageWriter.leafEntryBytes(key.length, valueBytes))) {
      return false;
    }
    write(leaf, index, key, value, isInPlace);
    PageEditor.noteInsert(leaf.privateBytes(), index);
    addToCounts(1);
    return true;
  }

  private void write(Page leaf, int index, byte[] key, byte[] value, boolean isInPlace) {
    byte[] b = leaf.privateBytes();
    if (isInPlace) {
      PageWriter.insertInPlace(b, index, key, value);
      if (leaf.children != null) {
        PageEditor.insertChildPage(leaf, index, null);
      }
    } else {
      if (leaf.children == null) {
        leaf.children = new Page[PageLayout.count(b)];
        b[PageLayout.KIND] = PageLayout.KIND_OVERFLOW_LEAF;
      }
      PageWriter.insertOverflow(b, index, key, value.length);
      PageEditor.insertChildPage(leaf, index, version.newValue(value));
    }
  }

  private boolean replace(Page leaf, int index, byte[] key, byte[] value, boolean isInPlace) {
    byte[] b = leaf.privateBytes();
    int entry = PageLayout.slot(b, index);
    boolean wasInPlace = !PageLayout.isOverflow(b, entry);
    if (isInPlace && wasInPlace && value.length <= PageLayout.valueLength(b, entry)) {
      PageWriter.overwriteValue(b, entry, value);
      return true;
    }
    int before = PageLayout.entryBytes(b, entry);
    int after =
        PageWriter.leafEntryBytes(
            key.length, isInPlace ? value.length : PageLayout.OVERFLOW_REFERENCE_BYTES);
    int used = PageLayout.used(b) - before + after;
    if (used > b.length && PageLayout.count(b) >= 4) {
      return false;
    }
    pages.forgetOverflow(leaf, index);
    PageEditor.removeEntries(leaf, index, index + 1);
    if (!makeRoom(leaf, after)) {
      throw new IllegalStateException("no room after making it");
    }
    write(leaf, index, key, value, isInPlace);
    return true;
  }

  /** Room for an entry and its slot, by compaction or, in a page of few large entries, by growth; false: the page must be split. */
  private boolean makeRoom(Page page, int entryBytes) {
    byte[] b = page.privateBytes();
    int need = entryBytes + PageLayout.SLOT_BYTES;
    if (PageLayout.gap(b) >= need) {
      return true;
    }
    int used = PageLayout.used(b) + need;
    if (used > b.length && PageLayout.count(b) >= 4) {
      return false;
    }
    int capacity = sizes.capacityFor(used);
    version.rebuild(page, capacity);
    return true;
  }

  /** Splits the page of the path at this level, or an ancestor that has no room for one more child. */
  private void split(int level, int index, byte[] key) {
    if (level == 0) {
      growUpwards();
      level = 1;
    }
    Page page = path.page(level);
    Page parent = path.page(level - 1);
    byte[] b = page.privateBytes();
    int at = splitIndex(level, index);
    byte[] separator = PageEditor.separatorAt(b, at, key);
    if (!makeRoom(parent, PageLayout.BRANCH_ENTRY_HEADER + separator.length)) {
      split(level - 1, path.index(level - 1), key);
      return;
    }
    int count = PageLayout.count(b);
    Page left = pages.part(page, 0, at);
    Page right = pages.part(page, at, count);
    version.replaced(page);
    int slot = path.index(level - 1);
    byte[] p = parent.privateBytes();
    version.children(parent)[slot] = left;
    PageLayout.putChildCountField(p, slot, pages.countFieldOf(left));
    PageWriter.insertChild(p, slot + 1, separator, 0, separator.length, pages.countFieldOf(right));
    PageEditor.insertChildPage(parent, slot + 1, right);
  }

  /** A new root above the old one. The path moves down one level. */
  private void growUpwards() {
    Page old = path.root();
    byte[] b = PageLayout.emptyPage(sizes.page(), number, PageLayout.level(old.privateBytes()) + 1);
    PageWriter.insertChild(b, 0, b, 0, 0, pages.countFieldOf(old));
    Page grown = version.newPage(b, new Page[] {old});
    root = grown;
    path.grow(grown);
  }

  /**
   * Where to split so that insert {@code index} finds room (-1: an entry grows). Rows that come in key order leave full pages behind: at the tree's right
   * or left end at once, elsewhere when several inserts followed each other.
   */
  private int splitIndex(int level, int index) {
    byte[] b = path.page(level).privateBytes();
    int count = PageLayout.count(b);
    boolean isRun = PageLayout.u16(b, PageLayout.RUN) >= 3;
    boolean follows = isRun && index == PageLayout.u16(b, PageLayout.LAST_INSERT) + 1;
    if (PageLayout.isLeaf(b)) {
      if (index == count && (follows || path.isEdge(level, true))) {
        return count;
      }
      if (index == 0 && path.isEdge(level, false)) {
        return 0;
      }
      if (follows && index > 0 && index < count) {
        return index;
      }
    } else if (index == count - 1 && path.isEdge(level, true)) {
      return count - Math.max(1, count / 10);
    }
    return PageWriter.middle(b);
  }

  /** After entries went: from the leaf up, drops empty pages of the path and merges sparse ones with a neighbour. */
  private void repairPath() {
    for (int level = path.leafLevel(); level > 0; level--) {
      Page page = path.page(level);
      byte[] b = page.privateBytes();
      Page parent = path.page(level - 1);
      int index = path.index(level - 1);
      if (PageLayout.count(b) == 0) {
        version.replaced(page);
        PageEditor.removeEntries(parent, index, index + 1);
      } else if (sizes.isSparse(PageLayout.used(b))
          && !pages.tryMerge(parent, index)
          && index > 0) {
        pages.tryMerge(parent, index - 1);
      }
    }
    lowerRoot(path.root());
  }

  /** A branch with one child gives way to that child, an empty root to none. */
  private void lowerRoot(Page from) {
    Page page = from;
    byte[] b = page.privateBytes();
    while (!PageLayout.isLeaf(b) && PageLayout.count(b) == 1) {
      Page child = version.child(page, 0);
      version.replaced(page);
      page = child;
      b = version.bytes(page);
    }
    if (PageLayout.count(b) == 0) {
      version.replaced(page);
      root = null;
    } else {
      root = page;
    }
  }

  private void addToCounts(int delta) {
    entryCount += delta;
    path.addToBranches(delta);
  }
}
