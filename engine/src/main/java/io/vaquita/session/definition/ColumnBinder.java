package io.vaquita.session.definition;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes a column's definition from what was written. Confined to one statement.
 *
 * @param values converts default literals to the column's type
 * @param canonical prints an expression in the form in which definitions keep it
 */
record ColumnBinder(
    long sqlMode,
    Collation tableCollation,
    DefaultValues values,
    CanonicalText canonical,
    WarningSink warnings) {

  /** Converts a literal as an assignment in strict mode would; null when it does not fit. */
  interface DefaultValues {
    @Nullable Value convert(Value literal, DataType type);
  }

  /** Prints expressions for definitions; column references are of the table itself. */
  interface CanonicalText {
    String of(ExpressionSyntax expression);
  }

  ColumnDefinition bind(TableElement.Column column) {
    checkName(column.name());
    DataType type = new TypeBinder(sqlMode, tableCollation).bind(column.name(), column.type());
    boolean serial = column.type().name().equals("SERIAL");
    boolean primary = column.key() == TableElement.KeyKind.PRIMARY;
    if (primary && Boolean.TRUE.equals(column.nullable())) {
      throw MySqlError.ER_PRIMARY_CANT_HAVE_NULL.exception();
    }
    boolean nullable = !primary && !serial && !Boolean.FALSE.equals(column.nullable());
    boolean automatic = column.autoIncrement() || serial;
    if (automatic && Boolean.TRUE.equals(column.nullable())) {
      nullable = false;
    } else if (automatic) {
      nullable = false;
    }
    checkAutomatic(column, type, automatic);
    Default value = defaultValue(column, type, nullable);
    checkOnUpdate(column, type);
    TableElement.Generated generated = column.generated();
    if (generated != null) {
      StoredFunctions.checkGenerated(column.name(), generated.expression());
    }
    if (generated != null && (column.defaultValue() != null || automatic)) {
      throw MySqlError.ER_WRONG_USAGE.exception(
          automatic ? "AUTO_INCREMENT" : "DEFAULT", "generated column");
    }
    return new ColumnDefinition(
        column.name(),
        0,
        type,
        nullable,
        value,
        automatic,
        column.onUpdateNow() != null,
        generated == null
            ? null
            : new ColumnDefinition.Generated(
                canonical.of(generated.expression()), generated.stored()),
        Boolean.FALSE.equals(column.visible()),
        column.comment() == null ? "" : column.comment());
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.endsWith(" ") || name.startsWith(ColumnDefinition.HIDDEN_PREFIX)) {
      throw MySqlError.ER_WRONG_COLUMN_NAME.exception(name);
    }
    if (name.codePointCount(0, name.length()) > 64) {
      throw MySqlError.ER_TOO_LONG_IDENT.exception(name);
    }
  }

  private static void checkAutomatic(TableElement.Column column, DataType type, boolean automatic) {
    if (!automatic) {
      return;
    }
    boolean number = type.kind().isInteger() || type.domain() == TypeKind.Domain.DOUBLE;
    if (!number) {
      throw MySqlError.ER_WRONG_FIELD_SPEC.exception(column.name());
    }
    if (column.defaultValue() != null) {
      throw MySqlError.ER_INVALID_DEFAULT.exception(column.name());
    }
  }

  private static void checkOnUpdate(TableElement.Column column, DataType type) {
    if (column.onUpdateNow() == null) {
      return;
    }
    boolean moment = type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.DATETIME;
    if (!moment || column.onUpdateNow() != type.decimals()) {
      throw MySqlError.ER_INVALID_ON_UPDATE.exception(column.name());
    }
  }

  private Default defaultValue(TableElement.Column column, DataType type, boolean nullable) {
    ExpressionSyntax written = column.defaultValue();
    if (written == null) {
      return new Default.None();
    }
    return defaultValue(column.name(), type, nullable, written, column.defaultIsExpression());
  }

  /** The default that {@code DEFAULT written} means for a column. */
  Default defaultValue(
      String name,
      DataType type,
      boolean nullable,
      ExpressionSyntax written,
      boolean isExpression) {
    if (isExpression) {
      StoredFunctions.checkDefault(name, written);
      return new Default.ExpressionText(canonical.of(written));
    }
    if (written instanceof ExpressionSyntax.FunctionCall call) {
      return now(name, type, call);
    }
    Value literal = LiteralValue.of(written, tableCollation);
    if (literal == null) {
      throw MySqlError.ER_INVALID_DEFAULT.exception(name);
    }
    if (literal.isNull()) {
      if (!nullable) {
        throw MySqlError.ER_INVALID_DEFAULT.exception(name);
      }
      return new Default.None();
    }
    if (type.kind().isLob()) {
      throw MySqlError.ER_BLOB_CANT_HAVE_DEFAULT.exception(name);
    }
    Value converted = values.convert(literal, type);
    if (converted == null) {
      throw MySqlError.ER_INVALID_DEFAULT.exception(name);
    }
    return new Default.Literal(converted);
  }

  private static Default now(String name, DataType type, ExpressionSyntax.FunctionCall call) {
    String function = call.name().toUpperCase(Locale.ROOT);
    boolean isNow =
        function.equals("NOW")
            || function.equals("CURRENT_TIMESTAMP")
            || function.equals("LOCALTIME")
            || function.equals("LOCALTIMESTAMP");
    boolean moment = type.kind() == TypeKind.TIMESTAMP || type.kind() == TypeKind.DATETIME;
    int fraction = 0;
    if (!call.arguments().isEmpty()
        && call.arguments().getFirst() instanceof ExpressionSyntax.IntegerLiteral i) {
      fraction = i.value().intValue();
    }
    if (!isNow || !moment || fraction != type.decimals()) {
      throw MySqlError.ER_INVALID_DEFAULT.exception(name);
    }
    return new Default.Now();
  }
}
