package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.StatementView;
import io.vaquita.parser.NormalizedText;
import java.util.List;
import java.util.Locale;

/**
 * performance_schema.events_statements_current and _history: the statement that each session runs or ran last, and the ten before. What
 * MySQL counts inside a statement (rows sent and examined, temporary tables, kinds of scans) is not counted here and is 0. Confined to
 * one thread.
 */
final class StatementRows {
  private static final long PICOS_PER_MICRO = 1_000_000;

  /** As performance_schema_max_sql_text_length has it. */
  private static final int TEXT_MAX = 1024;

  private static final List<String> NOT_COUNTED =
      List.of(
          "LOCK_TIME",
          "ROWS_SENT",
          "ROWS_EXAMINED",
          "CREATED_TMP_DISK_TABLES",
          "CREATED_TMP_TABLES",
          "SELECT_FULL_JOIN",
          "SELECT_FULL_RANGE_JOIN",
          "SELECT_RANGE",
          "SELECT_RANGE_CHECK",
          "SELECT_SCAN",
          "SORT_MERGE_PASSES",
          "SORT_RANGE",
          "SORT_ROWS",
          "SORT_SCAN",
          "NO_INDEX_USED",
          "NO_GOOD_INDEX_USED",
          "CPU_TIME",
          "MAX_CONTROLLED_MEMORY",
          "MAX_TOTAL_MEMORY");

  private final ServerState state;
  private final RowFiller rows;

  StatementRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  void current() {
    state.statements(false).forEach(this::row);
  }

  void history() {
    state.statements(true).forEach(this::row);
  }

  private void row(StatementView statement) {
    boolean ended = statement.endMicros() >= 0;
    long end = ended ? statement.endMicros() : statement.nowMicros();
    String text = statement.text();
    rows.begin()
        .put("THREAD_ID", statement.connectionId())
        .put("EVENT_ID", statement.number())
        .putNumber("END_EVENT_ID", ended ? statement.number() : null)
        .put("EVENT_NAME", eventName(statement))
        .put("TIMER_START", statement.beginMicros() * PICOS_PER_MICRO)
        .put("TIMER_END", end * PICOS_PER_MICRO)
        .put("TIMER_WAIT", (end - statement.beginMicros()) * PICOS_PER_MICRO)
        .put("SQL_TEXT", text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX))
        .put("DIGEST_TEXT", ended ? NormalizedText.of(text, 0) : null)
        .put("CURRENT_SCHEMA", statement.schema())
        .put("MYSQL_ERRNO", statement.errorNumber())
        .put("RETURNED_SQLSTATE", statement.sqlState())
        .put("MESSAGE_TEXT", statement.message())
        .put("ERRORS", statement.errorNumber() == 0 ? 0 : 1)
        .put("WARNINGS", statement.warnings())
        .put("ROWS_AFFECTED", statement.rowsAffected())
        .put("NESTING_EVENT_LEVEL", 0)
        .put("STATEMENT_ID", statement.number())
        .put("EXECUTION_ENGINE", "PRIMARY");
    NOT_COUNTED.forEach(name -> rows.put(name, 0));
    rows.end();
  }

  /** MySQL's names for the statements that tools look for; of others the first word. */
  private static String eventName(StatementView statement) {
    if (!statement.command().equals("Query")) {
      return "statement/com/" + statement.command();
    }
    String[] words = statement.text().strip().toLowerCase(Locale.ROOT).split("\\W+", 3);
    String first = words.length == 0 ? "" : words[0];
    String second = words.length < 2 ? "" : words[1];
    return "statement/sql/"
        + switch (first) {
          case "start" -> "begin";
          case "use" -> "change_db";
          case "set" -> "set_option";
          case "alter", "create", "drop", "lock", "unlock", "show" -> first + "_" + second;
          default -> first;
        };
  }
}
