package io.vaquita.session.definition;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.Expressions;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.planner.DefinitionExpressions;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Functional key parts, {@code KEY ((expr))}: each is kept in a hidden generated column behind all others, so that indexes, uniqueness
 * and the planner need to know of columns only. Stateless.
 */
final class FunctionalKeys {
  private FunctionalKeys() {}

  /** What can be refused without the table's columns. */
  static void refuse(TableElement.Key key) {
    switch (key.kind()) {
      case PRIMARY -> throw MySqlError.ER_FUNCTIONAL_INDEX_PRIMARY_KEY.exception();
      case FULLTEXT -> throw MySqlError.ER_FULLTEXT_FUNCTIONAL_INDEX.exception();
      case SPATIAL -> throw MySqlError.ER_SPATIAL_FUNCTIONAL_INDEX.exception();
      case UNIQUE, INDEX -> {}
    }
    for (TableElement.KeyPart part : key.parts()) {
      if (part.expression() instanceof ExpressionSyntax.ColumnReference) {
        throw MySqlError.ER_FUNCTIONAL_INDEX_ON_FIELD.exception();
      }
    }
  }

  /** Gives each functional part of the draft its column; one that was there before and still fits keeps its values. */
  static void addHiddenColumns(TableDraft draft, TableDesign.Expressions expressions) {
    if (draft.indexes.stream()
        .noneMatch(i -> i.parts().stream().anyMatch(p -> p.expression() != null))) {
      return;
    }
    TableDefinition visible = visible(draft);
    for (int i = 0; i < draft.indexes.size(); i++) {
      TableDraft.Index index = draft.indexes.get(i);
      List<TableDraft.Part> parts = new ArrayList<>();
      for (TableDraft.Part part : index.parts()) {
        String sql = part.expression();
        parts.add(
            sql == null
                ? part
                : hidden(
                    draft,
                    index.name(),
                    parts.size(),
                    part,
                    bind(visible, index, sql, expressions)));
      }
      draft.indexes.set(i, AlterBinder.withParts(index, parts));
    }
  }

  private static TableDraft.Part hidden(
      TableDraft draft, String index, int position, TableDraft.Part part, Expression e) {
    String name = ColumnDefinition.HIDDEN_PREFIX + index + "!" + position + "!0";
    ColumnDefinition column =
        new ColumnDefinition(
            name,
            0,
            DefinitionExpressions.columnType(e),
            e.isNullable(),
            new ColumnDefinition.Default.None(),
            false,
            false,
            new ColumnDefinition.Generated(Objects.requireNonNull(part.expression()), false),
            true,
            "");
    draft.columns.add(new TableDraft.Column(column, origin(draft, column)));
    return new TableDraft.Part(name, 0, part.descending(), part.expression());
  }

  private static int origin(TableDraft draft, ColumnDefinition column) {
    for (TableDraft.Column before : draft.hiddenBefore) {
      ColumnDefinition old = before.definition();
      boolean isTaken = draft.columns.stream().anyMatch(c -> c.origin() == before.origin());
      if (!isTaken
          && old.type().equals(column.type())
          && old.nullable() == column.nullable()
          && Objects.equals(old.generated(), column.generated())) {
        return before.origin();
      }
    }
    return -1;
  }

  private static Expression bind(
      TableDefinition table,
      TableDraft.Index index,
      String sql,
      TableDesign.Expressions expressions) {
    Expression e;
    try {
      e = expressions.bind(table, sql);
    } catch (DatabaseException error) {
      throw error.is(MySqlError.ER_BAD_FIELD_ERROR)
          ? MySqlError.ER_BAD_FIELD_ERROR.exception(
              DefinitionCheck.quoted(error), "functional index")
          : error;
    }
    if (Expressions.dependence(e).compareTo(Dependence.ROW) > 0
        || Expressions.dependence(e) == Dependence.STATEMENT
        || Expressions.containsSubquery(e)) {
      throw MySqlError.ER_FUNCTIONAL_INDEX_FUNCTION_IS_NOT_ALLOWED.exception(index.name());
    }
    refuseAutoIncrement(e, table, index.name());
    DataType type = e.type();
    if (type.kind() == TypeKind.JSON) {
      throw MySqlError.ER_FUNCTIONAL_INDEX_ON_JSON_OR_GEOMETRY_FUNCTION.exception();
    }
    if (type.kind().isLob()) {
      throw MySqlError.ER_FUNCTIONAL_INDEX_ON_LOB.exception();
    }
    return e;
  }

  private static void refuseAutoIncrement(Expression e, TableDefinition table, String index) {
    if (e instanceof ColumnExpression c && table.columns().get(c.column()).autoIncrement()) {
      throw MySqlError.ER_FUNCTIONAL_INDEX_REF_AUTO_INCREMENT.exception(index);
    }
    e.children().forEach(child -> refuseAutoIncrement(child, table, index));
  }

  /** The table as its expressions see it: columns only. */
  private static TableDefinition visible(TableDraft draft) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (TableDraft.Column column : draft.columns) {
      columns.add(column.definition().withOrdinal(columns.size()));
    }
    return new TableDefinition(
        0,
        0,
        draft.schema,
        draft.name,
        columns,
        List.of(new IndexDefinition(TableDraft.HIDDEN_INDEX, 0, false, false, List.of(), true, "")),
        List.of(),
        List.of(),
        draft.collation,
        draft.temporary,
        0,
        "",
        "",
        0,
        0);
  }
}
