package io.vaquita.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves the entries of leaves that are not full together, so that a tree that grew in random order takes no more room than one that was
 * loaded in key order. Changes no entry. Goes through all trees once, in steps that each publish a version. Confined to one thread at a
 * time.
 *
 * <p>What is packed is what hangs below one branch of level 1, some hundred leaves: its leaves are replaced together, and the branch with
 * them. A branch whose leaves are nearly full stays as it is, for which a few of its leaves are looked at.
 */
final class LeafPacking {
  private static final int SAMPLE = 8;
  private static final int LEAVES_MIN = 4;

  private final int leavesMax;

  // Where the next step begins: this tree, and in it the branch that covers this key, null: the
  // first.
  private int tree = 1;
  private byte @Nullable [] next;
  private boolean isDone;

  // Of the step at work.
  private int leaves;
  private long saved;

  /** A step ends behind the branch with which it has looked at so many leaves. */
  LeafPacking(int leavesMax) {
    this.leavesMax = leavesMax;
  }

  boolean isDone() {
    return isDone;
  }

  /** Packs on, in a version in the making; returns how many leaves fewer it has. */
  long step(VersionEditor version) {
    leaves = 0;
    saved = 0;
    while (tree < version.treeLimit() && !isStepOver()) {
      version.pack(tree, this);
      if (next == null) {
        tree++;
      }
    }
    isDone = tree >= version.treeLimit();
    return saved;
  }

  private boolean isStepOver() {
    return leaves >= leavesMax;
  }

  /** The root with packed leaves below it, for {@link TreeEditor}. */
  Page root(VersionEditor version, int number, Page root) {
    byte @Nullable [] from = next;
    next = null;
    int level = PageLayout.level(version.bytes(root));
    return level == 0 ? root : below(version, new PageEditor(version, number), root, from);
  }

  /** The page, or what replaces it, with what could be packed from a key on. */
  private Page below(VersionEditor version, PageEditor pages, Page page, byte @Nullable [] from) {
    byte[] b = version.bytes(page);
    if (PageLayout.level(b) == 1) {
      return isWorthPacking(version, page, b) ? packed(version, pages, page, b) : page;
    }
    Page result = page;
    int first = from == null ? 0 : PageLayout.childIndex(b, from);
    for (int i = first; i < PageLayout.count(b) && next == null; i++) {
      if (i > first && isStepOver()) {
        next = PageEditor.keyAt(b, i);
        return result;
      }
      Page child = version.child(result, i);
      Page after = below(version, pages, child, i == first ? from : null);
      if (!after.equals(child)) {
        result = version.privatise(result);
        version.children(result)[i] = after;
      }
    }
    return result;
  }

  private boolean isWorthPacking(VersionEditor version, Page branch, byte[] b) {
    int count = PageLayout.count(b);
    if (count < LEAVES_MIN) {
      leaves++;
      return false;
    }
    int step = Math.max(1, count / SAMPLE);
    long used = 0;
    int looked = 0;
    for (int i = 0; i < count; i += step) {
      byte[] leaf = version.bytes(version.child(branch, i));
      used += Math.min(leaf.length, PageLayout.used(leaf));
      looked++;
    }
    leaves += looked;
    return used < looked * (version.sizes().page() - version.sizes().page() / 8L);
  }

  private Page packed(VersionEditor version, PageEditor pages, Page branch, byte[] b) {
    int count = PageLayout.count(b);
    leaves += count;
    Packed packed = new Packed(version.sizes().page(), PageLayout.tree(b));
    for (int i = 0; i < count; i++) {
      Page leaf = version.child(branch, i);
      byte[] l = version.bytes(leaf);
      if (l.length > version.sizes().page()) {
        // of few large entries: they would not become fewer
        return branch;
      }
      packed.add(l, version.childrenIfAny(leaf, l));
    }
    packed.endLeaf();
    int after = packed.full.size();
    if (after < 2 || after > count - count / 8 || !packed.fitsBranch(b)) {
      return branch;
    }
    saved += count - after;
    for (int i = 0; i < count; i++) {
      version.replaced(version.child(branch, i));
    }
    version.replaced(branch);
    return packed.branch(version, pages, b);
  }

  /** The leaves of a branch in the making. */
  private static final class Packed {
    private final int pageBytes;
    private final int tree;
    private final List<byte[]> full = new ArrayList<>();
    private final List<@Nullable Page @Nullable []> values = new ArrayList<>();
    private byte[] leaf;
    private @Nullable Page @Nullable [] leafValues;

    Packed(int pageBytes, int tree) {
      this.pageBytes = pageBytes;
      this.tree = tree;
      this.leaf = PageLayout.emptyPage(pageBytes, tree, 0);
    }

    void add(byte[] source, @Nullable Page @Nullable [] sourceValues) {
      int count = PageLayout.count(source);
      for (int from = 0; from < count; ) {
        int to = endOfFit(source, from, count);
        if (to == from) {
          endLeaf();
          continue;
        }
        append(source, sourceValues, from, to);
        from = to;
      }
    }

    /** The first from {@code from} on that the leaf at work has no room for. */
    private int endOfFit(byte[] source, int from, int count) {
      int left = PageLayout.gap(leaf);
      int to = from;
      while (to < count) {
        left -= PageLayout.SLOT_BYTES + PageLayout.entryBytes(source, PageLayout.slot(source, to));
        if (left < 0) {
          break;
        }
        to++;
      }
      return to;
    }

    private void append(byte[] source, @Nullable Page @Nullable [] sourceValues, int from, int to) {
      int before = PageLayout.count(leaf);
      PageWriter.append(source, from, to, leaf);
      @Nullable Page @Nullable [] all = leafValues;
      if (all == null && sourceValues == null) {
        return;
      }
      @Nullable Page[] grown =
          all == null ? new Page[before + to - from] : Arrays.copyOf(all, before + to - from);
      if (sourceValues != null) {
        System.arraycopy(sourceValues, from, grown, before, to - from);
      }
      leafValues = grown;
    }

    void endLeaf() {
      full.add(leaf);
      values.add(valuesOrNull());
      leaf = PageLayout.emptyPage(pageBytes, tree, 0);
      leafValues = null;
    }

    /** Of a leaf that has values in pages of their own; its kind says so. */
    private @Nullable Page @Nullable [] valuesOrNull() {
      @Nullable Page @Nullable [] all = leafValues;
      if (all != null) {
        for (Page value : all) {
          if (value != null) {
            leaf[PageLayout.KIND] = PageLayout.KIND_OVERFLOW_LEAF;
            return all;
          }
        }
      }
      return null;
    }

    /** Whether the branch is no larger than a usual page with these leaves' separators. */
    boolean fitsBranch(byte[] b) {
      int bytes = PageLayout.HEADER;
      for (int i = 0; i < full.size(); i++) {
        bytes += PageLayout.SLOT_BYTES + PageLayout.BRANCH_ENTRY_HEADER + separator(b, i).length;
      }
      return bytes <= pageBytes;
    }

    /** The key from which on entries are in a leaf: the first leaf's is the branch's own, whatever it says. */
    private byte[] separator(byte[] b, int i) {
      return i == 0 ? PageEditor.keyAt(b, 0) : PageEditor.separator(full.get(i - 1), full.get(i));
    }

    Page branch(VersionEditor version, PageEditor pages, byte[] b) {
      byte[] branch = PageLayout.emptyPage(pageBytes, tree, 1);
      @Nullable Page[] children = new Page[full.size()];
      for (int i = 0; i < children.length; i++) {
        Page page = version.newPage(full.get(i), values.get(i));
        byte[] separator = separator(b, i);
        PageWriter.insertChild(branch, i, separator, 0, separator.length, pages.countFieldOf(page));
        children[i] = page;
      }
      return version.newPage(branch, children);
    }
  }
}
