package io.vaquita;

import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.List;

/**
 * The outcome of one statement: rows, streamed as they are produced, or counts. Confined to the session's thread. While a result
 * with rows is open its statement runs; it ends when {@link #next} returned false or at {@link #close}.
 */
public interface Result extends AutoCloseable {
  /** A column of a result set, as clients see it. Names of expressions have empty table and schema. */
  record Column(
      String name,
      String originalName,
      String table,
      String originalTable,
      String schema,
      DataType type,
      boolean nullable,
      int flags) {}

  boolean hasRows();

  /** Empty without rows. */
  List<Column> columns();

  /** To the next row; false at the end. Throws what the statement fails with, also after rows were given. */
  boolean next();

  boolean isNull(int column);

  /** Integer kinds, BIT, YEAR; other kinds converted by MySQL's rules. */
  long getLong(int column);

  double getDouble(int column);

  /** The value boxed, in the column's own domain. Temporal values are packed. */
  Value getValue(int column);

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

  int warningCount();

  /** Ends the statement early where it still runs. */
  @Override
  void close();
}
