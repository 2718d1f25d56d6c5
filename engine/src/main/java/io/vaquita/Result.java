package io.vaquita;

import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one statement: rows, streamed as they are produced, or counts. Confined to the session's thread.
 *
 * <p>While a result with rows is open its statement runs, its locks are held and the session takes no other; it ends when {@link #next}
 * returned false or at {@link #close}. So close it, best by try-with-resources. The getters read the current row: between a {@link #next}
 * that returned true and the following one; columns count from 0. {@link #getLong} and {@link #getDouble} make no object, and {@link
 * #appendText} none where the buffer is large enough.
 *
 * <p>Errors: a {@link io.vaquita.error.DatabaseException}, as MySQL would answer, also after rows were given; {@link IllegalStateException}
 * of getters where there are no rows.
 *
 * <pre>{@code
 * try (Result rows = session.execute("SELECT id, name, price FROM stock WHERE pieces > ?", 10)) {
 *   while (rows.next()) {
 *     long id = rows.getLong(0);
 *     String name = rows.getString(1);
 *     BigDecimal price = rows.isNull(2) ? BigDecimal.ZERO : rows.getDecimal(2);
 *   }
 * }
 * }</pre>
 */
public interface Result extends AutoCloseable {
  /**
   * A column of a result set, as clients see it. Immutable. Names of expressions have empty table and schema.
   *
   * @param name the label: the alias where there is one
   * @param originalName the column's name in its table
   * @param table the table's alias or name
   * @param originalTable the table's name
   * @param schema the table's schema
   * @param type the type of its values
   * @param nullable whether a value may be NULL
   * @param flags the wire protocol's column flags, such as 2 for part of a primary key
   */
  record Column(
      String name,
      String originalName,
      String table,
      String originalTable,
      String schema,
      DataType type,
      boolean nullable,
      int flags) {}

  /** Whether this is a result set, perhaps an empty one; otherwise counts are all there is. */
  boolean hasRows();

  /** Empty without rows. */
  List<Column> columns();

  /** To the next row; false at the end. Throws what the statement fails with, also after rows were given. */
  boolean next();

  /**
   * The place of the column of that label, from 0; case does not matter, the first of several wins.
   *
   * @throws io.vaquita.error.DatabaseException 1054 when there is none
   */
  default int column(String label) {
    return JavaValues.column(columns(), label);
  }

  /** Whether the value is NULL: to be asked before a getter of a primitive type, which gives 0 then. */
  boolean isNull(int column);

  /**
   * Integer kinds, BIT, YEAR as they are, BIGINT UNSIGNED as its 64 bits; other kinds rounded, strings by the number that they begin with.
   */
  long getLong(int column);

  /** As {@link #getLong}, where the value fits: otherwise 1690. */
  default int getInt(int column) {
    return JavaValues.toInt(this, column);
  }

  /** Whether the value is a number other than 0: MySQL's idea of true. */
  default boolean getBoolean(int column) {
    return getDouble(column) != 0;
  }

  /** Numbers as they are, strings by the number that they begin with; 0 for NULL. */
  double getDouble(int column);

  /** The value as text, as the text protocol has it (numbers, dates and JSON too); bytes that are no UTF-8 become U+FFFD. Null for NULL. */
  default @Nullable String getString(int column) {
    return JavaValues.toText(this, column);
  }

  /** A copy of the value's bytes: of binary strings and BIT as they are, of everything else its text in UTF-8. Null for NULL. */
  default byte @Nullable [] getBytes(int column) {
    return JavaValues.toBytes(this, column);
  }

  /** The exact number, with the column's scale where it is a DECIMAL; 1366 for what is no number. Null for NULL. */
  default @Nullable BigDecimal getDecimal(int column) {
    return JavaValues.toDecimal(this, column);
  }

  /**
   * Of DATE, DATETIME and TIMESTAMP, or text that is one; 1525 for others and for dates that no calendar has (0000-00-00). Null for NULL.
   */
  default @Nullable LocalDate getDate(int column) {
    return JavaValues.toDate(this, column);
  }

  /** As {@link #getDate}, with the time of day; a TIMESTAMP in the session's time zone. */
  default @Nullable LocalDateTime getDateTime(int column) {
    return JavaValues.toDateTime(this, column);
  }

  /**
   * Of TIME, which reaches from -838:59:59 to 838:59:59, the time of day of a DATETIME, or text that is one; 1525 for others. Null for
   * NULL.
   */
  default @Nullable Duration getTime(int column) {
    return JavaValues.toTime(this, column);
  }

  /**
   * The value as the Java type of its column: Long (integers, YEAR, BIT), BigInteger (BIGINT UNSIGNED), Double (FLOAT too), BigDecimal,
   * String (ENUM, SET and JSON too), byte[] (binary strings), LocalDate, LocalDateTime, Duration (TIME). Null for NULL.
   */
  default @Nullable Object get(int column) {
    return JavaValues.toObject(this, column);
  }

  /** The value boxed, in the column's own domain. Temporal values are packed. */
  Value getValue(int column);

  /**
   * All remaining rows through {@code row}, which reads the current one; closes the result.
   *
   * <pre>{@code
   * List<String> names = session.execute("SELECT name FROM stock").toList(row -> row.getString(0));
   * }</pre>
   */
  default <T extends @Nullable Object> List<T> toList(Function<? super Result, ? extends T> row) {
    try (this) {
      List<T> all = new ArrayList<>();
      while (next()) {
        all.add(row.apply(this));
      }
      return all;
    }
  }

  /**
   * The remaining rows through {@code row}, read as the stream is: for the session's thread only. Close the stream, which closes the
   * result.
   */
  default <T> Stream<T> stream(Function<? super Result, ? extends T> row) {
    return JavaValues.stream(this, row);
  }

  /**
   * Appends the value's text as the text protocol sends it: UTF-8 for character columns, raw bytes for binary ones. Only when not
   * NULL.
   */
  void appendText(int column, TextBuffer out);

  /** As of the statement's end: rows changed (or matched with CLIENT_FOUND_ROWS), 0 for results with rows. */
  long affectedRows();

  /** The OK packet's last_insert_id. */
  long lastInsertId();

  /** The OK packet's text, such as {@code Rows matched: 1  Changed: 1  Warnings: 0}; usually empty. */
  String info();

  /** Warnings of the statement so far; SHOW WARNINGS tells them. */
  int warningCount();

  /** Ends the statement early where it still runs. */
  @Override
  void close();
}
