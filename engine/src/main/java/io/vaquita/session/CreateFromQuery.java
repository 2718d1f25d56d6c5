package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.ChangeExecution;
import io.vaquita.executor.ChangeResult;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.session.definition.TableDesign;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * CREATE TABLE … SELECT: the table's columns come from the query, its rows are inserted in the transaction that creates the table,
 * so that both are there or neither. Confined to one statement.
 */
final class CreateFromQuery {
  private final EngineSession session;

  CreateFromQuery(EngineSession session) {
    this.session = session;
  }

  Result run(TableStatement.CreateTable create, SchemaDefinition schema, TableDesign design) {
    QuerySyntax query = Objects.requireNonNull(create.query());
    QueryPlan described = describe(query, create.temporary());
    List<ColumnDefinition> columns = new ArrayList<>();
    for (OutputColumn output : described.outputs()) {
      columns.add(column(output, session.engine().catalog().snapshot()));
    }
    TableDefinition table =
        design.createWith(
            create,
            columns,
            schema.name(),
            schema.collation(),
            session.engine().catalog().newRelationId(),
            session.context().currentMicros());
    DataStatement.InsertStatement insert = insert(create, table, query, described);
    boolean ignore = create.duplicates() == TableStatement.DuplicateHandling.IGNORE;
    session.context().changesData(ignore);
    ChangeResult result =
        table.temporary() ? fillTemporary(table, insert, described) : fill(table, insert);
    String info =
        "Records: "
            + result.records()
            + "  Duplicates: "
            + result.duplicates()
            + "  Warnings: "
            + session.diagnostics().count();
    return session.runner().ok(result.affectedRows(), 0, info);
  }

  /** What the query gives; its tables are locked against changes of their definitions until the transaction ends. */
  private QueryPlan describe(QuerySyntax query, boolean temporary) {
    DataStatement.SelectStatement select = new DataStatement.SelectStatement(query);
    if (temporary) {
      // the locks are the session's transaction's, which begins here if it has not
      return (QueryPlan) session.runner().data().planLocked(select, new Value[0]);
    }
    while (true) {
      Plan plan = session.runner().data().plan(select, List.of());
      if (session.metadata().lock(plan)) {
        return (QueryPlan) plan;
      }
    }
  }

  private static DataStatement.InsertStatement insert(
      TableStatement.CreateTable create,
      TableDefinition table,
      QuerySyntax query,
      QueryPlan described) {
    List<ExpressionSyntax.ColumnReference> targets = new ArrayList<>();
    for (OutputColumn output : described.outputs()) {
      targets.add(new ExpressionSyntax.ColumnReference(null, null, output.name()));
    }
    return new DataStatement.InsertStatement(
        HintedBlock.NONE,
        create.duplicates() == TableStatement.DuplicateHandling.REPLACE,
        create.duplicates() == TableStatement.DuplicateHandling.IGNORE,
        null,
        new TableName(table.schema(), table.name()),
        List.of(),
        targets,
        List.of(),
        query,
        null,
        List.of(),
        List.of());
  }

  /** The rows and the definition are one transaction, which waits for rows of others as every statement of the session does. */
  private ChangeResult fill(TableDefinition table, DataStatement.InsertStatement insert) {
    Transaction transaction = session.transactions().forDefinition();
    try {
      Catalog.Change change = session.engine().catalog().change(transaction);
      ChangeResult result = insert(table, insert, transaction);
      change.put(table);
      session.setState(TransactionScope.COMMIT_STATE);
      change.commit();
      session.transactions().definitionCommitted();
      return result;
    } catch (RuntimeException e) {
      session.transactions().rollback();
      throw e;
    }
  }

  /** Part of the session's transaction: its end decides over the rows, while the table stays until it is dropped. */
  private ChangeResult fillTemporary(
      TableDefinition table, DataStatement.InsertStatement insert, QueryPlan described) {
    Transaction transaction = session.transactions().forStatement();
    session.metadata().checkDefinitions(described, transaction);
    transaction.beginStatement();
    session.runner().changesBeginAt(transaction.savepoint());
    session.temporaryTables().put(table);
    try {
      ChangeResult result = insert(table, insert, transaction);
      session.transactions().endStatement();
      return result;
    } catch (RuntimeException e) {
      session.temporaryTables().remove(table);
      throw e;
    }
  }

  private ChangeResult insert(
      TableDefinition table, DataStatement.InsertStatement insert, Transaction transaction) {
    CatalogSnapshot with = new CatalogOverlay(session.engine().catalog().snapshot(), table);
    Plan plan = session.runner().data().plan(insert, List.of(), with);
    session.setState("executing");
    return ChangeExecution.run(
        plan, new Value[0], session.runner().data().executionContext(transaction, with));
  }

  private static ColumnDefinition column(OutputColumn output, CatalogSnapshot catalog) {
    DataType type = storable(output.expression().type());
    if (output.name().isEmpty()) {
      throw MySqlError.ER_WRONG_COLUMN_NAME.exception(output.name());
    }
    boolean nullable = output.expression().isNullable();
    return new ColumnDefinition(
        output.name(),
        0,
        type,
        nullable,
        defaultOf(output, catalog, type, nullable),
        false,
        false,
        null,
        false,
        "");
  }

  /** A plain column of a table brings its default along. */
  private static ColumnDefinition.Default defaultOf(
      OutputColumn output, CatalogSnapshot catalog, DataType type, boolean nullable) {
    boolean plain = !output.originalTable().isEmpty() && !output.originalName().isEmpty();
    if (plain
        && catalog.relation(output.schema(), output.originalTable())
            instanceof TableDefinition origin) {
      ColumnDefinition column = origin.column(output.originalName());
      if (column != null && column.type().equals(type) && !column.autoIncrement()) {
        return column.defaultValue();
      }
    }
    return implicitDefault(type, nullable);
  }

  /** NOT NULL columns of an expression get the type's zero as their default, as in MySQL. */
  private static ColumnDefinition.Default implicitDefault(DataType type, boolean nullable) {
    if (nullable || type.kind().isLob() || type.domain() == TypeKind.Domain.TEMPORAL) {
      return new ColumnDefinition.Default.None();
    }
    return switch (type.domain()) {
      case INTEGER -> new ColumnDefinition.Default.Literal(Value.of(0));
      default -> new ColumnDefinition.Default.None();
    };
  }

  /** Types that only expressions have become types of columns. */
  private static DataType storable(DataType type) {
    if (type.kind() == TypeKind.NULL) {
      return DataType.varbinary(0);
    }
    if (type.kind() == TypeKind.VARCHAR && type.length() > 16383) {
      return new DataType(
          TypeKind.LONGTEXT, 4294967295L, 0, false, false, type.collation(), List.of());
    }
    if (type.kind() == TypeKind.VARBINARY && type.length() > 65535) {
      return DataType.of(TypeKind.LONGBLOB, 4294967295L);
    }
    if (type.kind() == TypeKind.BIGINT && type.length() < 10 && !type.unsigned()) {
      return DataType.INT;
    }
    return type;
  }
}
