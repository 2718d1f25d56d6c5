package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.parser.syntax.TableStatement.MaintenanceKind;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Stores;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ANALYZE, CHECK, OPTIMIZE and REPAIR TABLE: one or more rows Table, Op, Msg_type, Msg_text for each table. Confined to one statement. */
final class TableMaintenance {
  private static final List<String> COLUMNS = List.of("Table", "Op", "Msg_type", "Msg_text");

  private final EngineSession session;

  TableMaintenance(EngineSession session) {
    this.session = session;
  }

  Result run(TableStatement.MaintainTables statement) {
    if (statement.kind() == MaintenanceKind.CHECKSUM) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("CHECKSUM TABLE");
    }
    if (!statement.histogramColumns().isEmpty()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("histograms");
    }
    List<Value[]> rows = new ArrayList<>();
    String operation = statement.kind().name().toLowerCase(Locale.ROOT);
    for (TableName name : statement.tables()) {
      String schema = DefinitionStatements.schemaOf(session, name);
      maintain(statement.kind(), operation, schema, name.name(), rows);
    }
    DataType text = DataType.varchar(512, session.variables().connectionCollation());
    return new ListResult(session, COLUMNS, List.of(text, text, text, text), rows);
  }

  private void maintain(
      MaintenanceKind kind, String operation, String schema, String name, List<Value[]> rows) {
    String full = schema + "." + name;
    Relation relation = session.engine().catalog().snapshot().relation(schema, name);
    if (!(relation instanceof TableDefinition table)) {
      rows.add(row(full, operation, "Error", "Table '" + full + "' doesn't exist"));
      rows.add(row(full, operation, "status", "Operation failed"));
      return;
    }
    switch (kind) {
      case OPTIMIZE -> {
        rows.add(
            row(
                full,
                operation,
                "note",
                "Table does not support optimize, doing recreate + analyze instead"));
        session.runner().definitions().rebuild(new TableName(schema, name));
        rows.add(row(full, operation, "status", "OK"));
      }
      case REPAIR ->
          rows.add(
              row(
                  full,
                  operation,
                  "note",
                  "The storage engine for the table doesn't support repair"));
      case CHECK -> check(table, full, operation, rows);
      case ANALYZE, CHECKSUM -> rows.add(row(full, operation, "status", "OK"));
    }
  }

  /** Reads every page of the table's trees as of now: checksums, order, counts. */
  private void check(TableDefinition table, String full, String operation, List<Value[]> rows) {
    Snapshot snapshot = session.engine().store().snapshot();
    boolean isSound = true;
    for (IndexDefinition index : table.indexes()) {
      session.context().checkKilled();
      for (String problem : Stores.checkTree(snapshot, index.tree())) {
        isSound = false;
        rows.add(row(full, operation, "error", index.name() + ": " + problem));
      }
    }
    rows.add(
        isSound ? row(full, operation, "status", "OK") : row(full, operation, "error", "Corrupt"));
  }

  private Value[] row(String... cells) {
    Value[] values = new Value[cells.length];
    for (int i = 0; i < cells.length; i++) {
      values[i] = SystemVariables.text(cells[i]);
    }
    return values;
  }
}
