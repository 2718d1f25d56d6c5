package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Frame;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression in ICU's syntax, run by the JDK's engine, with MySQL's errors and a bound on the work. Immutable. */
final class RegexpPattern {
  /** Steps after which a match is given up (3699). */
  private static final long STEPS_MAX = 20_000_000;

  private static final int STEPS_BETWEEN_CHECKS = 65_536;

  /** POSIX classes inside brackets, which the JDK writes otherwise. */
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("[:alpha:]", "\\p{IsAlphabetic}"),
          Map.entry("[:digit:]", "\\p{IsDigit}"),
          Map.entry("[:alnum:]", "\\p{IsAlphabetic}\\p{IsDigit}"),
          Map.entry("[:upper:]", "\\p{IsUppercase}"),
          Map.entry("[:lower:]", "\\p{IsLowercase}"),
          Map.entry("[:space:]", "\\p{IsWhite_Space}"),
          Map.entry("[:blank:]", "\\h"),
          Map.entry("[:punct:]", "\\p{IsPunctuation}"),
          Map.entry("[:cntrl:]", "\\p{Cntrl}"),
          Map.entry("[:xdigit:]", "0-9A-Fa-f"),
          Map.entry("[:word:]", "\\w"),
          Map.entry("[:graph:]", "\\p{Graph}"),
          Map.entry("[:print:]", "\\p{Print}"));

  private final Pattern pattern;

  private RegexpPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** {@code matchType}: letters of c, i, m, n, u; {@code ignoresCase}: what the collation says where they do not. */
  static RegexpPattern compile(
      String regexp, String matchType, boolean ignoresCase, String function) {
    if (regexp.isEmpty()) {
      throw MySqlError.ER_REGEXP_ILLEGAL_ARGUMENT.exception();
    }
    int flags = flags(matchType, ignoresCase, function);
    String source = regexp;
    if (source.contains("[:")) {
      for (Map.Entry<String, String> e : CLASSES.entrySet()) {
        source = source.replace(e.getKey(), e.getValue());
      }
    }
    try {
      return new RegexpPattern(Pattern.compile(source, flags));
    } catch (PatternSyntaxException e) {
      throw error(e);
    } catch (StackOverflowError e) {
      throw MySqlError.ER_REGEXP_PATTERN_TOO_BIG.exception();
    }
  }

  private static int flags(String matchType, boolean ignoresCase, String function) {
    boolean insensitive = ignoresCase;
    int flags = 0;
    for (int i = 0; i < matchType.length(); i++) {
      switch (matchType.charAt(i)) {
        case 'c' -> insensitive = false;
        case 'i' -> insensitive = true;
        case 'm' -> flags |= Pattern.MULTILINE;
        case 'n' -> flags |= Pattern.DOTALL;
        case 'u' -> flags |= Pattern.UNIX_LINES;
        default -> throw MySqlError.ER_WRONG_ARGUMENTS.exception(function);
      }
    }
    return insensitive ? flags | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : flags;
  }

  private static RuntimeException error(PatternSyntaxException e) {
    String reason = e.getDescription();
    MySqlError error =
        reason.startsWith("Unclosed group") || reason.startsWith("Unmatched closing")
            ? MySqlError.ER_REGEXP_MISMATCHED_PAREN
            : reason.startsWith("Unclosed character class")
                ? MySqlError.ER_REGEXP_MISSING_CLOSE_BRACKET
                : reason.startsWith("Illegal character range")
                    ? MySqlError.ER_REGEXP_INVALID_RANGE
                    : reason.startsWith("Illegal repetition range")
                        ? MySqlError.ER_REGEXP_MAX_LT_MIN
                        : reason.startsWith("Unclosed counted closure")
                            ? MySqlError.ER_REGEXP_BAD_INTERVAL
                            : reason.contains("escape")
                                ? MySqlError.ER_REGEXP_BAD_ESCAPE_SEQUENCE
                                : reason.startsWith("Look-behind")
                                    ? MySqlError.ER_REGEXP_LOOK_BEHIND_LIMIT
                                    : MySqlError.ER_REGEXP_RULE_SYNTAX;
    return error == MySqlError.ER_REGEXP_RULE_SYNTAX
        ? error.exception(1, Math.max(1, e.getIndex() + 1))
        : error.exception();
  }

  Matcher matcher(String text, Frame frame) {
    return pattern.matcher(new Watched(text, frame));
  }

  static boolean find(Matcher matcher) {
    return find(matcher, "");
  }

  /** The next match in {@code text}; an empty one within a character of two units is none. */
  static boolean find(Matcher matcher, String text) {
    try {
      boolean found = matcher.find();
      while (found
          && isWithinCharacter(text, matcher.start())
          && matcher.start() == matcher.end()) {
        found = matcher.find();
      }
      return found;
    } catch (StackOverflowError e) {
      throw MySqlError.ER_REGEXP_STACK_OVERFLOW.exception();
    }
  }

  private static boolean isWithinCharacter(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  /** Text that counts how often it is looked at: a pattern that explodes ends with an error, and KILL ends it. */
  private static final class Watched implements CharSequence {
    private final String text;
    private final Frame frame;
    private long steps;

    Watched(String text, Frame frame) {
      this.text = text;
      this.frame = frame;
    }

    @Override
    public char charAt(int index) {
      if (++steps % STEPS_BETWEEN_CHECKS == 0) {
        frame.statement.checkKilled();
        if (steps > STEPS_MAX) {
          throw MySqlError.ER_REGEXP_TIME_OUT.exception();
        }
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
