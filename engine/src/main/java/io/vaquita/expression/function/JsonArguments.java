package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.expression.Frame;
import io.vaquita.expression.LiteralExpression;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.json.JsonPath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Documents and paths among the arguments of one call. A literal path is parsed while binding, one that is constant in the statement
 * once a statement. Immutable.
 */
final class JsonArguments {
  private final String name;
  private final @Nullable JsonPath[] literals;
  private final boolean[] constants;

  JsonArguments(String name, List<Expression> arguments) {
    this.name = name;
    this.literals = new JsonPath[arguments.size()];
    this.constants = new boolean[arguments.size()];
    for (int i = 0; i < constants.length; i++) {
      constants[i] = Expressions.isStatementConstant(arguments.get(i));
    }
  }

  /** Marks an argument as path. */
  JsonArguments path(int index, Expression argument) {
    if (argument instanceof LiteralExpression l && l.value() instanceof Value.StringValue s) {
      literals[index] = JsonPath.parse(s.bytes());
    }
    return this;
  }

  /** Every {@code step}th argument from {@code first} on is a path. */
  JsonArguments paths(int first, int step, List<Expression> arguments) {
    for (int i = first; i < arguments.size(); i += step) {
      path(i, arguments.get(i));
    }
    return this;
  }

  /** Null for NULL. Text is parsed (3141); anything else than text and JSON is error 3146. */
  @Nullable Slice document(Expression[] x, int index, Frame frame) {
    Expression e = x[index];
    return switch (e.type().domain()) {
      case JSON -> e.evaluateJson(frame);
      case STRING -> {
        Slice text = e.evaluateBytes(frame);
        if (text == null) {
          yield null;
        }
        if (e.type().isBinaryString()) {
          throw MySqlError.ER_INVALID_JSON_CHARSET.exception("binary");
        }
        yield Conversion.textToJson(text, e.type(), name, index + 1);
      }
      case NULL -> {
        frame.isNull = true;
        yield null;
      }
      default -> throw MySqlError.ER_INVALID_TYPE_FOR_JSON.exception(index + 1, name);
    };
  }

  @Nullable JsonPath path(Expression[] x, int index, Frame frame) {
    JsonPath literal = literals[index];
    if (literal != null) {
      return literal;
    }
    if (!constants[index]) {
      return parse(x[index], frame);
    }
    return frame.statement.state(x[index], () -> new Parsed(parse(x[index], frame))).path();
  }

  private record Parsed(@Nullable JsonPath path) {}

  private static @Nullable JsonPath parse(Expression e, Frame frame) {
    Slice text = e.evaluateBytes(frame);
    return text == null ? null : JsonPath.parse(text);
  }

  /** A path without wildcards (3149). */
  @Nullable JsonPath plainPath(Expression[] x, int index, Frame frame) {
    JsonPath path = path(x, index, frame);
    if (path != null && path.hasWildcard()) {
      throw MySqlError.ER_INVALID_JSON_PATH_WILDCARD.exception();
    }
    return path;
  }

  /** True for 'one', false for 'all'; null for NULL; anything else is error 3154. */
  @Nullable Boolean one(Expression[] x, int index, Frame frame) {
    Slice text = x[index].evaluateBytes(frame);
    if (text == null) {
      return null;
    }
    return switch (text.toUtf8().toLowerCase(Locale.ROOT)) {
      case "one" -> Boolean.TRUE;
      case "all" -> Boolean.FALSE;
      default -> throw MySqlError.ER_JSON_BAD_ONE_OR_ALL_ARG.exception(name);
    };
  }

  static boolean isJson(Expression e) {
    return e.type().kind() == TypeKind.JSON;
  }
}
