package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.expression.operator.CollationMix;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.expression.operator.ResultTypes;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import java.util.ArrayList;
import java.util.List;

/** LOCATE, FIND_IN_SET, REPLACE, LENGTH and their like: what is where in a string. Stateless. */
final class StringSearchFunctions {
  private StringSearchFunctions() {}

  static void register() {
    Registry.add("length", 1, (n, a, s) -> length(n, a, 1));
    Registry.add("octet_length", 1, (n, a, s) -> length("length", a, 1));
    Registry.add("bit_length", 1, (n, a, s) -> length(n, a, 8));
    Registry.add("char_length", 1, (n, a, s) -> characters(a));
    Registry.add("character_length", 1, (n, a, s) -> characters(a));
    Registry.add("ascii", 1, (n, a, s) -> ascii(a));
    Registry.add("ord", 1, (n, a, s) -> ord(a));
    Registry.add("locate", 2, 3, (n, a, s) -> locate(n, a, 1, 0, s));
    Registry.add("position", 2, (n, a, s) -> locate("locate", a, 1, 0, s));
    Registry.add("instr", 2, (n, a, s) -> locate(n, a, 0, 1, s));
    Registry.add("find_in_set", 2, StringSearchFunctions::findInSet);
    Registry.add("field", 2, Registry.ANY, StringSearchFunctions::field);
    Registry.add("strcmp", 2, StringSearchFunctions::strcmp);
    Registry.add("replace", 3, StringSearchFunctions::replace);
    Registry.add("substring_index", 3, StringSearchFunctions::substringIndex);
  }

  private static Expression length(String name, List<Expression> a, int factor) {
    return Calls.ofLong(
        Head.strict(name, a),
        Types.INTEGER,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          return s == null ? 0 : (long) Types.encoded(x[0], s).length() * factor;
        });
  }

  private static Expression characters(List<Expression> a) {
    boolean bytes = Types.isBytes(a.getFirst());
    return Calls.ofLong(
        Head.strict("char_length", a),
        Types.INTEGER,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          return s == null ? 0 : Chars.length(s, bytes);
        });
  }

  private static Expression ascii(List<Expression> a) {
    return Calls.ofLong(
        Head.strict("ascii", a),
        Types.bigint(4, false),
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null || s.length() == 0) {
            return 0;
          }
          return Types.encoded(x[0], s).byteAt(0) & 0xFF;
        });
  }

  /** The bytes of the first character as one number. */
  private static Expression ord(List<Expression> a) {
    boolean bytes = Types.isBytes(a.getFirst());
    return Calls.ofLong(
        Head.strict("ord", a),
        Types.BIGINT,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null || s.length() == 0) {
            return 0;
          }
          Slice first = bytes ? s.sub(0, 1) : Types.encoded(x[0], Utf8.prefix(s, 1));
          long v = 0;
          for (int i = 0; i < first.length(); i++) {
            v = v << 8 | first.byteAt(i) & 0xFF;
          }
          return v;
        });
  }

  /** The text is searched in its own collation, whatever the part's is, so nothing can be an illegal mix. */
  private static Expression locate(
      String name, List<Expression> a, int textAt, int partAt, BindSettings settings) {
    Collation collation = CollationMix.ofResult(List.of(a.get(textAt)), name, settings).collation();
    return Calls.ofLong(
        Head.strict(name, a),
        Types.INTEGER,
        (f, x) -> {
          Slice text = x[textAt].evaluateBytes(f);
          if (text == null) {
            return 0;
          }
          Slice part = x[partAt].evaluateBytes(f);
          if (part == null) {
            return 0;
          }
          if (collation.equals(Collations.BINARY)) {
            part = Types.encoded(x[partAt], part);
          }
          long from = x.length > 2 ? x[2].evaluateLong(f) : 1;
          return f.isNull || from < 1 ? 0 : locate(text, part, from, collation);
        });
  }

  /** Position of the first match from character {@code from} on, counted from 1; 0 for none. */
  static long locate(Slice text, Slice part, long from, Collation collation) {
    boolean bytes = collation.equals(Collations.BINARY);
    if (from - 1 > Chars.length(text, bytes)) {
      return 0;
    }
    int at = Chars.offset(text, from - 1, bytes);
    for (long position = from; ; position++) {
      if (matches(text, at, part, collation, bytes)) {
        return position;
      }
      if (at >= text.length()) {
        return 0;
      }
      at += bytes ? 1 : Utf8.width(text.byteAt(at));
    }
  }

  private static boolean matches(
      Slice text, int at, Slice part, Collation collation, boolean bytes) {
    if (bytes) {
      return Chars.startsWith(text, part, at);
    }
    int i = at;
    int j = 0;
    while (j < part.length()) {
      if (i >= text.length()) {
        return false;
      }
      byte x = text.byteAt(i);
      byte y = part.byteAt(j);
      int a = x >= 0 ? x : codePoint(text, i);
      int b = y >= 0 ? y : codePoint(part, j);
      if (a != b && !collation.sameCharacter(a, b)) {
        return false;
      }
      i += Utf8.width(x);
      j += Utf8.width(y);
    }
    return true;
  }

  private static int codePoint(Slice s, int at) {
    return Utf8.codePoint(s.array(), s.offset() + at, s.offset() + s.length());
  }

  private static Expression findInSet(String name, List<Expression> a, BindSettings settings) {
    Collation collation = CollationMix.of(a, name, settings).collation();
    return Calls.ofLong(
        Head.strict(name, a),
        Types.INTEGER,
        (f, x) -> {
          Slice wanted = x[0].evaluateBytes(f);
          if (wanted == null) {
            return 0;
          }
          Slice list = x[1].evaluateBytes(f);
          return list == null ? 0 : findInSet(wanted, list, collation);
        });
  }

  private static long findInSet(Slice wanted, Slice list, Collation collation) {
    if (list.length() == 0) {
      return 0;
    }
    int begin = 0;
    for (long position = 1; ; position++) {
      int end = begin;
      while (end < list.length() && list.byteAt(end) != ',') {
        end++;
      }
      if (collation.compare(list.sub(begin, end), wanted) == 0) {
        return position;
      }
      if (end >= list.length()) {
        return 0;
      }
      begin = end + 1;
    }
  }

  /** The position of the first argument among the others; all compare in their common domain. */
  private static Expression field(String name, List<Expression> a, BindSettings settings) {
    DataType common = ResultTypes.of(a, name, settings);
    boolean asIs = a.stream().allMatch(e -> e.type().domain() == common.domain() || isNull(e));
    if (asIs && common.domain() == TypeKind.Domain.STRING && Types.isText(a.getFirst())) {
      return fieldOfText(name, a, settings);
    }
    List<Comparison> comparisons = new ArrayList<>();
    Expression first = asIs ? a.getFirst() : numeric(a, a.getFirst());
    for (Expression e : a.subList(1, a.size())) {
      Expression other = asIs ? e : numeric(a, e);
      if (Operators.compare(ComparisonOperator.EQUAL, first, other, settings)
          instanceof Comparison c) {
        comparisons.add(c);
      }
    }
    return Calls.ofLong(
        Head.of(name, List.<Expression>copyOf(comparisons)).notNull(),
        Types.INTEGER,
        (f, x) -> {
          long position = 0;
          for (int i = 0; i < x.length; i++) {
            if (x[i].evaluateBoolean(f)) {
              position = i + 1L;
              break;
            }
          }
          f.isNull = false;
          return position;
        });
  }

  /** Strings compare in the first one's collation. */
  private static Expression fieldOfText(String name, List<Expression> a, BindSettings settings) {
    Collation collation = CollationMix.ofResult(List.of(a.getFirst()), name, settings).collation();
    return Calls.ofLong(
        Head.of(name, a).notNull(),
        Types.INTEGER,
        (f, x) -> {
          Slice wanted = x[0].evaluateBytes(f);
          long position = 0;
          for (int i = 1; i < x.length && wanted != null && position == 0; i++) {
            Slice other = x[i].evaluateBytes(f);
            position = other != null && collation.compare(wanted, other) == 0 ? i : 0;
          }
          f.isNull = false;
          return position;
        });
  }

  /** In a mix of strings and numbers all are read as DOUBLE. */
  private static Expression numeric(List<Expression> all, Expression e) {
    boolean anyText = all.stream().anyMatch(Types::isText);
    boolean allText = all.stream().allMatch(o -> Types.isText(o) || isNull(o));
    return anyText && !allText ? Operators.convertTo(e, DataType.DOUBLE) : e;
  }

  /** NULL itself counts as a string. */
  private static boolean isNull(Expression e) {
    return e.type().domain() == TypeKind.Domain.NULL;
  }

  private static Expression strcmp(String name, List<Expression> a, BindSettings settings) {
    Collation collation = CollationMix.of(a, name, settings).collation();
    return Calls.ofLong(
        Head.strict(name, a),
        Types.bigint(2, false),
        (f, x) -> {
          Slice left = x[0].evaluateBytes(f);
          if (left == null) {
            return 0;
          }
          Slice right = x[1].evaluateBytes(f);
          return right == null ? 0 : Integer.signum(collation.compare(left, right));
        });
  }

  private static Expression replace(String name, List<Expression> a, BindSettings settings) {
    long grown = Types.characters(a.get(2)) - Types.characters(a.get(1));
    long characters = Types.characters(a.getFirst());
    if (grown > 0) {
      long most = Types.characters(a.get(1)) == 0 ? 0 : characters / Types.characters(a.get(1));
      characters += most * grown;
    }
    return StringFunctions.text(
        name,
        a,
        a,
        characters,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          Slice from = x[1].evaluateBytes(f);
          if (from == null) {
            return null;
          }
          Slice to = x[2].evaluateBytes(f);
          return to == null ? null : replace(s, from, to, f);
        });
  }

  private static @org.jspecify.annotations.Nullable Slice replace(
      Slice s, Slice from, Slice to, Frame frame) {
    int at = from.length() == 0 ? -1 : Chars.indexOf(s, from, 0);
    if (at < 0) {
      return s;
    }
    TextBuffer out = new TextBuffer(s.length() + to.length());
    int done = 0;
    for (; at >= 0; at = Chars.indexOf(s, from, done)) {
      out.append(s.sub(done, at));
      out.append(to);
      done = at + from.length();
    }
    out.append(s.sub(done, s.length()));
    return Chars.fits(out.length(), "replace", frame) ? out.toSlice() : null;
  }

  private static Expression substringIndex(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.text(
        name,
        a,
        a.subList(0, 2),
        Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          Slice delimiter = x[1].evaluateBytes(f);
          if (delimiter == null) {
            return null;
          }
          long count = x[2].evaluateLong(f);
          return f.isNull ? null : substringIndex(s, delimiter, count);
        });
  }

  private static Slice substringIndex(Slice s, Slice delimiter, long count) {
    if (delimiter.length() == 0 || count == 0) {
      return Slice.EMPTY;
    }
    if (count > 0) {
      int at = -delimiter.length();
      for (long n = count; n > 0; n--) {
        at = Chars.indexOf(s, delimiter, at + delimiter.length());
        if (at < 0) {
          return s;
        }
      }
      return s.sub(0, at);
    }
    int at = s.length();
    for (long n = count; n < 0; n++) {
      at = Chars.lastIndexOf(s, delimiter, at);
      if (at < 0) {
        return s;
      }
    }
    return s.sub(at + delimiter.length(), s.length());
  }
}
