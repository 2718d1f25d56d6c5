package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a cursor's rows, taken out of its statement because the session is to run another one. Confined to its connection.
 * Holds each value boxed and as text, since either may be asked for.
 */
final class MaterialisedRows implements Result {
  private record Cell(Value value, long number, double real, byte[] text) {}

  private final List<Column> columns;
  private final int warningCount;
  private final @Nullable DatabaseException failure;
  private final ArrayDeque<Cell[]> rows = new ArrayDeque<>();
  private Cell[] current = new Cell[0];

  /** Runs {@code source} to its end and closes it. */
  MaterialisedRows(Result source) {
    columns = source.columns();
    DatabaseException failed = null;
    int warnings = 0;
    TextBuffer buffer = new TextBuffer(64);
    try (source) {
      while (source.next()) {
        rows.add(row(source, buffer));
      }
      warnings = source.warningCount();
    } catch (DatabaseException e) {
      failed = e;
    }
    failure = failed;
    warningCount = warnings;
  }

  private Cell[] row(Result source, TextBuffer buffer) {
    Cell[] row = new Cell[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = source.isNull(i) ? NULL : cell(source, i, columns.get(i), buffer);
    }
    return row;
  }

  private static final Cell NULL = new Cell(Value.NullValue.NULL, 0, 0, new byte[0]);

  private static Cell cell(Result source, int column, Column definition, TextBuffer buffer) {
    return switch (definition.type().domain()) {
      case INTEGER -> {
        buffer.clear();
        source.appendText(column, buffer);
        yield new Cell(Value.NullValue.NULL, source.getLong(column), 0, buffer.toSlice().toBytes());
      }
      case DOUBLE -> new Cell(Value.NullValue.NULL, 0, source.getDouble(column), new byte[0]);
      case TEMPORAL -> new Cell(source.getValue(column), 0, 0, new byte[0]);
      case NULL, DECIMAL, STRING, JSON -> {
        buffer.clear();
        source.appendText(column, buffer);
        yield new Cell(Value.NullValue.NULL, 0, 0, buffer.toSlice().toBytes());
      }
    };
  }

  @Override
  public boolean hasRows() {
    return true;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    Cell[] row = rows.poll();
    if (row == null) {
      if (failure != null) {
        throw failure;
      }
      return false;
    }
    current = row;
    return true;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the one NULL cell
  public boolean isNull(int column) {
    return current[column] == NULL;
  }

  @Override
  public long getLong(int column) {
    return current[column].number();
  }

  @Override
  public double getDouble(int column) {
    return current[column].real();
  }

  @Override
  public Value getValue(int column) {
    return current[column].value();
  }

  @Override
  public void appendText(int column, TextBuffer out) {
    byte[] text = current[column].text();
    out.append(text, 0, text.length);
  }

  @Override
  public long affectedRows() {
    return 0;
  }

  @Override
  public long lastInsertId() {
    return 0;
  }

  @Override
  public String info() {
    return "";
  }

  @Override
  public int warningCount() {
    return warningCount;
  }

  @Override
  public void close() {
    rows.clear();
  }
}
