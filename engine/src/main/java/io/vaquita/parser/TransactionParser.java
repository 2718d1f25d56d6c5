package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TransactionStatement.Begin;
import io.vaquita.parser.syntax.TransactionStatement.Commit;
import io.vaquita.parser.syntax.TransactionStatement.ReleaseSavepoint;
import io.vaquita.parser.syntax.TransactionStatement.Rollback;
import io.vaquita.parser.syntax.TransactionStatement.RollbackToSavepoint;
import io.vaquita.parser.syntax.TransactionStatement.Savepoint;
import io.vaquita.parser.syntax.TransactionStatement.Xa;
import io.vaquita.parser.syntax.TransactionStatement.XaAction;
import io.vaquita.parser.syntax.TransactionStatement.XaId;
import org.jspecify.annotations.Nullable;

/** START TRANSACTION, COMMIT, ROLLBACK, savepoints and XA. Confined to one thread. */
final class TransactionParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  TransactionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    if (tokens.at(Keyword.START)) {
      return start();
    }
    if (tokens.accept(Keyword.BEGIN)) {
      tokens.accept(Keyword.WORK);
      return new Begin(false, null);
    }
    if (tokens.accept(Keyword.COMMIT)) {
      tokens.accept(Keyword.WORK);
      Boolean chain = chain();
      return new Commit(chain, release(chain));
    }
    if (tokens.accept(Keyword.ROLLBACK)) {
      tokens.accept(Keyword.WORK);
      if (tokens.accept(Keyword.TO)) {
        tokens.accept(Keyword.SAVEPOINT);
        return new RollbackToSavepoint(tokens.identifier());
      }
      Boolean chain = chain();
      return new Rollback(chain, release(chain));
    }
    if (tokens.accept(Keyword.SAVEPOINT)) {
      return new Savepoint(tokens.identifier());
    }
    if (tokens.accept(Keyword.RELEASE)) {
      tokens.expect(Keyword.SAVEPOINT);
      return new ReleaseSavepoint(tokens.identifier());
    }
    tokens.expect(Keyword.XA);
    return xa();
  }

  private StatementSyntax start() {
    if (tokens.keyword(1) != Keyword.TRANSACTION) {
      Keyword what = tokens.keyword(1);
      if (what == Keyword.REPLICA || what == Keyword.GROUP_REPLICATION) {
        return StatementParser.unsupported(tokens);
      }
      tokens.next();
      throw tokens.error();
    }
    tokens.next();
    tokens.next();
    boolean snapshot = false;
    Boolean readOnly = null;
    if (tokens.atAny(Keyword.WITH, Keyword.READ)) {
      do {
        if (tokens.accept(Keyword.WITH)) {
          tokens.expect(Keyword.CONSISTENT);
          tokens.expect(Keyword.SNAPSHOT);
          snapshot = true;
        } else {
          tokens.expect(Keyword.READ);
          boolean only = tokens.accept(Keyword.ONLY);
          if (!only) {
            tokens.expect(Keyword.WRITE);
          }
          if (readOnly != null && readOnly != only) {
            throw tokens.error();
          }
          readOnly = only;
        }
      } while (tokens.accept(TokenKind.COMMA));
    }
    return new Begin(snapshot, readOnly);
  }

  private @Nullable Boolean chain() {
    if (!tokens.accept(Keyword.AND)) {
      return null;
    }
    boolean no = tokens.accept(Keyword.NO);
    tokens.expect(Keyword.CHAIN);
    return !no;
  }

  private @Nullable Boolean release(@Nullable Boolean chain) {
    if (tokens.accept(Keyword.NO)) {
      tokens.expect(Keyword.RELEASE);
      return false;
    }
    if (tokens.at(Keyword.RELEASE)) {
      if (Boolean.TRUE.equals(chain)) {
        throw tokens.error();
      }
      tokens.next();
      return true;
    }
    return null;
  }

  private StatementSyntax xa() {
    XaAction action =
        switch (tokens.keyword()) {
          case START, BEGIN -> XaAction.START;
          case END -> XaAction.END;
          case PREPARE -> XaAction.PREPARE;
          case COMMIT -> XaAction.COMMIT;
          case ROLLBACK -> XaAction.ROLLBACK;
          case RECOVER -> XaAction.RECOVER;
          case null, default -> throw tokens.error();
        };
    tokens.next();
    if (action == XaAction.RECOVER) {
      boolean convert = tokens.accept(Keyword.CONVERT);
      if (convert) {
        tokens.expect(Keyword.XID);
      }
      return new Xa(action, null, convert ? "CONVERT XID" : null);
    }
    XaId id = xaId();
    String option = null;
    if (action == XaAction.START && tokens.atAny(Keyword.JOIN, Keyword.RESUME)) {
      option = tokens.word();
    } else if (action == XaAction.END && tokens.accept(Keyword.SUSPEND)) {
      option = "SUSPEND";
      if (tokens.accept(Keyword.FOR)) {
        tokens.expect(Keyword.MIGRATE);
        option = "SUSPEND FOR MIGRATE";
      }
    } else if (action == XaAction.COMMIT && tokens.accept(Keyword.ONE)) {
      tokens.expect(Keyword.PHASE);
      option = "ONE PHASE";
    }
    return new Xa(action, id, option);
  }

  private XaId xaId() {
    byte[] global = grammar.literals.byteText();
    byte[] branch = new byte[0];
    long format = 1;
    if (tokens.accept(TokenKind.COMMA)) {
      branch = grammar.literals.byteText();
      if (tokens.accept(TokenKind.COMMA)) {
        format = tokens.integer();
      }
    }
    if (global.length > 64 || branch.length > 64) {
      throw MySqlError.ER_XAER_INVAL.exception();
    }
    return new XaId(global, branch, format);
  }
}
