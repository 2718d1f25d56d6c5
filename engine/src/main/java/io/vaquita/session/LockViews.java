package io.vaquita.session;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.introspection.ServerState.DeadlockView;
import io.vaquita.introspection.ServerState.DeadlockView.ParticipantView;
import io.vaquita.introspection.ServerState.DeadlockView.WorkView;
import io.vaquita.introspection.ServerState.HeldView;
import io.vaquita.introspection.ServerState.LockView;
import io.vaquita.introspection.ServerState.LockWaitView;
import io.vaquita.lock.Deadlock;
import io.vaquita.lock.HeldLocks;
import io.vaquita.lock.LockEntry;
import io.vaquita.lock.LockFailure;
import io.vaquita.lock.LockTarget;
import io.vaquita.lock.MetadataScope;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.lock.WaitEntry;
import io.vaquita.store.Snapshot;
import io.vaquita.table.EntryText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives the lock table's numbers and keys the names of schemas, tables, indexes and the values of rows. Made for one report, of one
 * catalog snapshot; confined to one thread.
 */
final class LockViews {
  /** What InnoDB calls the clustered index of a table without a key. */
  private static final String HIDDEN_INDEX = "GEN_CLUST_INDEX";

  private record TreeName(TableDefinition table, String index) {}

  private final Engine engine;
  private final Snapshot newest;
  private final Map<Integer, TreeName> trees = new HashMap<>();
  private final Map<Long, TableDefinition> tables = new HashMap<>();

  LockViews(Engine engine) {
    this.engine = engine;
    this.newest = engine.store().snapshot();
    CatalogSnapshot catalog = engine.catalog().snapshot();
    for (SchemaDefinition schema : catalog.schemas()) {
      for (Relation relation : catalog.relations(schema.name())) {
        if (relation instanceof TableDefinition table) {
          add(table);
        }
      }
    }
  }

  private void add(TableDefinition table) {
    tables.put(table.id(), table);
    for (IndexDefinition index : table.indexes()) {
      boolean isHidden = table.hasHiddenRowId() && index.tree() == table.clustered().tree();
      trees.put(index.tree(), new TreeName(table, isHidden ? HIDDEN_INDEX : index.name()));
    }
  }

  List<LockView> locks() {
    return engine.locks().locks().stream().map(this::view).toList();
  }

  List<LockWaitView> waits() {
    List<LockWaitView> views = new ArrayList<>();
    for (WaitEntry wait : engine.locks().waits()) {
      LockView waiting = view(wait.waiting());
      for (LockEntry blocking : wait.blocking()) {
        views.add(new LockWaitView(waiting, view(blocking)));
      }
    }
    return views;
  }

  List<DeadlockView> deadlocks() {
    return engine.locks().deadlocks().stream().map(this::known).toList();
  }

  private DeadlockView known(Deadlock deadlock) {
    DeadlockView reported = engine.reports().reported(deadlock.number());
    return reported != null ? reported : view(deadlock);
  }

  DeadlockView view(Deadlock deadlock) {
    List<ParticipantView> participants = new ArrayList<>();
    for (Deadlock.Participant each : deadlock.participants()) {
      participants.add(
          new ParticipantView(
              each.connectionId(),
              each.account(),
              each.program(),
              each.statement(),
              view(each.waitsFor()),
              view(each.blockedBy()),
              each.rowsWritten(),
              view(each.held()),
              view(each.work())));
    }
    return new DeadlockView(
        deadlock.number(), deadlock.wallMicros(), deadlock.victim(), participants);
  }

  static HeldView view(HeldLocks held) {
    return new HeldView(held.owner().id(), held.records(), held.structs(), held.tables());
  }

  static @Nullable WorkView view(OwnerInfo.@Nullable Work work) {
    return work == null
        ? null
        : new WorkView(
            work.transaction(),
            work.startMicros(),
            work.operation(),
            work.client(),
            work.state(),
            work.statementNumber());
  }

  LockView view(LockEntry lock) {
    String kind;
    String schema = null;
    String name = null;
    String index = null;
    String data = null;
    switch (lock.target()) {
      case LockTarget.RecordTarget record -> {
        kind = "RECORD";
        TreeName known = trees.get(record.tree());
        if (known != null) {
          schema = known.table().schema();
          name = known.table().name();
          index = known.index();
          data = data(known.table(), record.tree(), record.key());
        }
      }
      case LockTarget.TableTarget target -> {
        kind = "TABLE_LOCK";
        TableDefinition table = tables.get(target.tableId());
        schema = table == null ? null : table.schema();
        name = table == null ? null : table.name();
      }
      case LockTarget.MetadataTarget metadata -> {
        kind = metadata.scope().label();
        schema = metadata.schema();
        name = metadata.name();
      }
    }
    return new LockView(
        lock.owner().id(),
        lock.owner().info().account(),
        lock.owner().info().program(),
        kind,
        schema,
        name,
        index,
        data,
        lock.modeLabel(),
        lock.duration() == null ? null : lock.duration().name(),
        lock.granted(),
        lock.implicit(),
        depth(lock),
        lock.ageMillis(),
        lock.owner().info().statement(),
        lock.target().toString());
  }

  private static int depth(LockEntry lock) {
    return lock.granted()
            && lock.target() instanceof LockTarget.MetadataTarget name
            && name.scope() == MetadataScope.USER_LEVEL_LOCK
        ? lock.owner().userLockDepth(name)
        : 1;
  }

  private String data(TableDefinition table, int tree, byte @Nullable [] key) {
    return EntryText.of(engine.tables().accessor(table), tree, key, newest);
  }

  /** Who was in the way of a wait that failed, as a line of SHOW WARNINGS behind MySQL's own error. */
  String describe(LockFailure.Blocker blocker) {
    LockEntry lock = blocker.lock();
    StringBuilder text = new StringBuilder(160);
    text.append("connection ").append(lock.owner().id()).append(" (").append(blocker.account());
    if (blocker.program() != null) {
      text.append(", ").append(blocker.program());
    }
    text.append(lock.granted() ? ") holds " : ") has waited before for ");
    text.append(view(lock).describe());
    text.append(" since ").append(lock.ageMillis() / 1000).append(" s");
    if (blocker.statement() != null) {
      text.append("; statement: ").append(blocker.statement());
    }
    return text.toString();
  }
}
