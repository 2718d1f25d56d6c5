package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.BinaryOperator;
import io.vaquita.parser.syntax.ExpressionSyntax.BooleanLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.CommonTable;
import io.vaquita.parser.syntax.QuerySyntax.NamedWindow;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.QuerySyntax.SelectElement;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import io.vaquita.parser.syntax.QuerySyntax.SetOperation;
import io.vaquita.parser.syntax.QuerySyntax.Star;
import io.vaquita.parser.syntax.QuerySyntax.Table;
import io.vaquita.parser.syntax.QuerySyntax.Values;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.DerivedTable;
import io.vaquita.parser.syntax.TableReference.Join;
import io.vaquita.parser.syntax.TableReference.JoinKind;
import io.vaquita.parser.syntax.TableReference.JsonTable;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes a view's query out in full, as MySQL keeps it: every table with its schema, every column with its table, every star as the
 * columns that it means today. What a view shows then hangs neither on the current schema nor on columns that are added later. Confined
 * to one thread.
 *
 * <p>Names that it cannot place (aliases in ORDER BY, tables it does not find) stay as they are: the binder decides.
 */
public final class QueryQualifier {
  /** Finds the columns of tables and views. */
  public interface Tables {
    /** Visible columns in their order; null when there is no such table. */
    @Nullable List<String> columns(String schema, String table);
  }

  private final Tables tables;
  private final @Nullable String schema;
  private final Map<String, List<String>> commonTables = new HashMap<>();

  private QueryQualifier(Tables tables, @Nullable String schema) {
    this.tables = tables;
    this.schema = schema;
  }

  /** The query in full; {@code schema} is the current one. */
  public static QuerySyntax qualify(QuerySyntax query, @Nullable String schema, Tables tables) {
    return new QueryQualifier(tables, schema).query(query, null).query;
  }

  private record Qualified(QuerySyntax query, List<String> outputs) {}

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  // ---- queries

  private Qualified query(QuerySyntax query, @Nullable Scope outer) {
    With with = with(query.with(), outer);
    Qualified result =
        switch (query) {
          case Select select -> select(select, outer);
          case Values values -> values(values);
          case Table table -> query(star(table), outer);
          case SetOperation operation -> {
            Qualified left = query(operation.left(), outer);
            yield new Qualified(
                new SetOperation(
                    With.NONE,
                    operation.operator(),
                    operation.all(),
                    left.query,
                    query(operation.right(), outer).query,
                    operation.orderBy(),
                    operation.limit()),
                left.outputs);
          }
        };
    return with.tables().isEmpty()
        ? result
        : new Qualified(QueryChanges.with(result.query, with), result.outputs);
  }

  private With with(With with, @Nullable Scope outer) {
    List<CommonTable> all = new ArrayList<>();
    for (CommonTable table : with.tables()) {
      if (with.recursive()) {
        commonTables.put(key(table.name()), table.columns());
      }
      Qualified body = query(table.query(), outer);
      commonTables.put(
          key(table.name()), table.columns().isEmpty() ? body.outputs : table.columns());
      all.add(new CommonTable(table.name(), table.columns(), body.query));
    }
    return all.isEmpty() ? With.NONE : new With(with.recursive(), all);
  }

  private static Qualified values(Values values) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < values.rows().getFirst().size(); i++) {
      names.add("column_" + i);
    }
    return new Qualified(values, names);
  }

  private static Select star(Table table) {
    return new Select(
        With.NONE,
        List.of(),
        null,
        List.of(new Star(null, null)),
        new NamedTable(table.table(), null, List.of(), List.of()),
        null,
        List.of(),
        false,
        null,
        List.of(),
        table.orderBy(),
        table.limit(),
        List.of(),
        null);
  }

  private Qualified select(Select select, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    TableReference from = select.from() == null ? null : reference(select.from(), scope);
    TreeMapper mapper = mapper(scope, Set.of());
    List<SelectElement> elements = new ArrayList<>();
    for (SelectElement element : select.elements()) {
      switch (element) {
        case Star star -> elements.addAll(expand(star, scope));
        case SelectItem item ->
            elements.add(new SelectItem(mapper.map(item.expression()), item.alias(), item.text()));
      }
    }
    Set<String> aliases =
        elements.stream()
            .filter(e -> e instanceof SelectItem item && item.alias() != null)
            .map(e -> key(String.valueOf(((SelectItem) e).alias())))
            .collect(Collectors.toSet());
    TreeMapper withAliases = mapper(scope, aliases);
    List<NamedWindow> windows =
        select.windows().stream()
            .map(w -> new NamedWindow(w.name(), mapper.window(w.window())))
            .toList();
    Select result =
        new Select(
            With.NONE,
            select.options(),
            select.hints(),
            elements,
            from,
            mapper.orNull(select.where()),
            mapper.order(select.groupBy()),
            select.rollup(),
            withAliases.orNull(select.having()),
            windows,
            withAliases.order(select.orderBy()),
            select.limit(),
            select.locking(),
            select.into());
    return new Qualified(result, elements.stream().map(QueryQualifier::name).toList());
  }

  private static String name(SelectElement element) {
    return switch (element) {
      case SelectItem item -> item.alias() == null ? item.text() : item.alias();
      case Star star -> "*";
    };
  }

  private TreeMapper mapper(Scope scope, Set<String> aliases) {
    return new TreeMapper(
        column ->
            column.table() == null && aliases.contains(key(column.column()))
                ? column
                : scope.resolve(column),
        query -> query(query, scope).query);
  }

  private static List<SelectElement> expand(Star star, Scope scope) {
    List<Column> columns = star.table() == null ? scope.visible : scope.of(star);
    if (columns.isEmpty() || !scope.complete) {
      return List.of(star);
    }
    List<SelectElement> items = new ArrayList<>();
    for (Column column : columns) {
      items.add(new SelectItem(column.reference(), null, column.name));
    }
    return items;
  }

  // ---- tables

  private TableReference reference(TableReference reference, Scope scope) {
    return switch (reference) {
      case NamedTable named -> named(named, scope);
      case DerivedTable derived -> {
        Qualified body = query(derived.query(), derived.lateral() ? scope : scope.outer);
        List<String> columns = derived.columns().isEmpty() ? body.outputs : derived.columns();
        scope.add(null, String.valueOf(derived.alias()), columns);
        yield new DerivedTable(derived.lateral(), body.query, derived.alias(), derived.columns());
      }
      case JsonTable table -> {
        TreeMapper mapper = mapper(scope, Set.of());
        JsonTable mapped =
            new JsonTable(
                mapper.map(table.document()), table.path(), table.columns(), table.alias());
        scope.complete = false;
        yield mapped;
      }
      case Join join -> join(join, scope);
    };
  }

  private NamedTable named(NamedTable named, Scope scope) {
    TableName name = named.name();
    List<String> common = name.schema() == null ? commonTables.get(key(name.name())) : null;
    String tableSchema = name.schema() == null ? schema : name.schema();
    if (common != null || tableSchema == null) {
      String alias = named.alias() == null ? name.name() : named.alias();
      scope.add(null, alias, common == null ? List.of() : common);
      scope.complete &= common != null && !common.isEmpty();
      return named;
    }
    List<String> columns = tables.columns(tableSchema, name.name());
    scope.complete &= columns != null;
    scope.add(
        named.alias() == null ? tableSchema : null,
        named.alias() == null ? name.name() : named.alias(),
        columns == null ? List.of() : columns);
    return new NamedTable(
        new TableName(tableSchema, name.name()),
        named.alias(),
        named.partitions(),
        named.indexHints());
  }

  private Join join(Join join, Scope scope) {
    int before = scope.visible.size();
    TableReference left = reference(join.left(), scope);
    int middle = scope.visible.size();
    TableReference right = reference(join.right(), scope);
    ExpressionSyntax on = mapper(scope, Set.of()).orNull(join.on());
    if (!join.natural() && join.using().isEmpty()) {
      return new Join(join.kind(), false, left, right, on, List.of());
    }
    List<ExpressionSyntax> equalities = scope.merge(before, middle, join);
    if (!scope.complete) {
      return new Join(join.kind(), join.natural(), left, right, null, join.using());
    }
    // Written out, so that columns that are added later do not join.
    boolean outer = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.RIGHT;
    if (!equalities.isEmpty()) {
      on = ExpressionParser.join(BinaryOperator.AND, equalities, 0, equalities.size());
    } else {
      on = outer ? new BooleanLiteral(true) : null;
    }
    return new Join(join.kind(), false, left, right, on, List.of());
  }

  // ---- names

  private record Column(@Nullable String schema, String table, String name) {
    ColumnReference reference() {
      return new ColumnReference(schema, table, name);
    }
  }

  /** The columns that a query block sees. */
  private static final class Scope {
    final @Nullable Scope outer;

    /** All columns of all tables, by table. */
    final List<Column> all = new ArrayList<>();

    /** What {@code *} means: columns that a join has made one stand once. */
    final List<Column> visible = new ArrayList<>();

    /** Whether all tables' columns are known. */
    boolean complete = true;

    Scope(@Nullable Scope outer) {
      this.outer = outer;
    }

    void add(@Nullable String schema, String table, List<String> columns) {
      for (String name : columns) {
        Column column = new Column(schema, table, name);
        all.add(column);
        visible.add(column);
      }
    }

    /** NATURAL and USING: the common columns come first and once, from the side that is never NULL. */
    List<ExpressionSyntax> merge(int before, int middle, Join join) {
      List<ExpressionSyntax> equalities = new ArrayList<>();
      List<Column> left = new ArrayList<>(visible.subList(before, middle));
      List<Column> right = new ArrayList<>(visible.subList(middle, visible.size()));
      visible.subList(before, visible.size()).clear();
      boolean fromRight = join.kind() == JoinKind.RIGHT;
      List<Column> first = fromRight ? right : left;
      List<Column> second = fromRight ? left : right;
      Set<String> using =
          join.using().stream().map(QueryQualifier::key).collect(Collectors.toSet());
      for (Column column : first) {
        boolean common =
            join.natural()
                ? second.stream().anyMatch(c -> c.name.equalsIgnoreCase(column.name))
                : using.contains(key(column.name));
        if (common) {
          visible.add(column);
          second.stream()
              .filter(c -> c.name.equalsIgnoreCase(column.name))
              .findFirst()
              .ifPresent(
                  other ->
                      equalities.add(
                          new Binary(
                              BinaryOperator.EQUAL,
                              (fromRight ? other : column).reference(),
                              (fromRight ? column : other).reference())));
        }
      }
      Set<String> merged =
          visible.subList(before, visible.size()).stream()
              .map(c -> key(c.name))
              .collect(Collectors.toSet());
      left.stream().filter(c -> !merged.contains(key(c.name))).forEach(visible::add);
      right.stream().filter(c -> !merged.contains(key(c.name))).forEach(visible::add);
      return equalities;
    }

    List<Column> of(Star star) {
      return all.stream()
          .filter(
              c ->
                  c.table.equals(star.table())
                      && (star.schema() == null || star.schema().equals(c.schema)))
          .toList();
    }

    ColumnReference resolve(ColumnReference wanted) {
      Scope scope = this;
      while (scope != null) {
        List<Column> found = scope.find(wanted);
        if (found.size() == 1) {
          return found.getFirst().reference();
        }
        if (!found.isEmpty() || !scope.complete) {
          return wanted;
        }
        scope = scope.outer;
      }
      return wanted;
    }

    private List<Column> find(ColumnReference wanted) {
      List<Column> from = wanted.table() == null ? visible : all;
      return from.stream()
          .filter(
              c ->
                  c.name.equalsIgnoreCase(wanted.column())
                      && (wanted.table() == null || c.table.equals(wanted.table()))
                      && (wanted.schema() == null || wanted.schema().equals(c.schema)))
          .toList();
    }
  }
}
