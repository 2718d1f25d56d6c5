package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.operator.CollationMix;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.util.List;

/** LPAD, RPAD, REPEAT and SPACE: strings made as long as asked for. Stateless. */
final class PaddingFunctions {
  private PaddingFunctions() {}

  static void register() {
    Registry.add("lpad", 3, (n, a, s) -> pad(n, a, s, true));
    Registry.add("rpad", 3, (n, a, s) -> pad(n, a, s, false));
    Registry.add("repeat", 2, PaddingFunctions::repeat);
    Registry.add("space", 1, PaddingFunctions::space);
  }

  private static Expression pad(
      String name, List<Expression> a, BindSettings settings, boolean atLeft) {
    List<Expression> sources = List.of(a.get(0), a.get(2));
    CollationMix mix = CollationMix.ofResult(sources, name, settings);
    boolean bytes = mix.collation().equals(Collations.BINARY);
    int widest = mix.collation().characterSet().bytesPerCharacterMax();
    return StringFunctions.text(
        name,
        a,
        sources,
        StringFunctions.constantLength(a.get(1), StringFunctions.RESULT_CHARACTERS_MAX),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long length = x[1].evaluateLong(f);
          if (f.isNull || length < 0) {
            return null;
          }
          Slice fill = x[2].evaluateBytes(f);
          if (fill == null) {
            return null;
          }
          int own = Chars.length(s, bytes);
          if (length <= own) {
            return s.sub(0, Chars.offset(s, length, bytes));
          }
          // as if each character took as many bytes as one may
          long most = Math.min(length, Integer.MAX_VALUE) * widest;
          // text is kept as UTF-8 whatever its character set: what no array holds fits no packet
          // either
          long kept = keptBytes(s, Math.min(length, Integer.MAX_VALUE) - own, fill, bytes);
          most = kept > Integer.MAX_VALUE - 64 ? Math.max(most, kept) : most;
          return Chars.fits(most, name, f) ? pad(s, length - own, fill, bytes, atLeft) : null;
        });
  }

  private static long keptBytes(Slice s, long missing, Slice fill, boolean bytes) {
    int each = Math.max(1, Chars.length(fill, bytes));
    return s.length() + (missing / each + 1) * fill.length();
  }

  private static Slice pad(Slice s, long missing, Slice fill, boolean bytes, boolean atLeft) {
    if (fill.length() == 0) {
      return s;
    }
    int each = Chars.length(fill, bytes);
    Slice whole = fill.repeated((int) (missing / each));
    Slice rest = fill.sub(0, Chars.offset(fill, missing % each, bytes));
    TextBuffer out = new TextBuffer(s.length() + whole.length() + rest.length());
    if (!atLeft) {
      out.append(s);
    }
    out.append(whole);
    out.append(rest);
    if (atLeft) {
      out.append(s);
    }
    return out.toSlice();
  }

  private static Expression repeat(String name, List<Expression> a, BindSettings settings) {
    long times = StringFunctions.constantLength(a.get(1), StringFunctions.RESULT_CHARACTERS_MAX);
    return StringFunctions.text(
        name,
        a,
        a.subList(0, 1),
        times * Types.characters(a.getFirst()),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          long n = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          if (n <= 0 || s.length() == 0) {
            return Slice.EMPTY;
          }
          if (n > Integer.MAX_VALUE || !Chars.fits(n * s.length(), name, f)) {
            return null;
          }
          return s.repeated((int) n);
        });
  }

  private static Expression space(String name, List<Expression> a, BindSettings settings) {
    Expression blank = Literals.ofText(" ", settings.connectionCollation());
    return repeat(name, List.of(blank, a.getFirst()), settings);
  }
}
