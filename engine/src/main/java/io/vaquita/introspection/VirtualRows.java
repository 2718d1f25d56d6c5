package io.vaquita.introspection;

import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.Row;
import io.vaquita.value.Value;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/** Makes the rows of virtual tables when they are read. Confined to one statement. */
public final class VirtualRows {
  private final ServerState state;

  public VirtualRows(ServerState state) {
    this.state = state;
  }

  /** @param equal values that columns (by ordinal) must equal; a help, conditions are tested again */
  public Iterator<Row> rows(VirtualTable table, Map<Integer, Value> equal) {
    RowFiller filler = new RowFiller(table, equal);
    String name = table.name().toUpperCase(Locale.ROOT);
    switch (table.schema()) {
      case "information_schema" -> informationSchema(name, filler);
      case "performance_schema" -> performanceSchema(name, filler);
      case "sys" -> sys(name, filler);
      case "vaquita" -> vaquita(name, filler);
      default -> throw new IllegalArgumentException(table.schema());
    }
    return filler.rows().iterator();
  }

  private void informationSchema(String name, RowFiller rows) {
    switch (name) {
      case "SCHEMATA", "SCHEMATA_EXTENSIONS" -> new SchemaRows(state, rows).schemata(name);
      case "TABLES" -> new SchemaRows(state, rows).tables();
      case "TABLES_EXTENSIONS" -> new SchemaRows(state, rows).tablesExtensions();
      case "VIEWS" -> new SchemaRows(state, rows).views();
      case "VIEW_TABLE_USAGE" -> new SchemaRows(state, rows).viewTableUsage();
      case "PARTITIONS" -> new SchemaRows(state, rows).partitions();
      case "COLUMNS", "COLUMNS_EXTENSIONS" -> new ColumnRows(state, rows).columns(name);
      case "STATISTICS" -> new KeyRows(state, rows).statistics();
      case "KEY_COLUMN_USAGE" -> new KeyRows(state, rows).keyColumnUsage();
      case "TABLE_CONSTRAINTS", "TABLE_CONSTRAINTS_EXTENSIONS" ->
          new KeyRows(state, rows).tableConstraints(name);
      case "REFERENTIAL_CONSTRAINTS" -> new KeyRows(state, rows).referentialConstraints();
      case "CHECK_CONSTRAINTS" -> new KeyRows(state, rows).checkConstraints();
      case "ENGINES" -> new ServerRows(state, rows).engines();
      case "CHARACTER_SETS" -> new ServerRows(state, rows).characterSets();
      case "COLLATIONS" -> new ServerRows(state, rows).collations();
      case "COLLATION_CHARACTER_SET_APPLICABILITY" -> new ServerRows(state, rows).applicability();
      case "KEYWORDS" -> new ServerRows(state, rows).keywords();
      case "INNODB_TEMP_TABLE_INFO" -> new ServerRows(state, rows).temporaryTables();
      case "PROCESSLIST" -> new ServerRows(state, rows).processList();
      case "INNODB_TRX" -> new TransactionRows(state).fill(rows);
      case "USER_PRIVILEGES" -> new ServerRows(state, rows).userPrivileges();
      case "USER_ATTRIBUTES" -> new ServerRows(state, rows).userAttributes();
      default -> {
        // stored programs, events, triggers, roles, histograms, plugins and narrower grants do not
        // exist yet: no rows is the truth
      }
    }
  }

  private void performanceSchema(String name, RowFiller rows) {
    ServerRows server = new ServerRows(state, rows);
    switch (name) {
      case "GLOBAL_VARIABLES" -> server.settings(state.variables(true));
      case "SESSION_VARIABLES" -> server.settings(state.variables(false));
      case "PERSISTED_VARIABLES" -> server.settings(state.persistedVariables());
      case "GLOBAL_STATUS" -> server.settings(state.status(true));
      case "SESSION_STATUS" -> server.settings(state.status(false));
      case "PROCESSLIST" -> server.processList();
      case "THREADS" -> server.threads();
      case "SESSION_CONNECT_ATTRS" -> server.connectAttributes(false);
      case "SESSION_ACCOUNT_CONNECT_ATTRS" -> server.connectAttributes(true);
      case "EVENTS_STATEMENTS_CURRENT" -> new StatementRows(state, rows).current();
      case "EVENTS_STATEMENTS_HISTORY" -> new StatementRows(state, rows).history();
      case "DATA_LOCKS" -> new LockRows(state, rows).dataLocks();
      case "DATA_LOCK_WAITS" -> new LockRows(state, rows).dataLockWaits();
      case "METADATA_LOCKS" -> new LockRows(state, rows).metadataLocks();
      case "ERROR_LOG", "HOST_CACHE" -> server.frontend("performance_schema", name);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private void sys(String name, RowFiller rows) {
    switch (name) {
      case "INNODB_LOCK_WAITS" -> new LockWaitRows(state, rows, false).innodb();
      case "X$INNODB_LOCK_WAITS" -> new LockWaitRows(state, rows, true).innodb();
      case "SCHEMA_TABLE_LOCK_WAITS" -> new LockWaitRows(state, rows, false).schemaTables();
      case "X$SCHEMA_TABLE_LOCK_WAITS" -> new LockWaitRows(state, rows, true).schemaTables();
      default -> throw new IllegalArgumentException(name);
    }
  }

  private void vaquita(String name, RowFiller rows) {
    LockRows locks = new LockRows(state, rows);
    switch (name) {
      case "LOCKS" -> locks.all();
      case "LOCK_WAITS" -> new BlockingTree(state, rows).fill();
      case "DEADLOCKS" -> locks.deadlocks();
      case "CLOSED_CONNECTIONS", "CONNECTION_HOLDERS" ->
          new ServerRows(state, rows).frontend("vaquita", name);
      default -> throw new IllegalArgumentException(name);
    }
  }
}
