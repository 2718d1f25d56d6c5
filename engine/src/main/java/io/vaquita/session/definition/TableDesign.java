package io.vaquita.session.definition;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.WarningSink;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SqlMode;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.AlterTableAction;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import io.vaquita.value.conversion.StoreContext;
import io.vaquita.value.conversion.StoreConversion;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes table definitions from CREATE and ALTER statements. Confined to one statement.
 *
 * @param trees where new indexes get their trees from
 * @param expressions binds functional key parts
 */
public record TableDesign(
    long sqlMode,
    CatalogSnapshot catalog,
    WarningSink warnings,
    TreeNumbers trees,
    boolean checksForeignKeys,
    Expressions expressions) {

  /** Binds expressions of a definition over the columns of the table. */
  public interface Expressions {
    Expression bind(TableDefinition table, String sql);
  }

  /** Gives numbers of trees that nobody uses. */
  public interface TreeNumbers {
    int next(boolean temporary);
  }

  private TableDraft.Trees treesOf(TableDraft draft) {
    return () -> trees.next(draft.temporary);
  }

  /**
   * A table after ALTER.
   *
   * @param newName of RENAME TO, or null
   * @param origins for each new column the ordinal of the old one, or -1
   * @param copiesRows whether all rows must be written anew into the new trees
   * @param newIndexes indexes that must be built over rows that stay where they are
   * @param droppedTrees trees that go
   */
  public record Altered(
      TableDefinition table,
      @Nullable TableName newName,
      List<Integer> origins,
      boolean copiesRows,
      List<IndexDefinition> newIndexes,
      List<Integer> droppedTrees) {
    public Altered {
      origins = List.copyOf(origins);
      newIndexes = List.copyOf(newIndexes);
      droppedTrees = List.copyOf(droppedTrees);
    }
  }

  private ColumnBinder columnBinder(Collation collation) {
    return new ColumnBinder(sqlMode, collation, this::convert, SyntaxPrinter::expression, warnings);
  }

  private @Nullable Value convert(Value literal, DataType type) {
    try {
      StoreContext strict = new StoreContext(warnings, true, false, sqlMode, ZoneOffset.UTC, 0);
      return new StoreConversion("", type, true).convert(literal, strict);
    } catch (DatabaseException e) {
      return null;
    }
  }

  private TableBinder tableBinder(TableDraft draft) {
    return new TableBinder(
        draft,
        columnBinder(draft.collation),
        catalog,
        warnings,
        checksForeignKeys,
        SqlMode.NO_ENGINE_SUBSTITUTION.isSet(sqlMode));
  }

  public TableDefinition create(
      TableStatement.CreateTable create,
      String schema,
      Collation schemaCollation,
      long id,
      long createdMicros) {
    TableDraft draft = draft(create, schema, schemaCollation);
    return checked(draft.build(id, 1, treesOf(draft), false, 0, createdMicros));
  }

  private TableDefinition checked(TableDefinition table) {
    DefinitionCheck.check(table, expressions);
    return table;
  }

  private TableDraft draft(
      TableStatement.CreateTable create, String schema, Collation schemaCollation) {
    TableDraft draft = new TableDraft(schema, create.name().name(), schemaCollation, expressions);
    draft.temporary = create.temporary();
    tableBinder(draft).setOptions(create.options(), schemaCollation);
    tableBinder(draft).create(create);
    return draft;
  }

  /** CREATE TABLE … SELECT: the query's columns follow the declared ones, unless they have the same name. */
  public TableDefinition createWith(
      TableStatement.CreateTable create,
      List<ColumnDefinition> queryColumns,
      String schema,
      Collation schemaCollation,
      long id,
      long createdMicros) {
    TableDraft draft = draftColumnsOnly(create, schema, schemaCollation);
    for (ColumnDefinition column : queryColumns) {
      if (draft.column(column.name()) == null) {
        draft.columns.add(new TableDraft.Column(column, -1));
      }
    }
    tableBinder(draft).createKeys(create);
    return checked(draft.build(id, 1, treesOf(draft), false, 0, createdMicros));
  }

  private TableDraft draftColumnsOnly(
      TableStatement.CreateTable create, String schema, Collation schemaCollation) {
    TableDraft draft = new TableDraft(schema, create.name().name(), schemaCollation, expressions);
    draft.temporary = create.temporary();
    tableBinder(draft).setOptions(create.options(), schemaCollation);
    tableBinder(draft).createColumns(create);
    return draft;
  }

  /** CREATE TABLE … LIKE: everything but foreign keys. */
  public TableDefinition like(
      TableDefinition original,
      String schema,
      String name,
      boolean temporary,
      long id,
      long createdMicros) {
    TableDraft draft = TableDraft.of(original, expressions);
    draft.foreignKeys.clear();
    draft.schema = schema;
    draft.name = name;
    draft.temporary = temporary;
    draft.autoIncrementStart = 0;
    return draft.build(id, 1, treesOf(draft), false, 0, createdMicros);
  }

  /** TRUNCATE: the same table over new trees. */
  public TableDefinition emptied(TableDefinition table) {
    TableDraft draft = TableDraft.of(table, expressions);
    draft.autoIncrementStart = 0;
    return draft.build(
        table.id(), table.version() + 1, treesOf(draft), false, 0, table.createdMicros());
  }

  public Altered alter(TableDefinition before, List<AlterTableAction> actions, long nowMicros) {
    TableDraft draft = TableDraft.of(before, expressions);
    AlterBinder binder = new AlterBinder(draft, tableBinder(draft), columnBinder(draft.collation));
    binder.apply(actions);
    boolean samePrimary = samePrimary(before, draft);
    boolean copies = binder.rebuild || !samePrimary || !sameColumns(before, draft);
    TableDefinition after =
        draft.build(
            before.id(),
            before.version() + 1,
            treesOf(draft),
            !copies,
            before.clustered().tree(),
            copies ? nowMicros : before.createdMicros());
    checked(after);
    List<Integer> origins = draft.columns.stream().map(TableDraft.Column::origin).toList();
    List<IndexDefinition> added = new ArrayList<>();
    List<Integer> kept = after.trees();
    List<Integer> dropped = new ArrayList<>();
    List<Integer> old = before.trees();
    for (IndexDefinition index : after.indexes()) {
      if (!copies && !old.contains(index.tree())) {
        added.add(index);
      }
    }
    for (int tree : old) {
      if (!kept.contains(tree)) {
        dropped.add(tree);
      }
    }
    return new Altered(after, binder.newName, origins, copies, added, dropped);
  }

  private static boolean samePrimary(TableDefinition before, TableDraft draft) {
    IndexDefinition clustered = before.clustered();
    TableDraft.Index primary =
        draft.indexes.stream().filter(TableDraft.Index::primary).findFirst().orElse(null);
    if (primary == null) {
      return clustered.parts().isEmpty();
    }
    return primary.tree() == clustered.tree();
  }

  /** Whether rows as they are stored are rows of the new table too. */
  private static boolean sameColumns(TableDefinition before, TableDraft draft) {
    if (before.columns().size() != draft.columns.size()) {
      return false;
    }
    for (int i = 0; i < draft.columns.size(); i++) {
      ColumnDefinition old = before.columns().get(i);
      TableDraft.Column column = draft.columns.get(i);
      ColumnDefinition now = column.definition();
      if (column.origin() != i
          || !old.type().equals(now.type())
          || old.nullable() != now.nullable()
          || !Objects.equals(old.generated(), now.generated())) {
        return false;
      }
    }
    return true;
  }
}
