package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.SessionStatement.Binlog;
import io.vaquita.parser.syntax.SessionStatement.Call;
import io.vaquita.parser.syntax.SessionStatement.Flush;
import io.vaquita.parser.syntax.SessionStatement.Help;
import io.vaquita.parser.syntax.SessionStatement.Kill;
import io.vaquita.parser.syntax.SessionStatement.LockInstance;
import io.vaquita.parser.syntax.SessionStatement.LockTables;
import io.vaquita.parser.syntax.SessionStatement.Reset;
import io.vaquita.parser.syntax.SessionStatement.Shutdown;
import io.vaquita.parser.syntax.SessionStatement.TableLock;
import io.vaquita.parser.syntax.SessionStatement.TableLockKind;
import io.vaquita.parser.syntax.SessionStatement.UnlockInstance;
import io.vaquita.parser.syntax.SessionStatement.UnlockTables;
import io.vaquita.parser.syntax.SessionStatement.Use;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;

/** USE, LOCK, FLUSH, RESET, KILL, CALL and other small statements of the session. Confined to one thread. */
final class SessionParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  SessionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    Keyword keyword = tokens.keyword();
    tokens.next();
    return switch (keyword) {
      case USE -> new Use(tokens.identifier());
      case LOCK -> lock();
      case UNLOCK -> {
        if (tokens.accept(Keyword.INSTANCE)) {
          yield new UnlockInstance();
        }
        tokens.expectAny(Keyword.TABLES, Keyword.TABLE);
        yield new UnlockTables();
      }
      case FLUSH -> flush();
      case RESET -> reset();
      case KILL -> {
        boolean query = tokens.accept(Keyword.QUERY);
        if (!query) {
          tokens.accept(Keyword.CONNECTION);
        }
        yield new Kill(query, grammar.expressions.expression());
      }
      case CALL -> {
        TableName name = grammar.names.table();
        List<ExpressionSyntax> arguments =
            tokens.at(TokenKind.LEFT_PAREN) ? grammar.functions.arguments() : List.of();
        yield new Call(name, arguments);
      }
      case HELP -> new Help(tokens.identifierOrString());
      case SHUTDOWN -> new Shutdown(false);
      case RESTART -> new Shutdown(true);
      case BINLOG -> new Binlog(tokens.string());
      case null, default -> throw tokens.error();
    };
  }

  private StatementSyntax lock() {
    if (tokens.accept(Keyword.INSTANCE)) {
      tokens.expect(Keyword.FOR);
      tokens.expect(Keyword.BACKUP);
      return new LockInstance();
    }
    tokens.expectAny(Keyword.TABLES, Keyword.TABLE);
    List<TableLock> locks = new ArrayList<>();
    do {
      TableName table = grammar.names.table();
      String alias = grammar.tables.aliasIfAny();
      TableLockKind kind;
      if (tokens.accept(Keyword.READ)) {
        kind = tokens.accept(Keyword.LOCAL) ? TableLockKind.READ_LOCAL : TableLockKind.READ;
      } else {
        tokens.accept(Keyword.LOW_PRIORITY);
        tokens.expect(Keyword.WRITE);
        kind = TableLockKind.WRITE;
      }
      locks.add(new TableLock(table, alias, kind));
    } while (tokens.accept(TokenKind.COMMA));
    return new LockTables(locks);
  }

  // ---- FLUSH and RESET

  private StatementSyntax flush() {
    boolean local = tokens.acceptAny(Keyword.NO_WRITE_TO_BINLOG, Keyword.LOCAL);
    if (tokens.acceptAny(Keyword.TABLES, Keyword.TABLE)) {
      return flushTables(local);
    }
    List<String> what = new ArrayList<>();
    do {
      what.add(flushed());
    } while (tokens.accept(TokenKind.COMMA));
    return new Flush(what, local, List.of(), false, false);
  }

  private StatementSyntax flushTables(boolean local) {
    List<TableName> tables = tokens.atIdentifier() ? grammar.names.tables() : List.of();
    boolean readLock = false;
    boolean forExport = false;
    if (tokens.accept(Keyword.WITH)) {
      tokens.expect(Keyword.READ);
      tokens.expect(Keyword.LOCK);
      readLock = true;
    } else if (!tables.isEmpty() && tokens.accept(Keyword.FOR)) {
      tokens.expect(Keyword.EXPORT);
      forExport = true;
    }
    return new Flush(List.of("TABLES"), local, tables, readLock, forExport);
  }

  private String flushed() {
    if (tokens.atAny(
        Keyword.PRIVILEGES,
        Keyword.LOGS,
        Keyword.STATUS,
        Keyword.USER_RESOURCES,
        Keyword.OPTIMIZER_COSTS)) {
      return tokens.word();
    }
    if (tokens.atAny(
        Keyword.BINARY, Keyword.ENGINE, Keyword.ERROR, Keyword.GENERAL, Keyword.SLOW)) {
      String kind = tokens.word();
      tokens.expect(Keyword.LOGS);
      return kind + " LOGS";
    }
    tokens.expect(Keyword.RELAY);
    tokens.expect(Keyword.LOGS);
    if (tokens.at(Keyword.FOR, Keyword.CHANNEL)) {
      tokens.next();
      tokens.next();
      tokens.identifierOrString();
    }
    return "RELAY LOGS";
  }

  private StatementSyntax reset() {
    if (tokens.accept(Keyword.PERSIST)) {
      boolean ifExists = grammar.names.ifExists();
      String name = tokens.atIdentifier() ? tokens.identifier() : null;
      return new Reset(List.of("PERSIST"), name, ifExists);
    }
    List<String> what = new ArrayList<>();
    do {
      if (tokens.accept(Keyword.REPLICA)) {
        tokens.accept(Keyword.ALL);
        if (tokens.at(Keyword.FOR, Keyword.CHANNEL)) {
          tokens.next();
          tokens.next();
          throw MySqlError.ER_REPLICA_CHANNEL_DOES_NOT_EXIST.exception(tokens.string());
        }
        what.add("REPLICA");
      } else {
        tokens.expect(Keyword.BINARY);
        tokens.expect(Keyword.LOGS);
        tokens.expect(Keyword.AND);
        tokens.expect(Keyword.GTIDS);
        if (tokens.accept(Keyword.TO)) {
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception("RESET BINARY LOGS AND GTIDS TO");
        }
        what.add("BINARY LOGS AND GTIDS");
      }
    } while (tokens.accept(TokenKind.COMMA));
    return new Reset(what, null, false);
  }
}
