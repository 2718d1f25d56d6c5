package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement.DoStatement;
import io.vaquita.parser.syntax.DataStatement.SelectStatement;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableStatement.MaintenanceKind;
import java.util.Locale;

/** Any statement: chooses the parser class by the first keyword. Confined to one thread. */
final class StatementParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  StatementParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    if (tokens.at(TokenKind.END)) {
      throw MySqlError.ER_EMPTY_QUERY.exception();
    }
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      return new SelectStatement(grammar.queries.query());
    }
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case SELECT, TABLE, VALUES -> new SelectStatement(grammar.queries.query());
      case WITH -> with();
      case INSERT, REPLACE -> new InsertParser(grammar).statement();
      case UPDATE -> new UpdateParser(grammar).statement(With.NONE);
      case DELETE -> new DeleteParser(grammar).statement(With.NONE);
      case LOAD -> new LoadDataParser(grammar).statement();
      case DO -> {
        tokens.next();
        yield new DoStatement(grammar.selects.expressions());
      }
      case EXPLAIN, DESCRIBE, DESC -> new ExplainParser(grammar, this).statement();
      case SHOW -> new ShowParser(grammar).statement();
      case SET -> new SetParser(grammar).statement();
      case CREATE -> new CreateParser(grammar).statement();
      case ALTER -> new AlterParser(grammar).statement();
      case DROP -> new DropParser(grammar).statement();
      default -> other(keyword);
    };
  }

  private StatementSyntax other(Keyword keyword) {
    return switch (keyword) {
      case RENAME -> new DropParser(grammar).rename();
      case TRUNCATE -> new DropParser(grammar).truncate();
      case ANALYZE -> new MaintenanceParser(grammar).statement(MaintenanceKind.ANALYZE);
      case CHECK -> new MaintenanceParser(grammar).statement(MaintenanceKind.CHECK);
      case OPTIMIZE -> new MaintenanceParser(grammar).statement(MaintenanceKind.OPTIMIZE);
      case REPAIR -> new MaintenanceParser(grammar).statement(MaintenanceKind.REPAIR);
      case CHECKSUM -> new MaintenanceParser(grammar).statement(MaintenanceKind.CHECKSUM);
      case GRANT -> new GrantParser(grammar).grant();
      case REVOKE -> new GrantParser(grammar).revoke();
      case START, BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, XA ->
          new TransactionParser(grammar).statement();
      case USE, LOCK, UNLOCK, FLUSH, RESET, KILL, CALL, HELP, SHUTDOWN, RESTART, BINLOG ->
          new SessionParser(grammar).statement();
      case PREPARE, EXECUTE, DEALLOCATE -> new PreparedParser(grammar).statement();
      case SIGNAL, RESIGNAL, GET, HANDLER -> new DiagnosticsParser(grammar).statement();
      case CLONE -> cloned();
      case INSTALL, UNINSTALL, PURGE, CHANGE, STOP, IMPORT, CACHE -> unsupported();
      default -> throw tokens.error();
    };
  }

  private StatementSyntax with() {
    With with = grammar.queries.with();
    if (tokens.at(Keyword.UPDATE)) {
      return new UpdateParser(grammar).statement(with);
    }
    if (tokens.at(Keyword.DELETE)) {
      return new DeleteParser(grammar).statement(with);
    }
    return new SelectStatement(QueryChanges.with(grammar.queries.query(), with));
  }

  /** CLONE LOCAL; CLONE INSTANCE, from another server, is not supported. */
  private StatementSyntax cloned() {
    if (tokens.keyword(1) != Keyword.LOCAL) {
      return unsupported();
    }
    tokens.next();
    tokens.expect(Keyword.LOCAL);
    tokens.expect(Keyword.DATA);
    tokens.expect(Keyword.DIRECTORY);
    tokens.accept(TokenKind.EQUAL);
    return new SessionStatement.CloneLocal(tokens.string());
  }

  private StatementSyntax unsupported() {
    return unsupported(tokens);
  }

  /** A statement that is known by its leading keywords only; the rest is skipped. */
  static ProgramStatement.Unsupported unsupported(TokenStream tokens) {
    int start = tokens.start();
    StringBuilder name = new StringBuilder();
    int words = 0;
    while (words < 3 && tokens.at(TokenKind.KEYWORD)) {
      name.append(words == 0 ? "" : " ").append(tokens.tokenText().toUpperCase(Locale.ROOT));
      tokens.next();
      words++;
    }
    skipStatement(tokens);
    return new ProgramStatement.Unsupported(
        name.toString(), tokens.textBetween(start, tokens.previousEnd()));
  }

  /** To the end of the statement; {@code BEGIN … END} holds semicolons of its own. */
  static void skipStatement(TokenStream tokens) {
    int depth = 0;
    while (!tokens.at(TokenKind.END) && !(depth == 0 && tokens.at(TokenKind.SEMICOLON))) {
      if (tokens.at(TokenKind.BAD)) {
        throw tokens.error();
      }
      if (tokens.atAny(Keyword.BEGIN, Keyword.CASE)) {
        depth++;
      } else if (tokens.at(Keyword.END)) {
        if (tokens.keyword(1) == Keyword.CASE) {
          tokens.next();
          depth--;
        } else if (tokens.keyword(1) == Keyword.IF
            || tokens.keyword(1) == Keyword.LOOP
            || tokens.keyword(1) == Keyword.WHILE
            || tokens.keyword(1) == Keyword.REPEAT) {
          tokens.next();
        } else {
          depth--;
        }
      }
      tokens.next();
    }
  }
}
