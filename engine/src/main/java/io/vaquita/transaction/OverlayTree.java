package io.vaquita.transaction;

import io.vaquita.store.Cursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction wrote to one tree: an ordered map from key to the versions that the transaction gave it, newest first.
 * Confined to the transaction's thread.
 *
 * <p>A sorted list of sorted blocks: appending in key order fills blocks to the brim, a write in the middle moves at most a block.
 * Every write carries a stamp that rises within the transaction, and older versions stay beneath newer ones. So undoing to a
 * savepoint is popping versions, and a cursor that was positioned at stamp s reads "as of s" and never meets later writes.
 */
final class OverlayTree implements Overlay {
  /** One value that the transaction gave a key; null is a deletion. Immutable. */
  record Version(byte @Nullable [] value, long stamp, @Nullable Version older) {}

  private static final int BLOCK_ENTRIES_MAX = 128;
  private static final int BLOCK_ENTRIES_FIRST = 8;

  private static final class Block {
    byte[][] keys = new byte[BLOCK_ENTRIES_FIRST][];
    Version[] versions = new Version[BLOCK_ENTRIES_FIRST];
    int size;

    void insert(int at, byte[] key, Version version) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, Math.min(size * 2, BLOCK_ENTRIES_MAX));
        versions = Arrays.copyOf(versions, keys.length);
      }
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(versions, at, versions, at + 1, size - at);
      keys[at] = key;
      versions[at] = version;
      size++;
    }

    @SuppressWarnings("NullAway") // slots beyond size are null
    void remove(int at) {
      size--;
      System.arraycopy(keys, at + 1, keys, at, size - at);
      System.arraycopy(versions, at + 1, versions, at, size - at);
      keys[size] = null;
      versions[size] = null;
    }

    Block splitOff() {
      Block right = new Block();
      int half = size / 2;
      right.keys = Arrays.copyOf(Arrays.copyOfRange(keys, half, size), keys.length);
      right.versions = Arrays.copyOf(Arrays.copyOfRange(versions, half, size), keys.length);
      right.size = size - half;
      Arrays.fill(keys, half, size, null);
      Arrays.fill(versions, half, size, null);
      size = half;
      return right;
    }
  }

  private final int tree;

  /** Whether the committed tree beneath counts as empty: TRUNCATE. */
  private final boolean hidesCommitted;

  private Block[] blocks = {new Block()};
  private int blockCount = 1;
  private long size;
  private int structureChanges;

  OverlayTree(int tree, boolean hidesCommitted) {
    this.tree = tree;
    this.hidesCommitted = hidesCommitted;
  }

  @Override
  public int tree() {
    return tree;
  }

  @Override
  public boolean hidesCommitted() {
    return hidesCommitted;
  }

  @Override
  public long size() {
    return size;
  }

  /** Changes whenever positions become invalid. */
  int structureChanges() {
    return structureChanges;
  }

  void write(byte[] key, byte @Nullable [] value, long stamp) {
    Block last = blocks[blockCount - 1];
    if (last.size > 0 && Arrays.compareUnsigned(key, last.keys[last.size - 1]) > 0) {
      append(last, key, new Version(value, stamp, null));
      return;
    }
    int at = blockOf(key);
    Block block = blocks[at];
    int index = indexIn(block, key);
    if (index >= 0) {
      block.versions[index] = new Version(value, stamp, block.versions[index]);
      return;
    }
    int insertAt = -index - 1;
    if (block.size == BLOCK_ENTRIES_MAX) {
      Block right = block.splitOff();
      insertBlock(at + 1, right);
      if (insertAt > block.size) {
        insertAt -= block.size;
        block = right;
      }
    }
    block.insert(insertAt, key, new Version(value, stamp, null));
    size++;
    structureChanges++;
  }

  private void append(Block last, byte[] key, Version version) {
    Block target = last;
    if (last.size == BLOCK_ENTRIES_MAX) {
      target = new Block();
      insertBlock(blockCount, target);
    }
    target.insert(target.size, key, version);
    size++;
    structureChanges++;
  }

  private void insertBlock(int at, Block block) {
    if (blockCount == blocks.length) {
      blocks = Arrays.copyOf(blocks, blockCount * 2);
    }
    System.arraycopy(blocks, at, blocks, at + 1, blockCount - at);
    blocks[at] = block;
    blockCount++;
  }

  /** Takes the newest version of a key away again, and returns it. */
  Version undo(byte[] key) {
    int at = blockOf(key);
    Block block = blocks[at];
    int index = indexIn(block, key);
    if (index < 0) {
      throw new IllegalStateException("undo of a key that was not written");
    }
    Version newest = block.versions[index];
    Version older = newest.older();
    if (older != null) {
      block.versions[index] = older;
      return newest;
    }
    block.remove(index);
    size--;
    structureChanges++;
    if (block.size == 0 && blockCount > 1) {
      removeBlock(at);
    }
    return newest;
  }

  @SuppressWarnings("NullAway") // slots beyond blockCount are null
  private void removeBlock(int at) {
    blockCount--;
    System.arraycopy(blocks, at + 1, blocks, at, blockCount - at);
    blocks[blockCount] = null;
  }

  @Override
  public @Nullable Version get(byte[] key) {
    Block block = blocks[blockOf(key)];
    int index = indexIn(block, key);
    return index < 0 ? null : block.versions[index];
  }

  @Override
  public byte @Nullable [] everWritten(byte[] key) {
    Version version = get(key);
    while (version != null && version.value() == null) {
      version = version.older();
    }
    return version == null ? null : version.value();
  }

  /** The value that the write with this stamp gave the key. */
  byte @Nullable [] valueAt(byte[] key, long stamp) {
    Version version = get(key);
    while (version != null && version.stamp() != stamp) {
      version = version.older();
    }
    if (version == null) {
      throw new IllegalStateException("a write that left no version");
    }
    return version.value();
  }

  // Positions: block number in the upper half, index within it in the lower; -1 is none. Valid
  // until structureChanges() changes.

  long first() {
    return blocks[0].size == 0 ? -1 : 0;
  }

  long last() {
    Block block = blocks[blockCount - 1];
    return block.size == 0 ? -1 : position(blockCount - 1, block.size - 1);
  }

  /** To the first entry {@code >= key}, or after it when {@code exclusive}. */
  long seek(byte[] key, boolean exclusive) {
    int at = blockOf(key);
    Block block = blocks[at];
    int index = indexIn(block, key);
    int next = index < 0 ? -index - 1 : exclusive ? index + 1 : index;
    if (next < block.size) {
      return position(at, next);
    }
    return at + 1 < blockCount ? position(at + 1, 0) : -1;
  }

  /** To the last entry {@code <= key}, or before it when {@code exclusive}. */
  long seekBefore(byte[] key, boolean exclusive) {
    int at = blockOf(key);
    int index = indexIn(blocks[at], key);
    int previous = index < 0 ? -index - 2 : exclusive ? index - 1 : index;
    if (previous >= 0) {
      return position(at, previous);
    }
    return at > 0 ? position(at - 1, blocks[at - 1].size - 1) : -1;
  }

  long next(long position) {
    int at = (int) (position >>> 32);
    int index = (int) position + 1;
    if (index < blocks[at].size) {
      return position(at, index);
    }
    return at + 1 < blockCount ? position(at + 1, 0) : -1;
  }

  long previous(long position) {
    int at = (int) (position >>> 32);
    int index = (int) position - 1;
    if (index >= 0) {
      return position(at, index);
    }
    return at > 0 ? position(at - 1, blocks[at - 1].size - 1) : -1;
  }

  byte[] key(long position) {
    return blocks[(int) (position >>> 32)].keys[(int) position];
  }

  /** The newest version at a position. */
  Version version(long position) {
    return blocks[(int) (position >>> 32)].versions[(int) position];
  }

  @Override
  public long estimateCount(byte @Nullable [] from, byte @Nullable [] to) {
    long low = from == null ? first() : seek(from, false);
    long high = to == null ? -1 : seek(to, false);
    if (low < 0) {
      return 0;
    }
    int lowBlock = (int) (low >>> 32);
    int highBlock = high < 0 ? blockCount - 1 : (int) (high >>> 32);
    int highIndex = high < 0 ? blocks[highBlock].size : (int) high;
    if (lowBlock == highBlock) {
      return Math.max(0, highIndex - (int) low);
    }
    long between = (long) (highBlock - lowBlock - 1) * (size / blockCount);
    return blocks[lowBlock].size - (int) low + between + highIndex;
  }

  private static long position(int block, int index) {
    return (long) block << 32 | index;
  }

  /** The last block whose first key is not above {@code key}, or the first block. */
  private int blockOf(byte[] key) {
    int low = 1;
    int high = blockCount - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(blocks[middle].keys[0], key) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return low - 1;
  }

  /** The index of {@code key}, or {@code -insertion point - 1}. */
  private static int indexIn(Block block, byte[] key) {
    int low = 0;
    int high = block.size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(block.keys[middle], key);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  @Override
  public Cursor over(Cursor committed, WriteSet writes) {
    return new MergedCursor(committed, new OverlaySide(this, writes), hidesCommitted());
  }

  @Override
  public OwnEntries entries() {
    return new Walk();
  }

  private final class Walk implements OwnEntries {
    private long at = -1;

    @Override
    public boolean first() {
      at = OverlayTree.this.first();
      return at >= 0;
    }

    @Override
    public boolean last() {
      at = OverlayTree.this.last();
      return at >= 0;
    }

    @Override
    public boolean seekBefore(byte[] key) {
      at = OverlayTree.this.seekBefore(key, true);
      return at >= 0;
    }

    @Override
    public boolean next() {
      at = OverlayTree.this.next(at);
      return at >= 0;
    }

    @Override
    public boolean previous() {
      at = OverlayTree.this.previous(at);
      return at >= 0;
    }

    @Override
    public byte[] key() {
      return OverlayTree.this.key(at);
    }

    @Override
    public boolean isDeletion() {
      return version(at).value() == null;
    }
  }
}
