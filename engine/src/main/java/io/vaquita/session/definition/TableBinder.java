package io.vaquita.session.definition;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.CheckDefinition;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.parser.SyntaxPrinter;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableOption;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.value.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts the elements and options of CREATE TABLE, and of ALTER's ADD, into a {@link TableDraft}. Confined to one statement.
 */
final class TableBinder {
  private final TableDraft draft;
  private final ColumnBinder columns;
  private final CatalogSnapshot catalog;
  private final WarningSink warnings;
  private final boolean checksForeignKeys;
  private final boolean substitutesNoEngine;

  TableBinder(
      TableDraft draft,
      ColumnBinder columns,
      CatalogSnapshot catalog,
      WarningSink warnings,
      boolean checksForeignKeys,
      boolean substitutesNoEngine) {
    this.draft = draft;
    this.columns = columns;
    this.catalog = catalog;
    this.warnings = warnings;
    this.checksForeignKeys = checksForeignKeys;
    this.substitutesNoEngine = substitutesNoEngine;
  }

  /** All of CREATE TABLE's elements: columns first, since keys may stand before the columns they name. */
  void create(TableStatement.CreateTable statement) {
    createColumns(statement);
    createKeys(statement);
  }

  void createColumns(TableStatement.CreateTable statement) {
    for (TableElement element : statement.elements()) {
      if (element instanceof TableElement.Column column) {
        addColumn(column, draft.columns.size());
      }
    }
  }

  void createKeys(TableStatement.CreateTable statement) {
    for (TableElement element : statement.elements()) {
      if (!(element instanceof TableElement.Column)) {
        add(element);
      }
    }
  }

  /** Adds a column with the keys and checks that its own clauses ask for. */
  void addColumn(TableElement.Column column, int position) {
    if (draft.column(column.name()) != null) {
      throw MySqlError.ER_DUP_FIELDNAME.exception(column.name());
    }
    draft.columns.add(position, new TableDraft.Column(columns.bind(column), -1));
    addInlineParts(column);
  }

  /** The key and the checks that stand in a column's own definition. */
  void addInlineParts(TableElement.Column column) {
    boolean serial = column.type().name().equals("SERIAL");
    TableElement.KeyKind kind =
        column.key() == null && serial ? TableElement.KeyKind.UNIQUE : column.key();
    if (kind != null) {
      boolean primary = kind == TableElement.KeyKind.PRIMARY;
      draft.addIndex(
          new TableDraft.Index(
              primary ? "PRIMARY" : draft.freeIndexName(column.name()),
              primary,
              true,
              List.of(new TableDraft.Part(column.name(), 0, false, null)),
              true,
              "",
              0,
              false));
    }
    for (TableElement.Check check : column.checks()) {
      add(check);
    }
  }

  void add(TableElement element) {
    switch (element) {
      case TableElement.Column column -> addColumn(column, draft.columns.size());
      case TableElement.Key key -> addKey(key);
      case TableElement.ForeignKey key -> addForeignKey(key);
      case TableElement.Check check -> addCheck(check);
    }
  }

  private void addKey(TableElement.Key key) {
    boolean isFunctional = key.parts().stream().anyMatch(p -> p.column() == null);
    if (isFunctional) {
      FunctionalKeys.refuse(key);
    }
    switch (key.kind()) {
      case FULLTEXT -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("FULLTEXT index");
      case SPATIAL -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("SPATIAL index");
      case PRIMARY, UNIQUE, INDEX -> {}
    }
    boolean primary = key.kind() == TableElement.KeyKind.PRIMARY;
    List<TableDraft.Part> parts = new ArrayList<>();
    for (TableElement.KeyPart part : key.parts()) {
      parts.add(
          part.expression() != null
              ? new TableDraft.Part(
                  "", 0, part.descending(), SyntaxPrinter.expression(part.expression()))
              : new TableDraft.Part(
                  java.util.Objects.requireNonNull(part.column()),
                  part.length(),
                  part.descending(),
                  null));
    }
    String visible = TableOption.find(key.options(), "VISIBLE");
    if (primary && "NO".equals(visible)) {
      throw MySqlError.ER_PK_INDEX_CANT_BE_INVISIBLE.exception();
    }
    if (primary) {
      makeNotNull(parts);
    }
    String comment = TableOption.find(key.options(), "COMMENT");
    draft.addIndex(
        new TableDraft.Index(
            indexName(key, parts, primary),
            primary,
            key.kind() != TableElement.KeyKind.INDEX,
            parts,
            !"NO".equals(visible),
            comment == null ? "" : comment,
            0,
            false));
  }

  private String indexName(TableElement.Key key, List<TableDraft.Part> parts, boolean primary) {
    if (primary) {
      return "PRIMARY";
    }
    String name = key.name() != null ? key.name() : key.constraint();
    if (name == null) {
      TableDraft.Part first = parts.getFirst();
      return draft.freeIndexName(first.expression() == null ? first.column() : "functional_index");
    }
    if (name.equalsIgnoreCase("PRIMARY") || name.equalsIgnoreCase(TableDraft.HIDDEN_INDEX)) {
      throw MySqlError.ER_WRONG_NAME_FOR_INDEX.exception(name);
    }
    if (name.codePointCount(0, name.length()) > 64) {
      throw MySqlError.ER_TOO_LONG_IDENT.exception(name);
    }
    return name;
  }

  /** Columns of the primary key are NOT NULL without saying so. */
  private void makeNotNull(List<TableDraft.Part> parts) {
    for (TableDraft.Part part : parts) {
      int i = draft.indexOfColumn(part.column());
      if (i < 0) {
        throw MySqlError.ER_KEY_COLUMN_DOES_NOT_EXITS.exception(part.column());
      }
      TableDraft.Column column = draft.columns.get(i);
      ColumnDefinition c = column.definition();
      draft.columns.set(i, new TableDraft.Column(c.withNullable(false), column.origin()));
    }
  }

  private void addForeignKey(TableElement.ForeignKey key) {
    TableElement.References references = key.references();
    String parentSchema =
        references.table().schema() == null ? draft.schema : references.table().schema();
    if (references.columns().isEmpty() || references.columns().size() != key.columns().size()) {
      throw MySqlError.ER_WRONG_FK_DEF.exception(
          key.constraint() == null ? "foreign key without name" : key.constraint(),
          "Key reference and table reference don't match");
    }
    for (String column : key.columns()) {
      if (draft.column(column) == null) {
        throw MySqlError.ER_KEY_COLUMN_DOES_NOT_EXITS.exception(column);
      }
    }
    String name = key.constraint();
    if (name == null) {
      name = draft.freeForeignKeyName();
    }
    String wanted = name;
    if (draft.foreignKeys.stream().anyMatch(f -> f.name().equalsIgnoreCase(wanted))) {
      throw MySqlError.ER_FK_DUP_NAME.exception(name);
    }
    if (references.onDelete() == TableElement.ReferenceAction.SET_DEFAULT
        || references.onUpdate() == TableElement.ReferenceAction.SET_DEFAULT) {
      throw MySqlError.ER_CANNOT_ADD_FOREIGN.exception();
    }
    TableDraft.ForeignKey added =
        new TableDraft.ForeignKey(
            name,
            key.constraint() != null ? key.constraint() : key.indexName(),
            key.columns(),
            parentSchema,
            references.table().name(),
            references.columns(),
            action(references.onDelete()),
            action(references.onUpdate()));
    if (checksForeignKeys) {
      ForeignKeyCheck.check(added, draft, catalog);
    }
    draft.foreignKeys.add(added);
  }

  private static ForeignKeyDefinition.Action action(
      TableElement.@Nullable ReferenceAction written) {
    return written == null
        ? ForeignKeyDefinition.Action.NO_ACTION
        : switch (written) {
          case NO_ACTION -> ForeignKeyDefinition.Action.NO_ACTION;
          case RESTRICT -> ForeignKeyDefinition.Action.RESTRICT;
          case CASCADE -> ForeignKeyDefinition.Action.CASCADE;
          case SET_NULL -> ForeignKeyDefinition.Action.SET_NULL;
          case SET_DEFAULT -> ForeignKeyDefinition.Action.SET_DEFAULT;
        };
  }

  private void addCheck(TableElement.Check check) {
    String name = check.constraint() == null ? draft.freeCheckName() : check.constraint();
    if (draft.checks.stream().anyMatch(c -> c.name().equalsIgnoreCase(name))) {
      throw MySqlError.ER_CHECK_CONSTRAINT_DUP_NAME.exception(name);
    }
    StoredFunctions.checkCondition(name, check.condition());
    draft.checks.add(
        new CheckDefinition(name, SyntaxPrinter.condition(check.condition()), check.enforced()));
  }

  /** Options that change the draft; storage options that mean nothing here are kept for SHOW CREATE where MySQL shows them. */
  void setOptions(List<TableOption> options, Collation usual) {
    String characterSet = TableOption.find(options, "CHARACTER SET");
    String collation = TableOption.find(options, "COLLATE");
    if (characterSet != null || collation != null) {
      draft.collation = TypeBinder.resolve(characterSet, collation, usual);
    }
    StringBuilder kept = new StringBuilder(draft.createOptions);
    for (TableOption option : options) {
      setOption(option, kept);
    }
    draft.createOptions = kept.toString().strip();
  }

  private void setOption(TableOption option, StringBuilder kept) {
    switch (option.name()) {
      case "ENGINE" -> engine(option.value());
      case "AUTO_INCREMENT" -> draft.autoIncrementStart = Long.parseUnsignedLong(option.value());
      case "COMMENT" -> draft.comment = option.value();
      case "CHARACTER SET", "COLLATE" -> {}
      case "ROW_FORMAT",
          "STATS_PERSISTENT",
          "STATS_AUTO_RECALC",
          "STATS_SAMPLE_PAGES",
          "KEY_BLOCK_SIZE",
          "MAX_ROWS",
          "MIN_ROWS",
          "AVG_ROW_LENGTH",
          "PACK_KEYS",
          "CHECKSUM",
          "DELAY_KEY_WRITE" -> {
        if (!option.value().equalsIgnoreCase("DEFAULT")) {
          kept.append(' ')
              .append(option.name().toLowerCase(Locale.ROOT))
              .append('=')
              .append(option.value().toUpperCase(Locale.ROOT));
        }
      }
      default -> throw MySqlError.ER_NOT_SUPPORTED_YET.exception("table option " + option.name());
    }
  }

  /** There is one engine; the names of MySQL's own transactional and simple ones stand for it, as NO_ENGINE_SUBSTITUTION allows. */
  private void engine(String name) {
    switch (name.toUpperCase(Locale.ROOT)) {
      case "INNODB" -> {}
      case "MYISAM", "MEMORY", "HEAP", "CSV", "ARCHIVE", "BLACKHOLE", "MRG_MYISAM", "MERGE" -> {
        if (substitutesNoEngine) {
          throw MySqlError.ER_UNKNOWN_STORAGE_ENGINE.exception(name);
        }
        warnings.warn(MySqlError.ER_WARN_USING_OTHER_HANDLER, "InnoDB", draft.name);
      }
      default -> {
        if (substitutesNoEngine) {
          throw MySqlError.ER_UNKNOWN_STORAGE_ENGINE.exception(name);
        }
        warnings.warn(MySqlError.ER_UNKNOWN_STORAGE_ENGINE, name);
        warnings.warn(MySqlError.ER_WARN_USING_OTHER_HANDLER, "InnoDB", draft.name);
      }
    }
  }
}
