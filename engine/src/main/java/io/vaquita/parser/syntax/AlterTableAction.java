package io.vaquita.parser.syntax;

import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One action of ALTER TABLE. Immutable. */
public sealed interface AlterTableAction {

  /** Where a column goes; no Position at all means: at the end, or where it is. */
  sealed interface Position {
    record First() implements Position {}

    record After(String column) implements Position {}
  }

  record AddColumn(TableElement.Column column, @Nullable Position position)
      implements AlterTableAction {}

  /** ADD of a key, foreign key or check; ADD (column, key, …) has become several actions. */
  record AddElement(TableElement element) implements AlterTableAction {}

  /** CHANGE and, with the same name twice, MODIFY. */
  record ChangeColumn(String name, TableElement.Column column, @Nullable Position position)
      implements AlterTableAction {}

  record DropColumn(String name) implements AlterTableAction {}

  record DropPrimaryKey() implements AlterTableAction {}

  record DropIndex(String name) implements AlterTableAction {}

  record DropForeignKey(String name) implements AlterTableAction {}

  record DropCheck(String name) implements AlterTableAction {}

  /** DROP CONSTRAINT: of whatever kind it is. */
  record DropConstraint(String name) implements AlterTableAction {}

  /** ALTER CHECK and ALTER CONSTRAINT … [NOT] ENFORCED. */
  record AlterCheck(String name, boolean enforced) implements AlterTableAction {}

  record AlterIndexVisibility(String name, boolean visible) implements AlterTableAction {}

  /** ALTER COLUMN c SET DEFAULT …; null: DROP DEFAULT. */
  record AlterColumnDefault(
      String name, @Nullable ExpressionSyntax defaultValue, boolean isExpression)
      implements AlterTableAction {}

  record AlterColumnVisibility(String name, boolean visible) implements AlterTableAction {}

  record RenameColumn(String from, String to) implements AlterTableAction {}

  record RenameIndex(String from, String to) implements AlterTableAction {}

  record RenameTo(TableName name) implements AlterTableAction {}

  /** CONVERT TO CHARACTER SET; {@code characterSet} null: DEFAULT. */
  record ConvertTo(@Nullable String characterSet, @Nullable String collation)
      implements AlterTableAction {}

  /** A table option such as ENGINE, COMMENT, AUTO_INCREMENT. */
  record SetOption(TableOption option) implements AlterTableAction {}

  record OrderBy(List<OrderItem> order) implements AlterTableAction {}

  record EnableKeys(boolean enabled) implements AlterTableAction {}

  /** FORCE: rebuild. */
  record Force() implements AlterTableAction {}

  /** WITH and WITHOUT VALIDATION. */
  record Validation(boolean validate) implements AlterTableAction {}

  /** Partition and tablespace actions, by their text: {@code name} such as {@code ADD PARTITION}. */
  record Other(String name) implements AlterTableAction {}
}
