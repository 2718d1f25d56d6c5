package io.vaquita.session;

import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.SessionStatement.TableLock;
import io.vaquita.parser.syntax.SessionStatement.TableLockKind;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.planner.physical.Plan;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What LOCK TABLES, FLUSH TABLES WITH READ LOCK and LOCK INSTANCE hold for a session (MySQL manual, "LOCK TABLES and UNLOCK TABLES
 * Statements"): metadata locks of explicit duration, and the rule that only locked tables may be used. Confined to the session's
 * thread.
 */
final class TableLocks {
  private final EngineSession session;

  /** Locked tables and whether for writing; empty when LOCK TABLES is not in force. */
  private final Map<MetadataTarget, Boolean> locked = new HashMap<>();

  private boolean globalReadLock;
  private boolean backupLock;

  TableLocks(EngineSession session) {
    this.session = session;
  }

  private long timeoutMillis() {
    return session.variables().getLong("lock_wait_timeout") * 1000;
  }

  /** All locks or none, in one order, so that two LOCK TABLES never deadlock. */
  void lock(SessionStatement.LockTables statement) {
    session.transactions().commit();
    unlock();
    Map<MetadataTarget, Boolean> wanted = new TreeMap<>();
    for (TableLock lock : statement.locks()) {
      boolean write = lock.kind() == TableLockKind.WRITE;
      if (write && globalReadLock) {
        throw MySqlError.ER_CANT_UPDATE_WITH_READLOCK.exception();
      }
      MetadataTarget target = target(lock.table());
      if (target != null) {
        wanted.merge(target, write, (a, b) -> a || b);
      }
    }
    take(wanted, LockMode.SHARED_READ_ONLY);
  }

  private void take(Map<MetadataTarget, Boolean> wanted, LockMode ofReaders) {
    try {
      if (wanted.containsValue(true)) {
        // writers announce themselves, so that FLUSH TABLES WITH READ LOCK keeps them out and waits
        // for them
        acquire(MetadataTarget.GLOBAL, LockMode.INTENTION_EXCLUSIVE);
      }
      for (Map.Entry<MetadataTarget, Boolean> each : wanted.entrySet()) {
        if (each.getValue()) {
          acquire(MetadataTarget.schema(each.getKey().schema()), LockMode.INTENTION_EXCLUSIVE);
        }
        acquire(each.getKey(), each.getValue() ? LockMode.SHARED_NO_READ_WRITE : ofReaders);
        locked.put(each.getKey(), each.getValue());
      }
    } catch (RuntimeException e) {
      release(wanted);
      throw e;
    }
  }

  private void acquire(MetadataTarget target, LockMode mode) {
    session.owner().acquireMetadata(target, mode, LockDuration.EXPLICIT, this::timeoutMillis);
  }

  private void release(Map<MetadataTarget, Boolean> tables) {
    tables.forEach(
        (table, write) -> {
          session.owner().releaseExplicit(table);
          if (write) {
            session.owner().releaseExplicit(MetadataTarget.schema(table.schema()));
          }
        });
    if (tables.containsValue(true)) {
      session.owner().releaseExplicit(MetadataTarget.GLOBAL);
    }
    locked.clear();
  }

  /** The lock's name; null for a temporary table, which nobody else can see. */
  private @Nullable MetadataTarget target(TableName name) {
    String schema = DefinitionStatements.schemaOf(session, name);
    if (session.temporaryTables().find(schema, name.name()) != null) {
      return null;
    }
    Relation relation = session.metadata().relation(schema, name.name());
    if (relation == null) {
      throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name.name());
    }
    if (!(relation instanceof TableDefinition) && !(relation instanceof ViewDefinition)) {
      return null;
    }
    return MetadataTarget.table(schema, name.name());
  }

  /** UNLOCK TABLES, BEGIN, the next LOCK TABLES, the session's end. */
  void unlock() {
    if (!locked.isEmpty()) {
      session.transactions().commit();
      release(Map.copyOf(locked));
    }
  }

  void unlockGlobal() {
    if (globalReadLock) {
      globalReadLock = false;
      session.owner().releaseExplicit(MetadataTarget.COMMIT);
      session.owner().releaseExplicit(MetadataTarget.GLOBAL);
    }
  }

  /** 1100 and 1099 while LOCK TABLES is in force; 1223 for a write of a session that holds the global read lock. */
  void check(Plan plan) {
    if (locked.isEmpty() && !globalReadLock) {
      return;
    }
    for (Plan.UsedTable table : plan.shape().tables()) {
      if (session.temporaryTables().find(table.schema(), table.name()) != null) {
        continue;
      }
      if (globalReadLock && table.write()) {
        throw MySqlError.ER_CANT_UPDATE_WITH_READLOCK.exception();
      }
      if (!locked.isEmpty()) {
        Boolean write = locked.get(MetadataTarget.table(table.schema(), table.name()));
        if (write == null) {
          throw MySqlError.ER_TABLE_NOT_LOCKED.exception(table.name());
        }
        if (table.write() && !write) {
          throw MySqlError.ER_TABLE_NOT_LOCKED_FOR_WRITE.exception(table.name());
        }
      }
    }
  }

  /** Whether LOCK TABLES is in force. */
  boolean isLocked() {
    return !locked.isEmpty();
  }

  boolean isGlobalReadLock() {
    return globalReadLock;
  }

  void flush(SessionStatement.Flush flush) {
    if (flush.forExport()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("FLUSH TABLES … FOR EXPORT");
    }
    if (!flush.readLock()) {
      session.transactions().commit();
      return;
    }
    if (!locked.isEmpty()) {
      throw MySqlError.ER_LOCK_OR_ACTIVE_TRANSACTION.exception();
    }
    session.transactions().commit();
    if (!flush.tables().isEmpty()) {
      Map<MetadataTarget, Boolean> wanted = new TreeMap<>();
      for (TableName name : flush.tables()) {
        MetadataTarget target = target(name);
        if (target != null) {
          wanted.put(target, false);
        }
      }
      take(wanted, LockMode.SHARED_NO_WRITE);
      return;
    }
    if (!globalReadLock) {
      session
          .owner()
          .acquireMetadata(
              MetadataTarget.GLOBAL, LockMode.SHARED, LockDuration.EXPLICIT, this::timeoutMillis);
      try {
        session
            .owner()
            .acquireMetadata(
                MetadataTarget.COMMIT, LockMode.SHARED, LockDuration.EXPLICIT, this::timeoutMillis);
      } catch (RuntimeException e) {
        session.owner().releaseExplicit(MetadataTarget.GLOBAL);
        throw e;
      }
      globalReadLock = true;
    }
  }

  void lockInstance() {
    if (!backupLock) {
      session
          .owner()
          .acquireMetadata(
              MetadataTarget.BACKUP, LockMode.SHARED, LockDuration.EXPLICIT, this::timeoutMillis);
      backupLock = true;
    }
  }

  void unlockInstance() {
    if (backupLock) {
      backupLock = false;
      session.owner().releaseExplicit(MetadataTarget.BACKUP);
    }
  }

  /** The session's end or reset; its owner releases the locks themselves. */
  void forget() {
    locked.clear();
    globalReadLock = false;
    backupLock = false;
  }
}
