package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.introspection.CreateText;
import io.vaquita.introspection.InnodbStatus;
import io.vaquita.introspection.ShowQueries;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs SHOW: what only the session knows here, the rest as queries over virtual tables. Confined to the session's thread. */
final class ShowStatements {
  private static final Value[] NO_PARAMETERS = new Value[0];
  private static final DataType CONDITION_NUMBER =
      new DataType(TypeKind.INT, 5, 0, true, false, Collations.BINARY, List.of());

  private final EngineSession session;

  ShowStatements(EngineSession session) {
    this.session = session;
  }

  Result run(ShowStatement statement) {
    return switch (statement) {
      case ShowStatement.ShowDiagnostics show -> diagnostics(show);
      case ShowStatement.ShowDiagnosticsCount show -> diagnosticsCount(show.errorsOnly());
      case ShowStatement.ShowCreate show -> create(show);
      case ShowStatement.ShowCreateDatabase show -> createDatabase(show);
      case ShowStatement.ShowGrants show -> grants();
      case ShowStatement.ShowEngine show -> engine(show);
      default -> query(statement);
    };
  }

  private Result query(ShowStatement statement) {
    checkExists(statement);
    QuerySyntax query = ShowQueries.of(statement, session.currentSchema());
    if (query == null) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
          statement.getClass().getSimpleName().replace("Show", "SHOW "));
    }
    return session.runner().data().run(new DataStatement.SelectStatement(query), NO_PARAMETERS);
  }

  /** SHOW COLUMNS and SHOW INDEX of what is not there are errors, not empty lists; so is SHOW TABLES of an unknown schema. */
  private void checkExists(ShowStatement statement) {
    switch (statement) {
      case ShowStatement.ShowColumns show -> relation(show.table());
      case ShowStatement.ShowIndexes show -> relation(show.table());
      case ShowStatement.ShowTables show -> checkSchema(show.schema());
      case ShowStatement.ShowTableStatus show -> checkSchema(show.schema());
      default -> {}
    }
  }

  private void checkSchema(@Nullable String name) {
    if (name != null && session.engine().catalog().snapshot().schema(name) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(name);
    }
  }

  private Relation relation(TableName name) {
    String schema = DefinitionStatements.schemaOf(session, name);
    Relation temporary = session.temporaryTables().find(schema, name.name());
    Relation relation =
        temporary != null ? temporary : session.metadata().relation(schema, name.name());
    if (relation == null) {
      checkSchema(schema);
      throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name.name());
    }
    return relation;
  }

  private Result create(ShowStatement.ShowCreate show) {
    if (show.kind() != ShowStatement.CreateKind.TABLE
        && show.kind() != ShowStatement.CreateKind.VIEW) {
      throw switch (show.kind()) {
        case TRIGGER -> MySqlError.ER_TRG_DOES_NOT_EXIST.exception();
        case EVENT -> MySqlError.ER_EVENT_DOES_NOT_EXIST.exception(show.name().name());
        default ->
            MySqlError.ER_SP_DOES_NOT_EXIST.exception(show.kind().name(), show.name().name());
      };
    }
    Relation relation = relation(show.name());
    return switch (relation) {
      case TableDefinition table -> {
        if (show.kind() == ShowStatement.CreateKind.VIEW) {
          throw MySqlError.ER_WRONG_OBJECT.exception(table.schema(), table.name(), "VIEW");
        }
        String sql = CreateText.table(table, session.engine().nextAutoIncrement(table));
        yield list(List.of("Table", "Create Table"), table.name(), sql);
      }
      case ViewDefinition view ->
          list(
              List.of("View", "Create View", "character_set_client", "collation_connection"),
              view.name(),
              CreateText.view(view, view.schema().equals(session.currentSchema())),
              view.characterSetClient(),
              view.collationConnection());
      case VirtualTable virtual ->
          list(List.of("Table", "Create Table"), virtual.name(), CreateText.virtual(virtual));
    };
  }

  private Result createDatabase(ShowStatement.ShowCreateDatabase show) {
    SchemaDefinition schema = session.engine().catalog().snapshot().schema(show.name());
    if (schema == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(show.name());
    }
    return list(
        List.of("Database", "Create Database"),
        schema.name(),
        CreateText.schema(schema, show.ifNotExists()));
  }

  private Result grants() {
    String account = "`" + session.options().user() + "`@`" + session.options().host() + "`";
    return list(
        List.of("Grants for " + session.account()),
        "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION");
  }

  private Result engine(ShowStatement.ShowEngine show) {
    if (!show.engine().equalsIgnoreCase("INNODB") && !show.engine().equals("ALL")) {
      throw MySqlError.ER_UNKNOWN_STORAGE_ENGINE.exception(show.engine());
    }
    if (!show.what().equals("STATUS")) {
      DataType text = DataType.varchar(64, session.variables().connectionCollation());
      return new ListResult(
          session, List.of("Type", "Name", "Status"), List.of(text, text, text), List.of());
    }
    String text = new InnodbStatus(new SessionServerState(session)).text();
    return list(List.of("Type", "Name", "Status"), "InnoDB", "", text);
  }

  /** One row of texts. */
  private Result list(List<String> names, String... cells) {
    Value[] row = new Value[cells.length];
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      row[i] = SystemVariables.text(cells[i]);
      types.add(
          DataType.varchar(
              Math.max(64, cells[i].length()), session.variables().connectionCollation()));
    }
    return new ListResult(session, names, types, List.<Value[]>of(row));
  }

  private Result diagnostics(ShowStatement.ShowDiagnostics show) {
    List<Value[]> rows = new ArrayList<>();
    for (Diagnostics.Condition condition : session.diagnostics().conditions()) {
      if (!show.errorsOnly() || condition.level() == WarningSink.Level.ERROR) {
        rows.add(
            new Value[] {
              SystemVariables.text(condition.level().text()),
              Value.ofUnsigned(condition.number()),
              SystemVariables.text(condition.message())
            });
      }
    }
    DataType level = DataType.varchar(7, session.variables().connectionCollation());
    DataType message = DataType.varchar(512, session.variables().connectionCollation());
    return new ListResult(
        session,
        List.of("Level", "Code", "Message"),
        List.of(level, CONDITION_NUMBER, message),
        limited(rows, show.limit()));
  }

  private List<Value[]> limited(List<Value[]> rows, QuerySyntax.@Nullable Limit limit) {
    if (limit == null) {
      return rows;
    }
    long offset =
        limit.offset() == null ? 0 : VariableValues.wholeNumber(session.evaluate(limit.offset()));
    long count = VariableValues.wholeNumber(session.evaluate(limit.count()));
    int from = (int) Math.min(offset, rows.size());
    int to = (int) Math.min(from + Math.min(count, Integer.MAX_VALUE), rows.size());
    return rows.subList(from, to);
  }

  private Result diagnosticsCount(boolean errorsOnly) {
    long count = errorsOnly ? session.diagnostics().errorCount() : session.diagnostics().count();
    return new ListResult(
        session,
        List.of(errorsOnly ? "@@session.error_count" : "@@session.warning_count"),
        List.of(DataType.UNSIGNED_BIGINT),
        List.<Value[]>of(new Value[] {Value.ofUnsigned(count)}));
  }
}
