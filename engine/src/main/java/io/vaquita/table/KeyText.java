package io.vaquita.table;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.ValueRow;
import io.vaquita.value.temporal.TemporalText;
import io.vaquita.value.temporal.TimeZones;
import java.time.ZoneOffset;
import java.util.List;

/** A row's key as MySQL writes it into the message of a duplicate: the parts' texts with hyphens between. Stateless. */
final class KeyText {
  private KeyText() {}

  static String of(TableAccessor table, TableIndex index, Row row) {
    TextBuffer text = new TextBuffer(64);
    List<IndexDefinition.Part> parts = index.definition().parts();
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        text.append((byte) '-');
      }
      IndexDefinition.Part part = parts.get(i);
      if (row.isNull(part.column())) {
        text.appendAscii("NULL");
      } else {
        DataType type = table.types().get(part.column());
        if (part.prefixLength() > 0) {
          text.append(prefix(row.getBytes(part.column()), type, part.prefixLength()));
        } else {
          append(text, row, part.column(), type);
        }
      }
    }
    return text.toSlice().toUtf8();
  }

  private static Slice prefix(Slice value, DataType type, int length) {
    return type.isBinaryString()
        ? value.sub(0, Math.min(value.length(), length))
        : Utf8.prefix(value, length);
  }

  /** One column as data_locks shows it: strings in quotes. */
  static String ofColumn(Row row, int column, List<DataType> types) {
    if (row.isNull(column)) {
      return "NULL";
    }
    DataType type = types.get(column);
    TextBuffer text = new TextBuffer(32);
    append(text, row, column, type);
    String plain = text.toSlice().toUtf8();
    return type.domain() == TypeKind.Domain.STRING ? "'" + plain + "'" : plain;
  }

  /** A value of a type that is kept as a long. */
  static String ofLong(long value, DataType type) {
    ValueRow row = new ValueRow(1);
    row.setLong(0, value);
    return ofColumn(row, 0, List.of(type));
  }

  private static void append(TextBuffer text, Row row, int column, DataType type) {
    switch (type.kind()) {
      case TINYINT, SMALLINT, MEDIUMINT, INT, BIGINT, YEAR, BIT, NULL -> {
        if (type.unsigned()) {
          text.appendUnsigned(row.getLong(column));
        } else {
          text.appendLong(row.getLong(column));
        }
      }
      case DECIMAL -> text.appendAscii(row.getDecimal(column).toPlainString());
      case FLOAT -> text.appendAscii(number((float) row.getDouble(column)));
      case DOUBLE -> text.appendAscii(number(row.getDouble(column)));
      case DATE, TIME, DATETIME ->
          TemporalText.append(text, row.getLong(column), type.kind(), type.decimals());
      case TIMESTAMP ->
          TemporalText.append(
              text,
              TimeZones.ofTimestamp(row.getLong(column), ZoneOffset.UTC),
              TypeKind.DATETIME,
              type.decimals());
      case ENUM -> {
        long member = row.getLong(column);
        if (member > 0 && member <= type.members().size()) {
          text.append(Slice.utf8(type.members().get((int) member - 1)));
        }
      }
      case SET -> appendMembers(text, row.getLong(column), type.members());
      default -> text.append(row.getBytes(column));
    }
  }

  private static void appendMembers(TextBuffer text, long bits, List<String> members) {
    boolean first = true;
    for (int i = 0; i < members.size(); i++) {
      if ((bits & 1L << i) != 0) {
        if (!first) {
          text.append((byte) ',');
        }
        first = false;
        text.append(Slice.utf8(members.get(i)));
      }
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Float.toString(value);
  }
}
