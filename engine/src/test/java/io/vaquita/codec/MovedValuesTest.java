package io.vaquita.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.ValueRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rows that are too long leave columns out, refer to them, and give them back. */
class MovedValuesTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.INT,
          DataType.varbinary(1 << 20),
          DataType.varbinary(1 << 20),
          DataType.varbinary(1 << 20));
  private static final int[] MOVABLE = {1, 2};

  private final RowLayout layout = RowLayout.of(TYPES);
  private final RowBuilder builder = new RowBuilder(layout, MOVABLE);
  private final RandomValues random = new RandomValues(7);
  private final AtomicLong numbers = new AtomicLong(100);
  private final Map<Long, Slice> stored = new HashMap<>();
  private final OutOfRowValues values =
      reference -> Objects.requireNonNull(stored.get(OutOfRowValues.number(reference)));

  private byte[] build(int... lengths) {
    builder.setLong(0, 5);
    for (int i = 0; i < lengths.length; i++) {
      builder.setBytes(i + 1, random.bytes(lengths[i]));
    }
    return builder.build();
  }

  /** As a table's writer does. */
  private EncodedRow store(byte[] row) {
    MovedValues moved = builder.moved();
    if (moved != null) {
      moved.number(row, numbers::incrementAndGet);
      for (int i = 0; i < moved.count(); i++) {
        stored.put(moved.number(i), Slice.of(moved.bytes(i)));
      }
    }
    return layout.row(row, 0, row.length, values);
  }

  @Test
  void aLongValueIsSharedWhereItsArrayNeverChanges() {
    byte[] constant = new byte[1 << 20];
    byte[] other = new byte[1 << 20];
    other[7] = 1;
    builder.setLong(0, 5);
    builder.setBytes(1, Slice.of(constant));
    builder.setBytes(2, Slice.of(other));
    byte[] row = builder.build();
    MovedValues moved = Objects.requireNonNull(builder.moved());
    moved.shareWhere(array -> array == constant);
    assertSame(constant, moved.bytes(0));
    assertNotSame(other, moved.bytes(1));
    assertArrayEquals(other, moved.bytes(1));
    moved.number(row, numbers::incrementAndGet);
    assertSame(constant, moved.bytes(0));
  }

  @Test
  void aPartOfAnArrayAndAShortValueAreCopied() {
    byte[] constant = new byte[2 << 20];
    byte[] little = new byte[5000];
    builder.setBytes(1, new Slice(constant, 3, 1 << 20));
    builder.setBytes(2, Slice.of(little));
    builder.build();
    MovedValues moved = Objects.requireNonNull(builder.moved());
    moved.shareWhere(array -> true);
    assertEquals(1 << 20, moved.bytes(0).length);
    assertNotSame(little, moved.bytes(1));
  }

  @Test
  void rowsThatFitAreAsWithoutThat() {
    RowBuilder plain = new RowBuilder(layout);
    byte[] row = build(900, 900, 20);
    assertNull(builder.moved());
    plain.copyAll(layout.row(row));
    assertArrayEquals(plain.build(), row);
    assertFalse(layout.row(row).hasOutOfRow());
  }

  @Test
  void theLongestColumnsLeave() {
    EncodedRow row = store(build(1500, 1600, 10));
    assertTrue(row.hasOutOfRow());
    assertNull(row.reference(0));
    assertNull(row.reference(1));
    assertEquals(1600, OutOfRowValues.length(Objects.requireNonNull(row.reference(2))));
    assertEquals(1500, row.getBytes(1).length());
    assertEquals(stored.get(101L), row.getBytes(2));
    assertTrue(row.bytes().length() <= RowBuilder.ROW_BYTES_MAX);
  }

  @Test
  void allThatMayLeaveDoesWhereTheRestIsTooLong() {
    EncodedRow row = store(build(100_000, 600, 70_000));
    assertNotNull(row.reference(1));
    assertNotNull(row.reference(2));
    assertNull(row.reference(3));
    assertEquals(70_000, row.getBytes(3).length());
    EncodedRow kept = store(build(500, 400, 3000));
    assertFalse(kept.hasOutOfRow(), "columns of up to 512 bytes stay");
  }

  @Test
  void aCopyRefersToTheSameValues() {
    EncodedRow row = store(build(5000, 30, 10));
    ValueRow changed = new ValueRow(4);
    changed.setLong(0, 6);
    changed.setFrom(1, row);
    changed.setBytes(2, row.getBytes(2));
    builder.copyAll(changed);
    EncodedRow copy = store(builder.build());
    assertNull(builder.moved());
    assertEquals(row.reference(1), copy.reference(1));
    assertEquals(row.getBytes(1), copy.getBytes(1));
    assertTrue(copy.isNull(3));
    assertFalse(copy.hasSameColumns(row));
    RowBuilder entries = new RowBuilder(RowLayout.of(TYPES, new int[] {1}));
    entries.copyAll(row);
    byte[] entry = entries.build();
    assertEquals(row.reference(1), RowLayout.of(TYPES, new int[] {1}).row(entry).reference(1));
  }

  @Test
  void aColumnThatIsSetAfterACopyStandsInTheRow() {
    EncodedRow row = store(build(5000, 30, 10));
    builder.copyAll(row);
    builder.setBytes(1, Slice.utf8("short"));
    byte[] bytes = builder.build();
    assertFalse(layout.row(bytes).hasOutOfRow());
    assertEquals("short", layout.row(bytes).getBytes(1).toUtf8());
    assertEquals(0, bytes[0], "narrow again");
  }

  @Test
  void anEqualValueIsNotStoredAgain() {
    EncodedRow before = store(build(5000, 4000, 10));
    builder.setLong(0, 9);
    builder.setBytes(1, Slice.of(before.getBytes(1).toBytes()));
    builder.setBytes(2, random.bytes(4000));
    builder.setBytes(3, before.getBytes(3));
    byte[] bytes = builder.build();
    MovedValues left = Objects.requireNonNull(builder.moved()).without(before, bytes);
    assertEquals(1, Objects.requireNonNull(left).count());
    EncodedRow after = layout.row(bytes, 0, bytes.length, left.over(values));
    assertEquals(before.reference(1), after.reference(1));
    assertEquals(before.getBytes(1), after.getBytes(1));
    assertEquals(Slice.of(left.bytes(0)), after.getBytes(2));
    assertTrue(after.hasSame(1, before));
    assertTrue(after.hasSame(3, before));
    assertFalse(after.hasSame(0, before));
    assertFalse(after.hasSame(2, before));
  }

  @Test
  void equalColumnsAreEqualWhereverTheyStand() {
    Slice value = random.bytes(1500);
    RowBuilder plain = new RowBuilder(layout);
    builder.setBytes(1, value);
    builder.setBytes(3, random.bytes(10));
    EncodedRow inside = layout.row(builder.build());
    builder.copyAll(inside);
    builder.setBytes(2, random.bytes(900));
    EncodedRow outside = store(builder.build());
    assertNotNull(outside.reference(1));
    assertTrue(outside.hasSame(1, inside));
    assertTrue(inside.hasSame(1, outside));
    assertFalse(inside.holdsSame(1, outside));
    assertTrue(inside.holdsSame(3, outside));
    assertTrue(outside.holdsSame(1, outside));
    plain.copyAll(outside);
    plain.setNull(2);
    byte[] bytes = plain.build();
    assertTrue(layout.row(bytes, 0, bytes.length, values).hasSameColumns(inside));
  }

  @Test
  void aRowThatMustBeWholeRefuses() {
    byte[] bytes = build(5000, 10, 10);
    assertThrows(IllegalStateException.class, () -> layout.row(bytes).getBytes(1));
  }
}
