package io.vaquita.session.definition;

import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.RowLayout;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table being designed by CREATE or ALTER: parts are named instead of numbered, so that columns can come, go and move; {@link
 * #build} numbers and checks them. Confined to one statement.
 */
final class TableDraft {
  static final int KEY_BYTES_MAX = 3072;
  static final String HIDDEN_INDEX = "GEN_CLUST_INDEX";

  /** A column; {@code origin}: its ordinal in the table before ALTER, or -1. */
  record Column(ColumnDefinition definition, int origin) {}

  /** @param tree of an index that exists already, 0 for a new one */
  record Index(
      String name,
      boolean primary,
      boolean unique,
      List<Part> parts,
      boolean visible,
      String comment,
      int tree,
      boolean generated) {}

  /**
   * @param column empty while a functional part has no hidden column yet
   * @param expression SQL of a functional part, or null
   */
  record Part(String column, int prefixLength, boolean descending, @Nullable String expression) {}

  /**
   * @param indexName what the index that is made for it shall be called: its constraint's written name or its index's; null for the
   *     name of its first column
   */
  record ForeignKey(
      String name,
      @Nullable String indexName,
      List<String> columns,
      String parentSchema,
      String parentTable,
      List<String> parentColumns,
      ForeignKeyDefinition.Action onDelete,
      ForeignKeyDefinition.Action onUpdate) {}

  String schema;
  String name;
  Collation collation;
  String comment = "";
  String createOptions = "";
  long autoIncrementStart;
  boolean temporary;

  /** Of the table before ALTER; 0: it has none. */
  int outOfRowTree;

  final List<Column> columns = new ArrayList<>();

  /** The columns of functional key parts before ALTER; {@link FunctionalKeys} makes those of the table to be. */
  final List<Column> hiddenBefore = new ArrayList<>();

  final List<Index> indexes = new ArrayList<>();
  final List<ForeignKey> foreignKeys = new ArrayList<>();
  final List<CheckDefinition> checks = new ArrayList<>();

  private final TableDesign.Expressions expressions;

  /** Nothing yet. */
  TableDraft(String schema, String name, Collation collation, TableDesign.Expressions expressions) {
    this.schema = schema;
    this.name = name;
    this.collation = collation;
    this.expressions = expressions;
  }

  /** A table as it is. */
  static TableDraft of(TableDefinition table, TableDesign.Expressions expressions) {
    TableDraft draft = new TableDraft(table.schema(), table.name(), table.collation(), expressions);
    draft.comment = table.comment();
    draft.createOptions = table.createOptions();
    draft.autoIncrementStart = table.autoIncrementStart();
    draft.temporary = table.temporary();
    draft.outOfRowTree = table.outOfRowTree();
    for (ColumnDefinition column : table.columns()) {
      (column.isHidden() ? draft.hiddenBefore : draft.columns)
          .add(new Column(column, column.ordinal()));
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.parts().isEmpty()) {
        continue;
      }
      List<Part> parts = new ArrayList<>();
      for (IndexDefinition.Part part : index.parts()) {
        String expression = part.expression();
        parts.add(
            new Part(
                expression == null ? table.columns().get(part.column()).name() : "",
                part.prefixLength(),
                part.descending(),
                expression));
      }
      draft.indexes.add(
          new Index(
              index.name(),
              index.primary(),
              index.unique(),
              parts,
              index.visible(),
              index.comment(),
              index.tree(),
              false));
    }
    for (ForeignKeyDefinition key : table.foreignKeys()) {
      draft.foreignKeys.add(
          new ForeignKey(
              key.name(),
              null,
              key.columns().stream().map(c -> table.columns().get(c).name()).toList(),
              key.parentSchema(),
              key.parentTable(),
              key.parentColumns(),
              key.onDelete(),
              key.onUpdate()));
    }
    draft.checks.addAll(table.checks());
    return draft;
  }

  @Nullable Column column(String columnName) {
    int i = indexOfColumn(columnName);
    return i < 0 ? null : columns.get(i);
  }

  int indexOfColumn(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).definition().name().equalsIgnoreCase(columnName)) {
        return i;
      }
    }
    return -1;
  }

  @Nullable Index index(String indexName) {
    for (Index index : indexes) {
      if (index.name().equalsIgnoreCase(indexName)) {
        return index;
      }
    }
    return null;
  }

  /** A free index name that begins as MySQL would: the first column's name, then with _2, _3, … */
  String freeIndexName(String firstColumn) {
    if (index(firstColumn) == null && !firstColumn.equalsIgnoreCase("PRIMARY")) {
      return firstColumn;
    }
    int n = 2;
    while (index(firstColumn + "_" + n) != null) {
      n++;
    }
    return firstColumn + "_" + n;
  }

  /**
   * Adds an index after the checks that need no other part of the table.
   *
   * @throws io.vaquita.error.DatabaseException 1061, 1068
   */
  void addIndex(Index index) {
    if (index.primary() && indexes.stream().anyMatch(Index::primary)) {
      throw MySqlError.ER_MULTIPLE_PRI_KEY.exception();
    }
    if (index(index.name()) != null) {
      throw MySqlError.ER_DUP_KEYNAME.exception(index.name());
    }
    indexes.add(index);
  }

  /** Every foreign key needs an index of the child that begins with its columns; one is made where there is none. */
  void addForeignKeyIndexes() {
    for (ForeignKey key : foreignKeys) {
      boolean served = indexes.stream().anyMatch(i -> beginsWith(i.parts(), key.columns()));
      if (!served) {
        indexes.add(
            new Index(
                indexNameFor(key),
                false,
                false,
                key.columns().stream().map(c -> new Part(c, 0, false, null)).toList(),
                true,
                "",
                0,
                true));
      }
    }
    // an index that MySQL made for a foreign key goes when a better one was given in the same
    // breath
    indexes.removeIf(
        i ->
            i.generated()
                && indexes.stream()
                    .anyMatch(
                        o ->
                            !o.equals(i)
                                && !o.generated()
                                && beginsWith(
                                    o.parts(), i.parts().stream().map(Part::column).toList())));
  }

  private String indexNameFor(ForeignKey key) {
    String wanted = key.indexName();
    return wanted != null && index(wanted) == null
        ? wanted
        : freeIndexName(key.columns().getFirst());
  }

  private static boolean beginsWith(List<Part> parts, List<String> columns) {
    if (parts.size() < columns.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (parts.get(i).prefixLength() > 0
          || !parts.get(i).column().equalsIgnoreCase(columns.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The checks that hold for any table, whoever made it. */
  void check() {
    if (columns.isEmpty()) {
      throw MySqlError.ER_TABLE_MUST_HAVE_COLUMNS.exception();
    }
    if (columns.size() > 1017) {
      throw MySqlError.ER_TOO_MANY_FIELDS.exception();
    }
    if (indexes.size() > 64 + (indexes.stream().anyMatch(Index::primary) ? 1 : 0)) {
      throw MySqlError.ER_TOO_MANY_KEYS.exception(64);
    }
    for (int i = 0; i < columns.size(); i++) {
      String columnName = columns.get(i).definition().name();
      if (indexOfColumn(columnName) != i) {
        throw MySqlError.ER_DUP_FIELDNAME.exception(columnName);
      }
    }
    checkRowSize();
    for (int i = 0; i < indexes.size(); i++) {
      indexes.set(i, checked(indexes.get(i)));
    }
    checkAutoIncrement();
  }

  private void checkRowSize() {
    long bytes = 0;
    for (Column column : columns) {
      DataType type = column.definition().type();
      bytes += type.kind().isLob() ? 10 : KeySize.bytes(type, 0);
    }
    if (bytes > 65535) {
      throw MySqlError.ER_TOO_BIG_ROWSIZE.exception(65535);
    }
  }

  private Index checked(Index index) {
    if (index.parts().size() > 16) {
      throw MySqlError.ER_TOO_MANY_KEY_PARTS.exception(16);
    }
    long bytes = 0;
    List<Part> parts = new ArrayList<>();
    for (Part part : index.parts()) {
      Column column = column(part.column());
      if (column == null) {
        throw MySqlError.ER_KEY_COLUMN_DOES_NOT_EXITS.exception(part.column());
      }
      ColumnDefinition definition = column.definition();
      Part kept = KeySize.checkedPart(part, definition);
      if (parts.stream().anyMatch(p -> p.column().equalsIgnoreCase(kept.column()))) {
        throw MySqlError.ER_DUP_FIELDNAME.exception(part.column());
      }
      parts.add(kept);
      bytes += KeySize.bytes(definition.type(), kept.prefixLength());
      if (index.primary() && definition.nullable()) {
        throw MySqlError.ER_PRIMARY_CANT_HAVE_NULL.exception();
      }
    }
    if (bytes > KEY_BYTES_MAX) {
      throw MySqlError.ER_TOO_LONG_KEY.exception(KEY_BYTES_MAX);
    }
    return new Index(
        index.name(),
        index.primary(),
        index.unique(),
        parts,
        index.visible(),
        index.comment(),
        index.tree(),
        index.generated());
  }

  private void checkAutoIncrement() {
    List<Column> automatic = columns.stream().filter(c -> c.definition().autoIncrement()).toList();
    if (automatic.isEmpty()) {
      return;
    }
    String columnName = automatic.getFirst().definition().name();
    boolean leads =
        indexes.stream().anyMatch(i -> i.parts().getFirst().column().equalsIgnoreCase(columnName));
    if (automatic.size() > 1 || !leads) {
      throw MySqlError.ER_WRONG_AUTO_KEY.exception();
    }
  }

  /** Where new indexes get their trees from. */
  interface Trees {
    int next();
  }

  /**
   * The definition. Primary key first, then unique keys that cannot be NULL, other unique keys, the rest: MySQL's order.
   *
   * @param sameTrees keep the trees of indexes that have one; otherwise all are new, as for a rebuilt table
   */
  TableDefinition build(
      long id,
      long version,
      Trees trees,
      boolean sameTrees,
      int clusteredTree,
      long createdMicros) {
    addForeignKeyIndexes();
    FunctionalKeys.addHiddenColumns(this, expressions);
    check();
    List<ColumnDefinition> numbered = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      numbered.add(columns.get(i).definition().withOrdinal(i));
    }
    List<IndexDefinition> built = new ArrayList<>();
    if (indexes.stream().noneMatch(Index::primary)) {
      built.add(
          new IndexDefinition(
              HIDDEN_INDEX,
              clusteredTree != 0 && sameTrees ? clusteredTree : trees.next(),
              false,
              false,
              List.of(),
              true,
              ""));
    }
    List<Index> ordered = new ArrayList<>(indexes);
    ordered.sort((a, b) -> Integer.compare(rank(a), rank(b)));
    for (Index index : ordered) {
      List<IndexDefinition.Part> parts = new ArrayList<>();
      for (Part part : index.parts()) {
        parts.add(
            new IndexDefinition.Part(
                indexOfColumn(part.column()),
                part.prefixLength(),
                part.descending(),
                part.expression()));
      }
      built.add(
          new IndexDefinition(
              index.name(),
              sameTrees && index.tree() != 0 ? index.tree() : trees.next(),
              index.primary(),
              index.unique(),
              parts,
              index.visible(),
              index.comment()));
    }
    return new TableDefinition(
        id,
        version,
        schema,
        name,
        numbered,
        built,
        foreignKeys.stream().map(this::numbered).toList(),
        checks,
        collation,
        temporary,
        autoIncrementStart,
        comment,
        createOptions,
        createdMicros,
        outOfRowTree(trees, sameTrees));
  }

  /** A table from before there were such trees gets one here, too: its rows stay as they are, new ones use it. */
  private int outOfRowTree(Trees trees, boolean sameTrees) {
    if (sameTrees && outOfRowTree != 0) {
      return outOfRowTree;
    }
    return columns.stream().anyMatch(c -> RowLayout.mayStandOutside(c.definition().type()))
        ? trees.next()
        : 0;
  }

  private int rank(Index index) {
    if (index.primary()) {
      return 0;
    }
    if (!index.unique()) {
      return 3;
    }
    boolean nullable =
        index.parts().stream()
            .anyMatch(p -> Objects.requireNonNull(column(p.column())).definition().nullable());
    return nullable ? 2 : 1;
  }

  private ForeignKeyDefinition numbered(ForeignKey key) {
    return new ForeignKeyDefinition(
        key.name(),
        key.columns().stream().map(this::indexOfColumn).toList(),
        key.parentSchema(),
        key.parentTable(),
        key.parentColumns(),
        key.onDelete(),
        key.onUpdate());
  }

  /** MySQL's name for the next unnamed foreign key: {@code table_ibfk_n}, one higher than the highest. */
  String freeForeignKeyName() {
    return name + "_ibfk_" + (highest(foreignKeys.stream().map(ForeignKey::name), "_ibfk_") + 1);
  }

  String freeCheckName() {
    return name + "_chk_" + (highest(checks.stream().map(CheckDefinition::name), "_chk_") + 1);
  }

  private int highest(Stream<String> names, String infix) {
    String prefix = (name + infix).toLowerCase(Locale.ROOT);
    return names
        .map(n -> n.toLowerCase(Locale.ROOT))
        .filter(n -> n.startsWith(prefix))
        .map(n -> n.substring(prefix.length()))
        .filter(n -> !n.isEmpty() && n.length() < 9 && n.chars().allMatch(Character::isDigit))
        .mapToInt(Integer::parseInt)
        .max()
        .orElse(0);
  }
}
