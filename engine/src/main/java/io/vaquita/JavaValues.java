package io.vaquita;

import io.vaquita.error.MySqlError;
import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.DateFlags;
import io.vaquita.value.temporal.DateTimeParser;
import io.vaquita.value.temporal.PackedTemporal;
import io.vaquita.value.temporal.TemporalResult;
import io.vaquita.value.temporal.TimeParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The values of a {@link Result}'s row as Java's own types. Stateless. */
final class JavaValues {
  private JavaValues() {}

  static int column(List<Result.Column> columns, String label) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(label)) {
        return i;
      }
    }
    throw MySqlError.ER_BAD_FIELD_ERROR.exception(label, "result");
  }

  private static DataType type(Result row, int column) {
    return row.columns().get(column).type();
  }

  static int toInt(Result row, int column) {
    long value = row.getLong(column);
    boolean isLarge = value < 0 && type(row, column).unsigned();
    if (isLarge || (int) value != value) {
      throw MySqlError.ER_DATA_OUT_OF_RANGE.exception("INT", row.columns().get(column).name());
    }
    return (int) value;
  }

  static @Nullable String toText(Result row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    if (row.getValue(column) instanceof Value.StringValue string) {
      return string.bytes().toUtf8();
    }
    TextBuffer text = text(row, column);
    return new String(text.array(), 0, text.length(), StandardCharsets.UTF_8);
  }

  static byte @Nullable [] toBytes(Result row, int column) {
    return row.isNull(column) ? null : text(row, column).toBytes();
  }

  private static TextBuffer text(Result row, int column) {
    TextBuffer text = new TextBuffer(32);
    row.appendText(column, text);
    return text;
  }

  static @Nullable BigDecimal toDecimal(Result row, int column) {
    return switch (row.getValue(column)) {
      case Value.NullValue n -> null;
      case Value.LongValue l -> new BigDecimal(integer(l));
      case Value.DoubleValue d -> BigDecimal.valueOf(d.value());
      case Value.DecimalValue d -> d.value();
      case Value.StringValue s -> number(row, column, s.bytes().toUtf8());
      case Value.TemporalValue t -> PackedTemporal.toDecimal(t.packed(), t.kind(), t.decimals());
      case Value.JsonValue j -> number(row, column, String.valueOf(toText(row, column)));
    };
  }

  private static BigDecimal number(Result row, int column, String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException e) {
      throw MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD.exception(
          "DECIMAL", text, row.columns().get(column).name(), 1);
    }
  }

  private static BigInteger integer(Value.LongValue value) {
    return value.unsigned() && value.value() < 0
        ? new BigInteger(Long.toUnsignedString(value.value()))
        : BigInteger.valueOf(value.value());
  }

  static @Nullable LocalDate toDate(Result row, int column) {
    LocalDateTime dateTime = dateTime(row, column, "DATE");
    return dateTime == null ? null : dateTime.toLocalDate();
  }

  static @Nullable LocalDateTime toDateTime(Result row, int column) {
    return dateTime(row, column, "DATETIME");
  }

  private static @Nullable LocalDateTime dateTime(Result row, int column, String wanted) {
    if (row.isNull(column)) {
      return null;
    }
    Value value = row.getValue(column);
    TemporalResult result = new TemporalResult();
    if (value instanceof Value.TemporalValue t && t.kind() != TypeKind.TIME) {
      result.valid = true;
      result.packed = t.packed();
    } else if (value instanceof Value.StringValue s) {
      DateTimeParser.parse(s.bytes(), DateFlags.FUZZY, null, result);
    }
    LocalDateTime found = result.isDamaged() ? null : ofPacked(result.packed);
    if (found == null) {
      throw MySqlError.ER_WRONG_VALUE.exception(wanted, String.valueOf(toText(row, column)));
    }
    return found;
  }

  private static @Nullable LocalDateTime ofPacked(long packed) {
    long time = PackedTemporal.timePart(packed);
    try {
      return LocalDateTime.of(
          PackedTemporal.year(packed),
          PackedTemporal.month(packed),
          PackedTemporal.day(packed),
          PackedTemporal.hour(time),
          PackedTemporal.minute(time),
          PackedTemporal.second(time),
          PackedTemporal.micros(time) * 1000);
    } catch (DateTimeException e) {
      return null; // a zero month or day, or 31 February by ALLOW_INVALID_DATES
    }
  }

  static @Nullable Duration toTime(Result row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    Value value = row.getValue(column);
    if (value instanceof Value.TemporalValue t && t.kind() != TypeKind.DATE) {
      long time = t.kind() == TypeKind.TIME ? t.packed() : PackedTemporal.timePart(t.packed());
      return Duration.of(PackedTemporal.timeMicros(time), ChronoUnit.MICROS);
    }
    if (value instanceof Value.StringValue s) {
      TemporalResult result = new TemporalResult();
      TimeParser.parse(s.bytes(), DateFlags.FUZZY, null, result);
      if (!result.isDamaged()) {
        return Duration.of(PackedTemporal.timeMicros(result.packed), ChronoUnit.MICROS);
      }
    }
    throw MySqlError.ER_WRONG_VALUE.exception("TIME", String.valueOf(toText(row, column)));
  }

  static @Nullable Object toObject(Result row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    DataType type = type(row, column);
    return switch (type.domain()) {
      case NULL -> null;
      case INTEGER ->
          type.kind() == TypeKind.BIGINT && type.unsigned()
              ? new BigInteger(Long.toUnsignedString(row.getLong(column)))
              : (Object) row.getLong(column);
      case DOUBLE -> row.getDouble(column);
      case DECIMAL -> toDecimal(row, column);
      case STRING -> type.isBinaryString() ? toBytes(row, column) : toText(row, column);
      case JSON -> toText(row, column);
      case TEMPORAL ->
          switch (type.kind()) {
            case DATE -> toDate(row, column);
            case TIME -> toTime(row, column);
            default -> toDateTime(row, column);
          };
    };
  }

  static <T> Stream<T> stream(Result rows, Function<? super Result, ? extends T> row) {
    Spliterator<T> all =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
          @Override
          public boolean tryAdvance(Consumer<? super T> action) {
            if (!rows.next()) {
              return false;
            }
            action.accept(row.apply(rows));
            return true;
          }
        };
    return StreamSupport.stream(all, false).onClose(rows::close);
  }
}
