package io.vaquita.planner;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.Expression;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.TableAccess;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.Plan.SlotNote;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of one query block as EXPLAIN FORMAT=JSON lists them: in the order in which they are read. Confined to one thread. */
final class ExplainJsonTables {
  private final ExplainJson json;
  private final List<Entry> tables = new ArrayList<>();
  private @Nullable String message;

  ExplainJsonTables(ExplainJson json) {
    this.json = json;
  }

  /** A table of the list; joins above it add what they know. */
  private static final class Entry {
    final ExplainObject object = new ExplainObject();
    final List<String> conditions = new ArrayList<>();
    final List<Expression> expressions = new ArrayList<>();
    @Nullable TableAccess access;
    double examined;
    double produced;
    double cost;
    boolean firstMatch;
    boolean notExists;
    boolean hashJoin;
    List<String> columns = List.of();
    PhysicalNode.@Nullable Materialize materialized;
  }

  /** Puts {@code table}, {@code nested_loop} or {@code message} into a block or operation. */
  void into(ExplainObject block, PhysicalNode root) {
    flatten(root);
    if (tables.isEmpty()) {
      block.put("message", message == null ? "No tables used" : message);
      return;
    }
    double prefixCost = 0;
    List<ExplainObject> objects = new ArrayList<>();
    for (Entry e : tables) {
      prefixCost += e.cost;
      finish(e, prefixCost);
      objects.add(e.object);
    }
    if (objects.size() == 1) {
      block.put("table", objects.getFirst());
    } else {
      block.put(
          "nested_loop", objects.stream().map(o -> new ExplainObject().put("table", o)).toList());
    }
  }

  private void flatten(PhysicalNode node) {
    switch (node) {
      case PhysicalNode.SingleRow ignored -> {}
      case PhysicalNode.Empty e -> message = e.reason();
      case TableAccess t -> access(t);
      case PhysicalNode.Filter f -> {
        flatten(f.input());
        condition(f.condition());
      }
      case PhysicalNode.NestedLoopJoin j -> {
        flatten(j.left());
        int first = tables.size();
        flatten(j.right());
        joined(j.kind(), first, j.estimatedRows());
        condition(j.condition());
      }
      case PhysicalNode.HashJoin j -> {
        flatten(j.left());
        int first = tables.size();
        flatten(j.right());
        joined(j.kind(), first, j.estimatedRows());
        tables.get(Math.min(first, tables.size() - 1)).hashJoin = true;
        for (int i = 0; i < j.leftKeys().size(); i++) {
          tables
              .getLast()
              .conditions
              .add(
                  "("
                      + j.rightKeys().get(i).describe()
                      + " = "
                      + j.leftKeys().get(i).describe()
                      + ")");
        }
        condition(j.condition());
      }
      case PhysicalNode.Materialize m -> {
        Entry e = other(alias(m.slot()), m.estimatedRows());
        e.materialized = m;
      }
      case PhysicalNode.VirtualTableScan v -> {
        other(v.table().name(), v.estimatedRows());
        condition(v.condition());
      }
      case PhysicalNode.ValuesScan v -> other("<values>", v.rows().size());
      case PhysicalNode.JsonTableScan j ->
          other(alias(j.slot()), j.estimatedRows()).object.put("table_function", "json_table");
      case PhysicalNode.WorkingTable w -> {
        Entry e = other(alias(w.slot()), w.estimatedRows());
        e.object.put("recursive", true);
      }
      case PhysicalNode.Limit l -> flatten(l.input());
      case PhysicalNode.Project p -> flatten(p.input());
      case PhysicalNode.Buffer b -> flatten(b.input());
      case PhysicalNode.Sort s -> flatten(s.input());
      case PhysicalNode.Distinct d -> flatten(d.input());
      case PhysicalNode.Aggregation a -> flatten(a.input());
      case PhysicalNode.Window w -> flatten(w.input());
      case PhysicalNode.SetOperation s -> s.inputs().forEach(this::flatten);
      case PhysicalNode.RecursiveUnion r -> flatten(r.anchor());
    }
  }

  private void condition(@Nullable Expression condition) {
    if (condition != null && !tables.isEmpty()) {
      tables.getLast().conditions.add(condition.describe());
      tables.getLast().expressions.add(condition);
    }
  }

  private void joined(JoinKind kind, int first, double rows) {
    if (first >= tables.size()) {
      return;
    }
    tables.getLast().produced = rows;
    switch (kind) {
      case SEMI -> tables.get(first).firstMatch = true;
      case ANTI, NULL_AWARE_ANTI -> tables.get(first).notExists = true;
      case INNER, LEFT -> {}
    }
  }

  private String alias(int slot) {
    return json.plan.shape().notes().places().get(slot).alias();
  }

  private void access(TableAccess t) {
    Entry e = new Entry();
    tables.add(e);
    e.access = t;
    SlotNote note = json.notes.get(t.slot());
    e.examined = note == null ? t.estimatedRows() : note.rowsRead();
    e.produced = t.estimatedRows();
    e.cost = note == null ? 0 : note.cost();
    e.columns = note == null ? List.of() : note.usedColumns();
    if (isChanged(t.slot())) {
      e.object.put(json.plan instanceof Plan.DeletePlan ? "delete" : "update", true);
    }
    AccessText text = new AccessText(t);
    e.object.put("table_name", t.alias()).put("access_type", text.type());
    e.object.putIfAny("possible_keys", note == null ? List.of() : note.possibleKeys());
    if (text.keyName() != null) {
      e.object.put("key", text.keyName());
      e.object.put("used_key_parts", text.keyParts());
      e.object.put("key_length", String.valueOf(text.keyLength()));
      e.object.putIfAny("ref", text.refs());
    }
    if (t.access() instanceof AccessPath.Ranges r && !text.isRef()) {
      e.conditions.add(AccessText.ranges(t, r));
    }
    condition(t.condition());
  }

  private boolean isChanged(int slot) {
    return switch (json.plan) {
      case Plan.UpdatePlan u -> u.targets().stream().anyMatch(x -> x.slot() == slot);
      case Plan.DeletePlan d -> d.targets().stream().anyMatch(x -> x.slot() == slot);
      default -> false;
    };
  }

  private Entry other(String name, double rows) {
    Entry e = new Entry();
    tables.add(e);
    e.object.put("table_name", name).put("access_type", "ALL");
    e.examined = rows;
    e.produced = rows;
    e.cost = rows;
    return e;
  }

  private void finish(Entry e, double prefixCost) {
    ExplainObject o = e.object;
    TableAccess t = e.access;
    o.put("rows_examined_per_scan", Math.max(1, Math.round(e.examined)));
    o.put("rows_produced_per_join", Math.max(1, Math.round(e.produced)));
    double kept = t == null ? 1 : t.estimatedRows() / Math.max(e.examined, 1e-9);
    o.put("filtered", ExplainObject.decimal(Math.min(100, Math.max(0.01, 100 * kept))));
    if (t != null && t.reverse()) {
      o.put("backward_index_scan", true);
    }
    if (t != null && t.covering()) {
      o.put("using_index", true);
    }
    if (e.firstMatch) {
      o.put("first_match", tables.getFirst() == e ? "" : name(tables.get(tables.indexOf(e) - 1)));
    }
    if (e.notExists) {
      o.put("not_exists", true);
    }
    if (e.hashJoin) {
      o.put("using_join_buffer", "hash join");
    }
    double eval = e.produced * ExplainJson.ROW_COST;
    ExplainObject cost = o.object("cost_info");
    cost.put("read_cost", ExplainObject.decimal(Math.max(0, e.cost * ExplainJson.ROW_COST - eval)));
    cost.put("eval_cost", ExplainObject.decimal(eval));
    cost.put("prefix_cost", ExplainObject.decimal(prefixCost * ExplainJson.ROW_COST));
    if (t != null) {
      cost.put("data_read_per_join", size(e.produced * rowBytes(t.table())));
    }
    o.putIfAny("used_columns", e.columns);
    conditions(e);
    if (e.materialized != null) {
      PhysicalNode.Materialize m = e.materialized;
      o.object("materialized_from_subquery")
          .put("using_temporary_table", true)
          .put("dependent", !m.dependsOn().isEmpty())
          .put("cacheable", m.dependsOn().isEmpty())
          .put("query_block", json.block(m.input()));
    }
  }

  private static String name(Entry e) {
    return e.access == null ? "" : e.access.alias();
  }

  private void conditions(Entry e) {
    List<ExplainObject> subqueries = new ArrayList<>();
    e.expressions.forEach(c -> json.collectSubqueries(c, subqueries));
    if (!e.conditions.isEmpty()) {
      e.object.put(
          "attached_condition",
          e.conditions.size() == 1
              ? e.conditions.getFirst()
              : "(" + String.join(" and ", e.conditions) + ")");
    }
    e.object.putIfAny("attached_subqueries", subqueries);
  }

  private static double rowBytes(TableDefinition table) {
    double bytes = 0;
    for (var column : table.columns()) {
      bytes += KeyLengths.of(column.type(), 0);
    }
    return Math.max(1, bytes);
  }

  /** As MySQL shortens it: 720, 17K, 13M. */
  private static String size(double bytes) {
    String units = " KMGTP";
    double left = bytes;
    int unit = 0;
    while (left >= 1024 && unit < units.length() - 1) {
      left /= 1024;
      unit++;
    }
    return (long) left + (unit == 0 ? "" : units.substring(unit, unit + 1));
  }
}
