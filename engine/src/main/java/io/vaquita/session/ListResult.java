package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;

/** A few rows that a statement has at hand: SHOW WARNINGS, CHECK TABLE and their like. Confined to the session's thread. */
final class ListResult implements Result {
  private final EngineSession session;
  private final List<Column> columns;
  private final List<Value[]> rows;
  private int at = -1;

  ListResult(EngineSession session, List<String> names, List<DataType> types, List<Value[]> rows) {
    this.session = session;
    this.rows = rows;
    this.columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      columns.add(new Column(names.get(i), "", "", "", "", types.get(i), true, 0));
    }
    session.setRowCount(-1);
    session.setFoundRows(rows.size());
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
    if (at + 1 >= rows.size()) {
      session.setActivity("Sleep", "", null);
      return false;
    }
    at++;
    return true;
  }

  @Override
  public boolean isNull(int column) {
    return rows.get(at)[column].isNull();
  }

  @Override
  public long getLong(int column) {
    return VariableValues.wholeNumber(rows.get(at)[column]);
  }

  @Override
  public double getDouble(int column) {
    return rows.get(at)[column] instanceof Value.DoubleValue d ? d.value() : getLong(column);
  }

  @Override
  public Value getValue(int column) {
    return rows.get(at)[column];
  }

  @Override
  public void appendText(int column, TextBuffer out) {
    Value value = rows.get(at)[column];
    out.append(
        value instanceof Value.StringValue s ? s.bytes() : Slice.utf8(VariableValues.text(value)));
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
    return session.diagnostics().countOfStatement();
  }

  @Override
  public void close() {
    at = rows.size();
    session.setActivity("Sleep", "", null);
  }
}
