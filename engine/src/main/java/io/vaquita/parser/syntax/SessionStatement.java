package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about the session, its transaction and the server: SET, USE, BEGIN, COMMIT, KILL, PREPARE, LOCK TABLES … Immutable. */
public sealed interface SessionStatement extends StatementSyntax
    permits TransactionStatement,
        SessionStatement.Use,
        SessionStatement.SetStatement,
        SessionStatement.LockTables,
        SessionStatement.UnlockTables,
        SessionStatement.LockInstance,
        SessionStatement.UnlockInstance,
        SessionStatement.Flush,
        SessionStatement.Reset,
        SessionStatement.Kill,
        SessionStatement.Prepare,
        SessionStatement.Execute,
        SessionStatement.Deallocate,
        SessionStatement.Call,
        SessionStatement.HandlerStatement,
        SessionStatement.Help,
        SessionStatement.Shutdown,
        SessionStatement.CloneLocal,
        SessionStatement.Signal,
        SessionStatement.GetDiagnostics,
        SessionStatement.Binlog {

  record Use(String schema) implements SessionStatement {}

  record SetStatement(List<SetItem> items) implements SessionStatement {}

  /** READ, READ LOCAL, WRITE (LOW_PRIORITY means nothing today and is not kept). */
  enum TableLockKind {
    READ,
    READ_LOCAL,
    WRITE
  }

  record TableLock(TableName table, @Nullable String alias, TableLockKind kind) {}

  record LockTables(List<TableLock> locks) implements SessionStatement {}

  record UnlockTables() implements SessionStatement {}

  /** LOCK INSTANCE FOR BACKUP. */
  record LockInstance() implements SessionStatement {}

  record UnlockInstance() implements SessionStatement {}

  /**
   * FLUSH.
   *
   * @param what upper case: TABLES, PRIVILEGES, LOGS, BINARY LOGS, ENGINE LOGS, ERROR LOGS, GENERAL LOGS, RELAY LOGS, SLOW LOGS, STATUS,
   *     USER_RESOURCES, OPTIMIZER_COSTS; only TABLES stands alone
   * @param tables of FLUSH TABLES; empty for all
   * @param readLock WITH READ LOCK
   * @param forExport FOR EXPORT
   */
  record Flush(
      List<String> what, boolean local, List<TableName> tables, boolean readLock, boolean forExport)
      implements SessionStatement {}

  /** RESET; {@code what} upper case: BINARY LOGS AND GTIDS, REPLICA, PERSIST … */
  record Reset(List<String> what, @Nullable String persistName, boolean ifExists)
      implements SessionStatement {}

  /** KILL [CONNECTION | QUERY] id; the id is an expression. */
  record Kill(boolean queryOnly, ExpressionSyntax id) implements SessionStatement {}

  /** PREPARE name FROM text: a string literal or a user variable. */
  record Prepare(String name, ExpressionSyntax source) implements SessionStatement {}

  /** EXECUTE name USING @a, @b: names of user variables in lower case. */
  record Execute(String name, List<String> variables) implements SessionStatement {}

  record Deallocate(String name) implements SessionStatement {}

  record Call(TableName procedure, List<ExpressionSyntax> arguments) implements SessionStatement {}

  /** HANDLER … OPEN, READ, CLOSE. */
  record HandlerStatement(
      HandlerAction action,
      TableName table,
      @Nullable String alias,
      @Nullable String index,
      String direction,
      List<ExpressionSyntax> values,
      @Nullable ExpressionSyntax where,
      QuerySyntax.@Nullable Limit limit)
      implements SessionStatement {}

  /** What HANDLER does. {@code direction} of READ: FIRST, NEXT, PREV, LAST, or an operator such as {@code >=}. */
  enum HandlerAction {
    OPEN,
    READ,
    CLOSE
  }

  record Help(String topic) implements SessionStatement {}

  /** SHUTDOWN and RESTART. */
  record Shutdown(boolean restart) implements SessionStatement {}

  /** CLONE LOCAL DATA DIRECTORY = 'directory'. */
  record CloneLocal(String directory) implements SessionStatement {}

  /** SIGNAL and RESIGNAL. {@code sqlState} null: RESIGNAL without one. {@code items}: MESSAGE_TEXT, MYSQL_ERRNO … to values. */
  record Signal(boolean resignal, @Nullable String sqlState, List<SignalItem> items)
      implements SessionStatement {}

  record SignalItem(String name, ExpressionSyntax value) {}

  /**
   * GET [CURRENT | STACKED] DIAGNOSTICS.
   *
   * @param condition CONDITION n, or null for the statement's items
   */
  record GetDiagnostics(
      boolean stacked, @Nullable ExpressionSyntax condition, List<DiagnosticsItem> items)
      implements SessionStatement {}

  /** {@code @variable = ITEM}; the variable in lower case, the item in upper case. */
  record DiagnosticsItem(String variable, String item) {}

  /** BINLOG 'base64'. */
  record Binlog(String event) implements SessionStatement {}
}
