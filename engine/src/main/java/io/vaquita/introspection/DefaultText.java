package io.vaquita.introspection;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.value.MemberLabels;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.ValueRow;
import io.vaquita.value.conversion.Values;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Defaults and extras of columns as SHOW COLUMNS and information_schema write them. Stateless. */
final class DefaultText {
  private DefaultText() {}

  /** COLUMN_DEFAULT: no quotes, null for none. */
  static @Nullable String of(ColumnDefinition column) {
    return switch (column.defaultValue()) {
      case Default.None n -> null;
      case Default.Literal literal ->
          column.type().isBinaryString() && !column.type().kind().isLob()
              ? hex(literal(literal, column))
              : literal(literal, column);
      case Default.Now now -> now(column);
      case Default.ExpressionText expression -> escaped(expression.sql());
    };
  }

  /** Expressions stand in information_schema with their quotes escaped. */
  static String escaped(String sql) {
    return sql.replace("\\", "\\\\").replace("'", "\\'");
  }

  static String literal(Default.Literal literal, ColumnDefinition column) {
    ValueRow row = new ValueRow(1);
    row.set(0, literal.value());
    TextBuffer out = new TextBuffer(32);
    Values.appendColumn(
        out, row, 0, column.type(), new MemberLabels(column.type()), ZoneOffset.UTC);
    if (column.type().kind() == TypeKind.BIT) {
      return "b'" + Long.toBinaryString(row.getLong(0)) + "'";
    }
    return out.toSlice().toUtf8();
  }

  /** Of byte strings: without the zeros that BINARY is filled up with. */
  private static String hex(String bytes) {
    int end = bytes.length();
    while (end > 0 && bytes.charAt(end - 1) == 0) {
      end--;
    }
    String digits =
        HexFormat.of()
            .withUpperCase()
            .formatHex(bytes.substring(0, end).getBytes(StandardCharsets.UTF_8));
    return digits.isEmpty() ? "" : "0x" + digits;
  }

  static String now(ColumnDefinition column) {
    int fraction = column.type().decimals();
    return fraction == 0 ? "CURRENT_TIMESTAMP" : "CURRENT_TIMESTAMP(" + fraction + ")";
  }

  /** EXTRA. */
  static String extra(ColumnDefinition column) {
    StringBuilder extra = new StringBuilder();
    if (column.autoIncrement()) {
      extra.append("auto_increment");
    }
    boolean computed =
        column.defaultValue() instanceof Default.Now
            || column.defaultValue() instanceof Default.ExpressionText;
    if (computed) {
      extra.append("DEFAULT_GENERATED");
    }
    if (column.onUpdateNow()) {
      extra.append(extra.isEmpty() ? "" : " ").append("on update ").append(now(column));
    }
    ColumnDefinition.Generated generated = column.generated();
    if (generated != null) {
      extra.append(generated.stored() ? "STORED GENERATED" : "VIRTUAL GENERATED");
    }
    if (column.invisible()) {
      extra.append(extra.isEmpty() ? "" : " ").append("INVISIBLE");
    }
    return extra.toString();
  }
}
