package io.vaquita.planner;

import io.vaquita.planner.ExplainPlan.Row;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.TableAccess;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.Plan.SlotNote;
import io.vaquita.planner.physical.QueryPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists a plan as EXPLAIN's traditional rows: one for each table, in the order in which they are read. Confined to one thread. */
final class ExplainRows {
  private final Plan plan;
  private final Map<Integer, SlotNote> notes = new HashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private int lastBlock;

  ExplainRows(Plan plan) {
    this.plan = plan;
    for (SlotNote n : plan.shape().notes().slots()) {
      notes.put(n.slot(), n);
    }
  }

  /** A block that is listed after the one that uses it. */
  private record Pending(PhysicalNode root, int number, String selectType) {}

  /** What belongs to the first row of a block, and to the next table that is read. */
  private static final class Block {
    final int number;
    final String selectType;
    final List<String> firstExtra = new ArrayList<>();
    boolean isFirst = true;

    Block(int number, String selectType) {
      this.number = number;
      this.selectType = selectType;
    }
  }

  List<Row> rows() {
    PhysicalNode root = ExplainTree.root(plan);
    lastBlock = 1;
    String type = mainType(root);
    if (plan instanceof Plan.InsertPlan i) {
      rows.add(
          new Row(
              1L,
              i.replace() ? "REPLACE" : "INSERT",
              i.table().name(),
              "ALL",
              null,
              null,
              null,
              null,
              null,
              null,
              null));
      if (root instanceof PhysicalNode.ValuesScan) {
        return rows;
      }
    }
    list(root, 1, type);
    for (Plan.SubqueryPlan s : plan.shape().subqueries()) {
      if (s.root() instanceof PhysicalNode.Empty(String reason, double ignored)
          && reason.equals("joined")) {
        continue;
      }
      pending.add(
          new Pending(
              s.root(), ++lastBlock, s.dependsOn().isEmpty() ? "SUBQUERY" : "DEPENDENT SUBQUERY"));
    }
    for (int i = 0; i < pending.size(); i++) {
      Pending p = pending.get(i);
      list(p.root(), p.number(), p.selectType());
    }
    return rows;
  }

  private String mainType(PhysicalNode root) {
    return switch (plan) {
      case Plan.UpdatePlan ignored -> "UPDATE";
      case Plan.DeletePlan ignored -> "DELETE";
      case Plan.InsertPlan ignored -> "SIMPLE";
      case QueryPlan q ->
          q.shape().notes().blocks().size() > 1 && (hasOtherBlocks(root) || hasSubqueries())
              ? "PRIMARY"
              : "SIMPLE";
    };
  }

  private boolean hasSubqueries() {
    for (Plan.SubqueryPlan s : plan.shape().subqueries()) {
      if (!(s.root() instanceof PhysicalNode.Empty)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasOtherBlocks(PhysicalNode node) {
    if (node instanceof PhysicalNode.Materialize || node instanceof PhysicalNode.SetOperation) {
      return true;
    }
    for (PhysicalNode input : inputs(node)) {
      if (hasOtherBlocks(input)) {
        return true;
      }
    }
    return false;
  }

  private static List<PhysicalNode> inputs(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Filter f -> List.of(f.input());
      case PhysicalNode.Buffer b -> List.of(b.input());
      case PhysicalNode.Project p -> List.of(p.input());
      case PhysicalNode.Limit l -> List.of(l.input());
      case PhysicalNode.Sort s -> List.of(s.input());
      case PhysicalNode.NestedLoopJoin j -> List.of(j.left(), j.right());
      case PhysicalNode.HashJoin j -> List.of(j.left(), j.right());
      case PhysicalNode.Aggregation a -> List.of(a.input());
      case PhysicalNode.Window w -> List.of(w.input());
      case PhysicalNode.Distinct d -> List.of(d.input());
      default -> List.of();
    };
  }

  private void list(PhysicalNode root, int number, String selectType) {
    if (root instanceof PhysicalNode.SetOperation s) {
      setOperation(s, number, selectType);
      return;
    }
    Block block = new Block(number, selectType);
    walk(root, block, new ArrayList<>());
  }

  private void setOperation(PhysicalNode.SetOperation s, int number, String selectType) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < s.inputs().size(); i++) {
      int n = i == 0 ? number : ++lastBlock;
      numbers.add(Integer.toString(n));
      list(s.inputs().get(i), n, i == 0 ? selectType : s.operator());
    }
    if (!s.all()) {
      String name =
          "<" + s.operator().toLowerCase(java.util.Locale.ROOT) + String.join(",", numbers) + ">";
      rows.add(
          new Row(
              null,
              s.operator() + " RESULT",
              name,
              "ALL",
              null,
              null,
              null,
              null,
              null,
              null,
              "Using temporary"));
    }
  }

  /** {@code extra}: terms for the next table that is read. */
  private void walk(PhysicalNode node, Block block, List<String> extra) {
    switch (node) {
      case PhysicalNode.SingleRow ignored -> none(block, "No tables used");
      case PhysicalNode.Empty e -> none(block, e.reason());
      case TableAccess t -> access(t, block, extra);
      case PhysicalNode.VirtualTableScan v ->
          add(block, v.table().name(), "ALL", extra, v.estimatedRows());
      case PhysicalNode.ValuesScan v -> add(block, "<values>", "ALL", extra, v.rows().size());
      case PhysicalNode.JsonTableScan j -> {
        extra.add("Table function: json_table");
        extra.add("Using temporary");
        add(block, alias(j.slot()), "ALL", extra, j.estimatedRows());
      }
      case PhysicalNode.WorkingTable w -> {
        extra.add("Recursive");
        add(block, alias(w.slot()), "ALL", extra, w.estimatedRows());
      }
      case PhysicalNode.Materialize m -> derived(m, block, extra);
      case PhysicalNode.RecursiveUnion r -> {
        walk(r.anchor(), block, extra);
        list(r.recursive(), ++lastBlock, "UNION");
      }
      case PhysicalNode.SetOperation s -> setOperation(s, block.number, block.selectType);
      case PhysicalNode.Filter f -> {
        extra.add("Using where");
        walk(f.input(), block, extra);
      }
      case PhysicalNode.NestedLoopJoin j -> {
        if (!isNoTable(j.left())) {
          walk(j.left(), block, extra);
        }
        walk(j.right(), block, joined(j.kind()));
      }
      case PhysicalNode.HashJoin j -> {
        walk(j.left(), block, extra);
        List<String> right = joined(j.kind());
        right.add("Using join buffer (hash join)");
        walk(j.right(), block, right);
      }
      case PhysicalNode.Sort s -> temporary(block, "Using filesort", s.input(), extra);
      case PhysicalNode.Aggregation a ->
          temporary(
              block,
              a.inputIsOrdered() || a.groupBy().isEmpty() ? "" : "Using temporary",
              a.input(),
              extra);
      case PhysicalNode.Window w -> temporary(block, "Using temporary", w.input(), extra);
      case PhysicalNode.Distinct d -> temporary(block, "Using temporary", d.input(), extra);
      case PhysicalNode.Buffer b -> walk(b.input(), block, extra);
      case PhysicalNode.Project p -> walk(p.input(), block, extra);
      case PhysicalNode.Limit l -> walk(l.input(), block, extra);
    }
  }

  private void temporary(Block block, String term, PhysicalNode input, List<String> extra) {
    if (!term.isEmpty() && !block.firstExtra.contains(term)) {
      block.firstExtra.addFirst(term);
    }
    walk(input, block, extra);
  }

  /** Conditions that are tested before any table is read. */
  private static boolean isNoTable(PhysicalNode node) {
    return node instanceof PhysicalNode.Filter f && f.input() instanceof PhysicalNode.SingleRow;
  }

  private static List<String> joined(JoinKind kind) {
    List<String> extra = new ArrayList<>();
    if (kind == JoinKind.SEMI) {
      extra.add("FirstMatch");
    } else if (kind == JoinKind.ANTI || kind == JoinKind.NULL_AWARE_ANTI) {
      extra.add("Not exists");
    }
    return extra;
  }

  private void none(Block block, String extra) {
    rows.add(
        new Row(
            (long) block.number,
            block.selectType,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            extra));
    block.isFirst = false;
  }

  private void derived(PhysicalNode.Materialize m, Block block, List<String> extra) {
    int number = ++lastBlock;
    add(block, "<derived" + number + ">", "ALL", extra, m.estimatedRows());
    pending.add(
        new Pending(m.input(), number, m.dependsOn().isEmpty() ? "DERIVED" : "DEPENDENT DERIVED"));
  }

  private String alias(int slot) {
    SlotNote note = notes.get(slot);
    return note == null ? "<temporary>" : note.alias();
  }

  private void add(Block block, String table, String type, List<String> extra, double read) {
    rows.add(
        new Row(
            (long) block.number,
            block.selectType,
            table,
            type,
            null,
            null,
            null,
            null,
            Math.max(1, Math.round(read)),
            100.0,
            extra(block, extra)));
  }

  private static @Nullable String extra(Block block, List<String> own) {
    List<String> all = new ArrayList<>(own);
    if (block.isFirst) {
      all.addAll(block.firstExtra);
      block.isFirst = false;
    }
    return all.isEmpty() ? null : String.join("; ", all);
  }

  private void access(TableAccess t, Block block, List<String> extra) {
    SlotNote note = notes.get(t.slot());
    boolean isRange = t.access() instanceof AccessPath.Ranges && !new AccessText(t).isRef();
    List<String> terms = new ArrayList<>();
    if ((t.condition() != null || isRange) && !extra.contains("Using where")) {
      terms.add(
          isRange && !t.covering() && !AccessText.isClustered(t)
              ? "Using index condition"
              : "Using where");
    }
    terms.addAll(extra);
    if (t.reverse()) {
      terms.add("Backward index scan");
    }
    if (t.covering()) {
      terms.add("Using index");
    }
    double read = note == null ? t.estimatedRows() : note.rowsRead();
    double kept = note == null ? t.estimatedRows() : note.rowsKept();
    String possible =
        note == null || note.possibleKeys().isEmpty()
            ? null
            : String.join(",", note.possibleKeys());
    AccessText text = new AccessText(t);
    Integer keyLength = text.keyLength();
    rows.add(
        new Row(
            (long) block.number,
            block.selectType,
            t.alias(),
            text.type(),
            possible,
            text.keyName(),
            keyLength == null ? null : keyLength.toString(),
            text.refs().isEmpty() ? null : String.join(",", text.refs()),
            Math.max(1, Math.round(read)),
            Math.min(100, Math.max(0.01, 100 * kept / Math.max(read, 1e-9))),
            extra(block, terms)));
  }
}
