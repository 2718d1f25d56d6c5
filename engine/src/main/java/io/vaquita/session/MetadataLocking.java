package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.planner.physical.Plan;
import io.vaquita.transaction.Transaction;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Metadata locks that statements of one session take (fact: MySQL manual, "Metadata Locking"): shared ones of transaction duration for
 * the tables of a plan, exclusive ones for DDL. Confined to the session's thread.
 */
final class MetadataLocking {
  private final EngineSession session;
  private final LongSupplier timeoutMillis;

  MetadataLocking(EngineSession session) {
    this.session = session;
    this.timeoutMillis = () -> session.variables().getLong("lock_wait_timeout") * 1000;
  }

  /**
   * Locks the tables of a plan as it uses them.
   *
   * @return whether the plan still fits the definitions, which may have changed while the session waited
   */
  boolean lock(Plan plan) {
    session.tableLocks().check(plan);
    if (isWrite(plan)) {
      // writers announce themselves, so that FLUSH TABLES WITH READ LOCK can keep them out
      session
          .owner()
          .acquireMetadata(
              MetadataTarget.GLOBAL,
              LockMode.INTENTION_EXCLUSIVE,
              LockDuration.STATEMENT,
              timeoutMillis);
    }
    for (Plan.UsedTable table : plan.shape().tables()) {
      if (session.temporaryTables().find(table.schema(), table.name()) == null) {
        session
            .owner()
            .acquireMetadata(
                MetadataTarget.table(table.schema(), table.name()),
                table.write() ? LockMode.SHARED_WRITE : LockMode.SHARED_READ,
                LockDuration.TRANSACTION,
                timeoutMillis);
      }
    }
    return isCurrent(plan);
  }

  /**
   * What a name means in the newest catalog. Where it means nothing, somebody may be making it (CREATE TABLE … SELECT takes its time): then
   * this waits for the end of that, as MySQL does, whose statements lock a name before they look for it.
   */
  @Nullable Relation relation(String schema, String name) {
    Catalog catalog = session.engine().catalog();
    Relation found = catalog.snapshot().relation(schema, name);
    if (found != null || catalog.snapshot().schema(schema) == null) {
      return found;
    }
    LockOwner owner = session.owner();
    int mark = owner.metadataMark();
    lockShared(schema, name);
    owner.releaseMetadataSince(mark);
    return catalog.snapshot().relation(schema, name);
  }

  /**
   * After a plan failed for want of a table: the catalog to plan again with, when the table has been made meanwhile; else null.
   */
  @Nullable CatalogSnapshot madeMeanwhile(DatabaseException error, CatalogSnapshot before) {
    if (!error.is(MySqlError.ER_NO_SUCH_TABLE)) {
      return null;
    }
    String text = error.message();
    String place = text.substring(text.indexOf('\'') + 1, text.lastIndexOf("' "));
    // a point may be part of either name
    for (int dot = place.indexOf('.'); dot >= 0; dot = place.indexOf('.', dot + 1)) {
      String schema = place.substring(0, dot);
      String name = place.substring(dot + 1);
      if (relation(schema, name) != null && before.relation(schema, name) == null) {
        return session.engine().catalog().snapshot();
      }
    }
    return null;
  }

  /** Whether a base table is written or read FOR UPDATE. */
  boolean isWrite(Plan plan) {
    for (Plan.UsedTable table : plan.shape().tables()) {
      if (table.write() && session.temporaryTables().find(table.schema(), table.name()) == null) {
        return true;
      }
    }
    return false;
  }

  /**
   * 1412 when the transaction's read view is older than the definition of a table that the plan reads: the rows of that time are in trees
   * that are gone.
   */
  void checkDefinitions(Plan plan, Transaction transaction) {
    Catalog catalog = session.engine().catalog();
    if (!transaction.keepsViewOlderThan(catalog.publishedPosition())) {
      return;
    }
    for (Plan.UsedTable used : plan.shape().tables()) {
      if (!used.write()
          && session.temporaryTables().find(used.schema(), used.name()) == null
          && catalog.snapshot().relation(used.schema(), used.name()) instanceof TableDefinition now
          && !Catalog.hasTrees(transaction.consistentView(), now)) {
        throw MySqlError.ER_TABLE_DEF_CHANGED.exception();
      }
    }
  }

  /** Whether the definitions are still those that the plan was made from. */
  boolean isCurrent(Plan plan) {
    CatalogSnapshot catalog = session.engine().catalog().snapshot();
    for (Plan.UsedTable table : plan.shape().tables()) {
      if (session.temporaryTables().find(table.schema(), table.name()) != null) {
        continue;
      }
      Relation now = catalog.relation(table.schema(), table.name());
      boolean same =
          switch (now) {
            case null -> false;
            case TableDefinition t -> t.id() == table.id() && t.version() == table.version();
            case ViewDefinition v -> v.id() == table.id() && v.version() == table.version();
            case VirtualTable v -> true;
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }

  /** A DDL keeps out, and waits for, FLUSH TABLES WITH READ LOCK and LOCK INSTANCE FOR BACKUP of other sessions. */
  void announceDefinition() {
    for (MetadataTarget scope : List.of(MetadataTarget.GLOBAL, MetadataTarget.BACKUP)) {
      session
          .owner()
          .acquireMetadata(
              scope, LockMode.INTENTION_EXCLUSIVE, LockDuration.TRANSACTION, timeoutMillis);
    }
  }

  /** Exclusive locks of a DDL, in the order that keeps two DDLs from taking them crosswise. */
  void lockExclusively(Collection<MetadataTarget> names) {
    for (MetadataTarget name : new TreeSet<>(names)) {
      session
          .owner()
          .acquireMetadata(name, LockMode.EXCLUSIVE, LockDuration.TRANSACTION, timeoutMillis);
    }
  }

  /** A table whose definition must stay while a statement that is no query reads it. */
  void lockShared(String schema, String table) {
    session
        .owner()
        .acquireMetadata(
            MetadataTarget.table(schema, table),
            LockMode.SHARED_READ,
            LockDuration.TRANSACTION,
            timeoutMillis);
  }

  /** The schema of a DDL stays while it runs. */
  void lockSchema(String schema, boolean exclusively) {
    session
        .owner()
        .acquireMetadata(
            MetadataTarget.schema(schema),
            exclusively ? LockMode.EXCLUSIVE : LockMode.INTENTION_EXCLUSIVE,
            LockDuration.TRANSACTION,
            timeoutMillis);
  }
}
