package io.vaquita.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.Store;
import io.vaquita.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Isolation, savepoints and locks of transactions, at the level of keys. */
final class TransactionTest {
  private static final int TREE = 16;

  private final Store store = Stores.inMemory();
  private final LockTable locks = new LockTable(Environment.system());
  private final TransactionSystem system = new TransactionSystem(store, locks);
  private int owners;

  private final class Client {
    final TransactionOptions options;
    Transaction transaction;

    Client(IsolationLevel level) {
      options =
          TransactionOptions.of(locks.newOwner(++owners, OwnerInfo.internal("c" + owners)))
              .withIsolation(level);
      transaction = system.begin(options);
    }

    void put(String key, String value) {
      transaction.put(TREE, bytes(key), bytes(value));
    }

    void write(String key, String value) {
      transaction.lockRecord(TREE, bytes(key), RecordLockMode.X_RECORD, LockWait.WAIT);
      put(key, value);
    }

    @Nullable String read(String key) {
      return text(transaction.consistentView().get(TREE, bytes(key)));
    }

    @Nullable String readCurrent(String key) {
      return text(transaction.currentView().get(TREE, bytes(key)));
    }

    void commit() {
      transaction.commit();
      transaction = system.begin(options);
    }

    void rollback() {
      transaction.rollback();
      transaction = system.begin(options);
    }

    CompletableFuture<Void> start(Runnable work) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  work.run();
                  done.complete(null);
                } catch (RuntimeException e) {
                  done.completeExceptionally(e);
                }
                locks.nudgeWatchers();
              });
      assertTrue(locks.awaitBlocked(options.owner(), done::isDone, 30_000), "should block");
      return done;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private void given(String key, String value) {
    Client client = new Client(IsolationLevel.REPEATABLE_READ);
    client.put(key, value);
    client.commit();
  }

  @Test
  void repeatableReadKeepsTheViewOfItsFirstRead() {
    given("a", "1");
    Client reader = new Client(IsolationLevel.REPEATABLE_READ);
    given("a", "2");
    assertEquals("2", reader.read("a"), "the view is made by the first read, not at the beginning");
    given("a", "3");
    given("b", "1");
    assertEquals("2", reader.read("a"));
    assertNull(reader.read("b"));
    assertEquals("3", reader.readCurrent("a"));
    reader.put("b", "own");
    assertEquals("own", reader.read("b"));
    reader.commit();
    assertEquals("3", reader.read("a"));
  }

  @Test
  void consistentSnapshotIsMadeAtTheStart() {
    given("a", "1");
    TransactionOptions options =
        TransactionOptions.of(locks.newOwner(99, OwnerInfo.internal("t"))).withSnapshotAtStart();
    Transaction transaction = system.begin(options);
    given("a", "2");
    assertEquals("1", text(transaction.consistentView().get(TREE, bytes("a"))));
  }

  @Test
  void readCommittedMakesAViewForEachStatement() {
    given("a", "1");
    Client reader = new Client(IsolationLevel.READ_COMMITTED);
    assertEquals("1", reader.read("a"));
    given("a", "2");
    assertEquals("1", reader.read("a"));
    reader.transaction.beginStatement();
    assertEquals("2", reader.read("a"));
  }

  @Test
  void uncommittedAndRolledBackWritesAreNeverSeen() {
    given("a", "1");
    Client writer = new Client(IsolationLevel.REPEATABLE_READ);
    Client reader = new Client(IsolationLevel.READ_UNCOMMITTED);
    writer.write("a", "2");
    assertEquals("1", reader.read("a"));
    writer.rollback();
    reader.transaction.beginStatement();
    assertEquals("1", reader.read("a"));
  }

  @Test
  void theCurrentViewIsTheSameObjectUntilSomebodyCommits() {
    given("a", "1");
    Client client = new Client(IsolationLevel.REPEATABLE_READ);
    Reader before = client.transaction.currentView();
    assertSame(before, client.transaction.currentView());
    long position = client.transaction.committedPosition();
    given("b", "1");
    assertNotSame(before, client.transaction.currentView());
    assertFalse(position == client.transaction.committedPosition());
  }

  @Test
  void savepointsUndoWritesAndKeepLocks() {
    Client a = new Client(IsolationLevel.REPEATABLE_READ);
    a.write("k", "1");
    long savepoint = a.transaction.savepoint();
    a.write("k", "2");
    a.write("l", "1");
    a.transaction.delete(TREE, bytes("k"));
    a.transaction.rollbackTo(savepoint);
    assertEquals("1", a.read("k"));
    assertNull(a.read("l"));
    Client b = new Client(IsolationLevel.REPEATABLE_READ);
    assertFalse(
        b.transaction.lockRecord(TREE, bytes("l"), RecordLockMode.X_RECORD, LockWait.SKIP_LOCKED));
    a.commit();
    assertEquals("1", b.read("k"));
    assertTrue(locks.locks().isEmpty());
  }

  @Test
  void aWriterWaitsAndThenSeesTheNewestRow() throws Exception {
    given("n", "1");
    Client a = new Client(IsolationLevel.REPEATABLE_READ);
    Client b = new Client(IsolationLevel.REPEATABLE_READ);
    assertEquals("1", b.read("n"));
    a.write("n", "2");
    String[] seen = new String[2];
    CompletableFuture<Void> waiting =
        b.start(
            () -> {
              b.transaction.lockRecord(TREE, bytes("n"), RecordLockMode.X_RECORD, LockWait.WAIT);
              seen[0] = b.readCurrent("n");
              seen[1] = b.read("n");
            });
    a.commit();
    waiting.get();
    assertEquals("2", seen[0]);
    assertEquals("1", seen[1]);
  }

  @Test
  void aDeadlocksVictimIsRolledBackAtOnce() throws Exception {
    Client a = new Client(IsolationLevel.REPEATABLE_READ);
    Client b = new Client(IsolationLevel.REPEATABLE_READ);
    a.write("k1", "a");
    b.write("k2", "b");
    CompletableFuture<Void> waiting = a.start(() -> a.write("k2", "a"));
    DatabaseException e = assertThrows(DatabaseException.class, () -> b.write("k1", "b"));
    assertEquals(1213, e.number());
    assertFalse(b.transaction.isActive());
    waiting.get();
    a.commit();
    b.rollback();
    assertEquals("a", b.read("k2"));
    assertEquals(1, locks.deadlocks().size());
    assertTrue(locks.locks().isEmpty());
  }

  @Test
  void noWaitAndSkipLocked() {
    Client a = new Client(IsolationLevel.REPEATABLE_READ);
    a.write("k", "1");
    Client b = new Client(IsolationLevel.REPEATABLE_READ);
    DatabaseException e =
        assertThrows(
            DatabaseException.class,
            () ->
                b.transaction.lockRecord(
                    TREE, bytes("k"), RecordLockMode.S_RECORD, LockWait.NOWAIT));
    assertEquals(3572, e.number());
    assertTrue(b.transaction.isActive());
  }

  @Test
  void insertsWaitForTheGapTheyFallInto() throws Exception {
    given("k1", "1");
    given("k9", "9");
    Client scan = new Client(IsolationLevel.REPEATABLE_READ);
    scan.transaction.lockRecord(TREE, bytes("k9"), RecordLockMode.X_NEXT_KEY, LockWait.WAIT);
    Client insert = new Client(IsolationLevel.REPEATABLE_READ);
    CompletableFuture<Void> waiting =
        insert.start(() -> insert.transaction.lockInsert(TREE, bytes("k5"), bytes("k9")));
    scan.commit();
    waiting.get();
    insert.put("k5", "5");
    assertEquals("k5", text(scan.transaction.uncommittedInsert(TREE, bytes("k1"), bytes("k9"))));
    insert.commit();
    assertNull(scan.transaction.uncommittedInsert(TREE, null, null));
    assertEquals("5", scan.readCurrent("k5"));
  }

  @Test
  void aDeletedKeysGapStaysGuarded() throws Exception {
    given("k1", "1");
    given("k5", "5");
    given("k9", "9");
    Client gap = new Client(IsolationLevel.REPEATABLE_READ);
    gap.transaction.lockRecord(TREE, bytes("k5"), RecordLockMode.S_GAP, LockWait.WAIT);
    Client delete = new Client(IsolationLevel.REPEATABLE_READ);
    delete.transaction.lockRecord(TREE, bytes("k5"), RecordLockMode.X_RECORD, LockWait.WAIT);
    delete.transaction.delete(TREE, bytes("k5"));
    delete.commit();
    Client insert = new Client(IsolationLevel.REPEATABLE_READ);
    CompletableFuture<Void> waiting =
        insert.start(() -> insert.transaction.lockInsert(TREE, bytes("k3"), bytes("k9")));
    gap.rollback();
    waiting.get();
    insert.rollback();
    assertTrue(locks.locks().isEmpty());
  }

  private Client inserting(String key) {
    Client client = new Client(IsolationLevel.REPEATABLE_READ);
    client.transaction.lockInsert(TREE, bytes(key), bytes("k9"));
    client.put(key, key);
    return client;
  }

  private void assertGuarded(Client scan, String key) throws Exception {
    Client phantom = new Client(IsolationLevel.REPEATABLE_READ);
    CompletableFuture<Void> waiting =
        phantom.start(() -> phantom.transaction.lockInsert(TREE, bytes(key), null));
    scan.commit();
    waiting.get();
    phantom.rollback();
  }

  /**
   * The gap that ends at an own insert, which no other insert takes for its successor: it is guarded before the next committed entry, and
   * before another's insert that will be the next committed one.
   */
  @Test
  void aGapBeforeAnOwnInsertStaysGuardedWhenAnInsertBehindItIsCommitted() throws Exception {
    given("k1", "1");
    given("k9", "9");
    Client behind = inserting("k7");
    Client scan = inserting("k5");
    scan.transaction.lockRecord(TREE, bytes("k5"), RecordLockMode.X_NEXT_KEY, LockWait.WAIT);
    behind.commit();
    assertGuarded(scan, "k3");
    assertTrue(locks.locks().isEmpty());
  }

  /** Of two that insert behind it either may be committed first. */
  @Test
  void aGapBeforeAnOwnInsertIsGuardedBeforeTheInsertsOfAllOthers() throws Exception {
    given("k1", "1");
    given("k9", "9");
    Client near = inserting("k7");
    Client far = inserting("k8");
    Client scan = inserting("k5");
    scan.transaction.lockRecord(TREE, bytes("k5"), RecordLockMode.X_NEXT_KEY, LockWait.WAIT);
    far.commit();
    assertGuarded(scan, "k3");
    near.rollback();
    assertTrue(locks.locks().isEmpty());
  }

  /** The same at the end of a range. */
  @Test
  void aRangesEndIsGuardedBeforeTheInsertsOfAllOthers() throws Exception {
    given("k1", "1");
    given("k9", "9");
    Client near = inserting("k7");
    Client far = inserting("k8");
    Client scan = new Client(IsolationLevel.REPEATABLE_READ);
    scan.transaction.lockRangeEnd(TREE, bytes("k5"), bytes("k9"), RecordLockMode.X_GAP);
    far.commit();
    assertGuarded(scan, "k3");
    near.rollback();
    assertTrue(locks.locks().isEmpty());
  }

  /** What another undoes of its inserts hands its guards to what is left of them. */
  @Test
  void aGuardBeforeAnInsertThatIsUndoneGoesToTheNextOfItsOwner() throws Exception {
    given("k1", "1");
    given("k9", "9");
    Client behind = inserting("k8");
    long savepoint = behind.transaction.savepoint();
    behind.transaction.lockInsert(TREE, bytes("k7"), bytes("k9"));
    behind.put("k7", "7");
    Client scan = inserting("k5");
    scan.transaction.lockRecord(TREE, bytes("k5"), RecordLockMode.X_NEXT_KEY, LockWait.WAIT);
    behind.transaction.rollbackTo(savepoint);
    behind.commit();
    assertGuarded(scan, "k3");
    assertTrue(locks.locks().isEmpty());
  }

  @Test
  void aReadOnlyTransactionTakesNothing() {
    given("a", "1");
    Client client = new Client(IsolationLevel.REPEATABLE_READ);
    assertEquals("1", client.read("a"));
    assertFalse(client.transaction.hasChanges());
    long position = store.position();
    client.commit();
    assertEquals(position, store.position());
  }

  /** A thousand locks are too many here; from 128 on a lock on the table takes their place where nobody else is in it. */
  private static final TransactionMemory LITTLE_MEMORY = new TransactionMemory(1 << 20, 1024 * 136);

  private Transaction beginWithLittleMemory() {
    return new TransactionSystem(store, locks, LITTLE_MEMORY)
        .begin(TransactionOptions.of(locks.newOwner(++owners, OwnerInfo.internal("little"))));
  }

  private static void lockMany(Transaction transaction, int count) {
    transaction.lockTable(7, TableLockMode.IX);
    for (int i = 0; i < count; i++) {
      if (transaction.hasManyRecordLocks()) {
        transaction.lockTableInstead(7, new int[] {TREE}, true);
      }
      transaction.lockRecord(TREE, bytes("key" + i), RecordLockMode.X_NEXT_KEY, LockWait.WAIT);
    }
  }

  @Test
  void manyRecordLocksBecomeALockOnTheTable() {
    Transaction many = beginWithLittleMemory();
    lockMany(many, 5000);
    assertTrue(many.holdsRecordLock(TREE, bytes("never locked")));
    Client other = new Client(IsolationLevel.REPEATABLE_READ);
    CompletableFuture<Void> waits =
        other.start(() -> other.transaction.lockTable(7, TableLockMode.IX));
    assertFalse(waits.isDone());
    many.commit();
    waits.join();
  }

  @Test
  void tooManyRecordLocksRollTheTransactionBack() {
    Client other = new Client(IsolationLevel.REPEATABLE_READ);
    other.transaction.lockTable(7, TableLockMode.IX);
    Transaction many = beginWithLittleMemory();
    DatabaseException e = assertThrows(DatabaseException.class, () -> lockMany(many, 5000));
    assertEquals(1206, e.number());
    assertFalse(many.isActive());
    many.rollback();
    lockMany(beginWithLittleMemory(), 500);
  }
}
