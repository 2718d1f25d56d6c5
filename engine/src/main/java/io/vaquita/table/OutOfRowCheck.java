package io.vaquita.table;

import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.OutOfRowValues;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.value.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Compares the references in the rows of one table with the values outside of them, in one version of the store. Confined to one thread.
 *
 * <p>Both sides are read once: count and sum of hashes of (number, length) must agree. Only when they do not are they looked at one by
 * one: the values a window of numbers at a time, so that what is remembered of them stays small. No value is read, only its length.
 */
final class OutOfRowCheck {
  private static final int WINDOW = 1 << 20;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final TableAccessor table;
  private final Snapshot snapshot;
  private final Runnable step;
  private final List<String> problems = new ArrayList<>();
  private boolean hasMissing;

  /** {@code step} is called for each entry and row read. */
  OutOfRowCheck(TableAccessor table, Snapshot snapshot, Runnable step) {
    this.table = table;
    this.snapshot = snapshot;
    this.step = step;
  }

  /** Whether a row refers to a value that is not there. */
  boolean hasMissing() {
    return hasMissing;
  }

  /** What is wrong, in words. */
  List<String> problems() {
    long[] wanted = new long[2];
    walkReferences(
        (row, number, length) -> {
          wanted[0]++;
          wanted[1] += hash(number, length);
        });
    long[] found = new long[2];
    Cursor values = values();
    for (boolean more = values.first(); more; more = values.next()) {
      step.run();
      found[0]++;
      found[1] += hash(number(values), values.valueLength());
    }
    if (found[0] != wanted[0] || found[1] != wanted[1]) {
      nameMissing();
      nameExtra();
    }
    return problems;
  }

  private static long hash(long number, long length) {
    long mixed = (number * MIX ^ length) * MIX;
    return mixed ^ mixed >>> 32;
  }

  private Cursor values() {
    return snapshot.cursor(table.definition().outOfRowTree());
  }

  private static long number(Cursor values) {
    return ByteBuffer.wrap(values.keyArray()).getLong(values.keyOffset());
  }

  private interface References {
    void take(Cursor row, long number, int length);
  }

  private void walkReferences(References references) {
    Cursor rows = snapshot.cursor(table.clustered().tree());
    int[] columns = table.longColumns();
    for (boolean more = rows.first(); more; more = rows.next()) {
      step.run();
      EncodedRow row = KeyedRow.encoded(table.clustered().row(rows, OutOfRowValues.NONE));
      if (row.hasOutOfRow()) {
        for (int column : columns) {
          Slice reference = row.reference(column);
          if (reference != null) {
            references.take(
                rows, OutOfRowValues.number(reference), OutOfRowValues.length(reference));
          }
        }
      }
    }
  }

  private void nameMissing() {
    Cursor values = values();
    walkReferences(
        (row, number, length) -> {
          String problem = null;
          if (!values.find(StoredValues.key(number))) {
            problem = ", that is not there";
          } else if (values.valueLength() != length) {
            problem = ", of " + length + " bytes, which has " + values.valueLength();
          }
          if (problem != null) {
            hasMissing = true;
            String key = TableCheck.text(TableCheck.key(row));
            problems.add(
                "Row " + key + " refers to a value outside of it, number " + number + problem);
          }
        });
  }

  private void nameExtra() {
    Cursor values = values();
    boolean more = values.first();
    while (more) {
      long start = number(values);
      BitSet unclaimed = new BitSet();
      while (more && number(values) - start < WINDOW) {
        step.run();
        unclaimed.set((int) (number(values) - start));
        more = values.next();
      }
      BitSet claimedTwice = new BitSet();
      claim(start, unclaimed, claimedTwice);
      unclaimed.stream().forEach(i -> problems.add(name(start + i) + " belongs to no row"));
      claimedTwice.stream().forEach(i -> problems.add(name(start + i) + " belongs to two rows"));
    }
  }

  private static String name(long number) {
    return "Value number " + number + ", outside of rows,";
  }

  private void claim(long start, BitSet unclaimed, BitSet claimedTwice) {
    BitSet claimed = new BitSet();
    walkReferences(
        (row, number, length) -> {
          if (number >= start && number - start < WINDOW) {
            int place = (int) (number - start);
            if (claimed.get(place)) {
              claimedTwice.set(place);
            }
            claimed.set(place);
            unclaimed.clear(place);
          }
        });
  }
}
