package io.vaquita.session;

import io.vaquita.Frontend;
import io.vaquita.Result;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.parser.syntax.AlterTableAction;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.parser.syntax.TableStatement.MaintenanceKind;
import io.vaquita.planner.DefinitionExpressions;
import io.vaquita.session.definition.CopyRule;
import io.vaquita.session.definition.TableDesign;
import io.vaquita.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs CREATE, ALTER, DROP, RENAME and TRUNCATE TABLE and CREATE and DROP INDEX. Confined to the session's thread. */
final class TableStatements {
  private final EngineSession session;

  TableStatements(EngineSession session) {
    this.session = session;
  }

  Result run(TableStatement statement) {
    if (statement instanceof TableStatement.TruncateTable truncate
        && isHostCache(truncate.name())) {
      Frontend frontend = session.engine().frontend();
      if (frontend != null) {
        frontend.forgetHosts();
      }
      return session.runner().ok();
    }
    session.setState(stateBefore(statement));
    lock(statement);
    return switch (statement) {
      case TableStatement.CreateTable create -> create(create);
      case TableStatement.CreateTableLike like -> createLike(like);
      case TableStatement.AlterTable alter ->
          alter(alter.name(), alter.actions(), alter.algorithm());
      case TableStatement.DropTables drop -> drop(drop);
      case TableStatement.RenameTables rename -> rename(rename);
      case TableStatement.TruncateTable truncate -> truncate(truncate.name());
      case TableStatement.CreateIndex create ->
          alter(
              create.table(),
              List.of(new AlterTableAction.AddElement(create.key())),
              create.algorithm());
      case TableStatement.DropIndex drop ->
          alter(
              drop.table(), List.of(new AlterTableAction.DropIndex(drop.name())), drop.algorithm());
      case TableStatement.MaintainTables maintain -> new TableMaintenance(session).run(maintain);
    };
  }

  /** The process list's word until the work itself begins, which in some statements is all there is. */
  private static String stateBefore(TableStatement statement) {
    return switch (statement) {
      case TableStatement.CreateTable ignored -> "creating table";
      case TableStatement.CreateTableLike ignored -> "creating table";
      case TableStatement.DropTables ignored -> "checking permissions";
      case TableStatement.RenameTables ignored -> "checking permissions";
      case TableStatement.TruncateTable ignored -> "checking permissions";
      case TableStatement.AlterTable ignored -> "Opening tables";
      case TableStatement.CreateIndex ignored -> "Opening tables";
      case TableStatement.DropIndex ignored -> "Opening tables";
      case TableStatement.MaintainTables ignored -> "Opening tables";
    };
  }

  private boolean isHostCache(TableName name) {
    return name.name().equalsIgnoreCase("host_cache")
        && DefinitionStatements.schemaOf(session, name).equals("performance_schema");
  }

  /** Exclusive metadata locks on all names that the statement makes, changes or removes; sources of copies are read. */
  private void lock(TableStatement statement) {
    List<TableName> names =
        switch (statement) {
          case TableStatement.CreateTable create ->
              create.temporary() ? List.of() : List.of(create.name());
          case TableStatement.CreateTableLike like ->
              like.temporary() ? List.of() : List.of(like.name());
          case TableStatement.AlterTable alter -> altered(alter);
          case TableStatement.DropTables drop -> drop.temporary() ? List.of() : drop.names();
          case TableStatement.RenameTables rename ->
              rename.renames().stream().flatMap(r -> Stream.of(r.from(), r.to())).toList();
          case TableStatement.TruncateTable truncate -> List.of(truncate.name());
          case TableStatement.CreateIndex create -> List.of(create.table());
          case TableStatement.DropIndex drop -> List.of(drop.table());
          case TableStatement.MaintainTables maintain ->
              maintain.kind() == MaintenanceKind.OPTIMIZE ? maintain.tables() : List.of();
        };
    List<MetadataTarget> targets = new ArrayList<>();
    for (TableName name : names) {
      String schema = DefinitionStatements.schemaOf(session, name);
      if (session.temporaryTables().find(schema, name.name()) == null) {
        session.metadata().lockSchema(schema, false);
        targets.add(MetadataTarget.table(schema, name.name()));
      }
    }
    session.metadata().lockExclusively(targets);
  }

  private static List<TableName> altered(TableStatement.AlterTable alter) {
    List<TableName> names = new ArrayList<>();
    names.add(alter.name());
    for (AlterTableAction action : alter.actions()) {
      if (action instanceof AlterTableAction.RenameTo rename) {
        names.add(rename.name());
      }
    }
    return names;
  }

  private CatalogSnapshot catalog() {
    return session.engine().catalog().snapshot();
  }

  private SchemaDefinition schema(TableName name) {
    String schemaName = DefinitionStatements.schemaOf(session, name);
    SchemaDefinition schema = catalog().schema(schemaName);
    if (schema == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schemaName);
    }
    if (session.engine().catalog().isVirtual(schemaName)) {
      throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
          session.options().user(), session.options().host(), schemaName);
    }
    return schema;
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.endsWith(" ")) {
      throw MySqlError.ER_WRONG_TABLE_NAME.exception(name);
    }
    if (name.codePointCount(0, name.length()) > 64) {
      throw MySqlError.ER_TOO_LONG_IDENT.exception(name);
    }
  }

  private TableDesign design() {
    return new TableDesign(
        session.variables().sqlMode(),
        catalog(),
        session.context(),
        temporary ->
            temporary ? session.temporaryStore().newTree() : session.engine().catalog().newTree(),
        session.variables().isOn("foreign_key_checks"),
        (table, sql) ->
            DefinitionExpressions.bind(
                table, sql, session.runner().data().context(List.of(), catalog())));
  }

  // ---- CREATE

  private Result create(TableStatement.CreateTable create) {
    SchemaDefinition schema = schema(create.name());
    String name = create.name().name();
    checkName(name);
    if (create.partitioning() != null) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("PARTITION BY");
    }
    if (exists(schema.name(), name, create.temporary(), create.ifNotExists())) {
      return session.runner().ok();
    }
    if (create.query() != null) {
      return new CreateFromQuery(session).run(create, schema, design());
    }
    TableDefinition table =
        design()
            .create(
                create,
                schema.name(),
                schema.collation(),
                session.engine().catalog().newRelationId(),
                session.context().currentMicros());
    store(table);
    return session.runner().ok();
  }

  /** Whether CREATE IF NOT EXISTS has nothing to do; 1050 without IF NOT EXISTS. */
  private boolean exists(String schema, String name, boolean temporary, boolean ifNotExists) {
    boolean there =
        temporary
            ? session.temporaryTables().find(schema, name) != null
            : catalog().relation(schema, name) != null;
    if (!there) {
      return false;
    }
    if (!ifNotExists) {
      throw MySqlError.ER_TABLE_EXISTS_ERROR.exception(name);
    }
    session.context().note(MySqlError.ER_TABLE_EXISTS_ERROR, name);
    return true;
  }

  private void store(TableDefinition table) {
    if (table.temporary()) {
      session.temporaryTables().put(table);
      return;
    }
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    change.put(table);
    Definitions.commit(session, change, transaction);
  }

  private Result createLike(TableStatement.CreateTableLike like) {
    SchemaDefinition schema = schema(like.name());
    checkName(like.name().name());
    TableDefinition original = table(like.original());
    if (exists(schema.name(), like.name().name(), like.temporary(), like.ifNotExists())) {
      return session.runner().ok();
    }
    TableDefinition table =
        design()
            .like(
                original,
                schema.name(),
                like.name().name(),
                like.temporary(),
                session.engine().catalog().newRelationId(),
                session.context().currentMicros());
    store(table);
    return session.runner().ok();
  }

  /** A base table or temporary table; 1146, or 1347 for a view. */
  private TableDefinition table(TableName name) {
    String schema = DefinitionStatements.schemaOf(session, name);
    TableDefinition temporary = session.temporaryTables().find(schema, name.name());
    if (temporary != null) {
      return temporary;
    }
    Relation relation = session.metadata().relation(schema, name.name());
    return switch (relation) {
      case TableDefinition table -> table;
      case null -> {
        if (catalog().schema(schema) == null) {
          throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
        }
        throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name.name());
      }
      case ViewDefinition view ->
          throw MySqlError.ER_WRONG_OBJECT.exception(schema, name.name(), "BASE TABLE");
      case VirtualTable v ->
          throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
              session.options().user(), session.options().host(), schema);
    };
  }

  // ---- ALTER

  /** MySQL counts the rows that it copies, and none of those that it changes in place. */
  private Result alter(TableName name, List<AlterTableAction> actions, @Nullable String algorithm) {
    TableDefinition before = table(name);
    TableDesign.Altered altered =
        design().alter(before, actions, session.context().currentMicros());
    TableName renamed = altered.newName();
    TableDefinition after = altered.table();
    if (renamed != null) {
      String schema = renamed.schema() != null ? renamed.schema() : before.schema();
      after = moved(after, schema, renamed.name());
      checkFree(before, after);
    }
    Definitions.checkParentKeys(session, before, after);
    long rows = new TableChange(session).run(before, after, altered);
    if (isRenameOnly(actions)) {
      return session.runner().ok();
    }
    boolean counts = CopyRule.copies(before, after, actions, algorithm);
    long counted =
        !counts || altered.copiesRows() || after.temporary()
            ? counts ? rows : 0
            : session.engine().store().snapshot().entryCount(after.clustered().tree());
    return session.runner().ok(counted, 0, info(counted));
  }

  private static boolean isRenameOnly(List<AlterTableAction> actions) {
    return actions.stream()
        .allMatch(
            a ->
                a instanceof AlterTableAction.RenameTo || a instanceof AlterTableAction.EnableKeys);
  }

  void rebuild(TableName name) {
    alter(name, List.of(new AlterTableAction.Force()), null);
  }

  private String info(long rows) {
    return "Records: " + rows + "  Duplicates: 0  Warnings: " + session.diagnostics().count();
  }

  private void checkFree(TableDefinition before, TableDefinition after) {
    checkName(after.name());
    if (catalog().schema(after.schema()) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(after.schema());
    }
    boolean same = before.schema().equals(after.schema()) && before.name().equals(after.name());
    boolean taken =
        before.temporary()
            ? session.temporaryTables().find(after.schema(), after.name()) != null
            : catalog().relation(after.schema(), after.name()) != null;
    if (!same && taken) {
      throw MySqlError.ER_TABLE_EXISTS_ERROR.exception(after.name());
    }
  }

  static TableDefinition moved(TableDefinition t, String schema, String name) {
    return new TableDefinition(
        t.id(),
        t.version() + 1,
        schema,
        name,
        t.columns(),
        t.indexes(),
        t.foreignKeys(),
        t.checks(),
        t.collation(),
        t.temporary(),
        t.autoIncrementStart(),
        t.comment(),
        t.createOptions(),
        t.createdMicros(),
        t.outOfRowTree());
  }

  // ---- RENAME

  private Result rename(TableStatement.RenameTables rename) {
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    Renaming renaming = new Renaming(catalog(), change);
    try {
      for (TableStatement.Rename each : rename.renames()) {
        SchemaDefinition from = schema(each.from());
        SchemaDefinition to = schema(each.to());
        checkName(each.to().name());
        renaming.rename(from.name(), each.from().name(), to.name(), each.to().name());
      }
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
    Definitions.commit(session, change, transaction);
    return session.runner().ok();
  }

  // ---- DROP and TRUNCATE

  private Result drop(TableStatement.DropTables drop) {
    List<TableDefinition> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (TableName name : drop.names()) {
      String schema = DefinitionStatements.schemaOf(session, name);
      TableDefinition table = find(schema, name.name(), drop.temporary());
      if (table == null) {
        missing.add(schema + "." + name.name());
      } else {
        found.add(table);
      }
    }
    if (!missing.isEmpty()) {
      String names = String.join(",", missing);
      if (!drop.ifExists()) {
        throw MySqlError.ER_BAD_TABLE_ERROR.exception(names);
      }
      for (String each : missing) {
        session.context().note(MySqlError.ER_BAD_TABLE_ERROR, each);
      }
    }
    if (!found.isEmpty()) {
      dropAll(found);
    }
    return session.runner().ok();
  }

  private @Nullable TableDefinition find(String schema, String name, boolean temporaryOnly) {
    TableDefinition temporary = session.temporaryTables().find(schema, name);
    if (temporary != null || temporaryOnly) {
      return temporary;
    }
    Relation relation = catalog().relation(schema, name);
    if (relation instanceof VirtualTable) {
      throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
          session.options().user(), session.options().host(), schema);
    }
    return relation instanceof TableDefinition table ? table : null;
  }

  private void dropAll(List<TableDefinition> found) {
    for (TableDefinition table : found) {
      boolean parentOfKept =
          !table.temporary()
              && Definitions.referencing(session, table).stream()
                  .anyMatch(c -> found.stream().noneMatch(f -> f.id() == c.id()));
      if (parentOfKept) {
        Definitions.checkNotParentOfOthers(session, table, "");
      }
    }
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    for (TableDefinition table : found) {
      Definitions.dropTrees(transaction, table);
      if (table.temporary()) {
        session.temporaryTables().remove(table);
      } else {
        change.remove(table.schema(), table.name());
      }
    }
    if (found.stream().allMatch(TableDefinition::temporary)) {
      transaction.commit();
    } else {
      Definitions.commit(session, change, transaction);
    }
    found.forEach(t -> session.engine().tables().forget(t.id()));
  }

  /** At the session's end: nothing but the session knows of them. */
  void dropTemporaryTables() {
    if (session.temporaryTables().isEmpty()) {
      return;
    }
    for (TableDefinition table : session.temporaryTables().all()) {
      session.engine().tables().forget(table.id());
    }
    session.temporaryTables().clear();
    session.temporaryStore().close();
  }

  /** A new version of the table over new trees, so that snapshots taken before keep what they see. */
  private Result truncate(TableName name) {
    TableDefinition before = table(name);
    if (!Definitions.referencing(session, before).isEmpty()
        && session.variables().isOn("foreign_key_checks")) {
      throw MySqlError.ER_TRUNCATE_ILLEGAL_FK.exception(
          Definitions.describeReference(session, before));
    }
    TableDefinition after = design().emptied(before);
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    Definitions.dropTrees(transaction, before);
    if (before.temporary()) {
      session.temporaryTables().put(after);
      transaction.commit();
    } else {
      change.put(after);
      Definitions.commit(session, change, transaction);
    }
    session.engine().tables().forget(before.id());
    return session.runner().ok();
  }
}
