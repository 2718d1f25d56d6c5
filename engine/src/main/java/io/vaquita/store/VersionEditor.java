package io.vaquita.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The next version in the making: applies the batches of one group to private pages, so that a page is copied once a group however
 * many of its rows change. Confined to one thread.
 */
final class VersionEditor {
  private static final int PREPARED_MAX = 16;

  private final Version base;
  private final PageSizes sizes;
  private final long generation;
  private final SpaceLedger ledger;
  private final Map<Integer, TreeEditor> trees = new HashMap<>();

  /** Pages of later groups that are not in the file are only the base version's, see {@link VersionChain#frozenGeneration}. */
  private final long frozenGeneration;

  private @Nullable TreeEditor lastTree;
  private @Nullable DeferredPuts deferred;

  VersionEditor(Version base, PageSizes sizes, long generation, SpaceLedger ledger) {
    this(base, sizes, generation, ledger, Long.MAX_VALUE);
  }

  /** {@code frozenGeneration}: see {@link VersionChain#frozenGeneration}. */
  VersionEditor(
      Version base, PageSizes sizes, long generation, SpaceLedger ledger, long frozenGeneration) {
    this.frozenGeneration = frozenGeneration;
    this.base = base;
    this.sizes = sizes;
    this.generation = generation;
    this.ledger = ledger;
  }

  void apply(WriteBatch batch) {
    for (WriteBatch.Change change : batch.changes()) {
      switch (change) {
        case WriteBatch.Put put -> tree(put.tree()).put(put.key(), put.value());
        case WriteBatch.Delete delete -> tree(delete.tree()).delete(delete.key());
        case WriteBatch.DeleteRange range ->
            tree(range.tree()).deleteRange(range.from(), range.to());
      }
    }
  }

  /** Applies puts, and leaves those for {@link #complete} that can be stored into pages of the base version without a copy. */
  void apply(SortedPuts puts, GroupLedger books) {
    DeferredPuts later = new DeferredPuts(puts, books, sizes.page());
    for (int i = 0; i < puts.size(); ) {
      i = tree(puts.tree(i)).putRun(puts, i, later);
    }
    deferred = later;
  }

  /**
   * Readies what is left to do.
   *
   * @param isBaseNobodys the base version may be changed, as nobody will ever read it again
   * @return the roots as they are after {@link #storeDeferred}
   */
  TreeRoots complete(boolean isBaseNobodys) {
    DeferredPuts left = deferred;
    if (left != null && isBaseNobodys) {
      left.count();
    } else if (left != null) {
      deferred = null;
      left.putIntoCopies();
    }
    return roots();
  }

  /** Allocates nothing, reads nothing: does not fail. */
  void storeDeferred() {
    DeferredPuts left = deferred;
    if (left != null) {
      deferred = null;
      left.store();
    }
  }

  /**
   * Makes ready for a batch that can be applied by stores into private pages alone, one put a tree.
   *
   * @return the roots as they will be after {@link #applyPrepared}; null: it cannot, and {@code roots} is still what there is
   */
  @Nullable TreeRoots prepare(WriteBatch batch, TreeRoots roots) {
    List<WriteBatch.Change> changes = batch.changes();
    if (changes.size() > PREPARED_MAX) {
      return null;
    }
    for (int i = 0; i < changes.size(); i++) {
      if (!(changes.get(i) instanceof WriteBatch.Put put) || isAmong(changes, i, put.tree())) {
        return null;
      }
    }
    TreeRoots.Change change = roots.change();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof WriteBatch.Put(int number, byte[] key, byte[] value)) {
        TreeEditor tree = tree(number);
        if (!tree.prepare(key, value)) {
          return null;
        }
        change.set(number, tree.preparedRoot());
      }
    }
    return change.build();
  }

  private static boolean isAmong(List<WriteBatch.Change> changes, int limit, int tree) {
    for (int i = 0; i < limit; i++) {
      if (changes.get(i).tree() == tree) {
        return true;
      }
    }
    return false;
  }

  /** Applies what {@link #prepare} gave roots for. */
  void applyPrepared(WriteBatch batch) {
    List<WriteBatch.Change> changes = batch.changes();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i) instanceof WriteBatch.Put(int number, byte[] key, byte[] value)) {
        tree(number).putPrepared(key, value);
      }
    }
  }

  void put(int tree, byte[] key, byte[] value) {
    tree(tree).put(key, value);
  }

  void clear(int tree) {
    tree(tree).deleteRange(null, null);
  }

  /** Root of a tree as of now, or null. */
  @Nullable Page root(int tree) {
    TreeRoot root = tree(tree).root();
    return root == null ? null : root.page();
  }

  void delete(int tree, byte[] key) {
    tree(tree).delete(key);
  }

  /** The value as of now, a copy, or for a large one the shared array: not to be written; null: there is none. */
  byte @Nullable [] get(int tree, byte[] key) {
    return tree(tree).get(key);
  }

  private TreeEditor tree(int number) {
    TreeEditor last = lastTree;
    if (last == null || last.number() != number) {
      last = trees.computeIfAbsent(number, n -> new TreeEditor(this, n, base.roots.get(n)));
      lastTree = last;
    }
    return last;
  }

  /** Applies a relocation to all trees. */
  long relocate(long fromUnit, long unitsMax) {
    Relocation relocation = new Relocation(this, fromUnit, unitsMax);
    for (int number = 1; number < base.roots.treeLimit(); number++) {
      if (base.roots.get(number) != null) {
        tree(number).relocate(relocation);
      }
    }
    return relocation.units();
  }

  /** Packs a tree from where the packing is on; nothing when there is no such tree. */
  void pack(int tree, LeafPacking packing) {
    if (base.roots.get(tree) != null) {
      tree(tree).pack(packing);
    }
  }

  /** No tree has this number or a greater one. */
  int treeLimit() {
    return base.roots.treeLimit();
  }

  TreeRoots roots() {
    TreeRoots.Change change = base.roots.change();
    for (TreeEditor tree : trees.values()) {
      change.set(tree.number(), tree.root());
    }
    return change.build();
  }

  /** Root pages of the trees that were touched and are not empty. */
  List<Page> changedRoots() {
    List<Page> pages = new ArrayList<>();
    for (TreeEditor tree : trees.values()) {
      TreeRoot root = tree.root();
      if (root != null) {
        pages.add(root.page());
      }
    }
    return pages;
  }

  PageSizes sizes() {
    return sizes;
  }

  byte[] bytes(Page page) {
    return page.bytes(base.source, base);
  }

  Page child(Page page, int index) {
    return page.child(index, base.source, base);
  }

  @Nullable Page[] children(Page page) {
    return page.children(base.source, base);
  }

  /** The pages below a page; null when there are none. Its bytes alone say so: an eviction may have taken the array. */
  @Nullable Page @Nullable [] childrenIfAny(Page page, byte[] b) {
    return PageLayout.hasChildren(b) ? children(page) : null;
  }

  private boolean isPrivate(Page page) {
    return page.generation == generation;
  }

  /**
   * Whether a page of the base version may be changed once that version is nobody's. So may all above it then: a page is never of an
   * earlier group than what is below it, nor in the file before it.
   */
  boolean isChangeable(Page page) {
    return page.generation > frozenGeneration && !isPrivate(page) && page.location == 0;
  }

  Page newPage(byte[] bytes, @Nullable Page @Nullable [] children) {
    ledger.created(bytes.length);
    return new Page(generation, false, bytes, children);
  }

  Page newValue(byte[] value) {
    ledger.created(value.length);
    return new Page(generation, true, value, null);
  }

  /** The page itself when this group made it, else a copy that replaces it. */
  Page privatise(Page page) {
    if (isPrivate(page)) {
      return page;
    }
    byte[] b = bytes(page);
    @Nullable Page @Nullable [] c = childrenIfAny(page, b);
    int capacity = sizes.capacityFor(PageLayout.used(b));
    byte[] copy = capacity < b.length ? PageWriter.rebuild(b, capacity) : b.clone();
    Page replacement = newPage(copy, c == null ? null : c.clone());
    replacement.isHot = page.isHot;
    replaced(page);
    return replacement;
  }

  /** A private page gets other bytes. */
  void rebuild(Page page, int capacity) {
    byte[] before = page.privateBytes();
    page.bytes = PageWriter.rebuild(before, capacity);
    ledger.created(capacity - before.length);
  }

  /** The new version does without this page (its children are another matter). */
  void replaced(Page page) {
    if (isPrivate(page)) {
      byte[] b = page.bytes;
      ledger.created(b == null ? 0 : -b.length);
    } else {
      ledger.replaced(page);
    }
  }

  /** The new version does without this page and all below it. */
  void dropped(Page page, boolean hasOverflow) {
    ledger.dropped(page, hasOverflow);
  }
}
