package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.ExpressionSyntax.NullLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import io.vaquita.parser.syntax.FileFormat;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax.Into;
import io.vaquita.parser.syntax.QuerySyntax.NamedWindow;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One SELECT block, from SELECT to WINDOW. Confined to one thread. */
final class SelectParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  SelectParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  Select select() {
    tokens.expect(Keyword.SELECT);
    HintedBlock hints = grammar.hints.open();
    List<String> options = options();
    List<SelectElement> elements = elements();
    Into into = intoIfAny();
    TableReference from = null;
    ExpressionSyntax where = null;
    List<OrderItem> groupBy = List.of();
    boolean rollup = false;
    ExpressionSyntax having = null;
    List<NamedWindow> windows = List.of();
    if (tokens.accept(Keyword.FROM) && !tokens.accept(Keyword.DUAL)) {
      from = grammar.tables.references();
    }
    if (tokens.accept(Keyword.WHERE)) {
      where = grammar.expressions.expression();
    }
    if (tokens.accept(Keyword.GROUP)) {
      groupBy = groupBy();
      rollup = tokens.accept(Keyword.WITH, Keyword.ROLLUP);
    }
    if (tokens.accept(Keyword.HAVING)) {
      having = grammar.expressions.expression();
    }
    if (tokens.accept(Keyword.WINDOW)) {
      windows = windows();
    }
    grammar.hints.close(hints);
    return new Select(
        With.NONE, options, hints, elements, from, where, groupBy, rollup, having, windows,
        List.of(), null, List.of(), into);
  }

  private List<String> options() {
    List<String> options = List.of();
    while (tokens.atAny(
        Keyword.ALL,
        Keyword.DISTINCT,
        Keyword.DISTINCTROW,
        Keyword.HIGH_PRIORITY,
        Keyword.STRAIGHT_JOIN,
        Keyword.SQL_SMALL_RESULT,
        Keyword.SQL_BIG_RESULT,
        Keyword.SQL_BUFFER_RESULT,
        Keyword.SQL_NO_CACHE,
        Keyword.SQL_CALC_FOUND_ROWS)) {
      if (options.isEmpty()) {
        options = new ArrayList<>();
      }
      String word = tokens.word();
      options.add(word.equals("DISTINCTROW") ? "DISTINCT" : word);
    }
    if (options.contains("ALL") && options.contains("DISTINCT")) {
      throw MySqlError.ER_WRONG_USAGE.exception("ALL", "DISTINCT");
    }
    return options;
  }

  private List<SelectElement> elements() {
    List<SelectElement> elements = new ArrayList<>();
    if (tokens.accept(TokenKind.STAR)) {
      elements.add(new Star(null, null));
    } else {
      elements.add(element());
    }
    while (tokens.accept(TokenKind.COMMA)) {
      elements.add(element());
    }
    return elements;
  }

  /** The items of DO, whose aliases name nothing. */
  List<ExpressionSyntax> expressions() {
    List<ExpressionSyntax> expressions = new ArrayList<>();
    do {
      if (element() instanceof SelectItem item) {
        expressions.add(item.expression());
      } else {
        throw tokens.error();
      }
    } while (tokens.accept(TokenKind.COMMA));
    return expressions;
  }

  private SelectElement element() {
    Star star = starIfAny();
    if (star != null) {
      return star;
    }
    int start = tokens.start();
    String firstString = stringIfAny();
    ExpressionSyntax expression = grammar.expressions.expression();
    int end = tokens.previousEnd();
    String alias = null;
    if (tokens.accept(Keyword.AS)) {
      alias = tokens.identifierOrString();
    } else if (tokens.atIdentifier() || tokens.at(TokenKind.STRING)) {
      alias = tokens.identifierOrString();
    }
    return new SelectItem(expression, alias, name(expression, firstString, start, end));
  }

  /** The value of the first string of an item that begins with a literal: it names the column when nothing else follows. */
  private @Nullable String stringIfAny() {
    int mark = tokens.mark();
    if (tokens.at(TokenKind.INTRODUCER)) {
      tokens.next();
    }
    String value = null;
    if (tokens.at(TokenKind.STRING) || tokens.at(TokenKind.NATIONAL_STRING)) {
      value = tokens.string();
    }
    tokens.reset(mark);
    return value;
  }

  private String name(
      ExpressionSyntax expression, @Nullable String firstString, int start, int end) {
    return switch (expression) {
      case ColumnReference column -> column.column();
      case NullLiteral ignored -> "NULL";
      case StringLiteral ignored when firstString != null -> firstString;
      default -> tokens.textBetween(start, end);
    };
  }

  /** {@code t.*} and {@code s.t.*}. */
  private @Nullable Star starIfAny() {
    if (!tokens.atIdentifier() || tokens.kind(1) != TokenKind.DOT) {
      return null;
    }
    if (tokens.kind(2) == TokenKind.STAR) {
      String table = tokens.identifier();
      tokens.next();
      tokens.next();
      return new Star(null, table);
    }
    if (tokens.isIdentifierAt(2)
        && tokens.kind(3) == TokenKind.DOT
        && tokens.kind(4) == TokenKind.STAR) {
      String schema = tokens.identifier();
      tokens.next();
      String table = tokens.identifier();
      tokens.next();
      tokens.next();
      return new Star(schema, table);
    }
    return null;
  }

  private List<OrderItem> groupBy() {
    tokens.expect(Keyword.BY);
    List<OrderItem> items = new ArrayList<>();
    do {
      items.add(new OrderItem(grammar.expressions.expression(), false));
    } while (tokens.accept(TokenKind.COMMA));
    return items;
  }

  private List<NamedWindow> windows() {
    List<NamedWindow> windows = new ArrayList<>();
    do {
      String name = tokens.identifier();
      tokens.expect(Keyword.AS);
      windows.add(new NamedWindow(name, grammar.aggregates.window()));
    } while (tokens.accept(TokenKind.COMMA));
    return windows;
  }

  // ---- INTO

  @Nullable Into intoIfAny() {
    if (!tokens.accept(Keyword.INTO)) {
      return null;
    }
    if (tokens.accept(Keyword.OUTFILE)) {
      String file = tokens.string();
      String characterSet =
          grammar.names.acceptCharacterSet() ? grammar.names.characterSet() : null;
      return new Into.OutFile(file, false, new FileFormatParser(grammar).format(characterSet));
    }
    if (tokens.accept(Keyword.DUMPFILE)) {
      return new Into.OutFile(
          tokens.string(), true, new FileFormat(null, "\t", "", false, "\\", "", "\n"));
    }
    List<String> names = new ArrayList<>();
    do {
      if (tokens.atIdentifier()) {
        grammar.defer(MySqlError.ER_SP_UNDECLARED_VAR.exception(tokens.identifier()));
      } else {
        names.add(tokens.userVariable().toLowerCase(Locale.ROOT));
      }
    } while (tokens.accept(TokenKind.COMMA));
    return new Into.Variables(names);
  }
}
