package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Cast;
import io.vaquita.parser.syntax.ExpressionSyntax.ConvertUsing;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.IntegerLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Interval;
import io.vaquita.parser.syntax.TypeSyntax;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions with words between their arguments: CAST, EXTRACT, TRIM, SUBSTRING and so on. Confined to one thread. */
final class SpecialFunctionParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  SpecialFunctionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** At a keyword with a parenthesis behind it. */
  @Nullable ExpressionSyntax callIfAny(Keyword keyword) {
    return switch (keyword) {
      case CAST -> cast();
      case CONVERT -> convert();
      case EXTRACT -> extract();
      case TRIM -> trim();
      case SUBSTRING, SUBSTR, MID -> substring();
      case POSITION -> position();
      case DATE_ADD, DATE_SUB -> dateArithmetic(keyword == Keyword.DATE_ADD, false);
      case ADDDATE, SUBDATE -> dateArithmetic(keyword == Keyword.ADDDATE, true);
      case TIMESTAMPADD, TIMESTAMPDIFF -> unitFirst(keyword.name());
      case GET_FORMAT -> getFormat();
      case CHAR -> charFunction();
      case WEIGHT_STRING -> weightString();
      case JSON_VALUE -> jsonValue();
      default -> null;
    };
  }

  private ExpressionSyntax expression() {
    return grammar.expressions.expression();
  }

  private void open() {
    tokens.next();
    tokens.expect(TokenKind.LEFT_PAREN);
  }

  private void close() {
    tokens.expect(TokenKind.RIGHT_PAREN);
  }

  private ExpressionSyntax cast() {
    open();
    ExpressionSyntax operand = expression();
    String zone = null;
    if (tokens.at(Keyword.AT)) {
      tokens.next();
      tokens.expect(Keyword.TIME);
      tokens.expect(Keyword.ZONE);
      tokens.accept(Keyword.INTERVAL);
      zone = tokens.string();
    }
    tokens.expect(Keyword.AS);
    TypeSyntax type = grammar.types.castType();
    boolean array = tokens.accept(Keyword.ARRAY);
    close();
    return new Cast(operand, type, array, zone);
  }

  private ExpressionSyntax convert() {
    open();
    ExpressionSyntax operand = expression();
    ExpressionSyntax result;
    if (tokens.accept(Keyword.USING)) {
      result = new ConvertUsing(operand, grammar.names.characterSet());
    } else {
      tokens.expect(TokenKind.COMMA);
      result = new Cast(operand, grammar.types.castType(), false, null);
    }
    close();
    return result;
  }

  private ExpressionSyntax extract() {
    open();
    ExpressionSyntax unit = grammar.functions.unitKeyword();
    tokens.expect(Keyword.FROM);
    ExpressionSyntax operand = expression();
    close();
    return new FunctionCall(null, "EXTRACT", List.of(unit, operand));
  }

  /** TRIM(e) has one argument; the other forms have three: BOTH, LEADING or TRAILING, what to remove, the text. */
  private ExpressionSyntax trim() {
    String name = tokens.tokenText();
    open();
    String side = null;
    if (tokens.atAny(Keyword.LEADING, Keyword.TRAILING, Keyword.BOTH)) {
      side = tokens.word();
    }
    ExpressionSyntax remove = null;
    ExpressionSyntax text;
    if (side != null && tokens.accept(Keyword.FROM)) {
      text = expression();
    } else {
      text = expression();
      if (side != null || tokens.at(Keyword.FROM)) {
        tokens.expect(Keyword.FROM);
        remove = text;
        text = expression();
      }
    }
    close();
    if (side == null && remove == null) {
      return new FunctionCall(null, name, List.of(text));
    }
    ExpressionSyntax.Keyword form = new ExpressionSyntax.Keyword(side == null ? "BOTH" : side);
    if (remove == null) {
      remove = new ExpressionSyntax.StringLiteral(" ", null);
    }
    return new FunctionCall(null, name, List.of(form, remove, text));
  }

  private ExpressionSyntax substring() {
    String name = tokens.tokenText();
    open();
    List<ExpressionSyntax> arguments = new ArrayList<>();
    arguments.add(expression());
    if (tokens.accept(Keyword.FROM)) {
      arguments.add(expression());
      if (tokens.accept(Keyword.FOR)) {
        arguments.add(expression());
      }
    } else {
      tokens.expect(TokenKind.COMMA);
      arguments.add(expression());
      if (tokens.accept(TokenKind.COMMA)) {
        arguments.add(expression());
      }
    }
    close();
    return new FunctionCall(null, name, arguments);
  }

  private ExpressionSyntax position() {
    open();
    ExpressionSyntax part = grammar.expressions.bits();
    tokens.expect(Keyword.IN);
    ExpressionSyntax whole = expression();
    close();
    return new FunctionCall(null, "LOCATE", List.of(part, whole));
  }

  /** ADDDATE(d, n) counts days. */
  private ExpressionSyntax dateArithmetic(boolean add, boolean daysAllowed) {
    open();
    ExpressionSyntax date = expression();
    tokens.expect(TokenKind.COMMA);
    ExpressionSyntax amount;
    if (tokens.at(Keyword.INTERVAL)) {
      ExpressionSyntax interval = grammar.functions.intervalIfAny();
      amount = interval == null ? new Interval(days(daysAllowed), "DAY") : interval;
    } else {
      amount = new Interval(days(daysAllowed), "DAY");
    }
    close();
    return new FunctionCall(null, add ? "DATE_ADD" : "DATE_SUB", List.of(date, amount));
  }

  private ExpressionSyntax days(boolean allowed) {
    if (!allowed) {
      throw tokens.error();
    }
    return expression();
  }

  private ExpressionSyntax unitFirst(String name) {
    open();
    ExpressionSyntax unit = grammar.functions.unitKeyword();
    tokens.expect(TokenKind.COMMA);
    ExpressionSyntax first = expression();
    tokens.expect(TokenKind.COMMA);
    ExpressionSyntax second = expression();
    close();
    return new FunctionCall(null, name, List.of(unit, first, second));
  }

  private ExpressionSyntax getFormat() {
    open();
    if (!tokens.atAny(Keyword.DATE, Keyword.TIME, Keyword.DATETIME, Keyword.TIMESTAMP)) {
      throw tokens.error();
    }
    ExpressionSyntax.Keyword kind = new ExpressionSyntax.Keyword(tokens.word());
    tokens.expect(TokenKind.COMMA);
    ExpressionSyntax standard = expression();
    close();
    return new FunctionCall(null, "GET_FORMAT", List.of(kind, standard));
  }

  /** CHAR() gives bytes; USING says what they are. */
  private ExpressionSyntax charFunction() {
    open();
    List<ExpressionSyntax> arguments = grammar.expressions.list();
    String characterSet = tokens.accept(Keyword.USING) ? grammar.names.characterSet() : null;
    close();
    FunctionCall call = new FunctionCall(null, "CHAR", arguments);
    return characterSet == null ? call : new ConvertUsing(call, characterSet);
  }

  /** WEIGHT_STRING(e AS CHAR(n)) has the arguments e, CHAR, n. */
  private ExpressionSyntax weightString() {
    open();
    List<ExpressionSyntax> arguments = new ArrayList<>();
    arguments.add(expression());
    if (tokens.accept(Keyword.AS)) {
      if (!tokens.atAny(Keyword.CHAR, Keyword.BINARY)) {
        throw tokens.error();
      }
      arguments.add(new ExpressionSyntax.Keyword(tokens.word()));
      tokens.expect(TokenKind.LEFT_PAREN);
      arguments.add(new IntegerLiteral(BigInteger.valueOf(tokens.integer())));
      close();
    }
    close();
    return new FunctionCall(null, "WEIGHT_STRING", arguments);
  }

  /**
   * JSON_VALUE(document, path RETURNING type … ON EMPTY … ON ERROR). The arguments of the call: both, a cast of NULL to the type, and
   * for ON EMPTY and ON ERROR the word or the default; an empty word stands for what is not there.
   */
  private ExpressionSyntax jsonValue() {
    open();
    ExpressionSyntax[] a = new ExpressionSyntax[5];
    a[0] = grammar.expressions.simple();
    tokens.expect(TokenKind.COMMA);
    a[1] = grammar.literals.literal();
    Arrays.fill(a, 2, a.length, new ExpressionSyntax.Keyword(""));
    if (tokens.acceptWord("RETURNING") || tokens.accept(Keyword.RETURNING)) {
      TypeSyntax type = grammar.types.castType();
      a[2] = new Cast(new ExpressionSyntax.NullLiteral(), type, false, null);
    }
    int place = 3;
    while (!tokens.at(TokenKind.RIGHT_PAREN)) {
      if (place == a.length) {
        throw tokens.error();
      }
      ExpressionSyntax action = jsonValueAction();
      tokens.expect(Keyword.ON);
      if (place == 3 && tokens.accept(Keyword.EMPTY)) {
        a[place++] = action;
      } else {
        tokens.expect(Keyword.ERROR);
        a[4] = action;
        place = a.length;
      }
    }
    close();
    return new FunctionCall(null, "JSON_VALUE", List.of(a));
  }

  private ExpressionSyntax jsonValueAction() {
    if (tokens.accept(Keyword.NULL)) {
      return new ExpressionSyntax.Keyword("NULL");
    }
    if (tokens.accept(Keyword.ERROR)) {
      return new ExpressionSyntax.Keyword("ERROR");
    }
    tokens.expect(Keyword.DEFAULT);
    if (tokens.at(Keyword.NULL)) {
      throw tokens.error();
    }
    return tokens.accept(TokenKind.MINUS)
        ? new ExpressionSyntax.Unary(
            ExpressionSyntax.UnaryOperator.MINUS, grammar.literals.literal())
        : grammar.literals.literal();
  }
}
