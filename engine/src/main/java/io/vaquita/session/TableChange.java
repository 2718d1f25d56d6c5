package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.session.definition.TableDesign;
import io.vaquita.transaction.Transaction;

/** The work of ALTER TABLE on trees and catalog, in one transaction. Confined to one statement. */
final class TableChange {
  private final EngineSession session;

  TableChange(EngineSession session) {
    this.session = session;
  }

  /** Returns how many rows were written anew. */
  long run(TableDefinition before, TableDefinition after, TableDesign.Altered altered) {
    Engine engine = session.engine();
    Transaction transaction = Definitions.begin(session);
    Catalog.Change change = engine.catalog().change(transaction);
    long rows = 0;
    try {
      session.context().changesData(false);
      if (altered.copiesRows() || !altered.newIndexes().isEmpty()) {
        throw MySqlError.ER_NOT_SUPPORTED_YET.exception("ALTER TABLE that rebuilds");
      }
      for (int tree : altered.droppedTrees()) {
        transaction.clearTree(tree);
      }
      if (after.temporary()) {
        session.temporaryTables().remove(before);
        session.temporaryTables().put(after);
        transaction.commit();
      } else {
        if (!before.name().equals(after.name()) || !before.schema().equals(after.schema())) {
          new Renaming(engine.catalog().snapshot(), change).replace(before, after);
        } else {
          change.put(after);
        }
        change.commit();
      }
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
    return rows;
  }
}
