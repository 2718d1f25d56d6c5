package io.vaquita.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Which units of the data file are in use. Confined to whoever holds the checkpoint lock.
 *
 * <p>Two bitmaps: {@code live} is what the checkpoint in the making refers to, and what is written with it; {@code taken} is what must
 * not be given away yet: live units and those that the checkpoint before, or a snapshot still held, may read. A unit goes
 * free → taken and live ({@link #allocate}) → taken ({@link #retire}) → free ({@link #release}).
 *
 * <p>On disk the live map is cut into chunks of one unit each (32 bytes of header, then bits), and an index lists their locations and
 * counts of free units. Only changed chunks are written, to new places. Chunks are read when they are first needed.
 */
final class SpaceMap {
  private static final int INDEX_ENTRY = 16;

  private final PageFile file;
  private final int chunkUnits;
  private final List<Chunk> chunks = new ArrayList<>();
  private long indexLocation;

  /** End of the file in units: nothing lies behind it. */
  private long fileUnits;

  /** Where the last search ended. */
  private int searchChunk;

  /** A search for so many units or more found nothing, and nothing was released since. */
  private long hopelessUnits = Long.MAX_VALUE;

  private LongList retired = new LongList();

  SpaceMap(PageFile file, long reservedUnits) {
    this.file = file;
    this.chunkUnits = (file.sizes().unit() - PageLayout.HEADER) * 8;
    this.fileUnits = reservedUnits;
    mark(0, reservedUnits);
  }

  /** The map that a checkpoint wrote. */
  SpaceMap(PageFile file, MetaPage meta) {
    this.file = file;
    this.chunkUnits = (file.sizes().unit() - PageLayout.HEADER) * 8;
    this.fileUnits = meta.fileUnits();
    this.indexLocation = meta.spaceIndex();
    byte[] index = file.readPage(indexLocation);
    for (int i = 0; i < meta.spaceChunks(); i++) {
      int at = PageLayout.HEADER + i * INDEX_ENTRY;
      Chunk chunk = new Chunk();
      chunk.location = PageLayout.i64(index, at);
      chunk.freeUnits = PageLayout.i32(index, at + 8);
      chunk.liveFreeUnits = chunk.freeUnits;
      chunks.add(chunk);
    }
  }

  /** Reads the chunks that are not in memory yet. */
  void loadAll() {
    for (int i = 0; i < chunks.size(); i++) {
      loaded(i);
    }
  }

  long fileUnits() {
    return fileUnits;
  }

  long indexLocation() {
    return indexLocation;
  }

  int chunkCount() {
    return chunks.size();
  }

  /** Finds room, reusing free units before the file grows. */
  long allocate(long units) {
    if (units <= chunkUnits && units < hopelessUnits) {
      for (int i = 0; i < chunks.size(); i++) {
        int index = (searchChunk + i) % chunks.size();
        Chunk chunk = chunks.get(index);
        if (chunk.freeUnits >= units && chunk.longestRunMax >= units) {
          int at = loaded(index).findRun((int) units, unitsIn(index));
          if (at >= 0) {
            searchChunk = index;
            long unit = (long) index * chunkUnits + at;
            mark(unit, units);
            return Location.of(unit, units);
          }
        }
      }
      hopelessUnits = units;
    }
    long unit = fileUnits;
    fileUnits += units;
    mark(unit, units);
    return Location.of(unit, units);
  }

  /** The next searches begin at the front of the file. */
  void searchFromStart() {
    searchChunk = 0;
    for (Chunk chunk : chunks) {
      chunk.searchFrom = 0;
    }
  }

  /** Units of a chunk that lie in the file. */
  private int unitsIn(int index) {
    return (int) Math.min(chunkUnits, fileUnits - (long) index * chunkUnits);
  }

  private void mark(long unit, long units) {
    eachPart(
        unit,
        units,
        (chunk, from, to) -> {
          chunk.taken.set(from, to, true);
          chunk.live.set(from, to, true);
          chunk.freeUnits -= to - from;
          chunk.isChanged = true;
          chunk.searchFrom = to;
        });
  }

  /** The next checkpoint does not refer to these units any more; they are not free before {@link #release}. */
  void retire(long location) {
    retired.add(location);
    eachPart(
        Location.unit(location),
        Location.count(location),
        (chunk, from, to) -> {
          chunk.live.set(from, to, false);
          chunk.isChanged = true;
        });
  }

  /** Units that were allocated after the last checkpoint and were never referred to. */
  void giveBack(long location) {
    eachPart(
        Location.unit(location),
        Location.count(location),
        (chunk, from, to) -> chunk.live.set(from, to, false));
    release(location);
  }

  void release(long location) {
    hopelessUnits = Long.MAX_VALUE;
    eachPart(
        Location.unit(location),
        Location.count(location),
        (chunk, from, to) -> {
          chunk.taken.set(from, to, false);
          chunk.freeUnits += to - from;
          chunk.longestRunMax = Integer.MAX_VALUE;
          chunk.searchFrom = Math.min(chunk.searchFrom, from);
        });
  }

  /** Lowers the end of the file below its free tail; returns the new end. */
  long dropFreeTail(long reservedUnits) {
    while (fileUnits > reservedUnits) {
      int index = (int) ((fileUnits - 1) / chunkUnits);
      int within = (int) ((fileUnits - 1) % chunkUnits);
      Bits taken = loaded(index).taken;
      int last = taken.lastSet(within);
      fileUnits = (long) index * chunkUnits + last + 1;
      if (last >= 0) {
        break;
      }
    }
    return fileUnits;
  }

  /** What was retired since the last call. */
  LongList takeRetired() {
    LongList taken = retired;
    retired = new LongList();
    return taken;
  }

  /**
   * Writes what changed, to new places; the caller syncs and then calls {@link #settled}. Finding those places changes the map, so places are taken until no chunk
   * without one has changed.
   */
  void write() throws IOException {
    if (indexLocation != 0) {
      retire(indexLocation);
    }
    // Two entries more than there are chunks: taking the places may add a chunk.
    indexLocation =
        allocate(file.unitsFor(PageLayout.HEADER + (long) (chunks.size() + 2) * INDEX_ENTRY));
    List<Chunk> changed = new ArrayList<>();
    for (Chunk chunk : chunks) {
      chunk.isPlaced = false;
    }
    boolean isSettled = false;
    while (!isSettled) {
      isSettled = true;
      for (int i = 0; i < chunks.size(); i++) {
        Chunk chunk = chunks.get(i);
        if (chunk.isChanged && !chunk.isPlaced) {
          chunk.isPlaced = true;
          changed.add(chunk);
          if (chunk.location != 0) {
            retire(chunk.location);
          }
          chunk.location = allocate(1);
          isSettled = false;
        }
      }
    }
    byte[] index = new byte[Location.count(indexLocation) * file.sizes().unit()];
    index[PageLayout.KIND] = PageFile.KIND_SPACE_INDEX;
    for (Chunk chunk : changed) {
      writePage(chunk.encode(file.sizes().unit()), chunk.location);
    }
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      if (chunk.isLoaded) {
        chunk.liveFreeUnits = chunkUnits - chunk.live.setCount();
      }
      int at = PageLayout.HEADER + i * INDEX_ENTRY;
      PageLayout.putI64(index, at, chunk.location);
      PageLayout.putI32(index, at + 8, chunk.liveFreeUnits);
    }
    writePage(index, indexLocation);
  }

  /** What was written is durable. After a failure before that, the next {@link #write} writes it again. */
  void settled() {
    for (Chunk chunk : chunks) {
      if (chunk.isPlaced) {
        chunk.isPlaced = false;
        chunk.isChanged = false;
      }
    }
  }

  private void writePage(byte[] b, long location) throws IOException {
    PageFile.seal(b, location);
    file.file().write(file.offset(location), ByteBuffer.wrap(b));
  }

  private void eachPart(long unit, long units, PartAction action) {
    long at = unit;
    long end = unit + units;
    while (at < end) {
      int index = (int) (at / chunkUnits);
      while (index >= chunks.size()) {
        Chunk chunk = new Chunk();
        chunk.freeUnits = chunkUnits;
        chunk.load(new Bits(chunkUnits), new Bits(chunkUnits));
        chunks.add(chunk);
      }
      long partEnd = Math.min(end, (long) (index + 1) * chunkUnits);
      action.on(
          loaded(index),
          (int) (at - (long) index * chunkUnits),
          (int) (partEnd - (long) index * chunkUnits));
      at = partEnd;
    }
  }

  private Chunk loaded(int index) {
    Chunk chunk = chunks.get(index);
    if (!chunk.isLoaded) {
      byte[] b = file.readPage(chunk.location);
      chunk.load(Bits.decode(b, chunkUnits), Bits.decode(b, chunkUnits));
    }
    return chunk;
  }

  private interface PartAction {
    void on(Chunk chunk, int from, int to);
  }

  /** One unit's worth of bits. */
  private static final class Chunk {
    private static final Bits NONE = new Bits(0);

    long location;

    /** Units of the chunk that are not taken; some may lie behind the end of the file. */
    int freeUnits;

    /** The same of the live map, as of the last checkpoint. */
    int liveFreeUnits;

    boolean isLoaded;
    boolean isChanged;
    boolean isPlaced;
    Bits taken = NONE;
    Bits live = NONE;

    /** No run of free units is longer. */
    int longestRunMax = Integer.MAX_VALUE;

    /** Where the last search ended. */
    int searchFrom;

    void load(Bits first, Bits second) {
      taken = first;
      live = second;
      isLoaded = true;
    }

    int findRun(int units, int limit) {
      int at = taken.findClearRun(searchFrom, units, limit);
      if (at < 0) {
        at = taken.findClearRun(0, units, limit);
      }
      if (at < 0) {
        longestRunMax = units - 1;
      }
      return at;
    }

    byte[] encode(int bytes) {
      byte[] b = new byte[bytes];
      b[PageLayout.KIND] = PageFile.KIND_SPACE_CHUNK;
      live.encode(b);
      return b;
    }
  }

  /** A fixed number of bits. Confined as the map is. */
  static final class Bits {
    private final long[] words;

    Bits(int bits) {
      words = new long[(bits + 63) / 64];
    }

    static Bits decode(byte[] b, int bits) {
      Bits decoded = new Bits(bits);
      for (int i = 0; i < bits / 8; i++) {
        decoded.words[i / 8] |= (b[PageLayout.HEADER + i] & 0xFFL) << (i % 8 * 8);
      }
      return decoded;
    }

    void encode(byte[] b) {
      for (int i = 0; i < b.length - PageLayout.HEADER; i++) {
        b[PageLayout.HEADER + i] = (byte) (words[i / 8] >>> (i % 8 * 8));
      }
    }

    boolean get(int bit) {
      return (words[bit >> 6] & 1L << bit) != 0;
    }

    void set(int from, int to, boolean value) {
      for (int i = from; i < to; i++) {
        if (get(i) == value) {
          throw new IllegalStateException(
              "unit " + i + " of the space map is " + (value ? "taken" : "free") + " already");
        }
        words[i >> 6] ^= 1L << i;
      }
    }

    /** First of {@code n} clear bits in a row, all below {@code limit}; -1 when there are none. */
    int findClearRun(int from, int n, int limit) {
      int run = 0;
      int i = from;
      while (i < limit) {
        if (run == 0 && (i & 63) == 0 && words[i >> 6] == -1L) {
          i += 64;
          continue;
        }
        run = get(i) ? 0 : run + 1;
        i++;
        if (run == n) {
          return i - n;
        }
      }
      return -1;
    }

    /** The highest set bit at or below {@code from}; -1 when there is none. */
    int lastSet(int from) {
      for (int i = from; i >= 0; i--) {
        if (get(i)) {
          return i;
        }
      }
      return -1;
    }

    int setCount() {
      int set = 0;
      for (long word : words) {
        set += Long.bitCount(word);
      }
      return set;
    }

    int setCount(int from, int to) {
      int set = 0;
      for (int i = from; i < to; i++) {
        set += get(i) ? 1 : 0;
      }
      return set;
    }
  }

  /** Count of units that the last checkpoint uses. */
  long liveUnits() {
    long free = 0;
    for (Chunk chunk : chunks) {
      free += chunk.liveFreeUnits;
    }
    return (long) chunks.size() * chunkUnits - free;
  }

  /** Live units at {@code unit} or behind. */
  long liveUnitsFrom(long unit) {
    long behind = 0;
    for (int i = 0; i < chunks.size(); i++) {
      behind +=
          loaded(i)
              .live
              .setCount(Math.clamp(unit - (long) i * chunkUnits, 0, chunkUnits), chunkUnits);
    }
    return behind;
  }

  /** Units before {@code unit} that may be given away. */
  long freeUnitsBefore(long unit) {
    long free = 0;
    for (int i = 0; i < chunks.size(); i++) {
      int end = Math.clamp(unit - (long) i * chunkUnits, 0, chunkUnits);
      free += end - loaded(i).taken.setCount(0, end);
    }
    return free;
  }

  /** Whether the last checkpoint uses a unit. */
  boolean isLive(long unit) {
    int index = (int) (unit / chunkUnits);
    return index < chunks.size() && loaded(index).live.get((int) (unit % chunkUnits));
  }

  /** The places of the map itself. */
  void eachOwnLocation(LongConsumer action) {
    action.accept(indexLocation);
    for (Chunk chunk : chunks) {
      action.accept(chunk.location);
    }
  }
}
