package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.DatabaseException;
import io.vaquita.executor.QueryExecution;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a running query. Its statement ends (and an autocommitted transaction with it) when the last row was read, when an
 * error came, or at {@link #close}. Confined to the session's thread.
 */
final class RowsResult implements Result {
  /** What happens at the end of the statement that makes the rows. */
  interface Ending {
    /** After the last row, while the statement can still fail. */
    void lastRow();

    void succeeded(QueryExecution query);

    /** Returns the error to throw. */
    DatabaseException failed(RuntimeException error);
  }

  private final QueryExecution query;
  private final List<Column> columns;
  private final Diagnostics diagnostics;
  private final Ending ending;
  private boolean ended;

  RowsResult(QueryExecution query, List<Column> columns, Diagnostics diagnostics, Ending ending) {
    this.query = query;
    this.columns = columns;
    this.diagnostics = diagnostics;
    this.ending = ending;
  }

  static List<Column> columns(List<OutputColumn> outputs) {
    List<Column> columns = new ArrayList<>(outputs.size());
    for (OutputColumn output : outputs) {
      columns.add(
          new Column(
              output.name(),
              output.originalName(),
              output.table(),
              output.originalTable(),
              output.schema(),
              output.expression().type(),
              output.expression().isNullable(),
              output.flags()));
    }
    return columns;
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
    if (ended) {
      return false;
    }
    try {
      if (query.next()) {
        return true;
      }
      ending.lastRow();
    } catch (RuntimeException e) {
      ended = true;
      query.close();
      throw ending.failed(e);
    }
    end();
    return false;
  }

  private void end() {
    ended = true;
    query.close();
    ending.succeeded(query);
  }

  @Override
  public boolean isNull(int column) {
    return query.isNull(column);
  }

  @Override
  public long getLong(int column) {
    return query.getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return query.getDouble(column);
  }

  @Override
  public Value getValue(int column) {
    return query.getValue(column);
  }

  @Override
  public void appendText(int column, TextBuffer out) {
    query.appendText(column, out);
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
    return diagnostics.countOfStatement();
  }

  @Override
  public void close() {
    if (!ended) {
      end();
    }
  }
}
