package io.vaquita.executor;

import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.Subquery;
import io.vaquita.planner.physical.Plan;
import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a subquery inside an expression and remembers its rows by the outer values they depend on. Confined to the statement's thread.
 *
 * <p>Rows are kept as they are asked for, so that EXISTS and scalar subqueries never run further than they must. A subquery that hangs
 * on nothing outside keeps its operators open and goes on where it stopped. A correlated one is opened anew for new outer values;
 * when the same values come back, kept rows are served first. When remembering does not pay, it stops.
 */
final class SubqueryRunner implements Subquery {
  private static final int RESULTS_MAX = 4096;
  private static final int ROWS_KEPT_MAX = 100_000;
  private static final int TRIAL_OPENS = 512;

  private final Execution execution;
  private final Plan.SubqueryPlan plan;
  private @Nullable Operator root;
  private int[] slots = {};
  private @Nullable KeyMaker outerKey;
  private final KeyBuffer key = new KeyBuffer();
  private final KeyTable<Result> results = new KeyTable<>();
  private boolean remembers;
  private boolean isPrepared;
  private int opens;
  private int hits;
  private int rowsKept;

  /** The result that is being read, and how far; null when nothing is remembered. */
  private @Nullable Result current;

  private int at;

  /** Whether the operators stand where {@link #current} ends. */
  private @Nullable Result running;

  private static final class Result {
    final List<Row[]> rows = new ArrayList<>();
    boolean isComplete;
  }

  SubqueryRunner(Execution execution, Plan.SubqueryPlan plan) {
    this.execution = execution;
    this.plan = plan;
  }

  private Operator prepare() {
    Operator built = root;
    if (built == null) {
      built = Operators.build(plan.root(), execution);
      root = built;
    }
    if (!isPrepared) {
      isPrepared = true;
      BitSet produced = PlanWalk.producedSlots(plan.root());
      slots = produced.stream().toArray();
      remembers = plan.isCacheable();
      if (remembers && !plan.dependsOn().isEmpty()) {
        List<Expression> columns = PlanWalk.outerColumns(plan.root(), execution.shape);
        remembers = !columns.isEmpty();
        outerKey = KeyMaker.ofExactValues(columns);
      }
    }
    return built;
  }

  @Override
  public void open(Frame frame) {
    Operator operator = prepare();
    at = 0;
    current = remembers ? recall(frame) : null;
    if (current == null) {
      running = null;
      operator.open();
    } else if (current.rows.isEmpty() && !current.isComplete && !isRunning(current)) {
      start(operator, current);
    }
  }

  private void start(Operator operator, Result result) {
    running = result;
    operator.open();
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean isRunning(Result result) {
    return running == result;
  }

  private @Nullable Result recall(Frame frame) {
    opens++;
    if (outerKey != null) {
      outerKey.write(frame, key);
    } else {
      key.clear();
    }
    int entry = results.find(key);
    Result known = entry < 0 ? null : results.value(entry);
    if (known != null) {
      hits++;
      return known;
    }
    if (opens > TRIAL_OPENS && hits < opens / 8) {
      forget();
      return null;
    }
    if (results.size() >= RESULTS_MAX || rowsKept > ROWS_KEPT_MAX) {
      results.clear();
      rowsKept = 0;
    }
    Result fresh = new Result();
    results.setValue(results.add(key), fresh);
    return fresh;
  }

  private void forget() {
    remembers = false;
    results.clear();
    rowsKept = 0;
  }

  @Override
  public boolean next(Frame frame) {
    Operator operator = prepare();
    Result result = current;
    if (result == null) {
      return operator.next();
    }
    if (at < result.rows.size()) {
      SlotRows.put(slots, result.rows.get(at++), frame);
      return true;
    }
    if (result.isComplete) {
      return false;
    }
    if (!isRunning(result)) {
      start(operator, result);
      boolean more = true;
      for (int i = 0; i < at && more; i++) {
        more = operator.next();
      }
    } else if (at > 0) {
      SlotRows.put(slots, result.rows.get(at - 1), frame);
    }
    if (!operator.next()) {
      result.isComplete = true;
      running = null;
      operator.close();
      return false;
    }
    result.rows.add(SlotRows.take(slots, frame));
    rowsKept++;
    at++;
    return true;
  }

  @Override
  public void close(Frame frame) {
    if (current == null && root != null) {
      root.close();
    }
  }

  /** At the end of the statement. */
  void end() {
    if (root != null) {
      root.close();
    }
    forget();
  }
}
