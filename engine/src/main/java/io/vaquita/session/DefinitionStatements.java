package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.parser.syntax.AccountStatement;
import io.vaquita.parser.syntax.DefinitionStatement;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.parser.syntax.ViewStatement;
import io.vaquita.session.definition.TypeResolution;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Collation;

/**
 * Runs statements that change definitions. Each commits the session's transaction before (MySQL's implicit commit) and is one
 * transaction of its own: definitions and trees change together or not at all. Confined to the session's thread.
 */
final class DefinitionStatements {
  private final EngineSession session;
  private final TableStatements tables;
  private final ViewStatements views;

  DefinitionStatements(EngineSession session) {
    this.session = session;
    this.tables = new TableStatements(session);
    this.views = new ViewStatements(session);
  }

  Result run(DefinitionStatement statement) {
    boolean temporary =
        statement instanceof TableStatement.CreateTable create && create.temporary()
            || statement instanceof TableStatement.DropTables drop && drop.temporary();
    if (temporary) {
      return dispatch(statement);
    }
    session.transactions().commit();
    session.transactions().checkWritable();
    if (session.tableLocks().isGlobalReadLock()) {
      throw MySqlError.ER_CANT_UPDATE_WITH_READLOCK.exception();
    }
    try {
      session.metadata().announceDefinition();
      return dispatch(statement);
    } finally {
      session.owner().releaseTransaction();
    }
  }

  private Result dispatch(DefinitionStatement statement) {
    return switch (statement) {
      case DefinitionStatement.CreateSchema create -> createSchema(create);
      case DefinitionStatement.AlterSchema alter -> alterSchema(alter);
      case DefinitionStatement.DropSchema drop -> dropSchema(drop);
      case TableStatement table -> tables.run(table);
      case ViewStatement view -> views.run(view);
      case AccountStatement account ->
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception("account management");
      case ProgramStatement.CreateProgram program ->
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception("CREATE " + program.kind());
      case ProgramStatement.AlterProgram program ->
          throw absent(program.kind(), qualified(program.name()), program.name().name());
      case ProgramStatement.DropProgram program -> dropProgram(program);
      case ProgramStatement.Unsupported other -> AbsentObjects.run(other, session);
    };
  }

  /** OPTIMIZE TABLE: all rows written anew. */
  void rebuild(TableName name) {
    tables.rebuild(name);
  }

  void dropTemporaryTables() {
    tables.dropTemporaryTables();
  }

  /** The schema that a name means, or 1046. */
  static String schemaOf(EngineSession session, TableName name) {
    String schema = name.schema() != null ? name.schema() : session.currentSchema();
    if (schema == null) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    return schema;
  }

  private static void checkName(String name) {
    if (name.isEmpty() || name.endsWith(" ")) {
      throw MySqlError.ER_WRONG_DB_NAME.exception(name);
    }
    if (name.codePointCount(0, name.length()) > 64) {
      throw MySqlError.ER_TOO_LONG_IDENT.exception(name);
    }
  }

  private Result createSchema(DefinitionStatement.CreateSchema create) {
    checkName(create.name());
    Engine engine = session.engine();
    if (engine.catalog().isVirtual(create.name())) {
      throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
          session.options().user(), session.options().host(), create.name());
    }
    if (engine.catalog().snapshot().schema(create.name()) != null) {
      if (!create.ifNotExists()) {
        throw MySqlError.ER_DB_CREATE_EXISTS.exception(create.name());
      }
      session.context().note(MySqlError.ER_DB_CREATE_EXISTS, create.name());
      return session.runner().ok(1, 0, "");
    }
    session.metadata().lockSchema(create.name(), true);
    Collation collation =
        TypeResolution.collation(
            create.characterSet(), create.collation(), engine.serverCollation());
    change(c -> c.putSchema(new SchemaDefinition(create.name(), collation)));
    return session.runner().ok(1, 0, "");
  }

  private Result alterSchema(DefinitionStatement.AlterSchema alter) {
    String name = alter.name() != null ? alter.name() : session.currentSchema();
    if (name == null) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    SchemaDefinition schema = session.engine().catalog().snapshot().schema(name);
    if (schema == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(name);
    }
    if (alter.readOnly() != null) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("ALTER DATABASE … READ ONLY");
    }
    Collation collation =
        TypeResolution.collation(alter.characterSet(), alter.collation(), schema.collation());
    change(c -> c.putSchema(new SchemaDefinition(schema.name(), collation)));
    return session.runner().ok(1, 0, "");
  }

  private Result dropSchema(DefinitionStatement.DropSchema drop) {
    Engine engine = session.engine();
    CatalogSnapshot catalog = engine.catalog().snapshot();
    if (engine.catalog().isVirtual(drop.name())) {
      throw MySqlError.ER_DBACCESS_DENIED_ERROR.exception(
          session.options().user(), session.options().host(), drop.name());
    }
    if (catalog.schema(drop.name()) == null) {
      if (!drop.ifExists()) {
        throw MySqlError.ER_DB_DROP_EXISTS.exception(drop.name());
      }
      session.context().note(MySqlError.ER_DB_DROP_EXISTS, drop.name());
      return session.runner().ok();
    }
    session.metadata().lockSchema(drop.name(), true);
    session
        .metadata()
        .lockExclusively(
            catalog.relations(drop.name()).stream()
                .map(r -> MetadataTarget.table(r.schema(), r.name()))
                .toList());
    var relations = engine.catalog().snapshot().relations(drop.name());
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = engine.catalog().change(transaction);
    for (Relation relation : relations) {
      if (relation instanceof TableDefinition table) {
        Definitions.checkNotParentOfOthers(session, table, drop.name());
        Definitions.dropTrees(transaction, table);
      }
      change.remove(relation.schema(), relation.name());
    }
    change.removeSchema(drop.name());
    Definitions.commit(session, change, transaction);
    if (drop.name().equals(session.currentSchema())) {
      session.setCurrentSchema(null);
    }
    return session.runner().ok(relations.size(), 0, "");
  }

  private Result dropProgram(ProgramStatement.DropProgram drop) {
    String name = qualified(drop.name());
    if (!drop.ifExists()) {
      throw absent(drop.kind(), name, drop.name().name());
    }
    switch (drop.kind()) {
      case TRIGGER -> session.context().note(MySqlError.ER_TRG_DOES_NOT_EXIST);
      case EVENT ->
          session.context().note(MySqlError.ER_SP_DOES_NOT_EXIST, "Event", drop.name().name());
      case PROCEDURE, FUNCTION ->
          session.context().note(MySqlError.ER_SP_DOES_NOT_EXIST, drop.kind().name(), name);
    }
    return session.runner().ok();
  }

  private String qualified(TableName name) {
    return (name.schema() == null ? session.currentSchema() : name.schema()) + "." + name.name();
  }

  private static RuntimeException absent(
      ProgramStatement.Kind kind, String qualified, String name) {
    return switch (kind) {
      case TRIGGER -> MySqlError.ER_TRG_DOES_NOT_EXIST.exception();
      case EVENT -> MySqlError.ER_EVENT_DOES_NOT_EXIST.exception(name);
      case PROCEDURE, FUNCTION -> MySqlError.ER_SP_DOES_NOT_EXIST.exception(kind.name(), qualified);
    };
  }

  private interface Changing {
    void apply(Catalog.Change change);
  }

  private void change(Changing changing) {
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = session.engine().catalog().change(transaction);
    changing.apply(change);
    Definitions.commit(session, change, transaction);
  }
}
