package io.vaquita.session;

import io.vaquita.error.MySqlError;
import io.vaquita.executor.FullScans;
import io.vaquita.parser.QueryChanges;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import io.vaquita.session.variable.SessionVariables;
import java.util.BitSet;

/**
 * What {@code sql_select_limit}, {@code max_join_size} and {@code sql_safe_updates} make of a statement. Asked only when one of them is not
 * as it is by default, for then no plan of the cache is used. Stateless.
 */
final class SafetySettings {
  private SafetySettings() {}

  /** A query of the top level without LIMIT gives {@code sql_select_limit} rows at most. */
  static DataStatement limited(DataStatement statement, SessionVariables variables) {
    long rows = variables.getLong("sql_select_limit");
    return rows != -1
            && statement instanceof DataStatement.SelectStatement select
            && select.query().limit() == null
        ? new DataStatement.SelectStatement(QueryChanges.limited(select.query(), rows))
        : statement;
  }

  /**
   * @throws io.vaquita.error.DatabaseException 1104 for a query that would read more than {@code max_join_size} rows, 1175 for a change
   *     without a key
   */
  static void check(Plan plan, SessionVariables variables) {
    BitSet slots = new BitSet();
    switch (plan) {
      case QueryPlan query -> {
        long max = variables.getLong("max_join_size");
        if (!variables.isOn("sql_big_selects")
            && max >= 0
            && !query.shape().tables().isEmpty()
            && query.shape().cost() - QUERY_START > max) {
          throw MySqlError.ER_TOO_BIG_SELECT.exception();
        }
      }
      case Plan.UpdatePlan update -> {
        update.targets().forEach(t -> slots.set(t.slot()));
        checkUpdate(FullScans.any(update.source(), slots), variables);
      }
      case Plan.DeletePlan delete -> {
        delete.targets().forEach(t -> slots.set(t.slot()));
        checkUpdate(FullScans.any(delete.source(), slots), variables);
      }
      case Plan.InsertPlan insert -> {}
    }
  }

  /** A cost counts the rows that are read, and so much beside. */
  private static final double QUERY_START = 1.5;

  private static void checkUpdate(boolean isFullScan, SessionVariables variables) {
    if (isFullScan && variables.isOn("sql_safe_updates")) {
      throw MySqlError.ER_UPDATE_WITHOUT_KEY_IN_SAFE_MODE.exception("");
    }
  }
}
