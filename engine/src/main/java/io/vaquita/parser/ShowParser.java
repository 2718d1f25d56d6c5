package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.ShowStatement.CreateKind;
import io.vaquita.parser.syntax.ShowStatement.Filter;
import io.vaquita.parser.syntax.ShowStatement.Plain;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SHOW. Confined to one thread. */
final class ShowParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  ShowParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    tokens.next();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    switch (keyword) {
      case EXTENDED, FULL, TABLES, COLUMNS, FIELDS, TRIGGERS, PROCESSLIST, INDEX, INDEXES, KEYS -> {
        return extended();
      }
      case DATABASES, SCHEMAS -> {
        tokens.next();
        return new ShowStatement.ShowDatabases(filter());
      }
      case TABLE -> {
        tokens.next();
        tokens.expect(Keyword.STATUS);
        String schema = schemaIfAny();
        return new ShowStatement.ShowTableStatus(schema, filter());
      }
      case OPEN -> {
        tokens.next();
        tokens.expect(Keyword.TABLES);
        String schema = schemaIfAny();
        return new ShowStatement.ShowOpenTables(schema, filter());
      }
      case EVENTS -> {
        tokens.next();
        String schema = schemaIfAny();
        return new ShowStatement.ShowEvents(schema, filter());
      }
      case GLOBAL, SESSION, LOCAL, VARIABLES, STATUS -> {
        return variables();
      }
      case WARNINGS, ERRORS -> {
        tokens.next();
        return new ShowStatement.ShowDiagnostics(
            keyword == Keyword.ERRORS, grammar.queries.limit());
      }
      case COUNT -> {
        return count();
      }
      case CREATE -> {
        tokens.next();
        return create();
      }
      case GRANTS -> {
        tokens.next();
        return grants();
      }
      case PROCEDURE, FUNCTION -> {
        return routines(keyword == Keyword.PROCEDURE);
      }
      default -> {
        return other(keyword);
      }
    }
  }

  private StatementSyntax other(Keyword keyword) {
    return switch (keyword) {
      case ENGINES -> plain(Plain.ENGINES);
      case STORAGE -> {
        tokens.next();
        if (!tokens.at(Keyword.ENGINES)) {
          throw tokens.error();
        }
        yield plain(Plain.ENGINES);
      }
      case PLUGINS -> plain(Plain.PLUGINS);
      case PRIVILEGES -> plain(Plain.PRIVILEGES);
      case PROFILES -> plain(Plain.PROFILES);
      case REPLICAS -> plain(Plain.REPLICAS);
      case PROFILE -> profile();
      case ENGINE -> engine();
      case BINARY -> {
        tokens.next();
        if (tokens.at(Keyword.LOGS)) {
          yield plain(Plain.BINARY_LOGS);
        }
        tokens.expect(Keyword.LOG);
        if (!tokens.at(Keyword.STATUS)) {
          throw tokens.error();
        }
        yield plain(Plain.BINARY_LOG_STATUS);
      }
      case BINLOG, RELAYLOG -> events(keyword == Keyword.RELAYLOG);
      case REPLICA -> {
        tokens.next();
        tokens.expect(Keyword.STATUS);
        yield new ShowStatement.ShowReplicaStatus(channelIfAny());
      }
      case CHARACTER, CHAR, CHARSET -> {
        grammar.names.acceptCharacterSet();
        yield new ShowStatement.ShowCharacterSets(filter());
      }
      case COLLATION -> {
        tokens.next();
        yield new ShowStatement.ShowCollations(filter());
      }
      default -> throw tokens.error();
    };
  }

  private StatementSyntax plain(Plain what) {
    tokens.next();
    return new ShowStatement.ShowPlain(what);
  }

  private Filter filter() {
    if (tokens.accept(Keyword.LIKE)) {
      return new Filter(tokens.string(), null);
    }
    if (tokens.accept(Keyword.WHERE)) {
      return new Filter(null, grammar.expressions.expression());
    }
    return Filter.NONE;
  }

  private @Nullable String schemaIfAny() {
    return tokens.acceptAny(Keyword.FROM, Keyword.IN) ? tokens.identifier() : null;
  }

  /** The forms that EXTENDED and FULL may precede. */
  private StatementSyntax extended() {
    boolean extended = tokens.accept(Keyword.EXTENDED);
    boolean full = tokens.accept(Keyword.FULL);
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    switch (keyword) {
      case TABLES -> {
        tokens.next();
        String schema = schemaIfAny();
        return new ShowStatement.ShowTables(extended, full, schema, filter());
      }
      case COLUMNS, FIELDS -> {
        tokens.next();
        tokens.expectAny(Keyword.FROM, Keyword.IN);
        TableName table = table();
        return new ShowStatement.ShowColumns(extended, full, table, filter());
      }
      default -> {}
    }
    if (!extended) {
      if (keyword == Keyword.TRIGGERS) {
        tokens.next();
        String schema = schemaIfAny();
        return new ShowStatement.ShowTriggers(full, schema, filter());
      }
      if (keyword == Keyword.PROCESSLIST) {
        tokens.next();
        return new ShowStatement.ShowProcessList(full);
      }
    }
    if (!full && tokens.acceptAny(Keyword.INDEX, Keyword.INDEXES, Keyword.KEYS)) {
      tokens.expectAny(Keyword.FROM, Keyword.IN);
      TableName table = table();
      ExpressionSyntax where =
          tokens.accept(Keyword.WHERE) ? grammar.expressions.expression() : null;
      return new ShowStatement.ShowIndexes(extended, table, where);
    }
    throw tokens.error();
  }

  /** {@code t [FROM schema]}: the schema behind wins. */
  private TableName table() {
    TableName table = grammar.names.table();
    String schema = schemaIfAny();
    return schema == null ? table : new TableName(schema, table.name());
  }

  private StatementSyntax variables() {
    boolean global = tokens.accept(Keyword.GLOBAL);
    if (!global) {
      tokens.acceptAny(Keyword.SESSION, Keyword.LOCAL);
    }
    if (tokens.accept(Keyword.VARIABLES)) {
      return new ShowStatement.ShowVariables(global, filter());
    }
    tokens.expect(Keyword.STATUS);
    return new ShowStatement.ShowStatus(global, filter());
  }

  private StatementSyntax count() {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
    tokens.expect(TokenKind.STAR);
    tokens.expect(TokenKind.RIGHT_PAREN);
    boolean errors = tokens.accept(Keyword.ERRORS);
    if (!errors) {
      tokens.expect(Keyword.WARNINGS);
    }
    return new ShowStatement.ShowDiagnosticsCount(errors);
  }

  private StatementSyntax create() {
    if (tokens.acceptAny(Keyword.DATABASE, Keyword.SCHEMA)) {
      boolean ifNotExists = grammar.names.ifNotExists();
      return new ShowStatement.ShowCreateDatabase(ifNotExists, tokens.identifier());
    }
    if (tokens.accept(Keyword.USER)) {
      return new ShowStatement.ShowCreateUser(grammar.names.account());
    }
    CreateKind kind =
        switch (tokens.keyword()) {
          case TABLE -> CreateKind.TABLE;
          case VIEW -> CreateKind.VIEW;
          case PROCEDURE -> CreateKind.PROCEDURE;
          case FUNCTION -> CreateKind.FUNCTION;
          case TRIGGER -> CreateKind.TRIGGER;
          case EVENT -> CreateKind.EVENT;
          case null, default -> throw tokens.error();
        };
    tokens.next();
    return new ShowStatement.ShowCreate(kind, grammar.names.table());
  }

  private StatementSyntax grants() {
    AccountName account = null;
    List<AccountName> using = List.of();
    if (tokens.accept(Keyword.FOR)) {
      account = grammar.names.account();
      if (tokens.accept(Keyword.USING)) {
        using = grammar.names.accounts();
      }
    }
    return new ShowStatement.ShowGrants(account, using);
  }

  private StatementSyntax routines(boolean procedure) {
    tokens.next();
    if (tokens.accept(Keyword.CODE)) {
      return new ShowStatement.ShowRoutineCode(procedure, grammar.names.table());
    }
    tokens.expect(Keyword.STATUS);
    return new ShowStatement.ShowRoutines(procedure, filter());
  }

  private StatementSyntax engine() {
    tokens.next();
    String engine = tokens.accept(Keyword.ALL) ? "ALL" : tokens.identifierOrString();
    if (!tokens.atAny(Keyword.STATUS, Keyword.MUTEX, Keyword.LOGS)) {
      throw tokens.error();
    }
    return new ShowStatement.ShowEngine(engine, tokens.word());
  }

  private StatementSyntax events(boolean relay) {
    tokens.next();
    tokens.expect(Keyword.EVENTS);
    String log = tokens.accept(Keyword.IN) ? tokens.string() : null;
    long position = tokens.accept(Keyword.FROM) ? tokens.integer() : 4;
    var limit = grammar.queries.limit();
    channelIfAny();
    return new ShowStatement.ShowLogEvents(relay, log, position, limit);
  }

  private @Nullable String channelIfAny() {
    if (!tokens.accept(Keyword.FOR)) {
      return null;
    }
    tokens.expect(Keyword.CHANNEL);
    return tokens.identifierOrString();
  }

  private StatementSyntax profile() {
    tokens.next();
    List<String> types = new ArrayList<>();
    while (tokens.atAny(
        Keyword.ALL,
        Keyword.BLOCK,
        Keyword.CONTEXT,
        Keyword.CPU,
        Keyword.IPC,
        Keyword.MEMORY,
        Keyword.PAGE,
        Keyword.SOURCE,
        Keyword.SWAPS)) {
      StringBuilder type = new StringBuilder(tokens.word());
      if (tokens.atAny(Keyword.IO, Keyword.SWITCHES, Keyword.FAULTS)) {
        type.append(' ').append(tokens.word());
      }
      types.add(type.toString());
      if (!tokens.accept(TokenKind.COMMA)) {
        break;
      }
    }
    Long query = null;
    if (tokens.accept(Keyword.FOR)) {
      tokens.expect(Keyword.QUERY);
      query = tokens.integer();
    }
    return new ShowStatement.ShowProfile(types, query, grammar.queries.limit());
  }
}
