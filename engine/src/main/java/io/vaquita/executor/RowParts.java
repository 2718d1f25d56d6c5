package io.vaquita.executor;

import io.vaquita.value.Row;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows that do not fit in memory into temporary files, parted by the hash of their key, so that rows with equal keys are in the
 * same file and each file can be treated by itself. A file that is still too large is parted again, by further bits of the hash.
 * Confined to one operator.
 */
final class RowParts {
  private static final int PART_BITS = 4;
  private static final int PARTS = 1 << PART_BITS;

  /** So often can rows be parted: then all bits of the hash are used up. */
  static final int DEPTH_MAX = Integer.SIZE / PART_BITS;

  private static final int NUMBER_BYTES = 8;

  private final Execution execution;
  private final int[] slots;
  private final RowSpill spill;
  private final KeyBuffer numbered = new KeyBuffer();
  private @Nullable TemporaryFile[] files = new TemporaryFile[PARTS];
  private int depth;
  private long number;

  RowParts(Execution execution, int[] slots) {
    this.execution = execution;
    this.slots = slots;
    this.spill = new RowSpill(slots.length);
  }

  /** Begins to part rows that were parted {@code times} before. */
  void begin(int times) {
    depth = times;
    files = new TemporaryFile[PARTS];
  }

  /** Whether a file for this key was begun. */
  boolean hasPart(KeyBuffer key) {
    return files[part(key.hash())] != null;
  }

  private int part(int hash) {
    return hash >>> Integer.SIZE - PART_BITS * (depth + 1) & PARTS - 1;
  }

  /** Adds the frame's rows; {@code rowNumber} and {@code key} come back with them. */
  void add(KeyBuffer key, long rowNumber) {
    add(key, rowNumber, SlotRows.take(slots, execution.frame));
  }

  void add(KeyBuffer key, long rowNumber, Row[] rows) {
    int part = part(key.hash());
    TemporaryFile file = files[part];
    if (file == null) {
      file = execution.spilling.newFile();
      files[part] = file;
    }
    numbered.clear();
    numbered.putNumber(rowNumber);
    numbered.putAll(key.bytes, key.length);
    spill.append(file, numbered.bytes, numbered.length, rows);
  }

  /** The files, by part; null for parts without rows. */
  @Nullable TemporaryFile[] finish() {
    for (TemporaryFile file : files) {
      if (file != null) {
        file.flush();
      }
    }
    return files;
  }

  static TemporaryFile.Reader open(TemporaryFile file) {
    return file.read(0, file.position());
  }

  /** The next row of a file into the frame, its key into {@code key}; false at the end. */
  boolean next(TemporaryFile.Reader reader, KeyBuffer key) {
    if (!reader.next()) {
      return false;
    }
    execution.countRow();
    SlotRows.put(slots, spill.read(reader.second), execution.frame);
    number = 0;
    for (int i = 0; i < NUMBER_BYTES; i++) {
      number = number << 8 | reader.first[i] & 0xff;
    }
    key.clear();
    key.putAll(reader.first, NUMBER_BYTES, reader.first.length - NUMBER_BYTES);
    return true;
  }

  /** The number of the row that {@link #next} read. */
  long number() {
    return number;
  }
}
