package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.HandlerCursor;
import io.vaquita.executor.HandlerRequest;
import io.vaquita.executor.HandlerRequest.Direction;
import io.vaquita.executor.QueryExecution;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.lock.LockDuration;
import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.WaitEntry;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.SessionStatement.HandlerStatement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.transaction.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HANDLER … OPEN, READ and CLOSE (MySQL manual, "HANDLER Statement"). Confined to the session's thread.
 *
 * <p>An open handler keeps the shared metadata lock of its table between statements, so that nobody changes the definition under it. As in
 * MySQL it gives way: when somebody waits to change the table and this session begins its next statement, the lock is let go, and
 * the next READ opens the table anew. A definition statement of the session itself closes the handlers of the tables that it changes.
 */
final class HandlerStatements {
  private final EngineSession session;

  /** By alias in lower case. */
  private final Map<String, Handler> open = new HashMap<>();

  HandlerStatements(EngineSession session) {
    this.session = session;
  }

  /** One open handler. {@code table} is the version that its cursor belongs to. */
  private static final class Handler {
    final String alias;
    TableDefinition table;
    final HandlerCursor cursor = new HandlerCursor();
    boolean locked;

    Handler(String alias, TableDefinition table) {
      this.alias = alias;
      this.table = table;
    }

    MetadataTarget target() {
      return MetadataTarget.table(table.schema(), table.name());
    }
  }

  Result run(HandlerStatement statement) {
    if (session.tableLocks().isLocked()) {
      throw MySqlError.ER_LOCK_OR_ACTIVE_TRANSACTION.exception();
    }
    return switch (statement.action()) {
      case OPEN -> {
        open(statement);
        yield session.runner().ok();
      }
      case READ -> read(statement);
      case CLOSE -> {
        release(find(statement.table().name()));
        open.remove(key(statement.table().name()));
        yield session.runner().ok();
      }
    };
  }

  private static String key(String alias) {
    return alias.toLowerCase(Locale.ROOT);
  }

  private Handler find(String alias) {
    Handler handler = open.get(key(alias));
    if (handler != null && !handler.table.temporary()) {
      return handler;
    }
    if (handler == null || current(handler) == null) {
      open.remove(key(alias));
      throw MySqlError.ER_UNKNOWN_TABLE.exception(alias, "HANDLER");
    }
    return handler;
  }

  private void open(HandlerStatement statement) {
    TableName name = statement.table();
    String alias = statement.alias() == null ? name.name() : statement.alias();
    if (open.containsKey(key(alias))) {
      throw MySqlError.ER_NONUNIQ_TABLE.exception(alias);
    }
    String schema = DefinitionStatements.schemaOf(session, name);
    Handler handler = new Handler(alias, table(schema, name.name()));
    if (!handler.table.temporary()) {
      lock(handler);
      handler.table = table(schema, name.name());
    }
    open.put(key(alias), handler);
  }

  private TableDefinition table(String schema, String name) {
    TableDefinition temporary = session.temporaryTables().find(schema, name);
    if (temporary != null) {
      return temporary;
    }
    Relation relation = session.metadata().relation(schema, name);
    if (relation == null && session.engine().catalog().snapshot().schema(schema) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
    }
    if (relation == null) {
      throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name);
    }
    if (relation instanceof TableDefinition table) {
      return table;
    }
    throw MySqlError.ER_WRONG_OBJECT.exception(relation.schema(), relation.name(), "BASE TABLE");
  }

  private void lock(Handler handler) {
    session
        .owner()
        .acquireMetadata(
            handler.target(),
            LockMode.SHARED,
            LockDuration.EXPLICIT,
            () -> session.variables().getLong("lock_wait_timeout") * 1000);
    handler.locked = true;
  }

  private void release(Handler handler) {
    boolean shared = false;
    for (Handler other : open.values()) {
      shared |= other != handler && other.locked && other.target().equals(handler.target());
    }
    if (handler.locked && !shared) {
      session.owner().releaseExplicit(handler.target());
    }
    handler.locked = false;
  }

  // ---- READ

  private Result read(HandlerStatement statement) {
    Handler handler = find(statement.table().name());
    if (!handler.table.temporary() && !handler.locked) {
      lock(handler);
    }
    QueryPlan plan = plan(statement, handler);
    TableDefinition now = QueryExecution.table(plan).table();
    if (now.id() != handler.table.id() || now.version() != handler.table.version()) {
      handler.table = now;
      handler.cursor.reset();
    }
    int index =
        statement.index() == null ? HandlerCursor.NATURAL : index(statement.index(), handler);
    List<Expression> values = values(statement, handler, index);
    boolean filtered = statement.where() != null;
    List<OutputColumn> outputs = plan.outputs();
    int columns = outputs.size() - (filtered ? 1 : 0);
    HandlerRequest request =
        new HandlerRequest(
            handler.cursor,
            index,
            direction(statement.direction()),
            values,
            filtered ? outputs.get(columns).expression() : null,
            limit(statement.limit(), true),
            limit(statement.limit(), false));
    return run(shown(plan, columns), request);
  }

  private Result run(QueryPlan plan, HandlerRequest request) {
    Transaction transaction = session.transactions().forStatement();
    transaction.beginStatement();
    session.runner().changesBeginAt(transaction.savepoint());
    DataStatements data = session.runner().data();
    QueryExecution query =
        QueryExecution.handler(
            plan,
            data.executionContext(transaction, session.engine().catalog().snapshot()),
            request);
    return data.rows(query, plan);
  }

  /** The plan without the condition among its columns. */
  private static QueryPlan shown(QueryPlan plan, int columns) {
    return new QueryPlan(
        plan.shape(),
        plan.root(),
        plan.outputs().subList(0, columns),
        List.of(),
        null,
        false,
        false,
        0);
  }

  /** {@code SELECT alias.*, condition FROM table AS alias}, for the names, types and locks; the rows are found in another way. */
  private QueryPlan plan(HandlerStatement statement, Handler handler) {
    List<SelectElement> elements = new ArrayList<>();
    elements.add(new QuerySyntax.Star(null, null));
    if (statement.where() != null) {
      elements.add(new QuerySyntax.SelectItem(statement.where(), null, ""));
    }
    TableReference from =
        new TableReference.NamedTable(
            new TableName(handler.table.schema(), handler.table.name()),
            handler.alias,
            List.of(),
            List.of());
    QuerySyntax select = QuerySyntax.Select.of(elements, from, null);
    QueryPlan plan =
        (QueryPlan)
            session
                .runner()
                .data()
                .planLocked(
                    new DataStatement.SelectStatement(select), DataStatements.NO_PARAMETERS);
    if (!plan.shape().subqueries().isEmpty()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("a subquery in HANDLER ... READ");
    }
    return plan;
  }

  private static int index(String name, Handler handler) {
    for (int i = 0; i < handler.table.indexes().size(); i++) {
      boolean hidden = i == 0 && handler.table.hasHiddenRowId();
      if (!hidden && handler.table.indexes().get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw MySqlError.ER_KEY_DOES_NOT_EXITS.exception(name, handler.alias);
  }

  private List<Expression> values(HandlerStatement statement, Handler handler, int index) {
    List<Expression> values = new ArrayList<>();
    if (statement.values().isEmpty()) {
      return values;
    }
    int parts = handler.table.indexes().get(index).parts().size();
    if (statement.values().size() > parts) {
      throw MySqlError.ER_TOO_MANY_KEY_PARTS.exception(parts);
    }
    for (ExpressionSyntax value : statement.values()) {
      if (!isConstant(value)) {
        throw MySqlError.ER_WRONG_ARGUMENTS.exception("HANDLER ... READ");
      }
      values.add(Literals.of(session.evaluate(value)));
    }
    return values;
  }

  private static boolean isConstant(ExpressionSyntax value) {
    return switch (value) {
      case ExpressionSyntax.ColumnReference c -> false;
      case ExpressionSyntax.UserVariable v -> false;
      case ExpressionSyntax.SystemVariable v -> false;
      case ExpressionSyntax.Default d -> false;
      default -> true;
    };
  }

  private static Direction direction(String text) {
    return switch (text) {
      case "=" -> Direction.EQUAL;
      case "<" -> Direction.LESS;
      case "<=" -> Direction.LESS_OR_EQUAL;
      case ">" -> Direction.GREATER;
      case ">=" -> Direction.GREATER_OR_EQUAL;
      default -> Direction.valueOf(text);
    };
  }

  /** Without LIMIT one row. */
  private long limit(QuerySyntax.@Nullable Limit limit, boolean offset) {
    ExpressionSyntax given = limit == null ? null : offset ? limit.offset() : limit.count();
    return given == null ? (offset ? 0 : 1) : VariableValues.wholeNumber(session.evaluate(given));
  }

  // ---- what others and definition statements do

  /** Lets go of tables that somebody waits to change, before the session's next statement. */
  void giveWay() {
    if (open.isEmpty()) {
      return;
    }
    for (WaitEntry wait : session.engine().locks().waits()) {
      for (Handler handler : open.values()) {
        if (handler.locked && wait.waiting().target().equals(handler.target())) {
          session.owner().releaseExplicit(handler.target());
          handler.locked = false;
        }
      }
    }
  }

  /** Closes the handlers of tables that a definition statement of this session has changed. */
  void closeChanged() {
    if (open.isEmpty()) {
      return;
    }
    for (Iterator<Handler> all = open.values().iterator(); all.hasNext(); ) {
      Handler handler = all.next();
      TableDefinition now = current(handler);
      if (now == null || now.version() != handler.table.version()) {
        if (handler.locked) {
          session.owner().releaseExplicit(handler.target());
        }
        all.remove();
      }
    }
  }

  /** The handler's table as it is now, or null. */
  private @Nullable TableDefinition current(Handler handler) {
    TableDefinition known = handler.table;
    Relation relation =
        known.temporary()
            ? session.temporaryTables().find(known.schema(), known.name())
            : session.engine().catalog().snapshot().relation(known.schema(), known.name());
    return relation instanceof TableDefinition table && table.id() == known.id() ? table : null;
  }

  /** The session's end or reset; its owner releases the locks themselves. */
  void forget() {
    open.clear();
  }
}
