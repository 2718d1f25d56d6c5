package io.vaquita.executor;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.Frame;
import io.vaquita.expression.StatementContext;
import io.vaquita.planner.physical.JsonTableDefinition;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;
import io.vaquita.value.json.JsonBinary;
import io.vaquita.value.json.JsonBuilder;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.json.JsonParseException;
import io.vaquita.value.json.JsonParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of JSON_TABLE: finds its value in a row's document and converts it. Confined to the statement. */
final class JsonTableColumn {
  private static final String DEFAULT = "DEFAULT ";

  private final JsonTableDefinition.Column definition;
  private final @Nullable JsonTablePath path;
  private final StoreConversion conversion;
  private final StoreContext strict;

  JsonTableColumn(JsonTableDefinition.Column definition, StatementContext statement) {
    this.definition = definition;
    this.path = definition.path() == null ? null : new JsonTablePath(definition.path());
    this.conversion = new StoreConversion(definition.name(), definition.type(), true);
    this.strict =
        new StoreContext(statement, true, false, statement.sqlMode(), statement.timeZone(), 0);
  }

  /** {@code number}: the row's number within its path, for FOR ORDINALITY. */
  void set(ValueRow row, Slice json, long number, Frame frame) {
    int ordinal = definition.ordinal();
    if (path == null) {
      row.setLong(ordinal, number);
      return;
    }
    List<Slice> found = path.all(json);
    if (definition.exists()) {
      set(row, Value.of(found.isEmpty() ? 0 : 1), frame);
    } else if (found.isEmpty()) {
      otherwise(row, definition.onEmpty(), MySqlError.ER_MISSING_JSON_TABLE_VALUE, frame);
    } else {
      convert(row, found, frame);
    }
  }

  private void convert(ValueRow row, List<Slice> found, Frame frame) {
    Slice json = found.getFirst();
    if (definition.type().kind() == TypeKind.JSON) {
      row.setBytes(definition.ordinal(), found.size() == 1 ? json : JsonBuilder.array(found));
      return;
    }
    if (found.size() > 1 || JsonBinary.isContainer(json)) {
      otherwise(row, definition.onError(), MySqlError.ER_WRONG_JSON_TABLE_VALUE, frame);
      return;
    }
    try {
      Value scalar = JsonCast.scalar(json);
      set(row, scalar == null ? Value.NullValue.NULL : scalar, frame);
    } catch (DatabaseException e) {
      if ("ERROR".equals(definition.onError())) {
        throw e;
      }
      otherwise(row, definition.onError(), MySqlError.ER_JT_VALUE_OUT_OF_RANGE, frame);
    }
  }

  private void otherwise(ValueRow row, @Nullable String action, MySqlError error, Frame frame) {
    if (action == null || action.equals("NULL")) {
      return;
    }
    if (action.equals("ERROR")) {
      throw error.exception(definition.name());
    }
    String text = action.startsWith(DEFAULT) ? action.substring(DEFAULT.length()) : action;
    try {
      Value scalar = JsonCast.scalar(JsonParser.parse(Slice.utf8(text)));
      set(row, scalar == null ? Value.NullValue.NULL : scalar, frame);
    } catch (JsonParseException e) {
      throw new IllegalStateException("a default that is no JSON: " + text, e);
    }
  }

  private void set(ValueRow row, Value value, Frame frame) {
    Value stored = conversion.convert(value, strict);
    if (stored instanceof Value.TemporalValue && definition.type().kind() == TypeKind.TIMESTAMP) {
      RowMaker.set(row, definition.ordinal(), definition.type(), value, frame);
    } else {
      row.set(definition.ordinal(), stored);
    }
  }
}
