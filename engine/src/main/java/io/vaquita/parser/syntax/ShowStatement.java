package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE. Immutable. */
public sealed interface ShowStatement extends StatementSyntax {
  /** What SHOW … LIKE 'x' or WHERE expr keeps. */
  record Filter(@Nullable String like, @Nullable ExpressionSyntax where) {
    public static final Filter NONE = new Filter(null, null);
  }

  record ShowDatabases(Filter filter) implements ShowStatement {}

  /** SHOW [EXTENDED] [FULL] TABLES; {@code schema} null: the current one. */
  record ShowTables(boolean extended, boolean full, @Nullable String schema, Filter filter)
      implements ShowStatement {}

  /** SHOW [EXTENDED] [FULL] COLUMNS / FIELDS, DESCRIBE t [column or pattern], EXPLAIN t. */
  record ShowColumns(boolean extended, boolean full, TableName table, Filter filter)
      implements ShowStatement {}

  /** SHOW [EXTENDED] INDEX / INDEXES / KEYS. */
  record ShowIndexes(boolean extended, TableName table, @Nullable ExpressionSyntax where)
      implements ShowStatement {}

  record ShowTableStatus(@Nullable String schema, Filter filter) implements ShowStatement {}

  record ShowOpenTables(@Nullable String schema, Filter filter) implements ShowStatement {}

  record ShowTriggers(boolean full, @Nullable String schema, Filter filter)
      implements ShowStatement {}

  record ShowEvents(@Nullable String schema, Filter filter) implements ShowStatement {}

  /** SHOW PROCEDURE STATUS and SHOW FUNCTION STATUS. */
  record ShowRoutines(boolean procedures, Filter filter) implements ShowStatement {}

  /** SHOW PROCEDURE CODE and SHOW FUNCTION CODE. */
  record ShowRoutineCode(boolean procedure, TableName name) implements ShowStatement {}

  record ShowVariables(boolean global, Filter filter) implements ShowStatement {}

  record ShowStatus(boolean global, Filter filter) implements ShowStatement {}

  /** SHOW WARNINGS and SHOW ERRORS. */
  record ShowDiagnostics(boolean errorsOnly, QuerySyntax.@Nullable Limit limit)
      implements ShowStatement {}

  /** SHOW COUNT(*) WARNINGS and SHOW COUNT(*) ERRORS. */
  record ShowDiagnosticsCount(boolean errorsOnly) implements ShowStatement {}

  record ShowProcessList(boolean full) implements ShowStatement {}

  /** SHOW ENGINE x STATUS / MUTEX / LOGS; {@code engine} ALL for all; {@code what} upper case. */
  record ShowEngine(String engine, String what) implements ShowStatement {}

  /** Kinds of objects with a SHOW CREATE. */
  enum CreateKind {
    TABLE,
    VIEW,
    PROCEDURE,
    FUNCTION,
    TRIGGER,
    EVENT
  }

  record ShowCreate(CreateKind kind, TableName name) implements ShowStatement {}

  record ShowCreateDatabase(boolean ifNotExists, String name) implements ShowStatement {}

  record ShowCreateUser(AccountName account) implements ShowStatement {}

  /** SHOW GRANTS; {@code account} null: the current one. */
  record ShowGrants(@Nullable AccountName account, List<AccountName> using)
      implements ShowStatement {}

  record ShowCharacterSets(Filter filter) implements ShowStatement {}

  record ShowCollations(Filter filter) implements ShowStatement {}

  /** Forms without operands. */
  enum Plain {
    ENGINES,
    PLUGINS,
    PRIVILEGES,
    PROFILES,
    BINARY_LOG_STATUS,
    BINARY_LOGS,
    REPLICAS
  }

  record ShowPlain(Plain what) implements ShowStatement {}

  /** SHOW REPLICA STATUS [FOR CHANNEL x]. */
  record ShowReplicaStatus(@Nullable String channel) implements ShowStatement {}

  /** SHOW BINLOG EVENTS and SHOW RELAYLOG EVENTS. */
  record ShowLogEvents(
      boolean relay, @Nullable String log, long position, QuerySyntax.@Nullable Limit limit)
      implements ShowStatement {}

  /** SHOW PROFILE [types] [FOR QUERY n]. */
  record ShowProfile(List<String> types, @Nullable Long query, QuerySyntax.@Nullable Limit limit)
      implements ShowStatement {}
}
