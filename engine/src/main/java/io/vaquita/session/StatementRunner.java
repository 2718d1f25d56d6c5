package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.Session.Prepared;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.introspection.ServerState.ForeignKeyFailure;
import io.vaquita.lock.LockFailure;
import io.vaquita.parser.ParsedStatement;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.DefinitionStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements of one session: parses, finds who runs the statement, and frames each run with what MySQL does before and after
 * any statement (diagnostics, time, transaction end, counters). Confined to the session's thread.
 */
final class StatementRunner {
  private static final Value[] NO_PARAMETERS = new Value[0];

  private final EngineSession session;
  private final DataStatements data;
  private final SessionStatements sessionStatements;
  private final DefinitionStatements definitions;
  private final ShowStatements shows;

  private boolean multiStatements;
  private boolean countsFoundRows;
  private long insertIdByFunction;
  private long statementSavepoint = -1;

  /** Where the next statement of a multi-statement text begins, -1 for none. */
  private int nextOffset = -1;

  private String text = "";

  StatementRunner(EngineSession session) {
    this.session = session;
    this.data = new DataStatements(session);
    this.sessionStatements = new SessionStatements(session);
    this.definitions = new DefinitionStatements(session);
    this.shows = new ShowStatements(session);
  }

  DefinitionStatements definitions() {
    return definitions;
  }

  DataStatements data() {
    return data;
  }

  void allowMultiStatements(boolean allowed) {
    multiStatements = allowed;
  }

  void countFoundRows(boolean matched) {
    countsFoundRows = matched;
  }

  boolean countsFoundRows() {
    return countsFoundRows;
  }

  void insertIdByFunction(long value) {
    insertIdByFunction = value;
  }

  /** LAST_INSERT_ID(expr) of the running statement; 0 when it was not called. */
  long insertIdByFunction() {
    return insertIdByFunction;
  }

  /** Forgets what a connection reset forgets. */
  void reset() {
    nextOffset = -1;
    text = "";
    sessionStatements.forgetPrepared();
  }

  Result execute(String sql) {
    text = sql;
    nextOffset = -1;
    session.status().questions++;
    Result cached = multiStatements && sql.indexOf(';') >= 0 ? null : runCached(sql);
    return cached != null ? cached : executeAt(0);
  }

  boolean hasNext() {
    return nextOffset >= 0;
  }

  Result executeNext() {
    if (nextOffset < 0) {
      throw new IllegalStateException("no further statement");
    }
    session.status().questions++;
    return executeAt(nextOffset);
  }

  private Result executeAt(int offset) {
    nextOffset = -1;
    begin(text, "Query");
    try {
      ParsedStatement parsed = parse(text, offset);
      if (parsed.next() >= 0 && !multiStatements) {
        throw Parser.unexpectedAt(text, parsed.next());
      }
      Result result = run(parsed, NO_PARAMETERS);
      nextOffset = parsed.next();
      return result;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  private ParsedStatement parse(String sql, int offset) {
    return Parser.parse(sql, offset, session.variables().sqlMode());
  }

  /** A statement whose digest has a plan, or may get one; null where the text is none of those that are cached. */
  private @Nullable Result runCached(String sql) {
    DataStatements.CachedStatement cached = data.find(sql);
    if (cached == null) {
      return null;
    }
    begin(sql, "Query");
    try {
      return data.run(cached, sql);
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /** What happens before any statement. */
  void begin(String sql, String command) {
    if (session.isKilled()) {
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }
    session.hinted().restore();
    session.handlers().giveWay();
    session.beginInterruptible();
    session.setActivity(command, "starting", sql);
    session.context().begin();
    insertIdByFunction = 0;
    statementSavepoint = -1;
  }

  /** Runs a parsed statement with its parameters. */
  Result run(ParsedStatement parsed, Value[] parameters) {
    StatementSyntax syntax = parsed.syntax();
    boolean keepsDiagnostics =
        syntax instanceof ShowStatement.ShowDiagnostics
            || syntax instanceof ShowStatement.ShowDiagnosticsCount
            || syntax instanceof SessionStatement.GetDiagnostics;
    if (!keepsDiagnostics && !readsDiagnostics(syntax)) {
      session.diagnostics().clear();
    } else {
      session.diagnostics().keep();
    }
    session.hinted().begin(parsed.hints());
    int command = CommandNames.of(syntax);
    if (command != CommandNames.NONE) {
      session.status().command(command);
    }
    return switch (syntax) {
      case DataStatement statement -> data.run(statement, parameters);
      case SessionStatement statement -> sessionStatements.run(statement);
      case DefinitionStatement statement -> {
        Result result = definitions.run(statement);
        session.handlers().closeChanged();
        yield result;
      }
      case ShowStatement statement -> shows.run(statement);
    };
  }

  /** {@code SELECT @@warning_count} and {@code @@error_count} look at the statement before. */
  private static boolean readsDiagnostics(StatementSyntax syntax) {
    return syntax instanceof DataStatement.SelectStatement select
        && select.query() instanceof QuerySyntax.Select block
        && block.from() == null
        && block.elements().stream()
            .anyMatch(
                e ->
                    e instanceof QuerySyntax.SelectItem item
                        && item.expression() instanceof ExpressionSyntax.SystemVariable v
                        && (v.name().equalsIgnoreCase("warning_count")
                            || v.name().equalsIgnoreCase("error_count")));
  }

  /** A statement without rows ended well. */
  Result ok(long affectedRows, long lastInsertId, String info) {
    session.setRowCount(affectedRows);
    session.setActivity("Sleep", "", null);
    return new OkResult(affectedRows, lastInsertId, info, session.diagnostics().countOfStatement());
  }

  Result ok() {
    return ok(0, 0, "");
  }

  /** The statement has a transaction now, and its own changes begin here. */
  void changesBeginAt(long savepoint) {
    statementSavepoint = savepoint;
  }

  /** What happens after any statement that failed; once a statement, by whoever lets the error out of the session. */
  DatabaseException failed(RuntimeException error) {
    DatabaseException known = known(error);
    session.diagnostics().error(known);
    session.setRowCount(-1);
    explainLockFailure(known);
    noteForeignKeyFailure(known);
    if (statementSavepoint >= 0) {
      session.transactions().endFailedStatement(statementSavepoint, known);
      statementSavepoint = -1;
    }
    session.setActivity("Sleep", "", null);
    nextOffset = -1;
    return known;
  }

  /** For SHOW ENGINE INNODB STATUS. The message ends with the table and the constraint: {@code (`s`.`t`, CONSTRAINT …)}. */
  private void noteForeignKeyFailure(DatabaseException error) {
    boolean ofChild = error.is(MySqlError.ER_NO_REFERENCED_ROW_2);
    String message = error.message();
    int constraint = message.indexOf(", CONSTRAINT ");
    if (constraint < 0 || !ofChild && !error.is(MySqlError.ER_ROW_IS_REFERENCED_2)) {
      return;
    }
    Transaction transaction = session.transactions().current();
    session
        .engine()
        .failed(
            new ForeignKeyFailure(
                session.engine().environment().clock().wallMicros(),
                session.id(),
                session.statement(),
                message.substring(message.indexOf("(`") + 1, constraint),
                message.substring(constraint + 2, message.length() - 1),
                ofChild,
                transaction == null ? 0 : transaction.rowChanges(),
                LockViews.view(session.owner().held()),
                LockViews.view(session.work())));
  }

  /** Says who stood in the way, behind MySQL's own text. */
  private void explainLockFailure(DatabaseException error) {
    boolean lock =
        error.is(MySqlError.ER_LOCK_WAIT_TIMEOUT)
            || error.is(MySqlError.ER_LOCK_DEADLOCK)
            || error.is(MySqlError.ER_USER_LOCK_DEADLOCK);
    LockFailure failure = lock ? session.owner().lastFailure() : null;
    if (failure != null) {
      LockViews names = new LockViews(session.engine());
      for (LockFailure.Blocker blocker : failure.blocking()) {
        String note = names.describe(blocker);
        session.diagnostics().warn(WarningSink.Level.NOTE, error.number(), note);
      }
    }
  }

  private static DatabaseException known(RuntimeException error) {
    if (error instanceof DatabaseException known) {
      return known;
    }
    Failures.log(error);
    return new DatabaseException(
        MySqlError.ER_UNKNOWN_ERROR.number(),
        MySqlError.ER_UNKNOWN_ERROR.sqlState(),
        "Internal error: " + error,
        error);
  }

  Prepared prepare(String sql) {
    session.status().command(StatusCounters.STMT_PREPARE);
    begin(sql, "Prepare");
    try {
      session.diagnostics().clear();
      ParsedStatement parsed = Parser.parsePrepared(sql, session.variables().sqlMode());
      SessionStatements.refuseUnpreparable(parsed.syntax());
      session.hinted().begin(parsed.hints());
      PreparedStatement prepared = data.prepare(sql, parsed);
      session.setActivity("Sleep", "", null);
      return prepared;
    } catch (RuntimeException e) {
      throw failed(e);
    }
  }

  /** The value of an expression of its own: in SET, KILL, CALL. */
  Value evaluate(ExpressionSyntax expression) {
    return data.evaluate(expression);
  }

  List<Value> evaluateAll(List<ExpressionSyntax> expressions) {
    return expressions.stream().map(this::evaluate).toList();
  }
}
