package io.vaquita.session.definition;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.AlterTableAction;
import io.vaquita.parser.syntax.AlterTableAction.Position;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableOption;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies the actions of ALTER TABLE to a {@link TableDraft}, in their order. Confined to one statement. */
final class AlterBinder {
  private final TableDraft draft;
  private final TableBinder tables;
  private final ColumnBinder columns;

  /** Set by RENAME TO. */
  @Nullable TableName newName;

  /** Whether the rows must be written anew even where no column changed: FORCE, ENGINE, CONVERT TO. */
  boolean rebuild;

  AlterBinder(TableDraft draft, TableBinder tables, ColumnBinder columns) {
    this.draft = draft;
    this.tables = tables;
    this.columns = columns;
  }

  void apply(List<AlterTableAction> actions) {
    if (actions.size() == 1
        && actions.getFirst() instanceof AlterTableAction.Validation validation) {
      throw MySqlError.ER_WRONG_USAGE.exception(
          "ALTER", (validation.validate() ? "WITH" : "WITHOUT") + " VALIDATION");
    }
    for (AlterTableAction action : actions) {
      apply(action);
    }
  }

  private void apply(AlterTableAction action) {
    switch (action) {
      case AlterTableAction.AddColumn add -> addColumn(add);
      case AlterTableAction.AddElement add -> tables.add(add.element());
      case AlterTableAction.ChangeColumn change -> changeColumn(change);
      case AlterTableAction.DropColumn drop -> dropColumn(drop.name());
      case AlterTableAction.DropPrimaryKey drop -> dropIndex("PRIMARY");
      case AlterTableAction.DropIndex drop -> dropIndex(drop.name());
      case AlterTableAction.DropForeignKey drop -> dropForeignKey(drop.name());
      case AlterTableAction.DropCheck drop -> dropCheck(drop.name());
      case AlterTableAction.DropConstraint drop -> dropConstraint(drop.name());
      case AlterTableAction.AlterCheck alter -> alterCheck(alter.name(), alter.enforced());
      case AlterTableAction.AlterIndexVisibility alter -> indexVisibility(alter);
      case AlterTableAction.AlterColumnDefault alter -> columnDefault(alter);
      case AlterTableAction.AlterColumnVisibility alter -> columnVisibility(alter);
      case AlterTableAction.RenameColumn rename -> renameColumn(rename.from(), rename.to());
      case AlterTableAction.RenameIndex rename -> renameIndex(rename.from(), rename.to());
      case AlterTableAction.RenameTo rename -> newName = rename.name();
      case AlterTableAction.ConvertTo convert -> convertTo(convert);
      case AlterTableAction.SetOption option -> setOption(option.option());
      case AlterTableAction.Force force -> rebuild = true;
      case AlterTableAction.OrderBy order -> rebuild = true;
      case AlterTableAction.EnableKeys keys -> {
        // InnoDB takes it and does nothing, with a note; so do we, without an index to disable
      }
      case AlterTableAction.Validation validation -> {}
      case AlterTableAction.Other other -> throw unsupported(other.name());
    }
  }

  /** No table has partitions or another engine yet: to do something with them is MySQL's own mistake. */
  private static RuntimeException unsupported(String name) {
    if (name.startsWith("SECONDARY_")) {
      return MySqlError.ER_SECONDARY_ENGINE.exception("No secondary engine defined.");
    }
    return name.contains("PARTITION") && !name.startsWith("PARTITION BY")
        ? MySqlError.ER_PARTITION_MGMT_ON_NONPARTITIONED.exception()
        : MySqlError.ER_NOT_SUPPORTED_YET.exception("ALTER TABLE … " + name);
  }

  private void setOption(TableOption option) {
    tables.setOptions(List.of(option), draft.collation);
    if (option.name().equals("ENGINE")) {
      rebuild = true;
    }
  }

  private void addColumn(AlterTableAction.AddColumn add) {
    tables.addColumn(add.column(), place(add.position(), draft.columns.size()));
  }

  private int place(@Nullable Position position, int usual) {
    return switch (position) {
      case null -> usual;
      case Position.First first -> 0;
      case Position.After after -> existing(after.column()) + 1;
    };
  }

  private int existing(String column) {
    int i = draft.indexOfColumn(column);
    if (i < 0) {
      throw MySqlError.ER_BAD_FIELD_ERROR.exception(column, draft.name);
    }
    return i;
  }

  private void changeColumn(AlterTableAction.ChangeColumn change) {
    int at = existing(change.name());
    TableDraft.Column old = draft.columns.get(at);
    String newColumn = change.column().name();
    int other = draft.indexOfColumn(newColumn);
    if (other >= 0 && other != at) {
      throw MySqlError.ER_DUP_FIELDNAME.exception(newColumn);
    }
    ColumnDefinition bound = columns.bind(change.column());
    boolean inPrimary =
        draft.indexes.stream()
            .anyMatch(
                i ->
                    i.primary()
                        && i.parts().stream()
                            .anyMatch(p -> p.column().equalsIgnoreCase(change.name())));
    if (inPrimary && !Boolean.TRUE.equals(change.column().nullable())) {
      bound = notNull(bound);
    }
    draft.columns.set(at, new TableDraft.Column(bound, old.origin()));
    if (!old.definition().name().equals(newColumn)) {
      renameInParts(old.definition().name(), newColumn);
    }
    if (change.position() != null) {
      TableDraft.Column moved = draft.columns.remove(at);
      draft.columns.add(place(change.position(), at), moved);
    }
    tables.addInlineParts(change.column());
  }

  private static ColumnDefinition notNull(ColumnDefinition c) {
    return c.withNullable(false);
  }

  private void renameColumn(String from, String to) {
    int at = existing(from);
    if (draft.column(to) != null && !from.equalsIgnoreCase(to)) {
      throw MySqlError.ER_DUP_FIELDNAME.exception(to);
    }
    TableDraft.Column column = draft.columns.get(at);
    ColumnDefinition c = column.definition();
    draft.columns.set(at, new TableDraft.Column(c.withName(to), column.origin()));
    renameInParts(c.name(), to);
  }

  private void renameInParts(String from, String to) {
    refuseWhenTextUses(from);
    for (int i = 0; i < draft.indexes.size(); i++) {
      TableDraft.Index index = draft.indexes.get(i);
      List<TableDraft.Part> parts = new ArrayList<>();
      for (TableDraft.Part part : index.parts()) {
        boolean same = part.column().equalsIgnoreCase(from);
        parts.add(
            same ? new TableDraft.Part(to, part.prefixLength(), part.descending(), null) : part);
      }
      draft.indexes.set(i, withParts(index, parts));
    }
    draft.foreignKeys.replaceAll(
        k ->
            new TableDraft.ForeignKey(
                k.name(),
                k.indexName(),
                k.columns().stream().map(c -> c.equalsIgnoreCase(from) ? to : c).toList(),
                k.parentSchema(),
                k.parentTable(),
                k.parentColumns(),
                k.onDelete(),
                k.onUpdate()));
  }

  /** Generated columns and checks keep their expressions as text: a column that they name stays as it is. */
  private void refuseWhenTextUses(String column) {
    String quoted = "`" + column + "`";
    for (TableDraft.Index index : draft.indexes) {
      for (TableDraft.Part part : index.parts()) {
        if (part.expression() != null && part.expression().contains(quoted)) {
          throw MySqlError.ER_DEPENDENT_BY_FUNCTIONAL_INDEX.exception(column);
        }
      }
    }
    for (TableDraft.Column c : draft.columns) {
      ColumnDefinition.Generated generated = c.definition().generated();
      if (generated != null && generated.sql().contains(quoted)) {
        throw MySqlError.ER_DEPENDENT_BY_GENERATED_COLUMN.exception(column);
      }
    }
    for (CheckDefinition check : draft.checks) {
      if (check.sql().contains(quoted)) {
        throw MySqlError.ER_DEPENDENT_BY_CHECK_CONSTRAINT.exception(check.name(), column);
      }
    }
  }

  static TableDraft.Index withParts(TableDraft.Index index, List<TableDraft.Part> parts) {
    return new TableDraft.Index(
        index.name(),
        index.primary(),
        index.unique(),
        parts,
        index.visible(),
        index.comment(),
        index.tree(),
        index.generated());
  }

  private void dropColumn(String name) {
    int at = draft.indexOfColumn(name);
    if (at < 0) {
      throw MySqlError.ER_CANT_DROP_FIELD_OR_KEY.exception(name);
    }
    if (draft.columns.size() == 1) {
      throw MySqlError.ER_CANT_REMOVE_ALL_FIELDS.exception();
    }
    String column = draft.columns.get(at).definition().name();
    for (TableDraft.ForeignKey key : draft.foreignKeys) {
      if (key.columns().stream().anyMatch(c -> c.equalsIgnoreCase(column))) {
        throw MySqlError.ER_FK_COLUMN_CANNOT_DROP.exception(column, key.name());
      }
    }
    draft.checks.removeIf(c -> onlyUses(c.sql(), column));
    refuseWhenTextUses(column);
    draft.columns.remove(at);
    List<TableDraft.Index> kept = new ArrayList<>();
    for (TableDraft.Index index : draft.indexes) {
      List<TableDraft.Part> parts =
          index.parts().stream().filter(p -> !p.column().equalsIgnoreCase(column)).toList();
      if (parts.size() == index.parts().size()) {
        kept.add(index);
      } else if (!parts.isEmpty()) {
        // the rest of the index is another index: it is built anew
        kept.add(
            new TableDraft.Index(
                index.name(),
                index.primary(),
                index.unique(),
                parts,
                index.visible(),
                index.comment(),
                0,
                false));
      }
    }
    draft.indexes.clear();
    draft.indexes.addAll(kept);
  }

  /** A check on the dropped column alone goes with it. */
  private boolean onlyUses(String sql, String column) {
    if (!sql.contains("`" + column + "`")) {
      return false;
    }
    return draft.columns.stream()
        .map(c -> c.definition().name())
        .filter(n -> !n.equalsIgnoreCase(column))
        .noneMatch(n -> sql.contains("`" + n + "`"));
  }

  private void dropIndex(String name) {
    TableDraft.Index index = draft.index(name);
    if (index == null || index.primary() != name.equalsIgnoreCase("PRIMARY")) {
      throw MySqlError.ER_CANT_DROP_FIELD_OR_KEY.exception(name);
    }
    draft.indexes.remove(index);
    for (TableDraft.ForeignKey key : draft.foreignKeys) {
      boolean served = draft.indexes.stream().anyMatch(i -> serves(i, key));
      if (!served && serves(index, key)) {
        throw MySqlError.ER_DROP_INDEX_FK.exception(index.name());
      }
    }
  }

  private static boolean serves(TableDraft.Index index, TableDraft.ForeignKey key) {
    if (index.parts().size() < key.columns().size()) {
      return false;
    }
    for (int i = 0; i < key.columns().size(); i++) {
      if (!index.parts().get(i).column().equalsIgnoreCase(key.columns().get(i))) {
        return false;
      }
    }
    return true;
  }

  private void dropForeignKey(String name) {
    if (!draft.foreignKeys.removeIf(k -> k.name().equalsIgnoreCase(name))) {
      throw MySqlError.ER_CANT_DROP_FIELD_OR_KEY.exception(name);
    }
  }

  private void dropCheck(String name) {
    if (!draft.checks.removeIf(c -> c.name().equalsIgnoreCase(name))) {
      throw MySqlError.ER_CHECK_CONSTRAINT_NOT_FOUND.exception(name);
    }
  }

  private void dropConstraint(String name) {
    if (draft.checks.removeIf(c -> c.name().equalsIgnoreCase(name))
        || draft.foreignKeys.removeIf(k -> k.name().equalsIgnoreCase(name))) {
      return;
    }
    TableDraft.Index index = draft.index(name);
    if (index == null || !index.unique()) {
      throw MySqlError.ER_CONSTRAINT_NOT_FOUND.exception(name);
    }
    dropIndex(name);
  }

  private void alterCheck(String name, boolean enforced) {
    for (int i = 0; i < draft.checks.size(); i++) {
      CheckDefinition check = draft.checks.get(i);
      if (check.name().equalsIgnoreCase(name)) {
        draft.checks.set(i, new CheckDefinition(check.name(), check.sql(), enforced));
        return;
      }
    }
    throw MySqlError.ER_CHECK_CONSTRAINT_NOT_FOUND.exception(name);
  }

  private void indexVisibility(AlterTableAction.AlterIndexVisibility alter) {
    TableDraft.Index index = draft.index(alter.name());
    if (index == null) {
      throw MySqlError.ER_KEY_DOES_NOT_EXITS.exception(alter.name(), draft.name);
    }
    if (index.primary() && !alter.visible()) {
      throw MySqlError.ER_PK_INDEX_CANT_BE_INVISIBLE.exception();
    }
    draft.indexes.set(
        draft.indexes.indexOf(index),
        new TableDraft.Index(
            index.name(),
            index.primary(),
            index.unique(),
            index.parts(),
            alter.visible(),
            index.comment(),
            index.tree(),
            index.generated()));
  }

  private void renameIndex(String from, String to) {
    TableDraft.Index index = draft.index(from);
    if (index == null || index.primary()) {
      throw MySqlError.ER_KEY_DOES_NOT_EXITS.exception(from, draft.name);
    }
    if (!from.equalsIgnoreCase(to) && draft.index(to) != null) {
      throw MySqlError.ER_DUP_KEYNAME.exception(to);
    }
    draft.indexes.set(
        draft.indexes.indexOf(index),
        new TableDraft.Index(
            to,
            false,
            index.unique(),
            index.parts(),
            index.visible(),
            index.comment(),
            index.tree(),
            false));
  }

  private void columnDefault(AlterTableAction.AlterColumnDefault alter) {
    int at = existing(alter.name());
    TableDraft.Column column = draft.columns.get(at);
    ColumnDefinition c = column.definition();
    Default value =
        alter.defaultValue() == null
            ? new Default.None()
            : columns.defaultValue(
                c.name(), c.type(), c.nullable(), alter.defaultValue(), alter.isExpression());
    draft.columns.set(at, new TableDraft.Column(c.withDefault(value), column.origin()));
  }

  private void columnVisibility(AlterTableAction.AlterColumnVisibility alter) {
    int at = existing(alter.name());
    TableDraft.Column column = draft.columns.get(at);
    ColumnDefinition c = column.definition();
    draft.columns.set(
        at, new TableDraft.Column(c.withInvisible(!alter.visible()), column.origin()));
  }

  private void convertTo(AlterTableAction.ConvertTo convert) {
    CharacterSet usual = draft.collation.characterSet();
    Collation target =
        TypeBinder.resolve(
            convert.characterSet(),
            convert.collation(),
            convert.characterSet() == null
                ? Collations.defaultFor(Objects.requireNonNull(CharacterSets.byName(usual.name())))
                : draft.collation);
    draft.collation = target;
    rebuild = true;
    for (int i = 0; i < draft.columns.size(); i++) {
      TableDraft.Column column = draft.columns.get(i);
      ColumnDefinition c = column.definition();
      DataType type = c.type();
      if (type.domain() == TypeKind.Domain.STRING && !type.isBinaryString()) {
        DataType converted =
            new DataType(
                type.kind(),
                type.length(),
                type.decimals(),
                type.unsigned(),
                type.zerofill(),
                target,
                type.members());
        draft.columns.set(i, new TableDraft.Column(c.withType(converted), column.origin()));
      }
    }
  }

  /** The element of an ADD as CREATE INDEX writes it. */
  void addKey(TableElement.Key key) {
    tables.add(key);
  }
}
