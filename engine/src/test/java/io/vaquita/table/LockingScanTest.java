package io.vaquita.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.codec.KeyEncoder;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.LockWait;
import io.vaquita.value.Row;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which locks a locking read leaves by access path: the tables of the fact sheet on row locks, sections 3 and 4. */
final class LockingScanTest {
  private final TestTable t = new TestTable();

  private KeyRange range(
      int tree, @Nullable Integer low, boolean lowIn, @Nullable Integer high, boolean highIn) {
    byte[] none = {};
    byte[] from = low == null ? none : t.key(tree, low);
    if (low != null && !lowIn) {
      from = KeyEncoder.afterPrefix(from);
    }
    byte[] to = high == null ? null : t.key(tree, high);
    byte[] last = high != null && highIn && tree == TestTable.CLUSTERED ? to : null;
    if (to != null && highIn) {
      to = KeyEncoder.afterPrefix(to);
    }
    return new KeyRange(from == null ? none : from, to, false, low != null && lowIn, last);
  }

  private KeyRange condition(String text) {
    String[] parts = text.split(" ");
    int value = Integer.parseInt(parts[1]);
    return switch (parts[0]) {
      case "<" -> range(TestTable.CLUSTERED, null, false, value, false);
      case "<=" -> range(TestTable.CLUSTERED, null, false, value, true);
      case ">" -> range(TestTable.CLUSTERED, value, false, null, false);
      default -> range(TestTable.CLUSTERED, value, true, null, false);
    };
  }

  /** Rows 1,3,4,5,6,7,9 at REPEATABLE READ; a plain number is a next-key lock. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<= 0  | 1:GAP | 1:GAP",
        "< 1   | 1:GAP | 1:GAP",
        "<= 1  | 1 | 1 3:GAP",
        "< 7   | 1 3 4 5 6 7:GAP | 1 3 4 5 6 7:GAP",
        "<= 7  | 1 3 4 5 6 7 | 1 3 4 5 6 7 9:GAP",
        "<= 8  | 1 3 4 5 6 7 9:GAP | 1 3 4 5 6 7 9:GAP",
        "<= 10 | 1 3 4 5 6 7 9 supremum | 1 3 4 5 6 7 9 supremum",
        ">= 10 | supremum | 9 supremum",
        "> 9   | supremum | 9 supremum",
        ">= 9  | 9:REC supremum | 7 9 supremum",
        "> 3   | 4 5 6 7 9 supremum | 3 4 5 6 7 9 supremum",
        ">= 3  | 3:REC 4 5 6 7 9 supremum | 1 3 4 5 6 7 9 supremum",
        ">= 2  | 3 4 5 6 7 9 supremum | 1 3 4 5 6 7 9 supremum",
        "> 0   | 1 3 4 5 6 7 9 supremum | 1 3 4 5 6 7 9 supremum"
      })
  void clusteredRange(String condition, String ascending, String descending) {
    t.fill(1, 3, 4, 5, 6, 7, 9);
    for (boolean reverse : new boolean[] {false, true}) {
      TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
      client.lockRange(TestTable.CLUSTERED, condition(condition), reverse);
      assertEquals(reverse ? descending : ascending, client.locksOn(TestTable.CLUSTERED));
      client.transaction.rollback();
    }
  }

  @Test
  void wholeUniqueKey() {
    t.fill(1, 3);
    TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
    assertNotNull(client.scan(TestTable.CLUSTERED).find(t.key(TestTable.CLUSTERED, 3)));
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
    assertNull(client.scan(TestTable.CLUSTERED).find(t.key(TestTable.CLUSTERED, 2)));
    assertEquals("3:GAP 3:REC", client.locksOn(TestTable.CLUSTERED));
    assertNull(client.scan(TestTable.CLUSTERED).find(t.key(TestTable.CLUSTERED, 4)));
    assertEquals("3:GAP 3:REC supremum", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void wholeUniqueSecondaryKey() {
    t.fill(1, 3);
    TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
    assertNotNull(client.scan(TestTable.BY_U).find(t.key(TestTable.BY_U, 300)));
    assertEquals("300:REC", client.locksOn(TestTable.BY_U));
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void equalityOnNonUniqueIndex() {
    t.fill(1, 3, 5);
    byte[] prefix = t.key(TestTable.BY_A, 30);
    KeyRange equal = new KeyRange(prefix, KeyEncoder.afterPrefix(prefix), true, false, null);
    TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
    assertEquals(List.of(3L), client.lockRange(TestTable.BY_A, equal, false));
    assertEquals("30 50:GAP", client.locksOn(TestTable.BY_A));
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void rangeOnSecondaryIndexLocksTheFirstEntryBeyond() {
    t.fill(1, 3, 5, 7);
    TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
    client.lockRange(TestTable.BY_A, range(TestTable.BY_A, 20, true, 50, false), false);
    assertEquals("30 50", client.locksOn(TestTable.BY_A));
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void readCommittedLocksRecordsOnlyAndGivesBackWhatDoesNotMatch() {
    t.fill(1, 3, 5);
    TestTable.Client client = t.new Client(IsolationLevel.READ_COMMITTED);
    LockingScan scan =
        new LockingScan(
            t.table,
            t.index(TestTable.CLUSTERED),
            client.transaction,
            false,
            true,
            LockWait.WAIT,
            false,
            row -> row.getLong(0) == 3);
    scan.open(KeyRange.ALL, false);
    assertTrue(scan.next());
    assertEquals(3, scan.row().getLong(0));
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
    assertEquals(false, scan.next());
    assertEquals("3:REC", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void skipLockedLeavesLockedRowsOut() {
    t.fill(1, 3, 5);
    TestTable.Client first = t.new Client(IsolationLevel.REPEATABLE_READ);
    first.scan(TestTable.CLUSTERED).find(t.key(TestTable.CLUSTERED, 3));
    TestTable.Client second = t.new Client(IsolationLevel.REPEATABLE_READ);
    LockingScan scan =
        new LockingScan(
            t.table,
            t.index(TestTable.CLUSTERED),
            second.transaction,
            false,
            true,
            LockWait.SKIP_LOCKED,
            false,
            RowFilter.ALL);
    scan.open(KeyRange.ALL, false);
    assertTrue(scan.next());
    assertEquals(1, scan.row().getLong(0));
    assertTrue(scan.next());
    assertEquals(5, scan.row().getLong(0));
  }

  /** The reader waits for an insert that no view shows, and then reads it. */
  @Test
  void scanMeetsAnUncommittedInsert() {
    t.fill(1, 5);
    TestTable.Client writer = t.new Client(IsolationLevel.REPEATABLE_READ);
    writer.insert(3, 30, 300);
    for (IsolationLevel level :
        List.of(IsolationLevel.READ_COMMITTED, IsolationLevel.REPEATABLE_READ)) {
      TestTable.Client reader = t.new Client(level);
      LockingScan scan =
          new LockingScan(
              t.table,
              t.index(TestTable.CLUSTERED),
              reader.transaction,
              false,
              true,
              LockWait.SKIP_LOCKED,
              false,
              RowFilter.ALL);
      scan.open(range(TestTable.CLUSTERED, 2, true, 4, true), false);
      assertEquals(false, scan.next());
      reader.transaction.rollback();
    }
    TestTable.Client reader = t.new Client(IsolationLevel.REPEATABLE_READ);
    CompletableFuture<List<Long>> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                found.complete(reader.lockRange(TestTable.CLUSTERED, KeyRange.ALL, false));
              } catch (RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
    assertTrue(t.locks.awaitBlocked(reader.owner, found::isDone, 10_000));
    writer.transaction.commit();
    assertEquals(List.of(1L, 3L, 5L), found.join());
    assertEquals("1 3 5 supremum", reader.locksOn(TestTable.CLUSTERED));
  }

  /** After a wait a locking read sees what was committed meanwhile, whatever its snapshot says. */
  @Test
  void readsAgainAfterAWait() {
    t.fill(1);
    TestTable.Client reader = t.new Client(IsolationLevel.REPEATABLE_READ);
    byte[] key = t.key(TestTable.CLUSTERED, 1);
    assertNotNull(reader.transaction.consistentView().get(TestTable.CLUSTERED, key));
    TestTable.Client writer = t.new Client(IsolationLevel.REPEATABLE_READ);
    TableWriter w = writer.writer();
    Row old = Objects.requireNonNull(w.lockAndRead(t.table.layout().row(t.row(1, 10, 100))));
    w.update(old, t.row(1, 77, 100), null);
    CompletableFuture<Long> found = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                Row row = Objects.requireNonNull(reader.scan(TestTable.CLUSTERED).find(key));
                found.complete(row.getLong(1));
              } catch (RuntimeException e) {
                found.completeExceptionally(e);
              }
            });
    assertTrue(t.locks.awaitBlocked(reader.owner, found::isDone, 10_000));
    writer.transaction.commit();
    assertEquals(77L, found.join());
  }

  @Test
  void duplicateOnPrimaryLocksTheRowShared() {
    t.fill(1, 3);
    TestTable.Client client = t.new Client(IsolationLevel.REPEATABLE_READ);
    Duplicate duplicate = client.insert(3, 1, 1);
    assertNotNull(duplicate);
    assertEquals("Duplicate entry '3' for key 't.PRIMARY'", duplicate.message());
    assertEquals("3:S,REC_NOT_GAP", client.locksOn(TestTable.CLUSTERED));
  }

  @Test
  void duplicateOnSecondaryLocksTheEntryAndTheGapBeforeIt() {
    t.fill(1, 3);
    TestTable.Client client = t.new Client(IsolationLevel.READ_COMMITTED);
    Duplicate duplicate = client.insert(2, 1, 100);
    assertNotNull(duplicate);
    assertEquals("Duplicate entry '100' for key 't.u'", duplicate.message());
    assertEquals("100:S", client.locksOn(TestTable.BY_U));
  }
}
