package io.vaquita.introspection;

import io.vaquita.catalog.ViewDefinition;
import io.vaquita.parser.Parser;
import io.vaquita.parser.QueryQualifier;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.Join;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a view's text tells about it. Stateless. */
public final class ViewShape {
  private ViewShape() {}

  /** The tables and views that it names, each once. */
  static Set<TableName> tables(ViewDefinition view) {
    Set<TableName> tables = new LinkedHashSet<>();
    QueryQualifier.qualify(
        Parser.parseQuery(view.sql(), 0),
        view.schema(),
        (schema, table) -> {
          tables.add(new TableName(schema, table));
          return null;
        });
    return tables;
  }

  /** Whether rows of the view are rows of its tables (MySQL: "Updatable and Insertable Views"). */
  public static boolean isUpdatable(ViewDefinition view) {
    return !view.algorithm().equalsIgnoreCase("TEMPTABLE")
        && Parser.parseQuery(view.sql(), 0) instanceof QuerySyntax.Select select
        && !select.isDistinct()
        && select.groupBy().isEmpty()
        && select.having() == null
        && select.limit() == null
        && select.from() != null
        && isOfTables(select.from())
        && select.elements().stream().anyMatch(ViewShape::isColumn)
        && select.elements().stream().noneMatch(ViewShape::isComputedFromMany);
  }

  private static boolean isOfTables(TableReference reference) {
    return switch (reference) {
      case NamedTable named -> !named.name().name().isEmpty();
      case Join join -> isOfTables(join.left()) && isOfTables(join.right());
      default -> false;
    };
  }

  private static boolean isColumn(QuerySyntax.SelectElement element) {
    return element instanceof QuerySyntax.SelectItem item
        && item.expression() instanceof ExpressionSyntax.ColumnReference;
  }

  private static boolean isComputedFromMany(QuerySyntax.SelectElement element) {
    return element instanceof QuerySyntax.SelectItem item
        && (item.expression() instanceof ExpressionSyntax.Aggregate
            || item.expression() instanceof ExpressionSyntax.ScalarSubquery);
  }
}
