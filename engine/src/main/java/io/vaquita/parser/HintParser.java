package io.vaquita.parser;

import io.vaquita.parser.syntax.OptimizerHint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text inside an optimizer hint comment. What it cannot read ends the list, as in MySQL, where it is worth a warning and never an
 * error. Confined to one thread.
 */
public final class HintParser {
  private static final Set<String> NAMES =
      Set.of(
          "BKA",
          "NO_BKA",
          "BNL",
          "NO_BNL",
          "HASH_JOIN",
          "NO_HASH_JOIN",
          "MRR",
          "NO_MRR",
          "NO_ICP",
          "NO_RANGE_OPTIMIZATION",
          "QB_NAME",
          "SEMIJOIN",
          "NO_SEMIJOIN",
          "SUBQUERY",
          "MERGE",
          "NO_MERGE",
          "DERIVED_CONDITION_PUSHDOWN",
          "NO_DERIVED_CONDITION_PUSHDOWN",
          "JOIN_FIXED_ORDER",
          "JOIN_ORDER",
          "JOIN_PREFIX",
          "JOIN_SUFFIX",
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
          "NO_SKIP_SCAN",
          "MAX_EXECUTION_TIME",
          "RESOURCE_GROUP",
          "SET_VAR");

  private final String text;
  private int at;

  private HintParser(String text) {
    this.text = text;
  }

  /**
   * @param near where reading ended early: the rest of the text, or null
   */
  public record Hints(List<OptimizerHint> list, @Nullable String near) {
    public Hints {
      list = List.copyOf(list);
    }
  }

  public static Hints parse(String text) {
    HintParser parser = new HintParser(text);
    List<OptimizerHint> hints = new ArrayList<>();
    parser.skipBlanks();
    while (parser.at < text.length()) {
      int start = parser.at;
      OptimizerHint hint = parser.hint();
      if (hint == null) {
        return new Hints(hints, text.substring(start));
      }
      hints.add(hint);
      parser.skipBlanks();
    }
    return new Hints(hints, hints.isEmpty() ? "" : null);
  }

  private @Nullable OptimizerHint hint() {
    String name = word().toUpperCase(Locale.ROOT);
    skipBlanks();
    if (!NAMES.contains(name) || !accept('(')) {
      return null;
    }
    boolean addressed = false;
    List<String> arguments = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (accept(')')) {
        return new OptimizerHint(name, addressed, arguments);
      }
      if (accept('@')) {
        addressed = true;
        word();
      } else if (!accept(',') && !accept('=')) {
        String argument = argument();
        if (argument == null) {
          return null;
        }
        arguments.add(argument);
      }
    }
  }

  private @Nullable String argument() {
    if (at >= text.length()) {
      return null;
    }
    char quote = text.charAt(at);
    if (quote == '`' || quote == '\'' || quote == '"') {
      int end = text.indexOf(quote, at + 1);
      if (end < 0) {
        return null;
      }
      String quoted = text.substring(at + 1, end);
      at = end + 1;
      return quoted;
    }
    String word = word();
    return word.isEmpty() ? null : word;
  }

  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_$.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
