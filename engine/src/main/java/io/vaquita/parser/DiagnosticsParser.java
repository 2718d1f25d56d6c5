package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.SessionStatement.DiagnosticsItem;
import io.vaquita.parser.syntax.SessionStatement.GetDiagnostics;
import io.vaquita.parser.syntax.SessionStatement.HandlerAction;
import io.vaquita.parser.syntax.SessionStatement.HandlerStatement;
import io.vaquita.parser.syntax.SessionStatement.Signal;
import io.vaquita.parser.syntax.SessionStatement.SignalItem;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** SIGNAL, RESIGNAL, GET DIAGNOSTICS and HANDLER. Confined to one thread. */
final class DiagnosticsParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  DiagnosticsParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    if (tokens.at(Keyword.GET)) {
      return diagnostics();
    }
    if (tokens.at(Keyword.HANDLER)) {
      return handler();
    }
    boolean resignal = tokens.at(Keyword.RESIGNAL);
    tokens.next();
    String state = null;
    if (tokens.accept(Keyword.SQLSTATE)) {
      tokens.accept(Keyword.VALUE);
      state = tokens.string();
      if (state.length() != 5) {
        throw MySqlError.ER_SP_BAD_SQLSTATE.exception(state);
      }
    } else if (tokens.atIdentifier()) {
      throw MySqlError.ER_SP_COND_MISMATCH.exception(tokens.identifier());
    } else if (!resignal) {
      throw tokens.error();
    }
    List<SignalItem> items = new ArrayList<>();
    if (tokens.accept(Keyword.SET)) {
      do {
        String name = signalItem();
        tokens.expect(TokenKind.EQUAL);
        items.add(new SignalItem(name, grammar.expressions.simple()));
      } while (tokens.accept(TokenKind.COMMA));
    }
    return new Signal(resignal, state, items);
  }

  private String signalItem() {
    if (tokens.atAny(
        Keyword.CLASS_ORIGIN,
        Keyword.SUBCLASS_ORIGIN,
        Keyword.CONSTRAINT_CATALOG,
        Keyword.CONSTRAINT_SCHEMA,
        Keyword.CONSTRAINT_NAME,
        Keyword.CATALOG_NAME,
        Keyword.SCHEMA_NAME,
        Keyword.TABLE_NAME,
        Keyword.COLUMN_NAME,
        Keyword.CURSOR_NAME,
        Keyword.MESSAGE_TEXT,
        Keyword.MYSQL_ERRNO)) {
      return tokens.word();
    }
    throw tokens.error();
  }

  private StatementSyntax diagnostics() {
    tokens.next();
    boolean stacked = tokens.accept(Keyword.STACKED);
    if (!stacked) {
      tokens.accept(Keyword.CURRENT);
    }
    tokens.expect(Keyword.DIAGNOSTICS);
    ExpressionSyntax condition =
        tokens.accept(Keyword.CONDITION) ? grammar.expressions.simple() : null;
    List<DiagnosticsItem> items = new ArrayList<>();
    do {
      String variable = tokens.userVariable().toLowerCase(Locale.ROOT);
      tokens.expect(TokenKind.EQUAL);
      if (condition != null && !tokens.at(Keyword.RETURNED_SQLSTATE)) {
        items.add(new DiagnosticsItem(variable, signalItem()));
      } else {
        if (condition == null && !tokens.atAny(Keyword.NUMBER, Keyword.ROW_COUNT)) {
          throw tokens.error();
        }
        items.add(new DiagnosticsItem(variable, tokens.word()));
      }
    } while (tokens.accept(TokenKind.COMMA));
    return new GetDiagnostics(stacked, condition, items);
  }

  // ---- HANDLER

  private StatementSyntax handler() {
    tokens.next();
    TableName table = grammar.names.table();
    if (tokens.accept(Keyword.OPEN)) {
      String alias = grammar.tables.aliasIfAny();
      return new HandlerStatement(
          HandlerAction.OPEN, table, alias, null, "", List.of(), null, null);
    }
    if (table.schema() != null) {
      // an open handler goes by its alias alone
      throw tokens.error();
    }
    if (tokens.accept(Keyword.CLOSE)) {
      return new HandlerStatement(
          HandlerAction.CLOSE, table, null, null, "", List.of(), null, null);
    }
    tokens.expect(Keyword.READ);
    String index = null;
    String direction;
    List<ExpressionSyntax> values = List.of();
    if (!tokens.atAny(Keyword.FIRST, Keyword.NEXT)) {
      index = tokens.identifier();
    }
    if (tokens.atAny(Keyword.FIRST, Keyword.NEXT)
        || index != null && tokens.atAny(Keyword.PREV, Keyword.LAST)) {
      direction = tokens.word();
    } else {
      switch (tokens.kind()) {
        case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
          direction = tokens.tokenText();
          tokens.next();
          if (tokens.kind(1) == TokenKind.RIGHT_PAREN) {
            tokens.next();
            throw tokens.error();
          }
          values = grammar.queries.row();
        }
        default -> throw tokens.error();
      }
    }
    ExpressionSyntax where = tokens.accept(Keyword.WHERE) ? grammar.expressions.expression() : null;
    Limit limit = grammar.queries.limit();
    return new HandlerStatement(
        HandlerAction.READ, table, null, index, direction, values, where, limit);
  }
}
