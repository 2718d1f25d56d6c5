package io.vaquita.session;

import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.executor.ExecutionContext;
import io.vaquita.executor.TableRebuild;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.planner.physical.Plan;
import io.vaquita.session.definition.TableDesign;
import io.vaquita.transaction.Transaction;
import java.util.ArrayList;
import java.util.List;

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
      if (altered.copiesRows()) {
        rows = copy(before, after, altered.origins(), transaction);
      } else {
        session.setState("altering table");
        new TableRebuild(context(after, transaction), 0).buildIndexes(after, altered.newIndexes());
      }
      for (int tree : altered.droppedTrees()) {
        transaction.clearTree(tree);
      }
      if (after.temporary()) {
        transaction.commit();
        session.temporaryTables().remove(before);
        session.temporaryTables().put(after);
      } else {
        if (!before.name().equals(after.name()) || !before.schema().equals(after.schema())) {
          new Renaming(engine.catalog().snapshot(), change).replace(before, after);
        } else {
          change.put(after);
        }
        session.setState(TransactionScope.COMMIT_STATE);
        change.commit();
      }
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
    return rows;
  }

  /** The bound expressions of defaults, generated columns and checks are those of an INSERT into the new version. */
  private long copy(
      TableDefinition before,
      TableDefinition after,
      List<Integer> origins,
      Transaction transaction) {
    List<ExpressionSyntax.ColumnReference> given = new ArrayList<>();
    List<ExpressionSyntax> nulls = new ArrayList<>();
    for (ColumnDefinition column : after.columns()) {
      if (column.generated() == null
          && column.defaultValue() instanceof ColumnDefinition.Default.None) {
        given.add(new ExpressionSyntax.ColumnReference(null, null, column.name()));
        nulls.add(new ExpressionSyntax.NullLiteral());
      }
    }
    DataStatement.InsertStatement insert =
        new DataStatement.InsertStatement(
            HintedBlock.NONE,
            false,
            false,
            null,
            new TableName(after.schema(), after.name()),
            List.of(),
            given,
            List.of(nulls),
            null,
            null,
            List.of(),
            List.of());
    CatalogSnapshot with = new CatalogOverlay(session.engine().catalog().snapshot(), after);
    session.temporaryTables().hide(before);
    Plan.InsertPlan plan;
    try {
      plan = (Plan.InsertPlan) session.runner().data().plan(insert, List.of(), with);
    } finally {
      session.temporaryTables().unhide();
    }
    session.setState("copy to tmp table");
    return new TableRebuild(context(after, transaction), plan.rowSlot())
        .copy(before, after, origins, plan.defaults(), plan.checks());
  }

  private ExecutionContext context(TableDefinition after, Transaction transaction) {
    return session
        .runner()
        .data()
        .executionContext(
            transaction, new CatalogOverlay(session.engine().catalog().snapshot(), after));
  }
}
