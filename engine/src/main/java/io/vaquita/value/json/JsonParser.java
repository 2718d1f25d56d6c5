package io.vaquita.value.json;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Utf8;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON text (RFC 8259) into the binary form. Confined to one call. A parser of our own because errors 3140 and 3141 name a
 * reason and a byte position that must be MySQL's.
 */
public final class JsonParser {
  private final byte[] bytes;
  private final int start;
  private final int end;
  private final TextBuffer scratch = new TextBuffer(64);
  private int at;
  private int depth;

  private JsonParser(Slice text) {
    bytes = text.array();
    start = text.offset();
    end = start + text.length();
    at = start;
  }

  /** The document in {@code text}; throws 3157 when it is too deep. */
  public static Slice parse(Slice text) throws JsonParseException {
    return new JsonParser(text).document();
  }

  public static boolean isValid(Slice text) {
    try {
      new JsonParser(text).document();
      return true;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private Slice document() throws JsonParseException {
    skipSpace();
    if (at == end) {
      throw error("The document is empty.", at);
    }
    Slice value = value();
    skipSpace();
    if (at < end) {
      throw error("The document root must not be followed by other values.", at);
    }
    return value;
  }

  private JsonParseException error(String reason, int where) {
    return new JsonParseException(reason, where - start);
  }

  private int peek() {
    return at < end ? bytes[at] : -1;
  }

  private void skipSpace() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  private Slice value() throws JsonParseException {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> JsonBuilder.ofString(string());
      case 'n' -> literal("null", JsonBuilder.NULL);
      case 't' -> literal("true", JsonBuilder.TRUE);
      case 'f' -> literal("false", JsonBuilder.FALSE);
      default -> number();
    };
  }

  private Slice literal(String text, Slice value) throws JsonParseException {
    for (int i = 0; i < text.length(); i++) {
      if (peek() != text.charAt(i)) {
        throw error("Invalid value.", at);
      }
      at++;
    }
    return value;
  }

  private void enter() {
    if (++depth > JsonBinary.DEPTH_MAX - 1) {
      throw MySqlError.ER_JSON_DOCUMENT_TOO_DEEP.exception();
    }
  }

  private Slice array() throws JsonParseException {
    enter();
    List<Slice> elements = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
      depth--;
      return JsonBuilder.array(elements);
    }
    while (true) {
      elements.add(value());
      skipSpace();
      int c = peek();
      if (c == ',') {
        at++;
        skipSpace();
      } else if (c == ']') {
        at++;
        depth--;
        return JsonBuilder.array(elements);
      } else {
        throw error("Missing a comma or ']' after an array element.", at);
      }
    }
  }

  private Slice object() throws JsonParseException {
    enter();
    List<Slice> keys = new ArrayList<>();
    List<Slice> values = new ArrayList<>();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
      depth--;
      return JsonBuilder.object(keys, values);
    }
    while (true) {
      if (peek() != '"') {
        throw error("Missing a name for object member.", at);
      }
      keys.add(string());
      skipSpace();
      if (peek() != ':') {
        throw error("Missing a colon after a name of object member.", at);
      }
      at++;
      skipSpace();
      values.add(value());
      skipSpace();
      int c = peek();
      if (c == ',') {
        at++;
        skipSpace();
      } else if (c == '}') {
        at++;
        depth--;
        return JsonBuilder.object(keys, values);
      } else {
        throw error("Missing a comma or '}' after an object member.", at);
      }
    }
  }

  private Slice string() throws JsonParseException {
    at++;
    int from = at;
    while (at < end && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] >= ' ') {
      at++;
    }
    if (at < end && bytes[at] == '"') {
      return new Slice(bytes, from, at++ - from);
    }
    scratch.clear();
    scratch.append(bytes, from, at - from);
    while (at < end && bytes[at] != '"') {
      byte b = bytes[at];
      if (b == '\\') {
        escape();
      } else if (b >= 0 && b < ' ') {
        throw error(
            b == 0 ? "Missing a closing quotation mark in string." : "Invalid encoding in string.",
            at);
      } else if (b >= 0) {
        scratch.append(b);
        at++;
      } else {
        int c = Utf8.codePoint(bytes, at, end);
        if (c < 0) {
          throw error("Invalid encoding in string.", at);
        }
        int width = Utf8.width(b);
        scratch.append(bytes, at, width);
        at += width;
      }
    }
    if (at == end) {
      throw error("Missing a closing quotation mark in string.", at);
    }
    at++;
    return scratch.toSlice();
  }

  private void escape() throws JsonParseException {
    int begin = at;
    at++;
    int c = peek();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (c > 0 && plain >= 0) {
      scratch.append((byte) "\"\\/\b\f\n\r\t".charAt(plain));
      at++;
      return;
    }
    if (c != 'u') {
      throw error("Invalid escape character in string.", begin);
    }
    at++;
    int unit = hex(begin);
    if (unit >= 0xd800 && unit < 0xe000) {
      if (unit >= 0xdc00 || peek() != '\\' || at + 1 >= end || bytes[at + 1] != 'u') {
        throw error("The surrogate pair in string is invalid.", begin);
      }
      at += 2;
      int low = hex(begin);
      if (low < 0xdc00 || low >= 0xe000) {
        throw error("The surrogate pair in string is invalid.", begin);
      }
      unit = Character.toCodePoint((char) unit, (char) low);
    }
    Utf8.append(scratch, unit);
  }

  private int hex(int begin) throws JsonParseException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < end ? Character.digit(bytes[at], 16) : -1;
      if (digit < 0) {
        throw error("Incorrect hex digit after \\u escape in string.", begin);
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  private Slice number() throws JsonParseException {
    int from = at;
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int digits = at;
    if (peek() == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (at == digits) {
      throw error("Invalid value.", at);
    }
    int integerEnd = at;
    if (peek() == '.') {
      at++;
      int fraction = at;
      skipDigits();
      if (at == fraction) {
        throw error("Miss fraction part in number.", at);
      }
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int exponent = at;
      skipDigits();
      if (at == exponent) {
        throw error("Miss exponent in number.", at);
      }
    }
    String text = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    if (at == integerEnd && integerEnd - digits <= 20) {
      Slice integer = integer(text, negative, integerEnd - digits);
      if (integer != null) {
        return integer;
      }
    }
    double d = Double.parseDouble(text);
    if (Double.isInfinite(d)) {
      throw error("Number too big to be stored in double.", from);
    }
    return JsonBuilder.ofDouble(d);
  }

  private static @Nullable Slice integer(String text, boolean negative, int digits) {
    if (digits <= 18) {
      return JsonBuilder.ofLong(Long.parseLong(text));
    }
    BigInteger big = new BigInteger(text);
    if (big.bitLength() <= 63) {
      return JsonBuilder.ofLong(big.longValue());
    }
    return !negative && big.bitLength() == 64 ? JsonBuilder.ofUnsigned(big.longValue()) : null;
  }

  private void skipDigits() {
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
  }
}
