package io.vaquita.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One published state of all trees. Immutable; thread-safe. But a version that was nobody's snapshot, and has been given back by all that
 * borrowed it, may be {@link #retire retired}: its pages then become the next version's, changed in place.
 */
final class Version implements Snapshot {
  private static final int UNUSED = 0;
  private static final int KEPT = -1;
  private static final int RETIRED = -2;

  private static final VarHandle USE;

  static {
    try {
      USE = MethodHandles.lookup().findVarHandle(Version.class, "use", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** {@link #KEPT}: it may be somebody's for ever. {@link #RETIRED}: nobody's any more. Else by how many it is borrowed. */
  @SuppressWarnings("FieldMayBeFinal") // changed by USE
  private volatile int use;

  final TreeRoots roots;
  private final long position;
  final PageSource source;

  /** Reachable for as long as a version is that may read pages of a certain checkpoint: keeps their places from being reused. */
  final Epoch epoch;

  /** Number of the group that made it; all its pages are of this or earlier groups. */
  final long generation;

  Version(TreeRoots roots, long position, long generation, PageSource source, Epoch epoch) {
    this(roots, position, generation, source, epoch, KEPT);
  }

  private Version(
      TreeRoots roots, long position, long generation, PageSource source, Epoch epoch, int use) {
    this.use = use;
    this.roots = roots;
    this.position = position;
    this.generation = generation;
    this.source = source;
    this.epoch = epoch;
  }

  /** A version of a store that keeps account of who uses it. */
  static Version countable(TreeRoots roots, long position, long generation, Version base) {
    return new Version(roots, position, generation, base.source, base.epoch, UNUSED);
  }

  /** The same version in another epoch, to take this one's place; it may be changed if this one may. */
  Version in(Epoch next) {
    return new Version(roots, position, generation, source, next, retire() ? UNUSED : KEPT);
  }

  /** Makes this somebody's who will never say that it is not needed any more. False: it is retired. */
  boolean keep() {
    int seen = use;
    while (seen != KEPT) {
      if (seen == RETIRED) {
        return false;
      }
      int found = (int) USE.compareAndExchange(this, seen, KEPT);
      seen = found == seen ? KEPT : found;
    }
    return true;
  }

  /** Makes this somebody's until {@link #giveBack}. False: it is retired. */
  boolean borrow() {
    while (true) {
      int seen = use;
      if (seen < 0) {
        return seen == KEPT;
      }
      if (USE.compareAndSet(this, seen, seen + 1)) {
        return true;
      }
    }
  }

  /** After this the borrower reads nothing of it. */
  void giveBack() {
    int seen = use;
    while (seen > 0 && !USE.compareAndSet(this, seen, seen - 1)) {
      seen = use;
    }
  }

  /** Whether nobody has it at this moment. */
  boolean isNobodys() {
    return use == UNUSED;
  }

  /** When it is nobody's, nobody's for ever. */
  boolean retire() {
    return USE.compareAndSet(this, UNUSED, RETIRED);
  }

  /** Nothing was changed after all. */
  void unretire() {
    use = UNUSED;
  }

  boolean isRetired() {
    return use == RETIRED;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public byte @Nullable [] get(int tree, byte[] key) {
    Page leaf = leafOf(tree, key);
    if (leaf == null) {
      return null;
    }
    byte[] b = leaf.bytesAgain(source, this);
    int index = PageLayout.find(b, key);
    if (index < 0) {
      return null;
    }
    int entry = PageLayout.slot(b, index);
    if (PageLayout.isOverflow(b, entry)) {
      return leaf.child(index, source, this).bytes(source, this);
    }
    int offset = PageLayout.valueOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.valueLength(b, entry));
  }

  @Override
  public @Nullable ByteRange find(int tree, byte[] key) {
    Page leaf = leafOf(tree, key);
    if (leaf == null) {
      return null;
    }
    byte[] b = leaf.bytesAgain(source, this);
    int index = PageLayout.find(b, key);
    if (index < 0) {
      return null;
    }
    int entry = PageLayout.slot(b, index);
    if (PageLayout.isOverflow(b, entry)) {
      byte[] value = leaf.child(index, source, this).bytes(source, this);
      return new ByteRange(value, 0, value.length);
    }
    return new ByteRange(b, PageLayout.valueOffset(b, entry), PageLayout.valueLength(b, entry));
  }

  private @Nullable Page leafOf(int tree, byte[] key) {
    TreeRoot root = roots.get(tree);
    if (root == null) {
      return null;
    }
    Page page = root.page();
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      page = page.child(PageLayout.childIndex(b, key), source, this);
      b = page.bytes(source, this);
    }
    return page;
  }

  @Override
  public Cursor cursor(int tree) {
    return new TreeCursor(this, roots.get(tree));
  }

  @Override
  public long entryCount(int tree) {
    TreeRoot root = roots.get(tree);
    return root == null ? 0 : root.entryCount();
  }

  @Override
  public long estimateCount(int tree, byte @Nullable [] from, byte @Nullable [] to) {
    TreeRoot root = roots.get(tree);
    if (root == null) {
      return 0;
    }
    long below = to == null ? root.entryCount() : rank(root.page(), to);
    return Math.max(0, below - (from == null ? 0 : rank(root.page(), from)));
  }

  /** Number of entries with a smaller key: exact, because branches count what is below them. */
  private long rank(Page root, byte[] key) {
    long rank = 0;
    Page page = root;
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      int index = PageLayout.childIndex(b, key);
      for (int i = 0; i < index; i++) {
        rank += PageLayout.childCount(b, i);
      }
      page = page.child(index, source, this);
      b = page.bytes(source, this);
    }
    return rank + PageLayout.lowerBound(b, key);
  }

  @Override
  public byte @Nullable [] keyAt(int tree, long rank) {
    TreeRoot root = roots.get(tree);
    if (root == null || rank < 0 || rank >= root.entryCount()) {
      return null;
    }
    long rest = rank;
    Page page = root.page();
    byte[] b = page.bytes(source, this);
    while (!PageLayout.isLeaf(b)) {
      int index = 0;
      while (rest >= PageLayout.childCount(b, index)) {
        rest -= PageLayout.childCount(b, index);
        index++;
      }
      page = page.child(index, source, this);
      b = page.bytes(source, this);
    }
    int entry = PageLayout.slot(b, (int) rest);
    int offset = PageLayout.keyOffset(b, entry);
    return Arrays.copyOfRange(b, offset, offset + PageLayout.keyLength(b, entry));
  }
}
