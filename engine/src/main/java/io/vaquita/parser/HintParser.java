package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.OptimizerHint;
import io.vaquita.parser.syntax.StatementHints.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one optimizer hint comment. What does not fit its grammar ends the list, as in MySQL, where it is worth a warning and never an
 * error. Confined to one thread.
 */
final class HintParser {
  /** Hints on tables, or on all tables of a block when none is named. */
  private static final Set<String> TABLES =
      Set.of(
          "BKA",
          "NO_BKA",
          "BNL",
          "NO_BNL",
          "HASH_JOIN",
          "NO_HASH_JOIN",
          "MERGE",
          "NO_MERGE",
          "DERIVED_CONDITION_PUSHDOWN",
          "NO_DERIVED_CONDITION_PUSHDOWN",
          "JOIN_ORDER",
          "JOIN_PREFIX",
          "JOIN_SUFFIX");

  /** Hints on one table and its keys. */
  private static final Set<String> KEYS =
      Set.of(
          "MRR",
          "NO_MRR",
          "NO_ICP",
          "NO_RANGE_OPTIMIZATION",
          "INDEX",
          "NO_INDEX",
          "JOIN_INDEX",
          "NO_JOIN_INDEX",
          "GROUP_INDEX",
          "NO_GROUP_INDEX",
          "ORDER_INDEX",
          "NO_ORDER_INDEX",
          "INDEX_MERGE",
          "NO_INDEX_MERGE",
          "SKIP_SCAN",
          "NO_SKIP_SCAN");

  private static final Set<String> SEMIJOIN_STRATEGIES =
      Set.of("FIRSTMATCH", "LOOSESCAN", "MATERIALIZATION", "DUPSWEEDOUT");

  private static final Set<String> SUBQUERY_STRATEGIES = Set.of("INTOEXISTS", "MATERIALIZATION");

  private static final int NEAR_MAX = 81;
  private static final long EXECUTION_MILLIS_MAX = 0xFFFF_FFFFL;

  private final String text;
  private final int first;
  private final int close;
  private final boolean ansiQuotes;
  private final int textEnd;
  private int at;
  private @Nullable Notice notice;

  /**
   * @param from where the comment begins
   * @param to behind its end
   * @param textFrom where the statement begins: lines are counted from there
   * @param textEnd where its text ends
   */
  HintParser(String text, int from, int to, int textFrom, int textEnd, boolean ansiQuotes) {
    this.text = text;
    this.first = textFrom;
    this.at = from + 3;
    this.close = to - 2;
    this.textEnd = textEnd;
    this.ansiQuotes = ansiQuotes;
  }

  /** What is to be warned of once {@link #parse} is done, or null. */
  @Nullable Notice notice() {
    return notice;
  }

  List<OptimizerHint> parse() {
    List<OptimizerHint> hints = new ArrayList<>();
    skipBlanks();
    do {
      int start = at;
      String name = text.substring(start, wordEnd()).toUpperCase(Locale.ROOT);
      OptimizerHint hint = hint(name);
      if (hint == null) {
        if (notice == null) {
          // as MySQL's scanner: the @ is behind it
          notice = notice("Optimizer hint syntax error", peek() == '@' ? at + 1 : at);
        }
        return hints;
      }
      hints.add(hint);
      skipBlanks();
    } while (at < close);
    return hints;
  }

  private Notice notice(String what, int offset) {
    int line = 1;
    for (int i = first; i < offset; i++) {
      line += text.charAt(i) == '\n' ? 1 : 0;
    }
    String near =
        offset >= close ? "*/" : text.substring(offset, Math.min(textEnd, offset + NEAR_MAX));
    return new Notice(MySqlError.ER_PARSE_ERROR, List.of(what, near, line));
  }

  /** Null at what does not fit; then {@link #at} stands there. */
  private @Nullable OptimizerHint hint(String name) {
    boolean known =
        TABLES.contains(name)
            || KEYS.contains(name)
            || switch (name) {
              case "JOIN_FIXED_ORDER",
                  "SEMIJOIN",
                  "NO_SEMIJOIN",
                  "SUBQUERY",
                  "QB_NAME",
                  "MAX_EXECUTION_TIME",
                  "RESOURCE_GROUP",
                  "SET_VAR" ->
                  true;
              default -> false;
            };
    if (!known) {
      return null;
    }
    at += name.length();
    skipBlanks();
    if (!accept('(')) {
      return null;
    }
    skipBlanks();
    OptimizerHint hint =
        switch (name) {
          case "QB_NAME", "RESOURCE_GROUP" -> named(name);
          case "MAX_EXECUTION_TIME" -> executionTime(name);
          case "SET_VAR" -> setting(name);
          default -> addressed(name);
        };
    skipBlanks();
    return hint != null && accept(')') ? hint : null;
  }

  private static OptimizerHint plain(String name, String argument) {
    return new OptimizerHint(name, null, List.of(), List.of(argument), null);
  }

  private @Nullable OptimizerHint named(String name) {
    String argument = identifier();
    return argument == null ? null : plain(name, argument);
  }

  private @Nullable OptimizerHint executionTime(String name) {
    int end = at;
    while (end < close && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == at || end != wordEnd()) {
      return null;
    }
    String number = text.substring(at, end);
    at = end;
    if (number.length() > 10 || Long.parseLong(number) > EXECUTION_MILLIS_MAX) {
      notice = notice("Unsupported MAX_EXECUTION_TIME", at);
      return null;
    }
    return plain(name, number);
  }

  private @Nullable OptimizerHint setting(String name) {
    String variable = identifier();
    skipBlanks();
    if (variable == null || !accept('=')) {
      return null;
    }
    skipBlanks();
    int start = at;
    ExpressionSyntax value = value();
    return value == null
        ? null
        : new OptimizerHint(
            name, null, List.of(), List.of(variable, text.substring(start, at)), value);
  }

  private @Nullable ExpressionSyntax value() {
    char c = peek();
    if (c == '\'' || c == '"' && !ansiQuotes) {
      int end = text.indexOf(c, at + 1);
      if (end < 0 || end >= close || end == at + 1) {
        return null;
      }
      String quoted = text.substring(at + 1, end);
      at = end + 1;
      return new ExpressionSyntax.StringLiteral(quoted, null);
    }
    if (isDigit(c)) {
      ExpressionSyntax number = number();
      if (number != null) {
        return number;
      }
    }
    String word = identifier();
    return word == null ? null : new ExpressionSyntax.StringLiteral(word, null);
  }

  /** Digits, perhaps with a fraction or one of K, M, G behind them; null when it is none. */
  private @Nullable ExpressionSyntax number() {
    int end = at;
    while (end < close && isDigit(text.charAt(end))) {
      end++;
    }
    int wordEnd = wordEnd();
    if (end == wordEnd && end + 1 < close && text.charAt(end) == '.') {
      int fraction = end + 1;
      while (fraction < close && isDigit(text.charAt(fraction))) {
        fraction++;
      }
      String decimal = text.substring(at, fraction);
      at = fraction;
      return new ExpressionSyntax.DecimalLiteral(LiteralParser.decimal(decimal));
    }
    int shift =
        end + 1 != wordEnd
            ? 0
            : switch (Character.toUpperCase(text.charAt(end))) {
              case 'K' -> 10;
              case 'M' -> 20;
              case 'G' -> 30;
              default -> 0;
            };
    if (end - at > 18 || shift == 0 && end != wordEnd) {
      return null;
    }
    long number = Long.parseLong(text.substring(at, end));
    at = wordEnd;
    return LiteralParser.integer(Long.toString(number << shift));
  }

  /** {@code ([@block] tables, or one table and keys, or strategies)}. */
  private @Nullable OptimizerHint addressed(String name) {
    String block = null;
    if (peek() == '@') {
      block = blockName();
      if (block == null) {
        return null;
      }
      skipBlanks();
    }
    List<OptimizerHint.Table> tables = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    boolean fits;
    if (TABLES.contains(name)) {
      fits = peek() == ')' || tables(block == null, tables);
    } else if (KEYS.contains(name)) {
      fits = table(block == null, tables) && keys(arguments);
    } else {
      fits = strategies(name, arguments);
    }
    return fits ? new OptimizerHint(name, block, tables, arguments, null) : null;
  }

  private boolean tables(boolean mayAddress, List<OptimizerHint.Table> tables) {
    do {
      skipBlanks();
      if (!table(mayAddress, tables)) {
        return false;
      }
      skipBlanks();
    } while (accept(','));
    return true;
  }

  private boolean table(boolean mayAddress, List<OptimizerHint.Table> tables) {
    String table = identifier();
    if (table == null) {
      return false;
    }
    int before = at;
    skipBlanks();
    String block = null;
    if (peek() == '@') {
      block = blockName();
      if (block == null) {
        return false;
      }
    } else {
      at = before;
    }
    // @block in front holds for all tables: another one behind a table is read, and means nothing
    tables.add(new OptimizerHint.Table(table, mayAddress ? block : null));
    return true;
  }

  private boolean keys(List<String> keys) {
    skipBlanks();
    if (peek() == ')') {
      return true;
    }
    do {
      skipBlanks();
      String key = identifier();
      if (key == null) {
        return false;
      }
      keys.add(key);
      skipBlanks();
    } while (accept(','));
    return true;
  }

  private boolean strategies(String name, List<String> strategies) {
    boolean subquery = name.equals("SUBQUERY");
    if (!subquery && peek() == ')' || name.equals("JOIN_FIXED_ORDER")) {
      return true;
    }
    do {
      skipBlanks();
      String word = text.substring(at, wordEnd()).toUpperCase(Locale.ROOT);
      if (!(subquery ? SUBQUERY_STRATEGIES : SEMIJOIN_STRATEGIES).contains(word)) {
        return false;
      }
      strategies.add(word);
      at += word.length();
      skipBlanks();
    } while (!subquery && accept(','));
    return true;
  }

  private @Nullable String blockName() {
    at++;
    return identifier();
  }

  private @Nullable String identifier() {
    char c = peek();
    if (c == '`' || c == '"' && ansiQuotes) {
      int end = text.indexOf(c, at + 1);
      if (end < 0 || end >= close || end == at + 1) {
        return null;
      }
      String quoted = text.substring(at + 1, end);
      at = end + 1;
      return quoted;
    }
    int end = wordEnd();
    boolean number = true;
    for (int i = at; i < end; i++) {
      number &= isDigit(text.charAt(i));
    }
    if (number) {
      return null;
    }
    String word = text.substring(at, end);
    at = end;
    return word;
  }

  private int wordEnd() {
    int end = at;
    while (end < close && isWord(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || isDigit(c)
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    return at < close ? text.charAt(at) : 0;
  }

  private boolean accept(char c) {
    if (at < close && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < close && CharacterClass.isSpace(text.charAt(at))) {
      at++;
    }
  }
}
