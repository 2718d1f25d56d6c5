package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.expression.operator.CollationMix;
import io.vaquita.expression.operator.Operators;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** REGEXP_LIKE, REGEXP_INSTR, REGEXP_SUBSTR, REGEXP_REPLACE, and REGEXP over them. Stateless. */
final class RegexpFunctions {
  private static final long REPLACED_CHARACTERS_MAX = 16_777_216;

  private RegexpFunctions() {}

  static void register() {
    Registry.add("regexp_like", 2, 3, RegexpFunctions::like);
    Registry.add("regexp_instr", 2, 6, RegexpFunctions::instr);
    Registry.add("regexp_substr", 2, 5, RegexpFunctions::substr);
    Registry.add("regexp_replace", 3, 6, RegexpFunctions::replace);
  }

  static Expression regexp(
      Expression text, Expression pattern, boolean negated, BindSettings settings) {
    Expression like = like("regexp_like", List.of(text, pattern), settings);
    return negated ? Operators.not(like) : like;
  }

  /** Compiles the pattern: once a statement where it and the match type are constant. */
  private static final class Source {
    private final String name;
    private final int matchTypeAt;
    private final boolean ignoresCase;
    private final boolean isConstant;

    Source(String name, List<Expression> a, int matchTypeAt, BindSettings settings) {
      this.name = name;
      this.matchTypeAt = matchTypeAt;
      checkSets(name, a.get(0), a.get(1));
      Collation collation = CollationMix.of(a.subList(0, 2), name, settings).collation();
      this.ignoresCase = collation.name().contains("_ci");
      this.isConstant =
          Expressions.isStatementConstant(a.get(1))
              && (a.size() <= matchTypeAt || Expressions.isStatementConstant(a.get(matchTypeAt)));
    }

    /** Bytes match bytes only. */
    private static void checkSets(String name, Expression text, Expression pattern) {
      if (Types.isText(text)
          && Types.isText(pattern)
          && Types.isBytes(text) != Types.isBytes(pattern)) {
        throw MySqlError.ER_CHARACTER_SET_MISMATCH.exception(
            text.type().collation().name(), pattern.type().collation().name(), name);
      }
    }

    /** Null where the pattern or the match type is NULL. */
    @Nullable RegexpPattern pattern(Frame frame, Expression[] x) {
      if (!isConstant) {
        return compile(frame, x);
      }
      Compiled compiled = frame.statement.state(this, () -> new Compiled(compile(frame, x)));
      return compiled.pattern();
    }

    private @Nullable RegexpPattern compile(Frame frame, Expression[] x) {
      Slice pattern = x[1].evaluateBytes(frame);
      if (pattern == null) {
        return null;
      }
      String matchType = "";
      if (x.length > matchTypeAt) {
        Slice given = x[matchTypeAt].evaluateBytes(frame);
        if (given == null) {
          return null;
        }
        matchType = given.toUtf8();
      }
      return RegexpPattern.compile(pattern.toUtf8(), matchType, ignoresCase, name);
    }
  }

  private record Compiled(@Nullable RegexpPattern pattern) {}

  private static Expression like(String name, List<Expression> a, BindSettings settings) {
    Source source = new Source(name, a, 2, settings);
    return Calls.ofLong(
        Head.strict(name, a),
        DataType.BOOLEAN,
        (f, x) -> {
          Matcher matcher = matcher(source, f, x);
          return matcher != null && RegexpPattern.find(matcher) ? 1 : 0;
        });
  }

  private static @Nullable Matcher matcher(Source source, Frame frame, Expression[] x) {
    Slice text = x[0].evaluateBytes(frame);
    if (text == null) {
      return null;
    }
    RegexpPattern pattern = source.pattern(frame, x);
    frame.isNull = pattern == null;
    return pattern == null ? null : pattern.matcher(text.toUtf8(), frame);
  }

  /** A number argument, {@code otherwise} where it is not given. */
  private static long number(Expression[] x, int at, long otherwise, Frame frame) {
    return at < x.length ? x[at].evaluateLong(frame) : otherwise;
  }

  /** Moves to the wanted match from character {@code position} on; false when there is none. */
  private static boolean findFrom(
      Matcher matcher, String text, long position, long occurrence, boolean reports) {
    int characters = text.codePointCount(0, text.length());
    if (position < 1 || position > characters + (reports ? 0 : 1)) {
      if (position < 1 || position > characters + 1 || characters > 0) {
        throw MySqlError.ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR.exception();
      }
    }
    matcher.region(
        text.offsetByCodePoints(0, (int) Math.min(position - 1, characters)), text.length());
    matcher.useAnchoringBounds(false);
    matcher.useTransparentBounds(true);
    for (long n = Math.max(1, occurrence); n > 0; n--) {
      if (!RegexpPattern.find(matcher, text)) {
        return false;
      }
    }
    return true;
  }

  private static Expression instr(String name, List<Expression> a, BindSettings settings) {
    Source source = new Source(name, a, 5, settings);
    return Calls.ofLong(
        Head.strict(name, a),
        Types.BIGINT,
        (f, x) -> {
          Matcher matcher = matcher(source, f, x);
          if (matcher == null) {
            return 0;
          }
          long position = number(x, 2, 1, f);
          boolean missing = f.isNull;
          long occurrence = number(x, 3, 1, f);
          missing |= f.isNull;
          long option = number(x, 4, 0, f);
          if (missing || f.isNull) {
            f.isNull = true;
            return 0;
          }
          if (option != 0 && option != 1) {
            throw MySqlError.ER_WRONG_ARGUMENTS.exception(
                "regexp_instr: return_option must be 1 or 0.");
          }
          String text = text(x[0], f);
          if (!findFrom(matcher, text, position, occurrence, true)) {
            return 0;
          }
          int at = option == 0 ? matcher.start() : matcher.end();
          return text.codePointCount(0, at) + 1L;
        });
  }

  private static String text(Expression e, Frame frame) {
    Slice text = e.evaluateBytes(frame);
    return text == null ? "" : text.toUtf8();
  }

  private static Expression substr(String name, List<Expression> a, BindSettings settings) {
    Source source = new Source(name, a, 4, settings);
    return StringFunctions.text(
        name,
        a,
        a.subList(0, 1),
        Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Matcher matcher = matcher(source, f, x);
          if (matcher == null) {
            return null;
          }
          long position = number(x, 2, 1, f);
          boolean missing = f.isNull;
          long occurrence = number(x, 3, 1, f);
          if (missing || f.isNull) {
            return null;
          }
          return findFrom(matcher, text(x[0], f), position, occurrence, true)
              ? Slice.utf8(matcher.group())
              : null;
        });
  }

  private static Expression replace(String name, List<Expression> a, BindSettings settings) {
    Source source = new Source(name, a, 5, settings);
    CollationMix mix = CollationMix.ofResult(a.subList(0, 3), name, settings);
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of(REPLACED_CHARACTERS_MAX, mix.collation()),
        (f, x) -> {
          Matcher matcher = matcher(source, f, x);
          if (matcher == null) {
            return null;
          }
          Slice replacement = x[2].evaluateBytes(f);
          if (replacement == null) {
            return null;
          }
          long position = number(x, 3, 1, f);
          boolean missing = f.isNull;
          long occurrence = number(x, 4, 0, f);
          if (missing || f.isNull) {
            return null;
          }
          return Slice.utf8(
              replace(matcher, text(x[0], f), replacement.toUtf8(), position, occurrence));
        },
        mix.coercibility());
  }

  /** {@code occurrence} 0: all. */
  private static String replace(
      Matcher matcher, String text, String replacement, long position, long occurrence) {
    if (!findFrom(matcher, text, position, occurrence, false)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    try {
      if (occurrence > 0) {
        StringBuilder head = new StringBuilder();
        matcher.appendReplacement(head, replacement);
        int headLength = matcher.start();
        String replaced = expansion(matcher, replacement, head.toString());
        out.append(text, 0, headLength).append(replaced);
        return out.append(text, matcher.end(), text.length()).toString();
      }
      do {
        matcher.appendReplacement(out, replacement);
      } while (RegexpPattern.find(matcher, text));
      return matcher.appendTail(out).toString();
    } catch (IndexOutOfBoundsException e) {
      throw MySqlError.ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR.exception();
    } catch (IllegalArgumentException e) {
      throw MySqlError.ER_REGEXP_ILLEGAL_ARGUMENT.exception();
    }
  }

  /** What the replacement became for this match: the end of what appendReplacement wrote. */
  private static String expansion(Matcher matcher, String replacement, String written) {
    int copied = matcher.start();
    return written.length() >= copied && !replacement.isEmpty() ? written.substring(copied) : "";
  }
}
