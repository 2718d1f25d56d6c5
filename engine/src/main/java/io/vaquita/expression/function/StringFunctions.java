package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.expression.operator.CollationMix;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CONCAT, SUBSTRING, TRIM and their like: strings out of strings. Stateless. */
final class StringFunctions {
  static final long RESULT_CHARACTERS_MAX = 16_777_216;

  private StringFunctions() {}

  static void register() {
    Registry.add("concat", 1, Registry.ANY, StringFunctions::concat);
    Registry.add("concat_ws", 2, Registry.ANY, StringFunctions::concatWithSeparator);
    for (String name : List.of("substring", "substr", "mid")) {
      Registry.add(name, name.equals("mid") ? 3 : 2, 3, StringFunctions::substring);
    }
    Registry.add("left", 2, StringFunctions::left);
    Registry.add("right", 2, StringFunctions::right);
    Registry.add("reverse", 1, StringFunctions::reverse);
    Registry.add("insert", 4, StringFunctions::insert);
    Registry.add("ltrim", 1, (n, a, s) -> trim("LEADING", null, a.getFirst(), s));
    Registry.add("rtrim", 1, (n, a, s) -> trim("TRAILING", null, a.getFirst(), s));
    Registry.add("trim", 1, (n, a, s) -> trim("BOTH", null, a.getFirst(), s));
    for (String name : List.of("upper", "ucase")) {
      Registry.add(name, 1, (n, a, s) -> mapCase("upper", a, s, true));
    }
    for (String name : List.of("lower", "lcase")) {
      Registry.add(name, 1, (n, a, s) -> mapCase("lower", a, s, false));
    }
    Registry.add("elt", 2, Registry.ANY, StringFunctions::elt);
    Registry.add("make_set", 2, Registry.ANY, StringFunctions::makeSet);
    Registry.add("export_set", 3, 5, StringFunctions::exportSet);
  }

  /** A text result in the collation that {@code sources} mix to. */
  static Expression text(
      String name,
      List<Expression> arguments,
      List<Expression> sources,
      long characters,
      BindSettings settings,
      Calls.TextBody body) {
    CollationMix mix = CollationMix.ofResult(sources, name, settings);
    return Calls.ofText(
        Head.of(name, arguments),
        TextTypes.of(Math.min(characters, RESULT_CHARACTERS_MAX), mix.collation()),
        body,
        mix.coercibility());
  }

  private static Expression concat(String name, List<Expression> a, BindSettings settings) {
    long characters = 0;
    for (Expression e : a) {
      characters += Types.characters(e);
    }
    return text(name, a, a, characters, settings, StringFunctions::concatenate);
  }

  private static @Nullable Slice concatenate(Frame frame, Expression[] x) {
    if (x.length == 1) {
      return x[0].evaluateBytes(frame);
    }
    Slice[] parts = new Slice[x.length];
    long length = 0;
    for (int i = 0; i < x.length; i++) {
      Slice part = x[i].evaluateBytes(frame);
      if (part == null) {
        return null;
      }
      parts[i] = part;
      length += part.length();
    }
    if (!Chars.fits(length, "concat", frame)) {
      return null;
    }
    byte[] out = new byte[(int) length];
    int at = 0;
    for (Slice part : parts) {
      System.arraycopy(part.array(), part.offset(), out, at, part.length());
      at += part.length();
    }
    return Slice.of(out);
  }

  private static Expression concatWithSeparator(
      String name, List<Expression> a, BindSettings settings) {
    long characters = (a.size() - 2) * Types.characters(a.getFirst());
    for (Expression e : a.subList(1, a.size())) {
      characters += Types.characters(e);
    }
    return text(
        name,
        a,
        a,
        characters,
        settings,
        (f, x) -> {
          Slice separator = x[0].evaluateBytes(f);
          if (separator == null) {
            return null;
          }
          TextBuffer out = new TextBuffer(64);
          boolean first = true;
          for (int i = 1; i < x.length; i++) {
            Slice part = x[i].evaluateBytes(f);
            if (part == null) {
              continue;
            }
            if (!first) {
              out.append(separator);
            }
            first = false;
            out.append(part);
          }
          return Chars.fits(out.length(), name, f) ? out.toSlice() : null;
        });
  }

  private static Expression substring(String name, List<Expression> a, BindSettings settings) {
    boolean bytes = Types.isBytes(a.getFirst());
    return text(
        name.equals("mid") ? name : "substr",
        a,
        a.subList(0, 1),
        a.size() > 2
            ? shorter(a.get(2), Types.characters(a.getFirst()))
            : Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long from = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          long count = x.length > 2 ? x[2].evaluateLong(f) : Long.MAX_VALUE;
          if (f.isNull) {
            return null;
          }
          if (x.length > 2 && x[2].type().unsigned() && count < 0) {
            count = Long.MAX_VALUE;
          }
          return substring(s, from, count, bytes);
        });
  }

  private static Slice substring(Slice s, long from, long count, boolean bytes) {
    if (from == 0 || count <= 0) {
      return Slice.EMPTY;
    }
    long start = from - 1;
    if (from < 0) {
      start = Chars.length(s, bytes) + from;
      if (start < 0) {
        return Slice.EMPTY;
      }
    }
    int begin = Chars.offset(s, start, bytes);
    Slice rest = s.sub(begin, s.length());
    return rest.sub(0, Chars.offset(rest, count, bytes));
  }

  private static Expression left(String name, List<Expression> a, BindSettings settings) {
    boolean bytes = Types.isBytes(a.getFirst());
    return text(
        name,
        a,
        a.subList(0, 1),
        shorter(a.get(1), Types.characters(a.getFirst())),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long count = x[1].evaluateLong(f);
          return f.isNull ? null : s.sub(0, count <= 0 ? 0 : Chars.offset(s, count, bytes));
        });
  }

  private static Expression right(String name, List<Expression> a, BindSettings settings) {
    boolean bytes = Types.isBytes(a.getFirst());
    return text(
        name,
        a,
        a.subList(0, 1),
        shorter(a.get(1), Types.characters(a.getFirst())),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long count = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          long skipped = Chars.length(s, bytes) - Math.max(0, count);
          return skipped <= 0 ? s : s.sub(Chars.offset(s, skipped, bytes), s.length());
        });
  }

  /** A literal count limits the result's type. */
  static long constantLength(Expression count, long otherwise) {
    return count instanceof io.vaquita.expression.LiteralExpression l
            && l.value() instanceof io.vaquita.value.Value.LongValue v
        ? Math.clamp(v.value(), 0, RESULT_CHARACTERS_MAX)
        : otherwise;
  }

  /** As {@link #constantLength}, but never more than {@code most}. */
  private static long shorter(Expression count, long most) {
    return Math.min(most, constantLength(count, most));
  }

  private static Expression reverse(String name, List<Expression> a, BindSettings settings) {
    boolean bytes = Types.isBytes(a.getFirst());
    return text(
        name,
        a,
        a,
        Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          byte[] out = new byte[s.length()];
          int to = out.length;
          for (int from = 0; from < out.length; ) {
            int width = bytes ? 1 : Math.min(io.vaquita.value.Utf8.width(s.byteAt(from)), to);
            to -= width;
            System.arraycopy(s.array(), s.offset() + from, out, to, width);
            from += width;
          }
          return Slice.of(out);
        });
  }

  private static Expression insert(String name, List<Expression> a, BindSettings settings) {
    List<Expression> sources = List.of(a.get(0), a.get(3));
    boolean bytes =
        CollationMix.ofResult(sources, name, settings).collation().equals(Collations.BINARY);
    return text(
        name,
        a,
        sources,
        Types.characters(a.get(0)) + Types.characters(a.get(3)),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long from = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          long count = x[2].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          Slice part = x[3].evaluateBytes(f);
          if (part == null) {
            return null;
          }
          int length = Chars.length(s, bytes);
          if (from < 1 || from > length) {
            return s;
          }
          int begin = Chars.offset(s, from - 1, bytes);
          boolean toEnd = count < 0 || count > length - (from - 1);
          int end = toEnd ? s.length() : Chars.offset(s, from - 1 + count, bytes);
          TextBuffer out = new TextBuffer(s.length() + part.length());
          out.append(s.sub(0, begin));
          out.append(part);
          out.append(s.sub(end, s.length()));
          return out.toSlice();
        });
  }

  static Expression trim(
      String side, @Nullable Expression remove, Expression text, BindSettings settings) {
    String name =
        remove == null && !side.equals("BOTH")
            ? side.equals("LEADING") ? "ltrim" : "rtrim"
            : "trim";
    List<Expression> arguments = remove == null ? List.of(text) : List.of(text, remove);
    boolean leading = !side.equals("TRAILING");
    boolean trailing = !side.equals("LEADING");
    Slice blank = Slice.utf8(" ");
    return text(
        name,
        arguments,
        arguments,
        Types.characters(text),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          Slice part = x.length > 1 ? x[1].evaluateBytes(f) : blank;
          return part == null ? null : trim(s, part, leading, trailing);
        });
  }

  private static Slice trim(Slice s, Slice part, boolean leading, boolean trailing) {
    int n = part.length();
    if (n == 0) {
      return s;
    }
    int begin = 0;
    int end = s.length();
    while (leading && begin + n <= end && Chars.startsWith(s, part, begin)) {
      begin += n;
    }
    while (trailing && end - n >= begin && Chars.startsWith(s, part, end - n)) {
      end -= n;
    }
    return s.sub(begin, end);
  }

  private static Expression mapCase(
      String name, List<Expression> a, BindSettings settings, boolean upper) {
    boolean bytes = Types.isBytes(a.getFirst());
    return text(
        name,
        a,
        a,
        Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          return s == null ? null : upper ? Chars.upper(s, bytes) : Chars.lower(s, bytes);
        });
  }

  private static Expression elt(String name, List<Expression> a, BindSettings settings) {
    List<Expression> sources = a.subList(1, a.size());
    long characters = 0;
    for (Expression e : sources) {
      characters = Math.max(characters, Types.characters(e));
    }
    return text(
        name,
        a,
        sources,
        characters,
        settings,
        (f, x) -> {
          long n = x[0].evaluateLong(f);
          return f.isNull || n < 1 || n >= x.length ? null : x[(int) n].evaluateBytes(f);
        });
  }

  private static Expression makeSet(String name, List<Expression> a, BindSettings settings) {
    List<Expression> sources = a.subList(1, a.size());
    long characters = sources.size() - 1L;
    for (Expression e : sources) {
      characters += Types.characters(e);
    }
    return text(
        name,
        a,
        sources,
        characters,
        settings,
        (f, x) -> {
          long bits = x[0].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          TextBuffer out = new TextBuffer(32);
          boolean any = false;
          for (int i = 1; i < x.length && i <= Long.SIZE; i++) {
            Slice part = (bits >>> i - 1 & 1) == 0 ? null : x[i].evaluateBytes(f);
            if (part != null) {
              if (any) {
                out.append((byte) ',');
              }
              any = true;
              out.append(part);
            }
          }
          return out.toSlice();
        });
  }

  private static Expression exportSet(String name, List<Expression> a, BindSettings settings) {
    List<Expression> sources = a.subList(1, Math.min(4, a.size()));
    long each =
        Math.max(Types.characters(a.get(1)), Types.characters(a.get(2)))
            + (a.size() > 3 ? Types.characters(a.get(3)) : 1);
    return text(
        name,
        a,
        sources,
        each * Long.SIZE,
        settings,
        (f, x) -> {
          long bits = x[0].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          Slice on = x[1].evaluateBytes(f);
          Slice off = x[2].evaluateBytes(f);
          Slice separator = x.length > 3 ? x[3].evaluateBytes(f) : Slice.utf8(",");
          long count = x.length > 4 ? x[4].evaluateLong(f) : Long.SIZE;
          boolean noCount = x.length > 4 && f.isNull;
          if (on == null || off == null || separator == null || noCount) {
            return null;
          }
          int n = count < 0 || count > Long.SIZE ? Long.SIZE : (int) count;
          TextBuffer out = new TextBuffer(128);
          for (int i = 0; i < n; i++) {
            if (i > 0) {
              out.append(separator);
            }
            out.append((bits >>> i & 1) != 0 ? on : off);
          }
          return out.toSlice();
        });
  }

  /** ASCII text of the server's own making, in the session's collation. */
  static Expression ascii(Head head, long characters, BindSettings settings, Calls.TextBody body) {
    DataType type = TextTypes.of(characters, settings.connectionCollation());
    return Calls.ofText(head, type, body, Coercibility.COERCIBLE);
  }
}
