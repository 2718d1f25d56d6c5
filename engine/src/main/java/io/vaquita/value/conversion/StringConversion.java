package io.vaquita.value.conversion;

import static io.vaquita.error.MySqlError.ER_DATA_TOO_LONG;
import static io.vaquita.error.MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD;
import static io.vaquita.error.MySqlError.WARN_DATA_TRUNCATED;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.NumberText;
import java.math.BigDecimal;
import java.util.Arrays;

/** Into CHAR, VARCHAR, TEXT and their byte string relatives. Immutable. */
final class StringConversion extends ColumnConversion {
  private final boolean binary;
  private final boolean utf8mb4;

  /** Characters, or bytes of byte strings and TEXT. */
  private final long lengthMax;

  private final boolean lengthInBytes;

  StringConversion(String column, DataType type) {
    super(column, type);
    binary = type.isBinaryString();
    utf8mb4 = type.collation().characterSet().name().equals("utf8mb4");
    lengthInBytes = binary || type.kind().isLob();
    lengthMax =
        switch (type.kind()) {
          case TINYTEXT, TINYBLOB -> 255;
          case TEXT, BLOB -> 65_535;
          case MEDIUMTEXT, MEDIUMBLOB -> 16_777_215;
          case LONGTEXT, LONGBLOB -> 4_294_967_295L;
          default -> type.length();
        };
  }

  Slice store(Slice value, Collation collation, StoreContext context) {
    Slice s = value;
    boolean fromBinary = StoreConversion.isBinary(collation);
    if (binary) {
      if (!fromBinary) {
        s = Encoding.encode(s, collation.characterSet());
      }
    } else if (fromBinary || !utf8mb4) {
      s = checkCharacters(s, fromBinary, context);
    }
    s = fit(s, context);
    if (type.kind() == TypeKind.CHAR) {
      return trimSpaces(s);
    }
    if (type.kind() == TypeKind.BINARY && s.length() < lengthMax) {
      return Slice.of(Arrays.copyOf(s.toBytes(), (int) lengthMax));
    }
    return s;
  }

  /** Bytes that are no characters, and characters that the column's set lacks: 1366; the first good part is kept or '?' put. */
  private Slice checkCharacters(Slice value, boolean fromBinary, StoreContext context) {
    Slice s = value;
    if (fromBinary) {
      if (!type.collation().characterSet().isUtf8()) {
        return Encoding.decode(s, type.collation().characterSet());
      }
      int bad = Utf8.firstMalformed(s);
      if (bad >= 0) {
        complainCharacters(s, bad, context);
        s = s.sub(0, bad);
      }
    }
    int bad = Encoding.firstUnknown(s, type.collation().characterSet());
    if (bad >= 0) {
      complainCharacters(s, bad, context);
      return Encoding.replaceUnknown(s, type.collation().characterSet());
    }
    return s;
  }

  private void complainCharacters(Slice s, int bad, StoreContext context) {
    context.complain(
        ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
        "string",
        Values.escaped(s.sub(bad, Math.min(s.length(), bad + 6)), s.length() - bad > 6),
        column,
        context.row);
  }

  private Slice fit(Slice s, StoreContext context) {
    if (s.length() <= lengthMax) {
      return s;
    }
    int keep = lengthInBytes ? cutBytes(s) : Utf8.offsetOf(s, (int) lengthMax);
    if (keep == s.length()) {
      return s;
    }
    boolean onlySpaces = !binary;
    for (int i = keep; i < s.length() && onlySpaces; i++) {
      onlySpaces = s.byteAt(i) == ' ';
    }
    if (!onlySpaces) {
      context.complain(
          context.isStrict() ? ER_DATA_TOO_LONG : WARN_DATA_TRUNCATED, column, context.row);
    } else if (type.kind() != TypeKind.CHAR) {
      context.note(WARN_DATA_TRUNCATED, column, context.row);
    }
    return s.sub(0, keep);
  }

  private int cutBytes(Slice s) {
    int keep = (int) Math.min(lengthMax, s.length());
    while (!binary && keep > 0 && keep < s.length() && (s.byteAt(keep) & 0xc0) == 0x80) {
      keep--;
    }
    return keep;
  }

  private static Slice trimSpaces(Slice s) {
    int end = s.length();
    while (end > 0 && s.byteAt(end - 1) == ' ') {
      end--;
    }
    return end == s.length() ? s : s.sub(0, end);
  }

  private Value box(Slice s) {
    return new Value.StringValue(s, type.collation());
  }

  private Value ofText(TextBuffer text, StoreContext context) {
    return box(store(text.toSlice(), Collations.UTF8MB4_0900_AI_CI, context));
  }

  @Override
  Value ofLong(long value, boolean unsigned, StoreContext context) {
    TextBuffer out = new TextBuffer(20);
    if (unsigned) {
      out.appendUnsigned(value);
    } else {
      out.appendLong(value);
    }
    return ofText(out, context);
  }

  @Override
  Value ofDouble(double value, StoreContext context) {
    TextBuffer out = new TextBuffer(24);
    NumberText.appendDouble(out, value);
    return ofText(out, context);
  }

  @Override
  Value ofDecimal(BigDecimal value, StoreContext context) {
    TextBuffer out = new TextBuffer(40);
    NumberText.appendDecimal(out, value);
    return ofText(out, context);
  }

  @Override
  Value ofString(Slice text, Collation collation, StoreContext context) {
    return box(store(text, collation, context));
  }

  @Override
  Value ofTemporal(Value.TemporalValue value, StoreContext context) {
    TextBuffer out = new TextBuffer(28);
    Values.appendText(out, value);
    return ofText(out, context);
  }

  @Override
  Value ofJson(Slice json, StoreContext context) {
    TextBuffer out = new TextBuffer(json.length() + 16);
    JsonText.append(out, json);
    return ofText(out, context);
  }
}
