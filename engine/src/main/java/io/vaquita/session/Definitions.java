package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.TransactionOptions;
import java.util.ArrayList;
import java.util.List;

/** Steps that all statements about definitions share. Stateless. */
final class Definitions {
  private Definitions() {}

  /**
   * A transaction of DDL's own, with an owner of its own in the lock table: the session's metadata locks must outlive its commit until
   * the new definitions are published.
   */
  static Transaction begin(EngineSession session) {
    Engine engine = session.engine();
    return engine
        .transactions()
        .begin(
            TransactionOptions.of(
                    engine.locks().newOwner(session.id(), OwnerInfo.internal(session.account())))
                .withSession(session.temporaryStore(), session.commitPatience()));
  }

  /** Commits, or rolls back and throws. */
  static void commit(EngineSession session, Catalog.Change change, Transaction transaction) {
    try {
      session.setState(TransactionScope.COMMIT_STATE);
      change.commit();
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
  }

  static void createSystemSchema(Engine engine, String name) {
    Transaction transaction =
        engine
            .transactions()
            .begin(
                TransactionOptions.of(engine.locks().newOwner(0, OwnerInfo.internal("startup"))));
    Catalog.Change change = engine.catalog().change(transaction);
    change.putSchema(new SchemaDefinition(name, engine.serverCollation()));
    change.commit();
  }

  static void dropTrees(Transaction transaction, TableDefinition table) {
    table.trees().forEach(transaction::clearTree);
  }

  /** Tables that refer to a table, itself left out. */
  static List<TableDefinition> referencing(EngineSession session, TableDefinition table) {
    List<TableDefinition> children = new ArrayList<>();
    CatalogSnapshot catalog = session.engine().catalog().snapshot();
    for (SchemaDefinition schema : catalog.schemas()) {
      for (Relation relation : catalog.relations(schema.name())) {
        if (relation instanceof TableDefinition child
            && child.id() != table.id()
            && child.foreignKeys().stream().anyMatch(k -> refersTo(k, table))) {
          children.add(child);
        }
      }
    }
    return children;
  }

  private static boolean refersTo(ForeignKeyDefinition key, TableDefinition table) {
    return key.parentSchema().equals(table.schema()) && key.parentTable().equals(table.name());
  }

  /** 3730 when a table outside {@code dropped} (a schema that goes as a whole, or "") refers to the table. */
  static void checkNotParentOfOthers(EngineSession session, TableDefinition table, String dropped) {
    if (!session.variables().isOn("foreign_key_checks")) {
      return;
    }
    for (TableDefinition child : referencing(session, table)) {
      if (!child.schema().equals(dropped)) {
        for (ForeignKeyDefinition key : child.foreignKeys()) {
          if (refersTo(key, table)) {
            throw MySqlError.ER_FK_CANNOT_DROP_PARENT.exception(
                table.name(), key.name(), child.name());
          }
        }
      }
    }
  }

  /** The text of the first foreign key that refers to a table, as error 1701 shows it. */
  static String describeReference(EngineSession session, TableDefinition table) {
    TableDefinition child = referencing(session, table).getFirst();
    for (ForeignKeyDefinition key : child.foreignKeys()) {
      if (refersTo(key, table)) {
        return "`" + child.schema() + "`.`" + child.name() + "`, CONSTRAINT `" + key.name() + "`";
      }
    }
    return "`" + child.schema() + "`.`" + child.name() + "`";
  }

  /** Foreign keys of other tables hold their parent's columns and keys fast: 1829, 1553. */
  static void checkParentKeys(
      EngineSession session, TableDefinition before, TableDefinition after) {
    if (!session.variables().isOn("foreign_key_checks")) {
      return;
    }
    for (TableDefinition child : referencing(session, before)) {
      for (ForeignKeyDefinition key : child.foreignKeys()) {
        if (!refersTo(key, before)) {
          continue;
        }
        for (String column : key.parentColumns()) {
          if (after.column(column) == null) {
            throw MySqlError.ER_FK_COLUMN_CANNOT_DROP_CHILD.exception(
                column, key.name(), child.schema() + "." + child.name());
          }
        }
        requireParentIndex(key, before, after);
      }
    }
  }

  private static void requireParentIndex(
      ForeignKeyDefinition key, TableDefinition before, TableDefinition after) {
    for (IndexDefinition index : after.indexes()) {
      if (serves(index, after, key)) {
        return;
      }
    }
    for (IndexDefinition index : before.indexes()) {
      if (serves(index, before, key)) {
        throw MySqlError.ER_DROP_INDEX_FK.exception(index.name());
      }
    }
  }

  private static boolean serves(
      IndexDefinition index, TableDefinition table, ForeignKeyDefinition key) {
    if (index.parts().size() < key.parentColumns().size()) {
      return false;
    }
    for (int i = 0; i < key.parentColumns().size(); i++) {
      String column = table.columns().get(index.parts().get(i).column()).name();
      if (!column.equalsIgnoreCase(key.parentColumns().get(i))) {
        return false;
      }
    }
    return true;
  }
}
