package io.vaquita.value.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.MemberLabels;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TestData;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonParseException;
import io.vaquita.value.json.JsonParser;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.number.NumberScan;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TimeParser;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What INSERT makes of values of every kind in columns of every type, compared with the reference server. */
class StoreConversionTest {
  private static final long STRICT_MODE = 1L << 21 | 1L << 23 | 1L << 24;

  /** Odd cases not worth copying: which of two warnings texts far out of range get, TIME out of a DATETIME with 25 hours. */
  private static final int DIFFERENCES_MAX = 13;

  @Test
  void storesAsTheReferenceServer() throws JsonParseException {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> perType = new TreeMap<>();
    for (String[] row : TestData.rows("/io/vaquita/value/store-conversion.tsv")) {
      String actual = outcome(row[0], row[1].equals("strict"), row[2]);
      String expected = row[3] + " " + firstError(asIn84(row[0], row[4]));
      if (!actual.equals(expected) && !isDoubleInNarrowText(row)) {
        wrong.add(
            row[0]
                + " "
                + row[1]
                + " "
                + row[2]
                + "\n   expected "
                + expected
                + "\n   actual   "
                + actual);
        perType.merge(row[0], 1, Integer::sum);
      }
    }
    assertTrue(
        wrong.size() <= DIFFERENCES_MAX,
        () ->
            wrong.size()
                + " "
                + perType
                + "\n"
                + String.join("\n", wrong.subList(0, Math.min(LIMIT, wrong.size()))));
  }

  /** MySQL makes doubles shorter to fit into narrow strings (-0.5 into CHAR(3) is 0); we say that they are too long. */
  private static boolean isDoubleInNarrowText(String[] row) {
    return row[2].startsWith("f:") && (row[0].contains("char") || row[0].contains("binary"));
  }

  /** A statement ends with its first error, whatever the server adds to it. */
  private static String firstError(String warnings) {
    int error = warnings.startsWith("E") ? 0 : warnings.indexOf(" | E") + 3;
    int end = error < 3 && !warnings.startsWith("E") ? -1 : warnings.indexOf(" | ", error);
    return end < 0 ? warnings : warnings.substring(0, end);
  }

  /** The reference server is 9.7: MySQL 8.4 has 1265 for texts that are no DOUBLE. */
  private static String asIn84(String type, String warnings) {
    return type.startsWith("double") || type.startsWith("float")
        ? warnings.replaceFirst(
            "1366 Incorrect \\w+ value: '.*' for column 'c'", "1265 Data truncated for column 'c'")
        : warnings;
  }

  private static final int LIMIT = Integer.getInteger("limit", 40);

  private static String outcome(String typeText, boolean strict, String valueText)
      throws JsonParseException {
    DataType type = type(typeText);
    List<String> warnings = new ArrayList<>();
    StoreContext context =
        new StoreContext(
            (level, number, message) ->
                warnings.add(level.text().charAt(0) + Integer.toString(number) + " " + message),
            strict,
            false,
            strict ? STRICT_MODE : 0,
            ZoneOffset.UTC,
            PackedTemporal.ofDate(2020, 9, 13));
    StoreConversion conversion = new StoreConversion("t", "c", type, true);
    String stored = "";
    try {
      stored = "=" + text(conversion.convert(value(valueText), context), type);
    } catch (DatabaseException e) {
      warnings.add("E" + e.number() + " " + e.message());
    }
    return stored + " " + String.join(" | ", warnings);
  }

  private static String text(Value value, DataType type) {
    if (value.isNull()) {
      return "NULL";
    }
    TextBuffer out = new TextBuffer(32);
    Values.appendColumn(out, new SingleRow(value), 0, type, new MemberLabels(type), ZoneOffset.UTC);
    boolean hex = type.kind() == TypeKind.BIT || type.kind().name().contains("BINARY");
    if (!hex) {
      return out.toSlice().toUtf8().replace("\\", "\\\\").replace("\0", "\\0");
    }
    return type.kind() == TypeKind.BIT
        ? Long.toHexString(Values.toLong(value)).toUpperCase(Locale.ROOT)
        : HexFormat.of().withUpperCase().formatHex(out.toBytes());
  }

  /** A row of one boxed value. */
  private record SingleRow(Value value) implements Row {
    @Override
    public int columnCount() {
      return 1;
    }

    @Override
    public boolean isNull(int column) {
      return value.isNull();
    }

    @Override
    public long getLong(int column) {
      return value instanceof Value.TemporalValue t
          ? t.packed()
          : ((Value.LongValue) value).value();
    }

    @Override
    public double getDouble(int column) {
      return ((Value.DoubleValue) value).value();
    }

    @Override
    public BigDecimal getDecimal(int column) {
      return ((Value.DecimalValue) value).value();
    }

    @Override
    public Slice getBytes(int column) {
      return value instanceof Value.JsonValue j ? j.binary() : ((Value.StringValue) value).bytes();
    }
  }

  private static Value value(String text) throws JsonParseException {
    String v = text.substring(2);
    Slice bytes = Slice.utf8(v);
    TemporalResult temporal = new TemporalResult();
    switch (text.charAt(0)) {
      case 's':
        return new Value.StringValue(bytes, Collations.UTF8MB4_0900_AI_CI);
      case 'i':
        return Value.of(Long.parseLong(v));
      case 'u':
        return Value.ofUnsigned(Long.parseUnsignedLong(v));
      case 'd':
        // a literal with an exponent is a DOUBLE
        return v.contains("e")
            ? Value.of(Double.parseDouble(v))
            : Value.of(NumberParser.toDecimal(bytes, new NumberScan()));
      case 'f':
        return Value.of(Double.parseDouble(v));
      case 'x':
        return Value.ofBytes(HexFormat.of().parseHex(v));
      case 'j':
        return new Value.JsonValue(JsonParser.parse(bytes));
      case 'M':
        TimeParser.parse(bytes, DateFlags.FUZZY, null, temporal);
        return new Value.TemporalValue(TypeKind.TIME, temporal.packed, 6);
      case 'T':
        DateTimeParser.parse(bytes, DateFlags.FUZZY, null, temporal);
        return new Value.TemporalValue(TypeKind.DATETIME, temporal.packed, 6);
      case 'D':
        DateTimeParser.parse(bytes, DateFlags.FUZZY, null, temporal);
        return new Value.TemporalValue(TypeKind.DATE, temporal.packed, 0);
      default:
        return Value.NullValue.NULL;
    }
  }

  private static DataType type(String text) {
    Collation collation = Collations.UTF8MB4_0900_AI_CI;
    boolean unsigned = text.endsWith(" unsigned");
    int open = text.indexOf('(');
    String name = (open < 0 ? text : text.substring(0, open)).replace(" unsigned", "");
    TypeKind kind = TypeKind.valueOf(name.toUpperCase(Locale.ROOT));
    List<String> arguments =
        open < 0 ? List.of() : List.of(text.substring(open + 1, text.indexOf(')')).split(","));
    if (text.endsWith(" latin1")) {
      collation = latin1();
    }
    return switch (kind) {
      case DECIMAL ->
          DataType.decimal(
              Integer.parseInt(arguments.get(0)), Integer.parseInt(arguments.get(1)), unsigned);
      case FLOAT, DOUBLE ->
          arguments.isEmpty()
              ? new DataType(
                  kind, 22, DataType.NOT_FIXED, unsigned, false, Collations.BINARY, List.of())
              : new DataType(kind, 6, 2, unsigned, false, Collations.BINARY, List.of());
      case ENUM, SET -> new DataType(kind, 1, 0, false, false, collation, List.of("a", "bb", "c"));
      case TIME, DATETIME, TIMESTAMP ->
          new DataType(
              kind,
              19,
              arguments.isEmpty() ? 0 : Integer.parseInt(arguments.getFirst()),
              false,
              false,
              Collations.BINARY,
              List.of());
      case CHAR, VARCHAR, TINYTEXT ->
          new DataType(
              kind,
              arguments.isEmpty() ? 255 : Integer.parseInt(arguments.getFirst()),
              0,
              false,
              false,
              collation,
              List.of());
      default ->
          new DataType(
              kind,
              arguments.isEmpty() ? 20 : Integer.parseInt(arguments.getFirst()),
              0,
              unsigned,
              false,
              Collations.BINARY,
              List.of());
    };
  }

  private static Collation latin1() {
    Collation found = Collations.byName("latin1_swedish_ci");
    if (found == null) {
      throw new IllegalStateException();
    }
    return found;
  }

  @Test
  void nullIntoNotNull() {
    List<Integer> warnings = new ArrayList<>();
    StoreContext context =
        new StoreContext(
            (level, number, message) -> warnings.add(number), false, true, 0, ZoneOffset.UTC, 0);
    StoreConversion conversion = new StoreConversion("c", DataType.INT, false);
    assertEquals(Value.of(0), conversion.convert(Value.NullValue.NULL, context));
    assertEquals(List.of(1048), warnings);
  }
}
