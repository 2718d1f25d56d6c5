package io.vaquita.expression.function;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Nulls;
import io.vaquita.expression.SqlMode;
import io.vaquita.expression.Values;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;
import io.vaquita.value.json.JsonBinary;
import io.vaquita.value.json.JsonCast;
import io.vaquita.value.json.JsonPath;
import io.vaquita.value.json.JsonSeek;
import io.vaquita.value.json.JsonText;
import io.vaquita.value.number.NumberParser;
import io.vaquita.value.number.NumberScan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON_VALUE(document, path RETURNING type … ON EMPTY … ON ERROR): one value of a document in an SQL type. What does not fit into the
 * type is an error, which without ERROR ON ERROR becomes NULL or the default. Immutable.
 */
public final class JsonValueCall extends Expression {
  private static final String NAME = "json_value";
  private static final int LENGTH = 512;

  /** What comes of nothing found, or of an error. */
  public record Action(boolean isError, @Nullable Expression value) {
    /** NULL, as without a clause. */
    public static final Action NULL = new Action(false, null);
  }

  private final Expression document;
  private final Expression path;
  private final Action onEmpty;
  private final Action onError;
  private final StoreConversion conversion;
  private final JsonArguments arguments;

  private JsonValueCall(
      Expression document, Expression path, DataType type, Action onEmpty, Action onError) {
    super(type, true);
    this.document = document;
    this.path = path;
    this.onEmpty = onEmpty;
    this.onError = onError;
    this.conversion = new StoreConversion(NAME, type, true);
    this.arguments = new JsonArguments(NAME, List.of(document, path)).path(1, path);
  }

  /**
   * @param returning the type as CAST has it; null: CHAR(512)
   */
  public static Expression of(
      Expression document,
      Expression path,
      @Nullable DataType returning,
      Action onEmpty,
      Action onError) {
    return new JsonValueCall(document, path, stored(returning), onEmpty, onError);
  }

  /** Texts are as long as they are. */
  private static DataType stored(@Nullable DataType type) {
    if (type == null) {
      return DataType.varchar(LENGTH, textCollation());
    }
    if (type.domain() != TypeKind.Domain.STRING) {
      return type;
    }
    if (type.isBinaryString()) {
      return type.length() == 0
          ? DataType.of(TypeKind.LONGBLOB, 4_294_967_295L)
          : DataType.varbinary(type.length());
    }
    return type.length() == 0
        ? new DataType(
            TypeKind.LONGTEXT, 4_294_967_295L, 0, false, false, textCollation(), List.of())
        : DataType.varchar(type.length(), textCollation());
  }

  private static Collation textCollation() {
    Collation collation = Collations.byName("utf8mb4_0900_bin");
    return collation == null ? Collations.UTF8MB4_BIN : collation;
  }

  private Value value(Frame frame) {
    Defaults defaults = frame.statement.state(this, Defaults::new);
    if (!defaults.areRead) {
      defaults.areRead = true;
      defaults.onEmpty = defaultValue(onEmpty, frame);
      defaults.onError = defaultValue(onError, frame);
    }
    Expression[] x = {document, path};
    frame.isNull = false;
    Slice json;
    try {
      json = arguments.document(x, 0, frame);
    } catch (DatabaseException e) {
      return error(e, defaults, frame);
    }
    JsonPath where = json == null ? null : arguments.path(x, 1, frame);
    if (json == null || where == null) {
      return Value.NullValue.NULL;
    }
    List<Slice> found = JsonSeek.all(json, where);
    if (found.isEmpty()) {
      if (onEmpty.isError()) {
        throw MySqlError.ER_MISSING_JSON_VALUE.exception(NAME);
      }
      return defaults.onEmpty;
    }
    if (found.size() > 1) {
      return failed(MySqlError.ER_MULTIPLE_JSON_VALUES.exception(NAME), defaults);
    }
    return JsonBinary.isNull(found.getFirst())
        ? Value.NullValue.NULL
        : converted(found.getFirst(), defaults, frame);
  }

  private Value converted(Slice json, Defaults defaults, Frame frame) {
    try {
      Value value = ofType(json, frame);
      if (value != null) {
        return value;
      }
    } catch (DatabaseException e) {
      // it does not fit, which has its own error here
    }
    return failed(MySqlError.ER_DATA_OUT_OF_RANGE.exception(typeName("STRING"), NAME), defaults);
  }

  private Value failed(DatabaseException e, Defaults defaults) {
    if (onError.isError()) {
      throw e;
    }
    return defaults.onError;
  }

  /** A text that is no JSON is warned of as well. */
  private Value error(DatabaseException e, Defaults defaults, Frame frame) {
    if (e.number() != MySqlError.ER_INVALID_JSON_TEXT_IN_PARAM.number()) {
      throw e;
    }
    Value value = failed(e, defaults);
    frame.statement.warn(
        WarningSink.Level.WARNING, e.number(), e.getMessage() == null ? "" : e.getMessage());
    return value;
  }

  /** Null where the type does not take such a value. */
  private @Nullable Value ofType(Slice json, Frame frame) {
    if (type().kind() == TypeKind.JSON) {
      return new Value.JsonValue(json);
    }
    if (type().domain() == TypeKind.Domain.STRING) {
      boolean isText = JsonBinary.type(json) == JsonBinary.STRING;
      Slice text = isText ? JsonBinary.stringValue(json) : JsonText.text(json);
      return fits(text) ? new Value.StringValue(text, type().collation()) : null;
    }
    Value scalar = JsonCast.scalar(json);
    return scalar == null || !takes(scalar) ? null : store(scalar, frame);
  }

  private boolean fits(Slice text) {
    return type().isBinaryString()
        ? text.length() <= type().length()
        : Chars.length(text, false) <= type().length();
  }

  private boolean takes(Value scalar) {
    boolean isText = scalar instanceof Value.StringValue;
    return switch (type().domain()) {
      case TEMPORAL -> isText || scalar instanceof Value.TemporalValue;
      case INTEGER ->
          !(scalar instanceof Value.StringValue s)
              || type().kind() != TypeKind.YEAR && isInteger(s.bytes());
      case DECIMAL, DOUBLE -> !(scalar instanceof Value.StringValue s) || !endsWithSpace(s.bytes());
      case STRING, JSON, NULL -> true;
    };
  }

  private boolean isInteger(Slice text) {
    NumberScan scan = new NumberScan();
    NumberParser.toLongCut(text, type().unsigned(), scan);
    return !scan.isTruncated() && !scan.isOverflow && !endsWithSpace(text);
  }

  private static boolean endsWithSpace(Slice text) {
    return text.length() > 0 && text.byteAt(text.length() - 1) == ' ';
  }

  /** As an assignment in strict mode; fractions of a second are cut. */
  private Value store(Value value, Frame frame) {
    long mode = frame.statement.sqlMode() | SqlMode.TIME_TRUNCATE_FRACTIONAL.mask();
    StoreContext strict =
        new StoreContext(
            (level, number, message) -> {},
            true,
            false,
            mode,
            frame.statement.timeZone(),
            Conversion.currentDate(frame));
    return conversion.convert(value, strict);
  }

  /** Read once a statement. Confined to it. */
  private static final class Defaults {
    boolean areRead;
    Value onEmpty = Value.NullValue.NULL;
    Value onError = Value.NullValue.NULL;
  }

  private Value defaultValue(Action action, Frame frame) {
    Expression e = action.value();
    if (e == null || Nulls.isNull(e, frame)) {
      return Value.NullValue.NULL;
    }
    if (type().kind() == TypeKind.JSON) {
      Slice text = e.evaluateBytes(frame);
      return text == null
          ? Value.NullValue.NULL
          : new Value.JsonValue(Conversion.textToJson(text, e.type(), NAME, 1));
    }
    Value given = e.evaluate(frame);
    try {
      boolean isWhole =
          type().domain() != TypeKind.Domain.INTEGER || !(given instanceof Value.DecimalValue);
      if (isWhole && (type().domain() == TypeKind.Domain.TEMPORAL || takes(given))) {
        return store(given, frame);
      }
    } catch (DatabaseException cause) {
      if (cause.is(MySqlError.ER_WARN_DATA_OUT_OF_RANGE) || cause.is(MySqlError.ER_DATA_TOO_LONG)) {
        throw MySqlError.ER_DATA_OUT_OF_RANGE.exception(typeName("CHAR") + " DEFAULT", NAME);
      }
    }
    Slice text = e.evaluateBytes(frame);
    throw MySqlError.ER_TRUNCATED_WRONG_VALUE.exception(
        numberName(), text == null ? "" : text.toUtf8());
  }

  private String numberName() {
    return switch (type().domain()) {
      case INTEGER -> "INTEGER " + typeName("");
      case TEMPORAL -> type().kind().name().toLowerCase(java.util.Locale.ROOT);
      case DECIMAL, DOUBLE, STRING, JSON, NULL -> typeName("CHAR");
    };
  }

  private String typeName(String ofText) {
    return switch (type().domain()) {
      case STRING -> ofText;
      case INTEGER ->
          type().kind() == TypeKind.YEAR ? "YEAR" : type().unsigned() ? "UNSIGNED" : "SIGNED";
      case DECIMAL, DOUBLE, TEMPORAL, JSON, NULL -> type().kind().name();
    };
  }

  @Override
  public long evaluateLong(Frame frame) {
    return Values.toLong(value(frame), frame);
  }

  @Override
  public double evaluateDouble(Frame frame) {
    return Values.toDouble(value(frame), frame);
  }

  @Override
  public @Nullable BigDecimal evaluateDecimal(Frame frame) {
    return Values.toDecimal(value(frame), frame);
  }

  @Override
  public @Nullable Slice evaluateBytes(Frame frame) {
    Value value = value(frame);
    frame.isNull = value.isNull();
    return value instanceof Value.DoubleValue d
        ? Conversion.doubleToText(d.value(), type())
        : Values.toBytes(value, frame);
  }

  @Override
  public long evaluateTemporal(Frame frame, TypeKind kind) {
    return Values.toTemporal(value(frame), kind, frame);
  }

  @Override
  public @Nullable Slice evaluateJson(Frame frame) {
    return Values.toJson(value(frame), frame);
  }

  @Override
  public boolean evaluateBoolean(Frame frame) {
    return Values.toBoolean(value(frame), frame);
  }

  @Override
  public Value evaluate(Frame frame) {
    Value value = value(frame);
    frame.isNull = value.isNull();
    return value;
  }

  @Override
  public int coercibility() {
    return type().domain() == TypeKind.Domain.STRING ? Coercibility.IMPLICIT : super.coercibility();
  }

  @Override
  public List<Expression> children() {
    List<Expression> children = new ArrayList<>(List.of(document, path));
    for (Action action : List.of(onEmpty, onError)) {
      Expression value = action.value();
      if (value != null) {
        children.add(value);
      }
    }
    return children;
  }

  @Override
  public Expression withChildren(List<Expression> children) {
    int at = 2;
    Action empty = onEmpty.value() == null ? onEmpty : new Action(false, children.get(at++));
    Action error = onError.value() == null ? onError : new Action(false, children.get(at));
    return new JsonValueCall(children.get(0), children.get(1), type(), empty, error);
  }

  @Override
  public String describe() {
    return NAME + "(" + document.describe() + "," + path.describe() + ")";
  }
}
