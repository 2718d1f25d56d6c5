package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.HexNumber;
import io.vaquita.expression.NumericTypes;
import io.vaquita.expression.NumericTypes.Context;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** HEX, CONV, FORMAT, QUOTE, TO_BASE64 and their like: values in other notations. Stateless. */
final class StringFormatFunctions {
  /** How FORMAT writes numbers in a locale; the first five letters decide. */
  private record Notation(String point, String group) {}

  private static final Notation ENGLISH = new Notation(".", ",");

  private static final Map<String, Notation> NOTATIONS =
      Map.ofEntries(
          Map.entry("de_DE", new Notation(",", ".")),
          Map.entry("de_AT", new Notation(",", "")),
          Map.entry("de_CH", new Notation(".", "'")),
          Map.entry("fr_FR", new Notation(",", "")),
          Map.entry("es_ES", new Notation(",", "")),
          Map.entry("it_IT", new Notation(",", "")),
          Map.entry("nl_NL", new Notation(",", "")),
          Map.entry("pt_BR", new Notation(",", ".")),
          Map.entry("pt_PT", new Notation(",", "")),
          Map.entry("da_DK", new Notation(",", ".")),
          Map.entry("nb_NO", new Notation(",", ".")),
          Map.entry("sv_SE", new Notation(",", " ")),
          Map.entry("ru_RU", new Notation(",", ".")),
          Map.entry("pl_PL", new Notation(",", "")),
          Map.entry("tr_TR", new Notation(",", ".")),
          Map.entry("en_US", ENGLISH),
          Map.entry("en_GB", ENGLISH),
          Map.entry("en_AU", ENGLISH),
          Map.entry("en_CA", ENGLISH),
          Map.entry("en_IN", ENGLISH),
          Map.entry("ja_JP", ENGLISH),
          Map.entry("zh_CN", ENGLISH),
          Map.entry("zh_TW", ENGLISH),
          Map.entry("ko_KR", ENGLISH));

  private static final int BASE64_LINE = 76;
  private static final int FORMAT_DECIMALS_MAX = 30;

  private StringFormatFunctions() {}

  static void register() {
    Registry.add("hex", 1, StringFormatFunctions::hex);
    Registry.add("unhex", 1, StringFormatFunctions::unhex);
    Registry.add("bin", 1, (n, a, s) -> inBase("bin", a, 2, s));
    Registry.add("oct", 1, (n, a, s) -> inBase("oct", a, 8, s));
    Registry.add("conv", 3, StringFormatFunctions::conv);
    Registry.add("char", 1, Registry.ANY, (n, a, s) -> charUsing(a, null));
    Registry.add("format", 2, 3, StringFormatFunctions::format);
    Registry.add("quote", 1, StringFormatFunctions::quote);
    Registry.add("soundex", 1, StringFormatFunctions::soundex);
    Registry.add("to_base64", 1, StringFormatFunctions::toBase64);
    Registry.add("from_base64", 1, StringFormatFunctions::fromBase64);
    Registry.add("weight_string", 1, (n, a, s) -> weightString(a.getFirst(), false, 0));
    Registry.add(
        "load_file",
        1,
        (n, a, s) ->
            Calls.ofText(
                Head.of(n, a),
                DataType.of(TypeKind.LONGBLOB, 4_294_967_295L),
                (f, x) -> {
                  Slice name = x[0].evaluateBytes(f);
                  return name == null || f.isNull ? null : f.statement.loadFile(name.toUtf8());
                }));
  }

  private static Expression hex(String name, List<Expression> a, BindSettings settings) {
    Expression e = a.getFirst();
    boolean number =
        switch (e.type().domain()) {
          case INTEGER, DECIMAL, DOUBLE -> true;
          default -> false;
        };
    long width = number ? 16 : Types.characters(e) * 8;
    return StringFunctions.ascii(
        Head.of(name, a),
        width,
        settings,
        (f, x) -> {
          if (number) {
            long v = x[0].evaluateLong(f);
            return f.isNull
                ? null
                : Slice.utf8(Long.toHexString(v).toUpperCase(java.util.Locale.ROOT));
          }
          Slice s = x[0].evaluateBytes(f);
          return s == null
              ? null
              : Slice.utf8(
                  HexFormat.of().withUpperCase().formatHex(Types.encoded(x[0], s).toBytes()));
        });
  }

  private static Expression unhex(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of((Types.characters(a.getFirst()) * 4 + 1) / 2, Collations.BINARY),
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          String digits = s.toUtf8();
          try {
            return Slice.of(
                HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits));
          } catch (IllegalArgumentException e) {
            f.statement.warn(MySqlError.ER_WRONG_VALUE_FOR_TYPE, "string", x[0].describe(), name);
            return null;
          }
        });
  }

  private static Expression inBase(
      String name, List<Expression> a, int base, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        65,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null || s.length() == 0) {
            return null;
          }
          long v = isBits(x[0]) ? x[0].evaluateLong(f) : digits(s, 10, f);
          return Slice.utf8(Long.toUnsignedString(v, base));
        });
  }

  /** What BIN and OCT read as a number; of all others they read the digits that the text begins with, as CONV does. */
  private static boolean isBits(Expression e) {
    return e instanceof HexNumber || e.type().kind() == TypeKind.BIT;
  }

  private static Expression conv(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        65,
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
          long to = x[2].evaluateLong(f);
          if (f.isNull || !isBase(from) || !isBase(to) || s.length() == 0) {
            return null;
          }
          if (x[0].type().kind() == TypeKind.BIT) {
            s = Slice.utf8(Long.toUnsignedString(x[0].evaluateLong(f)));
          }
          long v = from < 0 ? signedDigits(s, (int) -from, f) : digits(s, (int) from, f);
          String text = to < 0 ? Long.toString(v, (int) -to) : Long.toUnsignedString(v, (int) to);
          return Slice.utf8(text.toUpperCase(java.util.Locale.ROOT));
        });
  }

  private static boolean isBase(long base) {
    return Math.abs(base) >= 2 && Math.abs(base) <= 36;
  }

  /** The number that the text begins with, as 64 unsigned bits: a minus is its complement, too many digits give all ones. */
  private static long digits(Slice s, int base, Frame frame) {
    String text = s.toUtf8().stripLeading();
    boolean negative = text.startsWith("-");
    int first = negative || text.startsWith("+") ? 1 : 0;
    long v = 0;
    for (int at = first; at < text.length(); at++) {
      int digit = Character.digit(text.charAt(at), base);
      if (digit < 0) {
        if (at == first) {
          Conversion.truncated(frame.statement, "DECIMAL", s.toUtf8());
        }
        break;
      }
      if (Long.compareUnsigned(v, Long.divideUnsigned(-1 - digit, base)) > 0) {
        Conversion.truncated(frame.statement, "DECIMAL", s.toUtf8());
        return -1;
      }
      v = v * base + digit;
    }
    return negative ? -v : v;
  }

  private static long signedDigits(Slice s, int base, Frame frame) {
    String text = s.toUtf8().stripLeading();
    long v = digits(Slice.utf8(text.startsWith("-") ? text.substring(1) : text), base, frame);
    long most = v < 0 ? Long.MAX_VALUE : v;
    return text.startsWith("-") ? -most : most;
  }

  static Expression charUsing(List<Expression> codes, @Nullable String characterSet) {
    String setName = characterSet == null ? "binary" : characterSet;
    CharacterSet set = CharacterSets.byName(setName);
    if (set == null) {
      throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(setName);
    }
    Collation collation = set.isBinary() ? Collations.BINARY : Collations.defaultFor(set);
    return Calls.ofText(
        Head.of("char", codes),
        TextTypes.of(codes.size() * 4L, collation),
        (f, x) -> {
          TextBuffer out = new TextBuffer(x.length * 4);
          for (Expression e : x) {
            long code = e.evaluateLong(f);
            if (!f.isNull) {
              appendCode(out, code);
            }
          }
          Slice bytes = out.toSlice();
          if (set.isBinary()) {
            return bytes;
          }
          Slice text = Encoding.decode(bytes, set);
          if (Utf8.firstMalformed(text) >= 0) {
            f.statement.warn(
                MySqlError.ER_INVALID_CHARACTER_STRING,
                set.name(),
                HexFormat.of().withUpperCase().formatHex(bytes.toBytes()));
            return null;
          }
          return text;
        });
  }

  private static void appendCode(TextBuffer out, long code) {
    boolean begun = false;
    for (int shift = 24; shift >= 0; shift -= 8) {
      int b = (int) (code >>> shift & 0xFF);
      if (b != 0 || begun || shift == 0) {
        out.append((byte) b);
        begun = true;
      }
    }
  }

  private static Expression format(String name, List<Expression> a, BindSettings settings) {
    boolean isDouble = NumericTypes.context(a.getFirst()) == Context.DOUBLE;
    return StringFunctions.ascii(
        Head.of(name, a),
        Math.max(44, Types.characters(a.getFirst()) * 4 / 3 + 40),
        settings,
        (f, x) -> {
          BigDecimal v = number(x[0], isDouble, f);
          if (v == null) {
            return null;
          }
          long decimals = x[1].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          Notation notation = ENGLISH;
          if (x.length > 2) {
            Slice locale = x[2].evaluateBytes(f);
            notation = notation(locale, f);
          }
          return format(v, Math.clamp(decimals, 0, FORMAT_DECIMALS_MAX), notation, isDouble);
        });
  }

  private static @Nullable BigDecimal number(Expression e, boolean isDouble, Frame frame) {
    if (!isDouble) {
      return e.evaluateDecimal(frame);
    }
    double d = e.evaluateDouble(frame);
    return frame.isNull ? null : new BigDecimal(Double.toString(d));
  }

  private static Notation notation(@Nullable Slice locale, Frame frame) {
    Notation found = locale == null ? null : NOTATIONS.get(locale.toUtf8());
    if (found == null) {
      frame.statement.warn(MySqlError.ER_UNKNOWN_LOCALE, locale == null ? "NULL" : locale.toUtf8());
      return ENGLISH;
    }
    return found;
  }

  private static Slice format(BigDecimal v, int decimals, Notation notation, boolean isDouble) {
    BigDecimal rounded =
        v.setScale(decimals, isDouble ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP);
    String text = rounded.abs().toPlainString();
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    StringBuilder out = new StringBuilder(rounded.signum() < 0 ? "-" : "");
    for (int i = 0; i < whole.length(); i++) {
      if (i > 0 && (whole.length() - i) % 3 == 0) {
        out.append(notation.group());
      }
      out.append(whole.charAt(i));
    }
    if (point >= 0) {
      out.append(notation.point()).append(text, point + 1, text.length());
    }
    return Slice.utf8(out.toString());
  }

  private static Expression quote(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.text(
        name,
        a,
        a,
        Types.characters(a.getFirst()) * 2 + 2,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return Slice.utf8("NULL");
          }
          TextBuffer out = new TextBuffer(s.length() + 8);
          out.append((byte) '\'');
          for (int i = 0; i < s.length(); i++) {
            byte b = s.byteAt(i);
            switch (b) {
              case 0 -> out.appendAscii("\\0");
              case 26 -> out.appendAscii("\\Z");
              case '\\', '\'' -> {
                out.append((byte) '\\');
                out.append(b);
              }
              default -> out.append(b);
            }
          }
          out.append((byte) '\'');
          return out.toSlice();
        });
  }

  private static Expression soundex(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.text(
        name,
        a,
        a,
        Math.max(4, Types.characters(a.getFirst())),
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          return s == null ? null : soundex(s);
        });
  }

  /** Letters A to Z in order; 0 for vowels and others that divide nothing. */
  private static final String SOUNDS = "01230120022455012623010202";

  /** MySQL takes all characters from À on for letters. */
  private static final int FIRST_LETTER_BEYOND = 0xC0;

  static Slice soundex(Slice s) {
    StringBuilder out = new StringBuilder();
    char last = '0';
    String text = s.toUtf8();
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int letter = text.codePointAt(i);
      int c = letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter;
      boolean isLatin = c >= 'A' && c <= 'Z';
      if (!isLatin && c < FIRST_LETTER_BEYOND) {
        continue;
      }
      char code = isLatin ? SOUNDS.charAt(c - 'A') : '0';
      if (out.isEmpty()) {
        out.appendCodePoint(c);
        last = code;
      } else if (c != 'H' && c != 'W') {
        if (code != '0' && code != last) {
          out.append(code);
          last = code;
        }
      }
    }
    while (!out.isEmpty() && out.codePointCount(0, out.length()) < 4) {
      out.append('0');
    }
    return Slice.utf8(out.toString());
  }

  private static Expression toBase64(String name, List<Expression> a, BindSettings settings) {
    long characters = (Types.characters(a.getFirst()) * 4 + 2) / 3 * 4;
    return StringFunctions.ascii(
        Head.of(name, a),
        characters + characters / BASE64_LINE,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          return s == null
              ? null
              : Slice.of(
                  Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'})
                      .encode(Types.encoded(x[0], s).toBytes()));
        });
  }

  private static Expression fromBase64(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of(Types.characters(a.getFirst()) * 3 / 4 + 3, Collations.BINARY),
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          String text = s.toUtf8().replaceAll("[ \t\r\n]", "");
          try {
            return text.length() % 4 == 0 ? Slice.of(Base64.getDecoder().decode(text)) : null;
          } catch (IllegalArgumentException e) {
            return null;
          }
        });
  }

  /** The sort key; {@code length} pads or cuts the text first. */
  static Expression weightString(Expression text, boolean binary, int length) {
    Collation own = text.type().collation();
    boolean weighs = Types.isText(text) || text.type().domain() == TypeKind.Domain.JSON;
    return Calls.ofText(
        Head.of("weight_string", List.of(text)),
        TextTypes.of(Math.max(1, Types.characters(text) * 16), Collations.BINARY),
        (f, x) -> {
          Slice s = weighs ? x[0].evaluateBytes(f) : null;
          if (s == null) {
            return null;
          }
          if (binary) {
            return Slice.of(Arrays.copyOf(s.toBytes(), length));
          }
          return Slice.of(own.sortKey(length > 0 ? Utf8.prefix(s, length) : s));
        },
        Coercibility.COERCIBLE);
  }
}
