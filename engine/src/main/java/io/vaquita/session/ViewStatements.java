package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import io.vaquita.introspection.ViewShape;
import io.vaquita.parser.QueryQualifier;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.ViewStatement;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs CREATE, ALTER and DROP VIEW. Confined to the session's thread. */
final class ViewStatements {
  private final EngineSession session;

  ViewStatements(EngineSession session) {
    this.session = session;
  }

  Result run(ViewStatement statement) {
    return switch (statement) {
      case ViewStatement.DefineView define -> define(define);
      case ViewStatement.DropViews drop -> drop(drop);
    };
  }

  private Result define(ViewStatement.DefineView define) {
    CatalogSnapshot catalog = session.engine().catalog().snapshot();
    String schema = DefinitionStatements.schemaOf(session, define.name());
    if (catalog.schema(schema) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
    }
    String name = define.name().name();
    Relation there = catalog.relation(schema, name);
    if (there instanceof TableDefinition) {
      throw define.alter() || define.orReplace()
          ? MySqlError.ER_WRONG_OBJECT.exception(schema, name, "VIEW")
          : MySqlError.ER_TABLE_EXISTS_ERROR.exception(name);
    }
    if (there != null && !define.alter() && !define.orReplace()) {
      throw MySqlError.ER_TABLE_EXISTS_ERROR.exception(name);
    }
    if (there == null && define.alter()) {
      throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name);
    }
    QueryPlan plan = planned(define);
    if (!plan.intoVariables().isEmpty() || plan.outFile() != null) {
      throw MySqlError.ER_VIEW_SELECT_CLAUSE.exception("INTO");
    }
    List<String> columns = columns(define, plan);
    ViewDefinition view =
        new ViewDefinition(
            there instanceof ViewDefinition old
                ? old.id()
                : session.engine().catalog().newRelationId(),
            there instanceof ViewDefinition old ? old.version() + 1 : 1,
            schema,
            name,
            SyntaxPrinter.query(qualified(session, define.query(), session.currentSchema())),
            columns,
            define.algorithm(),
            definer(define),
            define.securityType(),
            define.checkOption(),
            session.variables().getText("character_set_client"),
            session.variables().getText("collation_connection"));
    if (!view.checkOption().equals("NONE") && !ViewShape.isUpdatable(view)) {
      throw MySqlError.ER_VIEW_NONUPD_CHECK.exception(schema, name);
    }
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    change.put(view);
    Definitions.commit(session, change, transaction);
    return session.runner().ok();
  }

  /** A query in full, as views keep it: {@code schema} is the current one. */
  static QuerySyntax qualified(
      EngineSession session, QuerySyntax query, @Nullable String currentSchema) {
    return QueryQualifier.qualify(
        query, currentSchema, (schema, table) -> visibleColumns(session, schema, table));
  }

  private static @Nullable List<String> visibleColumns(
      EngineSession session, String schema, String table) {
    return switch (session.engine().catalog().snapshot().relation(schema, table)) {
      case TableDefinition base ->
          base.columns().stream().filter(c -> !c.invisible()).map(ColumnDefinition::name).toList();
      case ViewDefinition view -> view.columnNames();
      case VirtualTable virtual -> virtual.columns().stream().map(ColumnDefinition::name).toList();
      case null -> null;
    };
  }

  private String definer(ViewStatement.DefineView define) {
    if (define.definer() == null || define.definer().currentUser()) {
      return session.account();
    }
    return define.definer().user() + "@" + define.definer().host();
  }

  private static List<String> columns(ViewStatement.DefineView define, QueryPlan plan) {
    List<String> names = define.columns();
    if (names.isEmpty()) {
      names = plan.outputs().stream().map(OutputColumn::name).toList();
    } else if (names.size() != plan.outputs().size()) {
      throw MySqlError.ER_VIEW_WRONG_LIST.exception();
    }
    Set<String> seen = new HashSet<>();
    for (String each : names) {
      if (!seen.add(each.toLowerCase(Locale.ROOT))) {
        throw MySqlError.ER_DUP_FIELDNAME.exception(each);
      }
    }
    return names;
  }

  private Result drop(ViewStatement.DropViews drop) {
    List<ViewDefinition> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TableName each : drop.names()) {
      String schema = DefinitionStatements.schemaOf(session, each);
      @Nullable Relation relation =
          session.engine().catalog().snapshot().relation(schema, each.name());
      switch (relation) {
        case ViewDefinition view -> found.add(view);
        case null -> missing.add(schema + "." + each.name());
        default -> throw MySqlError.ER_WRONG_OBJECT.exception(schema, each.name(), "VIEW");
      }
    }
    if (!missing.isEmpty() && !drop.ifExists()) {
      throw MySqlError.ER_BAD_TABLE_ERROR.exception(String.join(",", missing));
    }
    for (String each : missing) {
      session.context().note(MySqlError.ER_BAD_TABLE_ERROR, each);
    }
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    found.forEach(v -> change.remove(v.schema(), v.name()));
    Definitions.commit(session, change, transaction);
    return session.runner().ok();
  }

  /** Hints in a view mean nothing, and are not kept. */
  private QueryPlan planned(ViewStatement.DefineView define) {
    DataStatements data = session.runner().data();
    data.setWarnsOfHints(false);
    try {
      return (QueryPlan) data.plan(new DataStatement.SelectStatement(define.query()), List.of());
    } finally {
      data.setWarnsOfHints(true);
    }
  }
}
