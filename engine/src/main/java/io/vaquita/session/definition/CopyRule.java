package io.vaquita.session.definition;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.parser.syntax.AlterTableAction;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether MySQL would copy a table row by row for an ALTER (MySQL manual, "Online DDL Operations"): then the statement counts its rows;
 * in place and at once it counts none, whatever is done here. Stateless.
 */
public final class CopyRule {
  private static final int SHORT_LENGTH_MAX = 255;

  private CopyRule() {}

  /** @param algorithm of the statement, or null */
  public static boolean copies(
      TableDefinition before,
      TableDefinition after,
      List<AlterTableAction> actions,
      @Nullable String algorithm) {
    boolean copies = "COPY".equals(algorithm);
    for (AlterTableAction action : actions) {
      copies |=
          switch (action) {
            case AlterTableAction.OrderBy order -> true;
            case AlterTableAction.DropPrimaryKey drop -> after.hasHiddenRowId();
            case AlterTableAction.ChangeColumn change ->
                changesType(before.column(change.name()), after.column(change.column().name()));
            case AlterTableAction.AddColumn add -> isStored(after.column(add.column().name()));
            case AlterTableAction.ConvertTo convert -> changesAny(before, after);
            default -> false;
          };
    }
    return copies || enforced(after) > enforced(before);
  }

  private static boolean changesAny(TableDefinition before, TableDefinition after) {
    for (ColumnDefinition column : before.columns()) {
      ColumnDefinition now = after.column(column.name());
      if (now != null && changesType(column, now)) {
        return true;
      }
    }
    return false;
  }

  private static long enforced(TableDefinition table) {
    return table.checks().stream().filter(CheckDefinition::enforced).count();
  }

  private static boolean isStored(@Nullable ColumnDefinition column) {
    return column != null && column.generated() != null && column.generated().stored();
  }

  /** Rows keep their bytes where only NULL is allowed or not, a VARCHAR grows within its length's bytes, an ENUM gets more members. */
  static boolean changesType(@Nullable ColumnDefinition before, @Nullable ColumnDefinition after) {
    if (before == null || after == null || before.type().equals(after.type())) {
      return false;
    }
    DataType from = before.type();
    DataType to = after.type();
    if (from.kind() != to.kind() || !from.collation().name().equals(to.collation().name())) {
      return true;
    }
    return switch (from.kind()) {
      case VARCHAR, VARBINARY -> to.length() < from.length() || isLong(from) != isLong(to);
      case ENUM, SET ->
          to.members().size() < from.members().size()
              || !to.members().subList(0, from.members().size()).equals(from.members());
      default -> true;
    };
  }

  private static boolean isLong(DataType type) {
    long bytes = type.length();
    if (type.kind() == TypeKind.VARCHAR) {
      bytes *= type.collation().characterSet().bytesPerCharacterMax();
    }
    return bytes > SHORT_LENGTH_MAX;
  }
}
