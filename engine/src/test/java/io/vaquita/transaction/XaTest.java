package io.vaquita.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.CommitDurability;
import io.vaquita.store.SimulatedEnvironment;
import io.vaquita.store.SimulatedFileSystem;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.store.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Branches of distributed transactions through their states, between sessions and over a restart; numbers of user-level locks too. */
final class XaTest {
  private static final int TREE = 16;
  private static final byte[] KEY = {1};
  private static final byte[] VALUE = {2};
  private static final Xid XID = xid("a");

  private Store store = Stores.inMemory();
  private LockTable locks = new LockTable(Environment.system());
  private TransactionSystem system = new TransactionSystem(store, locks);

  private static Xid xid(String name) {
    return new Xid(name.getBytes(StandardCharsets.UTF_8), new byte[] {7}, 1);
  }

  private void restart() {
    store = store.fork();
    locks = new LockTable(Environment.system());
    system = new TransactionSystem(store, locks);
  }

  private LockOwner owner(long id) {
    return locks.newOwner(id, OwnerInfo.internal("c" + id));
  }

  /** A branch with one row written, ended. */
  private XaBranch idleBranch(LockOwner owner, Xid xid) {
    XaBranch branch = system.xaBranch();
    branch.reserve(xid);
    Transaction transaction = system.begin(TransactionOptions.of(owner));
    branch.start(transaction);
    owner.acquireMetadata(
        MetadataTarget.table("s", "t"), LockMode.SHARED_WRITE, LockDuration.TRANSACTION, () -> 0);
    transaction.lockInsert(TREE, KEY, null);
    transaction.put(TREE, KEY, VALUE);
    branch.end(xid);
    return branch;
  }

  private static void fails(int number, Runnable action) {
    DatabaseException e = assertThrows(DatabaseException.class, action::run);
    assertEquals(number, e.number(), e::message);
  }

  @Test
  void preparedBranchesLeaveTheSessionAndKeepTheirLocks() {
    LockOwner session = owner(1);
    XaBranch branch = idleBranch(session, XID);
    branch.prepare(XID);
    assertEquals(XaBranch.State.NON_EXISTING, branch.state());
    assertEquals(List.of(XID), system.prepared().prepared());
    assertNull(store.snapshot().get(TREE, KEY));
    Transaction other = system.begin(TransactionOptions.of(session));
    assertFalse(
        other.lockRecord(TREE, KEY, RecordLockMode.X_RECORD, LockWait.SKIP_LOCKED),
        "the session itself does not own the row any more");
    assertFalse(
        session.tryMetadata(
            MetadataTarget.table("s", "t"), LockMode.EXCLUSIVE, LockDuration.TRANSACTION));
    fails(1440, () -> system.xaBranch().reserve(XID));
    system.xaBranch().commit(XID, false);
    assertArrayEquals(VALUE, store.snapshot().get(TREE, KEY));
    other.rollback();
    assertTrue(locks.locks().isEmpty());
    assertTrue(system.prepared().prepared().isEmpty());
    fails(1397, () -> branch.commit(XID, false));
  }

  @Test
  void preparedBranchesSurviveARestart() {
    idleBranch(owner(1), XID).prepare(XID);
    idleBranch2(owner(2)).prepare(xid("b"));
    idleBranch3(owner(3));
    restart();
    assertEquals(2, system.prepared().prepared().size());
    Transaction other = system.begin(TransactionOptions.of(owner(9)));
    assertFalse(other.lockRecord(TREE, KEY, RecordLockMode.S_RECORD, LockWait.SKIP_LOCKED));
    assertFalse(
        owner(8)
            .tryMetadata(
                MetadataTarget.table("s", "t"), LockMode.EXCLUSIVE, LockDuration.TRANSACTION));
    system.prepared().commit(XID);
    system.prepared().rollback(xid("b"));
    assertArrayEquals(VALUE, store.snapshot().get(TREE, KEY));
    assertNull(store.snapshot().get(TREE, new byte[] {2}));
    other.rollback();
    assertTrue(locks.locks().isEmpty());
    restart();
    assertTrue(system.prepared().prepared().isEmpty());
  }

  private XaBranch idleBranch2(LockOwner owner) {
    XaBranch branch = system.xaBranch();
    branch.reserve(xid("b"));
    Transaction transaction = system.begin(TransactionOptions.of(owner));
    branch.start(transaction);
    transaction.lockInsert(TREE, new byte[] {2}, null);
    transaction.put(TREE, new byte[] {2}, VALUE);
    transaction.lockRecord(TREE, new byte[] {3}, RecordLockMode.X_RECORD, LockWait.WAIT);
    transaction.delete(TREE, new byte[] {3});
    branch.end(xid("b"));
    return branch;
  }

  private void idleBranch3(LockOwner owner) {
    XaBranch branch = system.xaBranch();
    branch.reserve(xid("c"));
    branch.start(system.begin(TransactionOptions.of(owner)));
    branch.end(xid("c"));
  }

  @Test
  void aBranchThatCannotBeCommittedForWantOfSpaceStaysPrepared() {
    SimulatedFileSystem disk = new SimulatedFileSystem(1);
    StoreOptions small = new StoreOptions(512, 400_000, 16_384, 1 << 20, 1 << 20, 1000, null);
    store = Stores.open(Path.of("/simulated"), small, new SimulatedEnvironment(disk));
    system = new TransactionSystem(store, locks);
    XaBranch branch = idleBranch(owner(1), XID);
    branch.prepare(XID);
    disk.capacity(0);
    fails(1026, this::fill);
    fails(1026, () -> branch.commit(XID, false));
    assertEquals(List.of(XID), system.prepared().prepared());
    assertFalse(
        system
            .begin(TransactionOptions.of(owner(2)))
            .lockRecord(TREE, KEY, RecordLockMode.X_RECORD, LockWait.SKIP_LOCKED));
    disk.capacity(Long.MAX_VALUE);
    branch.commit(XID, false);
    assertArrayEquals(VALUE, store.snapshot().get(TREE, KEY));
    store.close();
  }

  /** Commits until the log has no room for another record, not even for a small one. */
  private void fill() {
    for (int bytes = 4096; ; ) {
      try {
        WriteBatch batch = new WriteBatch();
        batch.put(TREE + 1, KEY, new byte[bytes]);
        store.commit(batch, CommitDurability.SYNCED);
      } catch (DatabaseException e) {
        if (bytes == 0) {
          throw e;
        }
        bytes /= 2;
      }
    }
  }

  @Test
  void statesAndTheirErrors() {
    XaBranch branch = system.xaBranch();
    fails(1399, () -> branch.end(XID));
    fails(1399, () -> branch.prepare(XID));
    fails(1397, () -> branch.rollback(XID));
    branch.reserve(XID);
    branch.start(system.begin(TransactionOptions.of(owner(1))));
    branch.checkStatement();
    fails(1399, branch::checkNoBranch);
    fails(1399, () -> branch.reserve(xid("b")));
    fails(1397, () -> branch.end(xid("b")));
    fails(1399, () -> branch.prepare(XID));
    fails(1399, () -> branch.commit(XID, true));
    fails(1399, () -> branch.rollback(XID));
    branch.end(XID);
    fails(1399, branch::checkStatement);
    fails(1399, () -> branch.commit(XID, false));
    fails(1399, () -> branch.commit(xid("b"), false));
    branch.commit(XID, true);
    assertEquals(XaBranch.State.NON_EXISTING, branch.state());
    fails(1397, () -> branch.commit(XID, true));
    fails(1398, () -> branch.reserve(new Xid(new byte[65], new byte[0], 1)));
  }

  @Test
  void onePhaseCommitAndRollback() {
    idleBranch(owner(1), XID).rollback(XID);
    assertNull(store.snapshot().get(TREE, KEY));
    idleBranch(owner(1), XID).commit(XID, true);
    assertArrayEquals(VALUE, store.snapshot().get(TREE, KEY));
    assertTrue(locks.locks().isEmpty());
  }

  @Test
  void theSessionsEndRollsAnOpenBranchBack() {
    XaBranch branch = idleBranch(owner(1), XID);
    branch.close();
    assertTrue(locks.locks().isEmpty());
    system.xaBranch().reserve(XID);
  }

  @Test
  void numbersOfUserLocksRiseOverRestarts() {
    LockOwner session = owner(1);
    FencedUserLocks named = system.userLocks(session);
    named.acquire("leader", 0);
    Long first = named.token("Leader");
    named.acquire("leader", 0);
    assertEquals(first, named.token("leader"), "recursion keeps the number");
    assertNull(named.token("other"));
    restart();
    FencedUserLocks later = system.userLocks(owner(2));
    later.acquire("leader", 0);
    Long second = later.token("leader");
    assertTrue(first != null && second != null && second > first);
  }
}
