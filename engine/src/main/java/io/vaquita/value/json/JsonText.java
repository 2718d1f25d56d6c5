package io.vaquita.value.json;

import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.number.NumberText;
import io.vaquita.value.temporal.TemporalText;
import java.util.Base64;

/** JSON as MySQL prints it: {@code {"a": 1, "b": [1.0, "x"]}}. Stateless. */
public final class JsonText {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonText() {}

  public static void append(TextBuffer out, Slice json) {
    switch (JsonBinary.type(json)) {
      case JsonBinary.NULL -> out.appendAscii("null");
      case JsonBinary.FALSE -> out.appendAscii("false");
      case JsonBinary.TRUE -> out.appendAscii("true");
      case JsonBinary.INT -> out.appendLong(JsonBinary.longValue(json));
      case JsonBinary.UINT -> out.appendUnsigned(JsonBinary.longValue(json));
      case JsonBinary.DOUBLE -> appendDouble(out, JsonBinary.doubleValue(json));
      case JsonBinary.DECIMAL -> NumberText.appendDecimal(out, JsonBinary.decimalValue(json));
      case JsonBinary.STRING -> appendQuoted(out, JsonBinary.stringValue(json));
      case JsonBinary.ARRAY -> appendArray(out, json);
      case JsonBinary.OBJECT -> appendObject(out, json);
      default -> {
        out.append((byte) '"');
        appendUnquoted(out, json);
        out.append((byte) '"');
      }
    }
  }

  /** As JSON_UNQUOTE prints: strings, dates and opaque values without their quotes and escapes. */
  public static void appendUnquoted(TextBuffer out, Slice json) {
    switch (JsonBinary.type(json)) {
      case JsonBinary.STRING -> out.append(JsonBinary.stringValue(json));
      case JsonBinary.TEMPORAL -> {
        TypeKind kind = JsonBinary.temporalKind(json);
        TemporalText.append(
            out, JsonBinary.temporalPacked(json), kind, kind == TypeKind.DATE ? 0 : 6);
      }
      case JsonBinary.OPAQUE -> {
        out.appendAscii("base64:type");
        out.appendLong(JsonBinary.opaqueType(json));
        out.append((byte) ':');
        byte[] coded = Base64.getEncoder().encode(JsonBinary.opaqueBytes(json).toBytes());
        out.append(coded, 0, coded.length);
      }
      default -> append(out, json);
    }
  }

  /** A double keeps its point: 1.0. */
  private static void appendDouble(TextBuffer out, double value) {
    int from = out.length();
    NumberText.appendDouble(out, value);
    for (int i = from; i < out.length(); i++) {
      byte b = out.array()[i];
      if (b == '.' || b == 'e') {
        return;
      }
    }
    out.appendAscii(".0");
  }

  private static void appendArray(TextBuffer out, Slice array) {
    out.append((byte) '[');
    for (int i = 0; i < JsonBinary.size(array); i++) {
      if (i > 0) {
        out.appendAscii(", ");
      }
      append(out, JsonBinary.element(array, i));
    }
    out.append((byte) ']');
  }

  private static void appendObject(TextBuffer out, Slice object) {
    out.append((byte) '{');
    for (int i = 0; i < JsonBinary.size(object); i++) {
      if (i > 0) {
        out.appendAscii(", ");
      }
      appendQuoted(out, JsonBinary.key(object, i));
      out.appendAscii(": ");
      append(out, JsonBinary.member(object, i));
    }
    out.append((byte) '}');
  }

  /** JSON_QUOTE. */
  public static void appendQuoted(TextBuffer out, Slice utf8) {
    out.append((byte) '"');
    for (int i = 0; i < utf8.length(); i++) {
      byte b = utf8.byteAt(i);
      switch (b) {
        case '"' -> out.appendAscii("\\\"");
        case '\\' -> out.appendAscii("\\\\");
        case '\b' -> out.appendAscii("\\b");
        case '\f' -> out.appendAscii("\\f");
        case '\n' -> out.appendAscii("\\n");
        case '\r' -> out.appendAscii("\\r");
        case '\t' -> out.appendAscii("\\t");
        default -> {
          if (b >= 0 && b < ' ') {
            out.appendAscii("\\u00");
            out.append(HEX[b >> 4]);
            out.append(HEX[b & 15]);
          } else {
            out.append(b);
          }
        }
      }
    }
    out.append((byte) '"');
  }

  public static Slice text(Slice json) {
    TextBuffer out = new TextBuffer(json.length() + 16);
    append(out, json);
    return out.toSlice();
  }

  /** JSON_PRETTY: two spaces for each level. */
  public static void appendPretty(TextBuffer out, Slice json) {
    pretty(out, json, 0);
  }

  private static void pretty(TextBuffer out, Slice json, int level) {
    if (!JsonBinary.isContainer(json)) {
      append(out, json);
      return;
    }
    boolean object = JsonBinary.type(json) == JsonBinary.OBJECT;
    int size = JsonBinary.size(json);
    out.append((byte) (object ? '{' : '['));
    for (int i = 0; i < size; i++) {
      out.appendAscii(i > 0 ? ",\n" : "\n");
      indent(out, level + 1);
      if (object) {
        appendQuoted(out, JsonBinary.key(json, i));
        out.appendAscii(": ");
      }
      pretty(out, object ? JsonBinary.member(json, i) : JsonBinary.element(json, i), level + 1);
    }
    if (size > 0) {
      out.append((byte) '\n');
      indent(out, level);
    }
    out.append((byte) (object ? '}' : ']'));
  }

  private static void indent(TextBuffer out, int level) {
    for (int i = 0; i < level; i++) {
      out.appendAscii("  ");
    }
  }
}
