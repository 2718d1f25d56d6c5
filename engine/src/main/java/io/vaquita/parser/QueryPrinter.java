package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.CommonTable;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.Locking;
import io.vaquita.parser.syntax.QuerySyntax.NamedWindow;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
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
import io.vaquita.parser.syntax.TableReference.IndexHint;
import io.vaquita.parser.syntax.TableReference.Join;
import io.vaquita.parser.syntax.TableReference.JsonColumn;
import io.vaquita.parser.syntax.TableReference.JsonTable;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import io.vaquita.parser.syntax.TypeSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes queries in canonical form: part of {@link SyntaxPrinter}. Confined to one thread. */
final class QueryPrinter {
  private final SyntaxPrinter printer;
  private final StringBuilder out;

  /** Written before names of tables that have no schema; null leaves them as they are. */
  @Nullable String defaultSchema;

  /** Whether items get their names with AS. */
  private boolean named = true;

  private final Set<String> commonTables = new HashSet<>();

  QueryPrinter(SyntaxPrinter printer, StringBuilder out) {
    this.printer = printer;
    this.out = out;
  }

  /** A subquery in an expression: nobody asks for its columns' names. */
  void writeUnnamed(QuerySyntax query) {
    boolean before = named;
    named = false;
    body(query);
    named = before;
  }

  void write(QuerySyntax query) {
    boolean before = named;
    named = true;
    body(query);
    named = before;
  }

  private void body(QuerySyntax query) {
    with(query.with());
    switch (query) {
      case Select select -> select(select);
      case Values(var with, var rows, var orderBy, var limit) -> {
        out.append("values ");
        for (int i = 0; i < rows.size(); i++) {
          out.append(i > 0 ? "," : "").append("row(");
          printer.list(rows.get(i));
          out.append(')');
        }
        tail(orderBy, limit);
      }
      case Table(var with, TableName table, var orderBy, var limit) -> {
        out.append("table ");
        table(table);
        tail(orderBy, limit);
      }
      case SetOperation operation -> setOperation(operation);
    }
  }

  private void with(With with) {
    if (with.tables().isEmpty()) {
      return;
    }
    out.append(with.recursive() ? "with recursive " : "with ");
    for (int i = 0; i < with.tables().size(); i++) {
      CommonTable table = with.tables().get(i);
      commonTables.add(table.name().toLowerCase(Locale.ROOT));
      out.append(i > 0 ? ", " : "").append(SyntaxPrinter.identifier(table.name()));
      if (!table.columns().isEmpty()) {
        out.append(" (");
        names(table.columns());
        out.append(')');
      }
      out.append(" as (");
      write(table.query());
      out.append(')');
    }
    out.append(' ');
  }

  private void setOperation(SetOperation operation) {
    operand(operation.left(), operation, true);
    out.append(' ').append(operation.operator().name().toLowerCase(Locale.ROOT));
    out.append(operation.all() ? " all " : " ");
    operand(operation.right(), operation, false);
    tail(operation.orderBy(), operation.limit());
  }

  /** A left operand of the same operator needs no parentheses. */
  private void operand(QuerySyntax operand, SetOperation parent, boolean left) {
    boolean bare =
        operand.with().tables().isEmpty()
            && operand.orderBy().isEmpty()
            && operand.limit() == null
            && (!(operand instanceof SetOperation nested)
                || left && nested.operator() == parent.operator());
    out.append(bare ? "" : "(");
    body(operand);
    out.append(bare ? "" : ")");
  }

  private void select(Select select) {
    out.append("select ");
    for (String option : select.options()) {
      out.append(option.toLowerCase(Locale.ROOT)).append(' ');
    }
    for (int i = 0; i < select.elements().size(); i++) {
      out.append(i > 0 ? "," : "");
      element(select.elements().get(i));
    }
    if (select.from() != null) {
      out.append(" from ");
      reference(select.from());
    }
    clause(" where ", select.where());
    if (!select.groupBy().isEmpty()) {
      out.append(" group by ");
      orderItems(select.groupBy(), false);
      out.append(select.rollup() ? " with rollup" : "");
    }
    clause(" having ", select.having());
    for (int i = 0; i < select.windows().size(); i++) {
      NamedWindow window = select.windows().get(i);
      out.append(i > 0 ? ", " : " window ");
      out.append(SyntaxPrinter.identifier(window.name())).append(" AS ");
      new FunctionPrinter(printer, out).window(window.window());
    }
    tail(select.orderBy(), select.limit());
    for (Locking locking : select.locking()) {
      locking(locking);
    }
  }

  private void clause(String word, @Nullable ExpressionSyntax condition) {
    if (condition != null) {
      out.append(word);
      printer.conditions().write(condition, false);
    }
  }

  private void element(SelectElement element) {
    switch (element) {
      case Star(String schema, String table) -> {
        if (schema != null) {
          out.append(SyntaxPrinter.identifier(schema)).append('.');
        }
        if (table != null) {
          out.append(SyntaxPrinter.identifier(table)).append('.');
        }
        out.append('*');
      }
      case SelectItem item -> {
        printer.write(item.expression());
        if (named || item.alias() != null) {
          String name = item.alias() == null ? item.text() : item.alias();
          out.append(" AS ").append(SyntaxPrinter.identifier(name));
        }
      }
    }
  }

  void orderItems(List<OrderItem> items, boolean explicit) {
    for (int i = 0; i < items.size(); i++) {
      out.append(i > 0 ? "," : "");
      printer.write(items.get(i).expression());
      if (items.get(i).descending()) {
        out.append(explicit ? " DESC" : " desc");
      } else if (explicit) {
        out.append(" ASC");
      }
    }
  }

  private void tail(List<OrderItem> orderBy, @Nullable Limit limit) {
    if (!orderBy.isEmpty()) {
      out.append(" order by ");
      orderItems(orderBy, false);
    }
    if (limit != null) {
      out.append(" limit ");
      if (limit.offset() != null) {
        printer.write(limit.offset());
        out.append(',');
      }
      printer.write(limit.count());
    }
  }

  private void locking(Locking locking) {
    out.append(locking.exclusive() ? " for update" : " for share");
    for (int i = 0; i < locking.of().size(); i++) {
      out.append(i > 0 ? "," : " of ");
      table(locking.of().get(i));
    }
    out.append(locking.noWait() ? " nowait" : "");
    out.append(locking.skipLocked() ? " skip locked" : "");
  }

  // ---- tables

  private void table(TableName name) {
    String schema = name.schema();
    if (schema == null && !commonTables.contains(name.name().toLowerCase(Locale.ROOT))) {
      schema = defaultSchema;
    }
    if (schema != null && !printer.isOmitted(schema)) {
      out.append(SyntaxPrinter.identifier(schema)).append('.');
    }
    out.append(SyntaxPrinter.identifier(name.name()));
  }

  private void names(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      out.append(i > 0 ? "," : "").append(SyntaxPrinter.identifier(names.get(i)));
    }
  }

  private void reference(TableReference reference) {
    switch (reference) {
      case NamedTable named -> named(named);
      case DerivedTable derived -> {
        out.append(derived.lateral() ? "lateral (" : "(");
        write(derived.query());
        out.append(')');
        if (derived.alias() != null) {
          out.append(' ').append(SyntaxPrinter.identifier(derived.alias()));
        }
        if (!derived.columns().isEmpty()) {
          out.append(" (");
          names(derived.columns());
          out.append(')');
        }
      }
      case JsonTable table -> {
        out.append("json_table(");
        printer.write(table.document());
        out.append(", ").append(SyntaxPrinter.string(table.path())).append(" columns (");
        jsonColumns(table.columns());
        out.append(")) ").append(SyntaxPrinter.identifier(table.alias()));
      }
      case Join join -> join(join);
    }
  }

  private void named(NamedTable named) {
    table(named.name());
    if (!named.partitions().isEmpty()) {
      out.append(" PARTITION (");
      names(named.partitions());
      out.append(')');
    }
    if (named.alias() != null) {
      out.append(' ').append(SyntaxPrinter.identifier(named.alias()));
    }
    for (IndexHint hint : named.indexHints()) {
      out.append(' ').append(hint.kind()).append(" INDEX ");
      if (hint.purpose() != null) {
        out.append("FOR ").append(hint.purpose()).append(' ');
      }
      out.append('(');
      names(hint.indexes());
      out.append(')');
    }
  }

  private void join(Join join) {
    out.append('(');
    reference(join.left());
    out.append(join.natural() ? " natural" : "");
    out.append(
        switch (join.kind()) {
          case INNER, CROSS -> " join ";
          case LEFT -> " left join ";
          case RIGHT -> " right join ";
          case STRAIGHT -> " straight_join ";
        });
    reference(join.right());
    if (join.on() != null) {
      out.append(" on(");
      printer.conditions().write(join.on(), false);
      out.append(')');
    }
    if (!join.using().isEmpty()) {
      out.append(" using (");
      names(join.using());
      out.append(')');
    }
    out.append(')');
  }

  private void jsonColumns(List<JsonColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      out.append(i > 0 ? ", " : "");
      switch (columns.get(i)) {
        case JsonColumn.Ordinality(String name) ->
            out.append(SyntaxPrinter.identifier(name)).append(" for ordinality");
        case JsonColumn.Nested(String path, var nested) -> {
          out.append("nested path ").append(SyntaxPrinter.string(path)).append(" columns (");
          jsonColumns(nested);
          out.append(')');
        }
        case JsonColumn.Path path -> {
          out.append(SyntaxPrinter.identifier(path.name())).append(' ').append(type(path.type()));
          out.append(path.exists() ? " exists path " : " path ");
          out.append(SyntaxPrinter.string(path.path()));
          behaviour(path.onEmpty(), " on empty");
          behaviour(path.onError(), " on error");
        }
      }
    }
  }

  private void behaviour(@Nullable String text, String when) {
    if (text == null) {
      return;
    }
    if (text.startsWith("DEFAULT ")) {
      out.append(" default ");
      out.append(SyntaxPrinter.string(text.substring("DEFAULT ".length())));
    } else {
      out.append(' ').append(text.toLowerCase(Locale.ROOT));
    }
    out.append(when);
  }

  private static String type(TypeSyntax type) {
    StringBuilder text = new StringBuilder(type.name().toLowerCase(Locale.ROOT));
    if (!type.members().isEmpty()) {
      text.append('(');
      for (int i = 0; i < type.members().size(); i++) {
        text.append(i > 0 ? "," : "").append(SyntaxPrinter.string(type.members().get(i)));
      }
      text.append(')');
    }
    if (type.length() != null) {
      text.append('(').append(type.length());
      text.append(type.decimals() == null ? "" : "," + type.decimals()).append(')');
    }
    text.append(type.unsigned() ? " unsigned" : "");
    if (type.characterSet() != null) {
      text.append(" character set ").append(type.characterSet());
    }
    if (type.collation() != null) {
      text.append(" collate ").append(type.collation());
    }
    return text.toString();
  }
}
