package io.vaquita.executor;

import io.vaquita.expression.Frame;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of several slots that are read again by their number: in memory as far as they fit, the rest in a temporary file, from which
 * blocks of neighbours are kept while they are near what is read. Confined to one operator.
 *
 * <p>Who reads walks along the rows in a few places at once, the ends of a window's frame or the row and another so far away: a block
 * serves many reads, and some blocks serve all places.
 */
final class FrameRows {
  private static final byte[] NO_KEY = {};
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int BLOCKS_KEPT = 16;

  /** Of longer blocks, which have a row of many bytes, one is kept. */
  private static final int KEPT_BYTES_MAX = 8 * BLOCK_BYTES;

  private final Execution execution;
  private final Frame frame;
  private final int[] slots;
  private final RowSpill spill;
  private final ArrayList<Row[]> rows = new ArrayList<>();
  private long bytes;
  private int size;
  private @Nullable TemporaryFile file;

  /** By block: its first row, and where it begins in the file. */
  private int[] blockRows = new int[16];

  private long[] blockStarts = new long[16];
  private int blocks;

  /** By {@link #place}. */
  private final @Nullable Block[] kept = new Block[BLOCKS_KEPT];

  /** A run of rows read back from the file. */
  private record Block(int number, Row[][] rows) {}

  FrameRows(Execution execution, int[] slots) {
    this.execution = execution;
    this.frame = execution.frame;
    this.slots = slots;
    this.spill = new RowSpill(slots.length);
  }

  int size() {
    return size;
  }

  /** Adds the frame's rows, after all that are there. */
  void add() {
    Row[] taken = SlotRows.take(slots, frame);
    size = Math.incrementExact(size);
    if (file == null) {
      bytes += RowSpill.estimatedBytes(taken) + 32;
      if (bytes <= execution.spilling.memoryBytesMax()) {
        rows.add(taken);
        return;
      }
      file = execution.spilling.newFile();
    }
    append(file, taken);
  }

  private void append(TemporaryFile target, Row[] taken) {
    long position = target.position();
    if (blocks == 0 || position - blockStarts[blocks - 1] >= BLOCK_BYTES) {
      if (blocks == blockRows.length) {
        blockRows = Arrays.copyOf(blockRows, blocks * 2);
        blockStarts = Arrays.copyOf(blockStarts, blocks * 2);
      }
      blockRows[blocks] = size - 1;
      blockStarts[blocks++] = position;
    }
    spill.append(target, NO_KEY, 0, taken);
  }

  /** To be called between the last {@link #add} and the first {@link #restore}. */
  void finish() {
    if (file != null) {
      file.flush();
    }
  }

  /** Puts the rows of this number, from 0, into the frame. */
  void restore(int row) {
    SlotRows.put(slots, row < rows.size() ? rows.get(row) : read(row), frame);
  }

  private Row[] read(int row) {
    int found = Arrays.binarySearch(blockRows, 0, blocks, row);
    int number = found >= 0 ? found : -found - 2;
    int place = place(number);
    Block block = kept[place];
    if (block == null || block.number != number) {
      // the one before is not to be there beside it
      kept[place] = null;
      block = new Block(number, readBlock(number));
      kept[place] = block;
    }
    return block.rows[row - blockRows[number]];
  }

  private int place(int number) {
    return end(number) - blockStarts[number] > KEPT_BYTES_MAX ? 0 : number % BLOCKS_KEPT;
  }

  private long end(int number) {
    return number + 1 < blocks ? blockStarts[number + 1] : file().position();
  }

  private TemporaryFile file() {
    TemporaryFile present = file;
    if (present == null) {
      throw new IllegalStateException("no row of this number");
    }
    return present;
  }

  private Row[][] readBlock(int number) {
    int count = (number + 1 < blocks ? blockRows[number + 1] : size) - blockRows[number];
    TemporaryFile.Reader reader = file().read(blockStarts[number], end(number));
    Row[][] read = new Row[count][];
    for (int i = 0; i < count && reader.next(); i++) {
      execution.countRow();
      read[i] = spill.read(reader.second);
    }
    return read;
  }
}
