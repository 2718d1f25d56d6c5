package io.vaquita.introspection;

import io.vaquita.introspection.ServerState.ProcessEntry;
import io.vaquita.introspection.ServerState.TemporaryTableEntry;
import io.vaquita.parser.Keyword;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables about the server: engines, character sets, sessions, variables. Confined to one statement. */
final class ServerRows {
  /** DB_ROW_ID, DB_TRX_ID and DB_ROLL_PTR, which InnoDB counts. */
  private static final int INNODB_HIDDEN_COLUMNS = 3;

  private final ServerState state;
  private final RowFiller rows;

  ServerRows(ServerState state, RowFiller rows) {
    this.state = state;
    this.rows = rows;
  }

  /** One engine, under the name by which MySQL's clients know a transactional one. */
  void engines() {
    rows.begin()
        .put("ENGINE", "InnoDB")
        .put("SUPPORT", "DEFAULT")
        .put("COMMENT", "Supports transactions, row-level locking, and foreign keys")
        .put("TRANSACTIONS", "YES")
        .put("XA", "NO")
        .put("SAVEPOINTS", "YES")
        .end();
  }

  void characterSets() {
    for (CharacterSet set : CharacterSets.all()) {
      rows.begin()
          .put("CHARACTER_SET_NAME", set.name())
          .put("DEFAULT_COLLATE_NAME", Collations.defaultFor(set).name())
          .put("DESCRIPTION", set.description())
          .put("MAXLEN", set.bytesPerCharacterMax())
          .end();
    }
  }

  void collations() {
    for (Collation collation : Collations.all()) {
      rows.begin()
          .put("COLLATION_NAME", collation.name())
          .put("CHARACTER_SET_NAME", collation.characterSet().name())
          .put("ID", collation.id())
          .put("IS_DEFAULT", collation.isDefault() ? "Yes" : "")
          .put("IS_COMPILED", "Yes")
          .put("SORTLEN", collation.sortLength())
          .put("PAD_ATTRIBUTE", collation.isPadSpace() ? "PAD SPACE" : "NO PAD")
          .end();
    }
  }

  void applicability() {
    for (Collation collation : Collations.all()) {
      rows.begin()
          .put("COLLATION_NAME", collation.name())
          .put("CHARACTER_SET_NAME", collation.characterSet().name())
          .end();
    }
  }

  void keywords() {
    for (Keyword keyword : Keyword.values()) {
      if (!keyword.isFunctionName()) {
        rows.begin()
            .put("WORD", keyword.name())
            .put("RESERVED", keyword.isReserved() ? 1 : 0)
            .end();
      }
    }
  }

  void processList() {
    for (ProcessEntry process : state.processes()) {
      rows.begin()
          .put("ID", process.id())
          .put("USER", process.user())
          .put("HOST", process.host())
          .put("DB", process.schema())
          .put("COMMAND", process.command())
          .put("TIME", process.seconds())
          .put("STATE", process.state())
          .put("INFO", process.statement())
          .end();
    }
  }

  /** Temporary tables of all sessions, under names that tell the connection. */
  void temporaryTables() {
    for (TemporaryTableEntry table : state.temporaryTables()) {
      rows.begin()
          .put("TABLE_ID", table.id())
          .put(
              "NAME",
              "#sql"
                  + Long.toHexString(ProcessHandle.current().pid())
                  + "_"
                  + Long.toHexString(table.connectionId())
                  + "_"
                  + Long.toHexString(table.id()))
          .put("N_COLS", table.columns() + INNODB_HIDDEN_COLUMNS)
          .put("SPACE", 0)
          .end();
    }
  }

  /** One row a session; its thread id is the connection id. */
  void threads() {
    for (ProcessEntry process : state.processes()) {
      rows.begin()
          .put("THREAD_ID", process.id())
          .put("NAME", "thread/sql/one_connection")
          .put("TYPE", "FOREGROUND")
          .put("PROCESSLIST_ID", process.id())
          .put("PROCESSLIST_USER", process.user())
          .put("PROCESSLIST_HOST", process.host())
          .put("PROCESSLIST_DB", process.schema())
          .put("PROCESSLIST_COMMAND", process.command())
          .put("PROCESSLIST_TIME", process.seconds())
          .put("PROCESSLIST_STATE", process.state())
          .put("PROCESSLIST_INFO", process.statement())
          .put("INSTRUMENTED", "YES")
          .put("HISTORY", "YES")
          .put("CONNECTION_TYPE", "TCP/IP")
          .end();
    }
  }

  void settings(Map<String, String> settings) {
    settings.forEach(
        (name, value) ->
            rows.begin().put("VARIABLE_NAME", name).put("VARIABLE_VALUE", value).end());
  }

  /** What the server before the database knows. */
  void frontend(String schema, String table) {
    for (Map<String, @Nullable Object> row : state.frontendRows(schema, table)) {
      rows.begin();
      row.forEach(this::put);
      rows.end();
    }
  }

  private void put(String column, @Nullable Object value) {
    switch (value) {
      case null -> rows.put(column, (String) null);
      case String text -> rows.put(column, text);
      case Long number -> rows.put(column, number);
      case Instant time ->
          rows.put(column, packed(column, ChronoUnit.MICROS.between(Instant.EPOCH, time)));
      default -> throw new IllegalArgumentException(column + " of " + value.getClass());
    }
  }

  /** TIMESTAMP columns hold microseconds in UTC, DATETIME columns the session's time. */
  private long packed(String column, long micros) {
    return rows.isTimestamp(column) ? micros : state.packedTime(micros);
  }

  void connectAttributes(boolean ownOnly) {
    state
        .connectAttributes()
        .forEach(
            (id, attributes) -> {
              if (ownOnly && id != state.connectionId()) {
                return;
              }
              int position = 0;
              for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                rows.begin()
                    .put("PROCESSLIST_ID", id)
                    .put("ATTR_NAME", attribute.getKey())
                    .put("ATTR_VALUE", attribute.getValue())
                    .put("ORDINAL_POSITION", position++)
                    .end();
              }
            });
  }

  void userPrivileges() {
    for (String privilege :
        new String[] {
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "CREATE",
          "DROP",
          "RELOAD",
          "SHUTDOWN",
          "PROCESS",
          "FILE",
          "REFERENCES",
          "INDEX",
          "ALTER",
          "SHOW DATABASES",
          "SUPER",
          "CREATE TEMPORARY TABLES",
          "LOCK TABLES",
          "CREATE VIEW",
          "SHOW VIEW",
          "CREATE USER"
        }) {
      rows.begin()
          .put("GRANTEE", state.grantee())
          .put("TABLE_CATALOG", "def")
          .put("PRIVILEGE_TYPE", privilege)
          .put("IS_GRANTABLE", "YES")
          .end();
    }
  }

  void userAttributes() {
    rows.begin().put("USER", "root").put("HOST", "localhost").end();
  }
}
