package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.Measures;
import io.vaquita.planner.physical.Measures.Measured;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.PhysicalNode.TableAccess;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws a plan as FORMAT=TREE does: one node a line, inputs indented below. Confined to one thread. */
final class ExplainTree {
  private static final Pattern QUALIFIED = Pattern.compile("`[^`]*`\\.`([^`]*)`\\.`([^`]*)`");
  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

  private final Plan plan;
  private final @Nullable Measures measures;
  private final StringBuilder out = new StringBuilder();

  /** @param measures of EXPLAIN ANALYZE, or null */
  ExplainTree(Plan plan, @Nullable Measures measures) {
    this.plan = plan;
    this.measures = measures;
  }

  String text() {
    int depth = 0;
    String headline = ExplainPlan.headline(plan);
    if (headline != null) {
      line(0, headline);
      depth = 1;
    }
    node(root(plan), depth);
    List<Plan.SubqueryPlan> subqueries = plan.shape().subqueries();
    for (int i = 0; i < subqueries.size(); i++) {
      Plan.SubqueryPlan s = subqueries.get(i);
      if (s.root() instanceof PhysicalNode.Empty(String reason, double ignored)
          && reason.equals("joined")) {
        continue;
      }
      String kind = s.dependsOn().isEmpty() ? "run only once" : "dependent";
      line(0, "Select #" + (i + 2) + " (subquery; " + kind + ")");
      node(s.root(), 1);
    }
    return out.toString();
  }

  static PhysicalNode root(Plan plan) {
    return switch (plan) {
      case QueryPlan q -> q.root();
      case Plan.InsertPlan i -> i.source();
      case Plan.UpdatePlan u -> u.source();
      case Plan.DeletePlan d -> d.source();
    };
  }

  private void line(int depth, String text) {
    out.append("    ".repeat(depth)).append("-> ").append(text).append('\n');
  }

  private void line(int depth, String text, PhysicalNode node) {
    line(depth, text, node, measures == null ? null : measures.of(node));
  }

  private void line(int depth, String text, PhysicalNode node, @Nullable Measured measured) {
    String estimated = text + "  (rows=" + number(node.estimatedRows()) + ")";
    if (measures == null) {
      line(depth, estimated);
    } else if (measured == null) {
      line(depth, estimated + " (never executed)");
    } else {
      line(
          depth,
          estimated
              + " (actual time="
              + millis(measured.firstMillis())
              + ".."
              + millis(measured.lastMillis())
              + " rows="
              + number(measured.rows())
              + " loops="
              + measured.loops()
              + ")");
    }
  }

  /** Three digits that count, as MySQL writes times. */
  private static String millis(double millis) {
    return millis >= 100
        ? Long.toString(Math.round(millis))
        : new BigDecimal(millis)
            .round(new MathContext(3, RoundingMode.HALF_UP))
            .stripTrailingZeros()
            .toPlainString();
  }

  private static String number(double rows) {
    return rows >= 10 || Math.abs(rows - Math.rint(rows)) < 0.005
        ? Long.toString(Math.round(rows))
        : String.format(Locale.ROOT, "%.3g", rows);
  }

  static String text(Expression e) {
    return QUOTED.matcher(QUALIFIED.matcher(e.describe()).replaceAll("$1.$2")).replaceAll("$1");
  }

  private static String list(List<Expression> all) {
    List<String> texts = new ArrayList<>();
    for (Expression e : all) {
      texts.add(text(e));
    }
    return String.join(", ", texts);
  }

  private static String keys(List<SortKey> keys) {
    List<String> texts = new ArrayList<>();
    for (SortKey k : keys) {
      texts.add(text(k.expression()) + (k.descending() ? " DESC" : ""));
    }
    return String.join(", ", texts);
  }

  private void node(PhysicalNode node, int depth) {
    switch (node) {
      case PhysicalNode.SingleRow ignored -> line(depth, "Rows fetched before execution", node);
      case PhysicalNode.Empty e -> line(depth, "Zero rows (" + e.reason() + ")", node);
      case TableAccess t -> access(t, depth);
      case PhysicalNode.VirtualTableScan v ->
          line(depth, "Table scan on " + v.table().name() + hints(v), node);
      case PhysicalNode.ValuesScan v -> line(depth, "Values (" + v.rows().size() + " rows)", node);
      case PhysicalNode.Filter f -> {
        line(depth, "Filter: " + text(f.condition()), node);
        node(f.input(), depth + 1);
      }
      case PhysicalNode.Buffer b -> unary("Buffer", b.input(), depth, node);
      case PhysicalNode.Project p -> node(p.input(), depth);
      case PhysicalNode.Limit l -> unary(limit(l), l.input(), depth, node);
      case PhysicalNode.Sort s -> unary(sort(s), s.input(), depth, node);
      case PhysicalNode.NestedLoopJoin j -> {
        line(depth, "Nested loop " + kind(j.kind()) + on(j.condition()), node);
        node(j.left(), depth + 1);
        node(j.right(), depth + 1);
      }
      case PhysicalNode.HashJoin j -> hashJoin(j, depth);
      case PhysicalNode.Aggregation a -> aggregation(a, depth);
      case PhysicalNode.Window w -> unary(window(w), w.input(), depth, node);
      case PhysicalNode.Distinct d ->
          unary("Remove duplicates by " + list(d.expressions()), d.input(), depth, node);
      case PhysicalNode.SetOperation s -> {
        line(depth, setOperation(s), node);
        s.inputs().forEach(i -> node(i, depth + 1));
      }
      case PhysicalNode.Materialize m -> {
        String once = m.dependsOn().isEmpty() ? "" : " (invalidate on outer rows)";
        unary("Materialize #" + m.materialization() + once, m.input(), depth, node);
      }
      case PhysicalNode.RecursiveUnion r -> {
        line(
            depth, "Materialize recursive CTE" + (r.distinct() ? " with deduplication" : ""), node);
        node(r.anchor(), depth + 1);
        line(depth + 1, "Repeat until convergence");
        node(r.recursive(), depth + 2);
      }
      case PhysicalNode.WorkingTable ignored -> line(depth, "Scan new records", node);
      case PhysicalNode.JsonTableScan ignored -> line(depth, "Materialize table function", node);
    }
  }

  private void unary(String text, PhysicalNode input, int depth, PhysicalNode node) {
    line(depth, text, node);
    node(input, depth + 1);
  }

  private static String hints(PhysicalNode.VirtualTableScan v) {
    StringBuilder text = new StringBuilder();
    for (PhysicalNode.ColumnHint h : v.hints()) {
      text.append(text.isEmpty() ? " for " : ", ")
          .append(v.table().columns().get(h.column()).name())
          .append(" = ")
          .append(text(h.value()));
    }
    return text.toString();
  }

  private static String limit(PhysicalNode.Limit l) {
    String count = l.count() == null ? "all" : text(l.count());
    return l.offset() == null
        ? "Limit: " + count + " row(s)"
        : "Limit/Offset: " + count + "/" + text(l.offset()) + " row(s)";
  }

  private static String sort(PhysicalNode.Sort s) {
    return "Sort: "
        + keys(s.keys())
        + (s.limit() == null ? "" : ", limit input to " + text(s.limit()) + " row(s) per chunk");
  }

  private static String kind(JoinKind kind) {
    return switch (kind) {
      case INNER -> "inner join";
      case LEFT -> "left join";
      case SEMI -> "semijoin";
      case ANTI -> "antijoin";
      case NULL_AWARE_ANTI -> "null-aware antijoin";
    };
  }

  private static String on(@Nullable Expression condition) {
    return condition == null ? "" : ", extra conditions: " + text(condition);
  }

  private void hashJoin(PhysicalNode.HashJoin j, int depth) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < j.leftKeys().size(); i++) {
      keys.add("(" + text(j.rightKeys().get(i)) + " = " + text(j.leftKeys().get(i)) + ")");
    }
    String by = keys.isEmpty() ? "no condition" : String.join(", ", keys);
    String name =
        kind(j.kind())
            .replace("inner join", "Inner hash join")
            .replace("left join", "Left hash join");
    String shown = name.contains("hash") ? name : "Hash " + name;
    line(depth, shown + " (" + by + ")" + on(j.condition()), j);
    node(j.left(), depth + 1);
    line(depth + 1, "Hash");
    node(j.right(), depth + 2);
  }

  private void aggregation(PhysicalNode.Aggregation a, int depth) {
    List<String> calls = new ArrayList<>();
    for (AggregateCall c : a.aggregates()) {
      calls.add(
          QUOTED
              .matcher(QUALIFIED.matcher(GroupingBinding.describe(c)).replaceAll("$1.$2"))
              .replaceAll("$1"));
    }
    String what = String.join(", ", calls);
    String text;
    if (a.groupBy().isEmpty()) {
      text = "Aggregate: " + what;
    } else if (a.inputIsOrdered()) {
      text =
          "Group aggregate"
              + (a.rollup() ? " with rollup" : "")
              + " by "
              + list(a.groupBy())
              + ": "
              + what;
    } else {
      text = "Aggregate using temporary table by " + list(a.groupBy()) + ": " + what;
    }
    unary(text, a.input(), depth, a);
  }

  private static String window(PhysicalNode.Window w) {
    List<String> calls = new ArrayList<>();
    for (PhysicalNode.WindowCall c : w.functions()) {
      calls.add(
          QUOTED
              .matcher(QUALIFIED.matcher(GroupingBinding.describe(c.call())).replaceAll("$1.$2"))
              .replaceAll("$1"));
    }
    return "Window aggregate: " + String.join(", ", calls);
  }

  private static String setOperation(PhysicalNode.SetOperation s) {
    String name = s.operator().charAt(0) + s.operator().substring(1).toLowerCase(Locale.ROOT);
    return name + (s.all() ? " all" : " materialize with deduplication");
  }

  private void access(TableAccess t, int depth) {
    int at = depth;
    if (t.condition() != null) {
      line(at++, "Filter: " + text(t.condition()), t);
    }
    line(at, describe(t) + locking(t), t, measures == null ? null : measures.ofReading(t));
  }

  private static String locking(TableAccess t) {
    return switch (t.locking().mode()) {
      case NONE -> "";
      case IMPLICIT_SHARED, SHARED -> " (shared lock)";
      case EXCLUSIVE -> " (exclusive lock)";
    };
  }

  private static String describe(TableAccess t) {
    IndexDefinition index = t.index();
    String covering = t.covering() ? "Covering index " : "Index ";
    String using = " on " + t.alias() + " using " + index.name();
    String reverse = t.reverse() ? " (reverse)" : "";
    return switch (t.access()) {
      case AccessPath.FullScan ignored ->
          index.tree() == t.table().clustered().tree() && reverse.isEmpty()
              ? "Table scan on " + t.alias()
              : covering + "scan" + using + reverse;
      case AccessPath.UniqueLookup u ->
          "Single-row "
              + covering.toLowerCase(Locale.ROOT)
              + "lookup"
              + using
              + " ("
              + prefix(t.table(), index, u.key(), List.of())
              + ")";
      case AccessPath.Ranges r -> covering + ranges(t, r, using) + reverse;
    };
  }

  private static String ranges(TableAccess t, AccessPath.Ranges r, String using) {
    List<String> texts = new ArrayList<>();
    for (AccessPath.Range range : r.ranges()) {
      texts.add("(" + range(t, range) + ")");
      if (texts.size() == 3 && r.ranges().size() > 4) {
        texts.add("(" + (r.ranges().size() - 3) + " more)");
        break;
      }
    }
    boolean isLookup = r.ranges().size() == 1 && isLookup(r.ranges().getFirst());
    return isLookup
        ? "lookup" + using + " " + texts.getFirst()
        : "range scan" + using + " over " + String.join(" OR ", texts);
  }

  static boolean isLookup(AccessPath.Range range) {
    return range.low() == null && range.high() == null;
  }

  private static String prefix(
      TableDefinition table,
      IndexDefinition index,
      List<Expression> values,
      List<Boolean> nullSafe) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String operator = i < nullSafe.size() && nullSafe.get(i) ? " <=> " : " = ";
      parts.add(column(table, index, i) + operator + text(values.get(i)));
    }
    return String.join(", ", parts);
  }

  private static String column(TableDefinition table, IndexDefinition index, int part) {
    return table.columns().get(index.parts().get(part).column()).name();
  }

  private static String range(TableAccess t, AccessPath.Range range) {
    String prefix = prefix(t.table(), t.index(), range.prefix(), range.nullSafe());
    Expression low = range.low();
    Expression high = range.high();
    if (low == null && high == null) {
      return prefix;
    }
    String bound = column(t.table(), t.index(), range.prefix().size());
    if (low != null) {
      bound = text(low) + (range.lowInclusive() ? " <= " : " < ") + bound;
    }
    if (high != null) {
      bound = bound + (range.highInclusive() ? " <= " : " < ") + text(high);
    }
    return prefix.isEmpty() ? bound : prefix + " AND " + bound;
  }
}
