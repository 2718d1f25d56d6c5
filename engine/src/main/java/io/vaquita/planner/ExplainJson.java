package io.vaquita.planner;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.AggregateCall;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.Plan.BlockNote;
import io.vaquita.planner.physical.Plan.SlotNote;
import io.vaquita.planner.physical.QueryPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes a plan in the layout of EXPLAIN FORMAT=JSON, version 1: a query block holds its operations one in the other (ordering,
 * duplicates, windows, grouping) and in the innermost its tables in the order in which they are read. Confined to one thread.
 */
final class ExplainJson {
  /** MySQL's unit of cost: ten rows looked at. */
  static final double ROW_COST = 0.1;

  final Plan plan;
  final Map<Integer, SlotNote> notes = new HashMap<>();
  private final BitSet shownSubqueries = new BitSet();
  private int lastBlock;

  ExplainJson(Plan plan) {
    this.plan = plan;
    for (SlotNote n : plan.shape().notes().slots()) {
      notes.put(n.slot(), n);
    }
  }

  String text() {
    ExplainObject top = new ExplainObject();
    ExplainObject block = top.object("query_block");
    PhysicalNode root = ExplainTree.root(plan);
    if (plan instanceof Plan.InsertPlan i) {
      insert(i, root, block);
    } else {
      fill(block, root);
    }
    if (plan instanceof QueryPlan q) {
      List<ExplainObject> subqueries = new ArrayList<>();
      q.outputs().forEach(o -> collectSubqueries(o.expression(), subqueries));
      block.putIfAny("select_list_subqueries", subqueries);
    }
    block.putIfAny("subqueries", remainingSubqueries());
    return top.text();
  }

  private void insert(Plan.InsertPlan i, PhysicalNode root, ExplainObject block) {
    block.put("select_id", 1);
    if (!(root instanceof PhysicalNode.ValuesScan)) {
      cost(block, numberOf(root));
    }
    block
        .object("table")
        .put(i.replace() ? "replace" : "insert", true)
        .put("table_name", i.table().name())
        .put("access_type", "ALL");
    if (!(root instanceof PhysicalNode.ValuesScan)) {
      operations(block.object("insert_from"), root);
    }
  }

  /** The block of a query of its own. */
  ExplainObject block(PhysicalNode root) {
    ExplainObject block = new ExplainObject();
    fill(block, root);
    return block;
  }

  private void fill(ExplainObject block, PhysicalNode root) {
    PhysicalNode inner = withoutOrder(root);
    if (inner instanceof PhysicalNode.SetOperation s) {
      setOperation(block, s, root instanceof PhysicalNode.Sort);
      return;
    }
    if (inner instanceof PhysicalNode.RecursiveUnion r) {
      recursive(block, r);
      return;
    }
    int number = numberOf(root);
    lastBlock = Math.max(lastBlock, number);
    block.put("select_id", number);
    cost(block, number);
    operations(block, root);
  }

  private void cost(ExplainObject block, int number) {
    for (BlockNote note : plan.shape().notes().blocks()) {
      if (note.number() == number && note.cost() > 0) {
        block.object("cost_info").put("query_cost", ExplainObject.decimal(note.cost() * ROW_COST));
      }
    }
  }

  /** The number of the block that the nodes belong to: the smallest, because merged tables may come from further inside. */
  private int numberOf(PhysicalNode root) {
    if (root instanceof PhysicalNode.Project p) {
      return numberOf(p.input());
    }
    List<Plan.Place> places = plan.shape().notes().places();
    int number = Integer.MAX_VALUE;
    for (int slot : ProducedSlots.of(root)) {
      number = Math.min(number, places.get(slot).block());
    }
    return number == Integer.MAX_VALUE ? lastBlock + 1 : number;
  }

  private static PhysicalNode withoutOrder(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Limit l -> withoutOrder(l.input());
      case PhysicalNode.Project p -> withoutOrder(p.input());
      case PhysicalNode.Sort s
          when withoutOrder(s.input()) instanceof PhysicalNode.SetOperation u ->
          u;
      default -> node;
    };
  }

  private void setOperation(ExplainObject block, PhysicalNode.SetOperation s, boolean sorted) {
    String operator = s.operator().toLowerCase(Locale.ROOT);
    ExplainObject result = block.object(operator + "_result");
    result.put("using_temporary_table", !s.all() || sorted);
    List<ExplainObject> specifications = new ArrayList<>();
    List<String> numbers = new ArrayList<>();
    for (PhysicalNode input : s.inputs()) {
      ExplainObject one = new ExplainObject().put("dependent", false).put("cacheable", true);
      one.put("query_block", block(((PhysicalNode.Project) input).input()));
      numbers.add(Integer.toString(numberOf(((PhysicalNode.Project) input).input())));
      specifications.add(one);
    }
    if (!s.all() || sorted) {
      result
          .put("select_id", ++lastBlock)
          .put("table_name", "<" + operator + String.join(",", numbers) + ">")
          .put("access_type", "ALL");
    }
    if (sorted) {
      result.put("using_filesort", true);
    }
    result.put("query_specifications", specifications);
  }

  private void recursive(ExplainObject block, PhysicalNode.RecursiveUnion r) {
    List<ExplainObject> specifications = new ArrayList<>();
    for (PhysicalNode part : List.of(r.anchor(), r.recursive())) {
      specifications.add(
          new ExplainObject()
              .put("dependent", false)
              .put("cacheable", true)
              .put("query_block", block(((PhysicalNode.Project) part).input())));
    }
    block
        .object("union_result")
        .put("using_temporary_table", r.distinct())
        .put("query_specifications", specifications);
  }

  /** The operations of a block from the outermost in, then its tables. */
  private void operations(ExplainObject into, PhysicalNode node) {
    switch (node) {
      case PhysicalNode.Limit l -> operations(into, l.input());
      case PhysicalNode.Project p -> operations(into, p.input());
      case PhysicalNode.Buffer b -> operations(into, b.input());
      case PhysicalNode.Sort s -> {
        ExplainObject ordering = into.object("ordering_operation");
        if (isTemporary(s.input())) {
          ordering.put("using_temporary_table", true);
        }
        operations(ordering.put("using_filesort", true), s.input());
      }
      case PhysicalNode.Distinct d ->
          operations(
              into.object("duplicates_removal")
                  .put("using_temporary_table", true)
                  .put("using_filesort", false),
              d.input());
      case PhysicalNode.Window w -> windows(into.object("windowing"), w);
      case PhysicalNode.Aggregation a when a.groupBy().isEmpty() -> operations(into, a.input());
      case PhysicalNode.Aggregation a -> {
        ExplainObject grouping = into.object("grouping_operation");
        boolean sorts = a.input() instanceof PhysicalNode.Sort;
        if (!a.inputIsOrdered()) {
          grouping.put("using_temporary_table", true);
        }
        grouping.put("using_filesort", sorts);
        operations(grouping, sorts ? ((PhysicalNode.Sort) a.input()).input() : a.input());
      }
      case PhysicalNode.Filter f when isComputed(f.input()) -> {
        List<ExplainObject> subqueries = new ArrayList<>();
        collectSubqueries(f.condition(), subqueries);
        into.putIfAny("having_subqueries", subqueries);
        operations(into, f.input());
      }
      default -> new ExplainJsonTables(this).into(into, node);
    }
  }

  private static boolean isComputed(PhysicalNode node) {
    return node instanceof PhysicalNode.Aggregation
        || node instanceof PhysicalNode.Window
        || node instanceof PhysicalNode.Filter f && isComputed(f.input());
  }

  private static boolean isTemporary(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Filter f -> isTemporary(f.input());
      case PhysicalNode.Aggregation a -> !a.groupBy().isEmpty();
      case PhysicalNode.Distinct ignored -> true;
      case PhysicalNode.Window ignored -> true;
      default -> false;
    };
  }

  /** Windows that follow one another are listed in one operation. */
  private void windows(ExplainObject windowing, PhysicalNode.Window last) {
    List<ExplainObject> windows = new ArrayList<>();
    PhysicalNode node = last;
    while (node instanceof PhysicalNode.Window w) {
      ExplainObject one = new ExplainObject().put("name", "<unnamed window>");
      node = w.input();
      if (node instanceof PhysicalNode.Sort s) {
        one.put("using_filesort", true).put("filesort_key", sortKeys(s.keys()));
        node = s.input();
      }
      List<String> functions = new ArrayList<>();
      w.functions().forEach(f -> functions.add(name(f.call())));
      windows.addFirst(one.put("functions", functions));
    }
    operations(windowing.put("windows", windows), node);
  }

  private static String name(AggregateCall call) {
    return call.function().toLowerCase(Locale.ROOT);
  }

  private static List<String> sortKeys(List<SortKey> keys) {
    List<String> texts = new ArrayList<>();
    for (SortKey key : keys) {
      String text = key.expression().describe();
      String shown =
          key.expression() instanceof ColumnExpression
              ? text.substring(text.lastIndexOf(".`") + 1)
              : text;
      texts.add(shown + (key.descending() ? " desc" : ""));
    }
    return texts;
  }

  // ---- subqueries

  /** Adds the blocks of the subqueries that an expression runs and that were not shown before. */
  void collectSubqueries(@Nullable Expression e, List<ExplainObject> into) {
    if (e == null) {
      return;
    }
    if (e instanceof SubqueryExpression s && !shownSubqueries.get(s.index())) {
      into.add(subquery(s.index()));
    }
    e.children().forEach(child -> collectSubqueries(child, into));
  }

  private ExplainObject subquery(int index) {
    shownSubqueries.set(index);
    Plan.SubqueryPlan s = plan.shape().subqueries().get(index);
    return new ExplainObject()
        .put("dependent", !s.dependsOn().isEmpty())
        .put("cacheable", s.isCacheable() && s.dependsOn().isEmpty())
        .put("query_block", block(s.root()));
  }

  /** Those of other clauses: ORDER BY, GROUP BY, values of changes. */
  private List<ExplainObject> remainingSubqueries() {
    List<ExplainObject> all = new ArrayList<>();
    List<Plan.SubqueryPlan> subqueries = plan.shape().subqueries();
    for (int i = 0; i < subqueries.size(); i++) {
      boolean joined =
          subqueries.get(i).root() instanceof PhysicalNode.Empty(String reason, double ignored)
              && reason.equals("joined");
      if (!joined && !shownSubqueries.get(i)) {
        all.add(subquery(i));
      }
    }
    return all;
  }
}
