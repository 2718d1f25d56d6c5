package io.vaquita.introspection;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.parser.Parser;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The statements of SHOW CREATE, in MySQL's exact layout, which tools parse. Stateless. */
public final class CreateText {
  private static final List<String> OPTION_ORDER =
      List.of(
          "MIN_ROWS",
          "MAX_ROWS",
          "AVG_ROW_LENGTH",
          "PACK_KEYS",
          "STATS_PERSISTENT",
          "STATS_AUTO_RECALC",
          "STATS_SAMPLE_PAGES",
          "CHECKSUM",
          "DELAY_KEY_WRITE",
          "ROW_FORMAT",
          "KEY_BLOCK_SIZE");

  private CreateText() {}

  /** {@code nextAutoIncrement} up to 1 is not shown. */
  public static String table(TableDefinition table, long nextAutoIncrement) {
    List<String> items = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      if (column.isHidden()) {
        continue;
      }
      items.add(column(table, column));
    }
    for (IndexDefinition index : table.indexes()) {
      if (!index.parts().isEmpty()) {
        items.add(index(table, index));
      }
    }
    for (ForeignKeyDefinition key : byName(table.foreignKeys())) {
      items.add(foreignKey(table, key));
    }
    List<CheckDefinition> checks = new ArrayList<>(table.checks());
    checks.sort(Comparator.comparing(CheckDefinition::name));
    for (CheckDefinition check : checks) {
      items.add(
          "CONSTRAINT "
              + quote(check.name())
              + " CHECK ("
              + check.sql()
              + ")"
              + (check.enforced() ? "" : " /*!80016 NOT ENFORCED */"));
    }
    StringBuilder out = new StringBuilder();
    out.append(table.temporary() ? "CREATE TEMPORARY TABLE " : "CREATE TABLE ");
    out.append(quote(table.name())).append(" (\n  ");
    out.append(String.join(",\n  ", items)).append("\n) ENGINE=InnoDB");
    if (nextAutoIncrement > 1) {
      out.append(" AUTO_INCREMENT=").append(nextAutoIncrement);
    }
    out.append(" DEFAULT CHARSET=").append(table.collation().characterSet().name());
    if (showsCollation(table.collation())) {
      out.append(" COLLATE=").append(table.collation().name());
    }
    if (!table.createOptions().isEmpty()) {
      List<String> options = new ArrayList<>(List.of(table.createOptions().split(" ")));
      options.replaceAll(o -> o.toUpperCase(Locale.ROOT));
      options.sort(Comparator.comparingInt(CreateText::optionOrder));
      out.append(' ').append(String.join(" ", options));
    }
    if (!table.comment().isEmpty()) {
      out.append(" COMMENT=").append(text(table.comment()));
    }
    return out.toString();
  }

  /** MySQL keeps foreign keys by name. */
  private static List<ForeignKeyDefinition> byName(List<ForeignKeyDefinition> keys) {
    List<ForeignKeyDefinition> sorted = new ArrayList<>(keys);
    sorted.sort(Comparator.comparing(ForeignKeyDefinition::name));
    return sorted;
  }

  /** Options stand in an order of their own, whatever was typed. */
  private static int optionOrder(String option) {
    int index = OPTION_ORDER.indexOf(option.substring(0, Math.max(0, option.indexOf('='))));
    return index < 0 ? OPTION_ORDER.size() : index;
  }

  /** The default collation goes without saying, except utf8mb4's, which changed once. */
  private static boolean showsCollation(Collation collation) {
    return !collation.name().equals(Collations.defaultFor(collation.characterSet()).name())
        || collation.characterSet().name().equals("utf8mb4");
  }

  private static String column(TableDefinition table, ColumnDefinition column) {
    DataType type = column.type();
    StringBuilder out = new StringBuilder();
    out.append(quote(column.name())).append(' ').append(TypeNames.columnType(type));
    characterSet(table, type, out);
    ColumnDefinition.Generated generated = column.generated();
    if (generated != null) {
      out.append(" GENERATED ALWAYS AS (").append(generated.sql()).append(") ");
      out.append(generated.stored() ? "STORED" : "VIRTUAL");
    }
    if (!column.nullable()) {
      out.append(" NOT NULL");
    } else if (type.kind() == TypeKind.TIMESTAMP) {
      out.append(" NULL");
    }
    if (generated == null) {
      defaultValue(column, out);
    }
    if (column.autoIncrement()) {
      out.append(" AUTO_INCREMENT");
    }
    if (column.invisible()) {
      out.append(" /*!80023 INVISIBLE */");
    }
    if (!column.comment().isEmpty()) {
      out.append(" COMMENT ").append(text(column.comment()));
    }
    return out.toString();
  }

  private static void characterSet(TableDefinition table, DataType type, StringBuilder out) {
    if (type.domain() != TypeKind.Domain.STRING || type.isBinaryString()) {
      return;
    }
    // Whether the collation was written out is not kept: only what is not the usual one shows.
    boolean differs = !type.collation().name().equals(table.collation().name());
    String set = type.collation().characterSet().name();
    if (differs) {
      out.append(" CHARACTER SET ").append(set);
    }
    boolean usual =
        type.collation()
            .name()
            .equals(Collations.defaultFor(type.collation().characterSet()).name());
    if (differs || !usual) {
      out.append(" COLLATE ").append(type.collation().name());
    }
  }

  private static void defaultValue(ColumnDefinition column, StringBuilder out) {
    switch (column.defaultValue()) {
      case Default.None none -> {
        if (column.nullable() && !column.autoIncrement() && !isText(column.type())) {
          out.append(" DEFAULT NULL");
        }
      }
      case Default.Literal literal -> {
        String value = DefaultText.literal(literal, column);
        boolean bits = column.type().kind() == TypeKind.BIT;
        out.append(" DEFAULT ").append(bits ? value : text(value));
      }
      case Default.Now now -> out.append(" DEFAULT ").append(DefaultText.now(column));
      case Default.ExpressionText expression ->
          out.append(" DEFAULT (").append(expression.sql()).append(')');
    }
    if (column.onUpdateNow()) {
      out.append(" ON UPDATE ").append(DefaultText.now(column));
    }
  }

  /** TEXT and BLOB columns have no literal default to show. */
  private static boolean isText(DataType type) {
    return type.kind().isLob() && type.kind() != TypeKind.JSON;
  }

  private static String index(TableDefinition table, IndexDefinition index) {
    StringBuilder out = new StringBuilder();
    if (index.primary()) {
      out.append("PRIMARY KEY");
    } else {
      out.append(index.unique() ? "UNIQUE KEY " : "KEY ").append(quote(index.name()));
    }
    out.append(" (");
    for (int i = 0; i < index.parts().size(); i++) {
      IndexDefinition.Part part = index.parts().get(i);
      String expression = part.expression();
      out.append(i > 0 ? "," : "")
          .append(
              expression == null
                  ? quote(table.columns().get(part.column()).name())
                  : "(" + expression + ")");
      if (part.prefixLength() > 0) {
        out.append('(').append(part.prefixLength()).append(')');
      }
      if (part.descending()) {
        out.append(" DESC");
      }
    }
    out.append(')');
    if (!index.comment().isEmpty()) {
      out.append(" COMMENT ").append(text(index.comment()));
    }
    if (!index.visible()) {
      out.append(" /*!80000 INVISIBLE */");
    }
    return out.toString();
  }

  private static String foreignKey(TableDefinition table, ForeignKeyDefinition key) {
    StringBuilder out = new StringBuilder();
    out.append("CONSTRAINT ").append(quote(key.name())).append(" FOREIGN KEY (");
    out.append(
        String.join(
            ", ", key.columns().stream().map(c -> quote(table.columns().get(c).name())).toList()));
    out.append(") REFERENCES ");
    if (!key.parentSchema().equals(table.schema())) {
      out.append(quote(key.parentSchema())).append('.');
    }
    out.append(quote(key.parentTable())).append(" (");
    out.append(String.join(", ", key.parentColumns().stream().map(CreateText::quote).toList()));
    out.append(')');
    if (key.onDelete() != ForeignKeyDefinition.Action.NO_ACTION) {
      out.append(" ON DELETE ").append(key.onDelete().name().replace('_', ' '));
    }
    if (key.onUpdate() != ForeignKeyDefinition.Action.NO_ACTION) {
      out.append(" ON UPDATE ").append(key.onUpdate().name().replace('_', ' '));
    }
    return out.toString();
  }

  /** {@code within}: for somebody in the view's own schema, whose name is left out then. */
  public static String view(ViewDefinition view, boolean within) {
    int at = view.definer().lastIndexOf('@');
    String definer =
        quote(view.definer().substring(0, at)) + "@" + quote(view.definer().substring(at + 1));
    StringBuilder out = new StringBuilder();
    out.append("CREATE ALGORITHM=").append(view.algorithm());
    out.append(" DEFINER=").append(definer).append(" SQL SECURITY ").append(view.securityType());
    out.append(" VIEW ");
    out.append(within ? "" : quote(view.schema()) + ".").append(quote(view.name()));
    QuerySyntax query = Parser.parseQuery(view.sql(), 0);
    if (!view.columnNames().equals(outputs(query))) {
      out.append(" (");
      out.append(String.join(",", view.columnNames().stream().map(CreateText::quote).toList()));
      out.append(')');
    }
    out.append(" AS ");
    out.append(within ? SyntaxPrinter.queryWithin(query, view.schema()) : view.sql());
    if (!view.checkOption().equals("NONE")) {
      out.append(" WITH ").append(view.checkOption()).append(" CHECK OPTION");
    }
    return out.toString();
  }

  /** A virtual table as if it had been created: nobody did, but tools ask. */
  public static String virtual(VirtualTable table) {
    List<String> items = new ArrayList<>();
    for (ColumnDefinition column : table.columns()) {
      StringBuilder item = new StringBuilder();
      item.append(quote(column.name())).append(' ').append(TypeNames.columnType(column.type()));
      if (!column.nullable()) {
        item.append(" NOT NULL");
      } else if (!isText(column.type())) {
        item.append(" DEFAULT NULL");
      }
      items.add(item.toString());
    }
    return "CREATE TABLE "
        + quote(table.name())
        + " (\n  "
        + String.join(",\n  ", items)
        + "\n) ENGINE=PERFORMANCE_SCHEMA DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci";
  }

  /** The names that the query itself gives its columns. */
  private static List<String> outputs(QuerySyntax query) {
    return switch (query) {
      case QuerySyntax.SetOperation operation -> outputs(operation.left());
      case QuerySyntax.Select select ->
          select.elements().stream()
              .map(
                  e ->
                      e instanceof QuerySyntax.SelectItem item
                          ? Objects.requireNonNullElse(item.alias(), item.text())
                          : "*")
              .toList();
      default -> List.of();
    };
  }

  public static String schema(SchemaDefinition schema, boolean ifNotExists) {
    StringBuilder out = new StringBuilder("CREATE DATABASE ");
    if (ifNotExists) {
      out.append("/*!32312 IF NOT EXISTS*/ ");
    }
    out.append(quote(schema.name())).append(" /*!40100 DEFAULT CHARACTER SET ");
    out.append(schema.collation().characterSet().name());
    if (showsCollation(schema.collation())) {
      out.append(" COLLATE ").append(schema.collation().name());
    }
    return out.append(" */ /*!80016 DEFAULT ENCRYPTION='N' */").toString();
  }

  static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  static String text(String text) {
    return "'"
        + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\0", "\\0")
        + "'";
  }
}
