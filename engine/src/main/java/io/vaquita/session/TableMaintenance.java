package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement.MaintainTables;
import io.vaquita.parser.syntax.TableStatement.MaintenanceKind;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.store.Snapshot;
import io.vaquita.store.Stores;
import io.vaquita.table.TableCheck;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ANALYZE, CHECK, OPTIMIZE and REPAIR TABLE: one or more rows Table, Op, Msg_type, Msg_text for each table. Confined to one statement. */
final class TableMaintenance {
  private static final List<String> COLUMNS = List.of("Table", "Op", "Msg_type", "Msg_text");

  /** Options of CHECK TABLE with which MySQL, too, does not look at each row. */
  private static final Set<String> WITHOUT_ROWS = Set.of("QUICK", "FAST", "CHANGED", "FOR UPGRADE");

  private final EngineSession session;
  private final List<Value[]> rows = new ArrayList<>();

  TableMaintenance(EngineSession session) {
    this.session = session;
  }

  Result run(MaintainTables statement) {
    if (statement.kind() == MaintenanceKind.CHECKSUM) {
      return new TableChecksum(session).run(statement);
    }
    if (!statement.histogramColumns().isEmpty()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("histograms");
    }
    Set<String> seen = new HashSet<>();
    for (TableName name : statement.tables()) {
      String schema = DefinitionStatements.schemaOf(session, name);
      if (!seen.add(schema + "." + name.name())) {
        throw MySqlError.ER_NONUNIQ_TABLE.exception(name.name());
      }
    }
    for (TableName name : statement.tables()) {
      maintain(statement, DefinitionStatements.schemaOf(session, name), name.name());
    }
    if (statement.kind() == MaintenanceKind.OPTIMIZE) {
      // The tables are theirs who wait for them again: this is about the file.
      session.owner().releaseTransaction();
      session.engine().store().compact(session.context()::checkKilled);
    }
    DataType text = DataType.varchar(512, session.variables().connectionCollation());
    return new ListResult(session, COLUMNS, List.of(text, text, text, text), rows);
  }

  private void maintain(MaintainTables statement, String schema, String name) {
    TableRows out = new TableRows(schema + "." + name, statement.kind());
    if (statement.kind() == MaintenanceKind.CHECK) {
      session.metadata().lockShared(schema, name);
    }
    switch (find(schema, name)) {
      case null -> out.fail("Table '" + out.table + "' doesn't exist");
      case TableDefinition table -> maintain(statement, table, out);
      case ViewDefinition view when statement.kind() == MaintenanceKind.CHECK ->
          out.add("status", "OK");
      case ViewDefinition view -> out.fail("'" + out.table + "' is not BASE TABLE");
      case VirtualTable virtual ->
          out.add("note", "The storage engine for the table doesn't support " + out.operation);
    }
  }

  private @Nullable Relation find(String schema, String name) {
    TableDefinition temporary = session.temporaryTables().find(schema, name);
    return temporary != null ? temporary : session.metadata().relation(schema, name);
  }

  private void maintain(MaintainTables statement, TableDefinition table, TableRows out) {
    switch (statement.kind()) {
      case OPTIMIZE -> {
        out.add("note", "Table does not support optimize, doing recreate + analyze instead");
        session.runner().definitions().rebuild(new TableName(table.schema(), table.name()));
        out.add("status", "OK");
      }
      case REPAIR ->
          out.add("note", "The storage engine for the table doesn't support " + out.operation);
      case CHECK -> {
        boolean isSound =
            check(table, statement.options().stream().noneMatch(WITHOUT_ROWS::contains), out);
        out.add(isSound ? "status" : "error", isSound ? "OK" : "Corrupt");
      }
      case ANALYZE, CHECKSUM -> out.add("status", "OK");
    }
  }

  /** Reads every page of the table's trees as of now, and compares the rows with the entries of each index. */
  private boolean check(TableDefinition table, boolean withRows, TableRows out) {
    Snapshot snapshot =
        table.temporary()
            ? session.temporaryStore().snapshot()
            : session.engine().store().snapshot();
    boolean isSound = true;
    for (int tree : table.trees()) {
      session.context().checkKilled();
      List<String> found =
          table.temporary()
              ? session.temporaryStore().check(tree)
              : Stores.checkTree(snapshot, tree);
      for (String problem : found) {
        isSound = false;
        out.add("error", treeName(table, tree) + ": " + problem);
      }
    }
    if (!isSound || !withRows) {
      return isSound;
    }
    TableCheck check =
        new TableCheck(
            session.engine().tables().accessor(table), snapshot, session.context()::checkKilled);
    List<String> problems = check.problems();
    problems.forEach(problem -> out.add("error", problem));
    return problems.isEmpty();
  }

  private static String treeName(TableDefinition table, int tree) {
    for (IndexDefinition index : table.indexes()) {
      if (index.tree() == tree) {
        return index.name();
      }
    }
    return "values outside of rows";
  }

  /** Collects the rows about one table. */
  private final class TableRows {
    final String table;
    final String operation;

    TableRows(String table, MaintenanceKind kind) {
      this.table = table;
      this.operation = kind.name().toLowerCase(Locale.ROOT);
    }

    void add(String type, String text) {
      Value[] row = {
        SystemVariables.text(table),
        SystemVariables.text(operation),
        SystemVariables.text(type),
        SystemVariables.text(text)
      };
      rows.add(row);
    }

    void fail(String text) {
      add("Error", text);
      add("status", "Operation failed");
    }
  }
}
