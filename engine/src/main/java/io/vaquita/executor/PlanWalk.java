package io.vaquita.executor;

import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.SubqueryExpression;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Questions about parts of a plan: which slots they fill, and what they read from outside. Stateless. */
final class PlanWalk {
  private PlanWalk() {}

  /** The slots that nodes of this subtree fill. */
  static BitSet producedSlots(PhysicalNode root) {
    BitSet slots = new BitSet();
    forEachNode(root, n -> addProducedSlot(n, slots));
    return slots;
  }

  /** The slots that this subtree reads but does not fill, its subqueries' dependences included. */
  static BitSet outerSlots(PhysicalNode root, Plan.Shape shape) {
    BitSet read = new BitSet();
    for (Expression e : outerColumns(root, shape)) {
      if (e instanceof ColumnExpression c) {
        read.set(c.slot());
      }
    }
    return read;
  }

  /** The columns of outer slots that this subtree reads, nested subqueries included; each once. */
  static List<Expression> outerColumns(PhysicalNode root, Plan.Shape shape) {
    List<Expression> found = new ArrayList<>();
    collectColumns(root, shape, found);
    BitSet own = producedSlots(root);
    List<Expression> outer = new ArrayList<>();
    for (Expression e : found) {
      if (e instanceof ColumnExpression c && !own.get(c.slot()) && !contains(outer, c)) {
        outer.add(e);
      }
    }
    return outer;
  }

  private static boolean contains(List<Expression> columns, ColumnExpression wanted) {
    for (Expression e : columns) {
      if (e instanceof ColumnExpression c
          && c.slot() == wanted.slot()
          && c.column() == wanted.column()) {
        return true;
      }
    }
    return false;
  }

  private static void collectColumns(PhysicalNode root, Plan.Shape shape, List<Expression> into) {
    forEachNode(root, n -> forEachExpression(n, e -> collectColumns(e, shape, into)));
  }

  private static void collectColumns(Expression e, Plan.Shape shape, List<Expression> into) {
    if (e instanceof ColumnExpression) {
      into.add(e);
    }
    if (e instanceof SubqueryExpression s) {
      PhysicalNode nested = shape.subqueries().get(s.index()).root();
      into.addAll(outerColumns(nested, shape));
    }
    for (Expression child : e.children()) {
      collectColumns(child, shape, into);
    }
  }

  /** Whether rows of one table may come more than once. */
  static boolean joins(PhysicalNode root) {
    boolean[] found = {false};
    forEachNode(
        root,
        n ->
            found[0] |=
                n instanceof PhysicalNode.NestedLoopJoin || n instanceof PhysicalNode.HashJoin);
    return found[0];
  }

  /** The column types of the row that the subtree puts into a slot. */
  static List<DataType> slotTypes(PhysicalNode root, int slot) {
    List<DataType> types = typesOf(root, slot);
    if (types != null) {
      return types;
    }
    for (PhysicalNode input : inputs(root)) {
      types = typesOf(input, slot);
      if (types == null && producedSlots(input).get(slot)) {
        types = slotTypes(input, slot);
      }
      if (types != null) {
        return types;
      }
    }
    throw new IllegalArgumentException("nothing fills slot " + slot);
  }

  private static @Nullable List<DataType> typesOf(PhysicalNode node, int slot) {
    return switch (node) {
      case PhysicalNode.ValuesScan n when n.slot() == slot -> n.types();
      case PhysicalNode.Project n when n.slot() == slot -> n.types();
      case PhysicalNode.SetOperation n when n.slot() == slot -> n.types();
      case PhysicalNode.RecursiveUnion n when n.slot() == slot -> n.types();
      case PhysicalNode.Materialize n when n.slot() == slot -> slotTypes(n.input(), n.inputSlot());
      case PhysicalNode.TableAccess n when n.slot() == slot ->
          n.table().columns().stream().map(c -> c.type()).toList();
      case PhysicalNode.VirtualTableScan n when n.slot() == slot ->
          n.table().columns().stream().map(c -> c.type()).toList();
      default -> null;
    };
  }

  static void forEachNode(PhysicalNode root, Consumer<PhysicalNode> visit) {
    visit.accept(root);
    for (PhysicalNode input : inputs(root)) {
      forEachNode(input, visit);
    }
  }

  static List<PhysicalNode> inputs(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.SingleRow n -> List.of();
      case PhysicalNode.Empty n -> List.of();
      case PhysicalNode.TableAccess n -> List.of();
      case PhysicalNode.VirtualTableScan n -> List.of();
      case PhysicalNode.ValuesScan n -> List.of();
      case PhysicalNode.WorkingTable n -> List.of();
      case PhysicalNode.JsonTableScan n -> List.of();
      case PhysicalNode.Filter n -> List.of(n.input());
      case PhysicalNode.Buffer n -> List.of(n.input());
      case PhysicalNode.Project n -> List.of(n.input());
      case PhysicalNode.Limit n -> List.of(n.input());
      case PhysicalNode.Sort n -> List.of(n.input());
      case PhysicalNode.Aggregation n -> List.of(n.input());
      case PhysicalNode.Window n -> List.of(n.input());
      case PhysicalNode.Distinct n -> List.of(n.input());
      case PhysicalNode.Materialize n -> List.of(n.input());
      case PhysicalNode.NestedLoopJoin n -> List.of(n.left(), n.right());
      case PhysicalNode.HashJoin n -> List.of(n.left(), n.right());
      case PhysicalNode.SetOperation n -> n.inputs();
      case PhysicalNode.RecursiveUnion n -> List.of(n.anchor(), n.recursive());
    };
  }

  private static void addProducedSlot(PhysicalNode node, BitSet into) {
    switch (node) {
      case PhysicalNode.TableAccess n -> into.set(n.slot());
      case PhysicalNode.VirtualTableScan n -> into.set(n.slot());
      case PhysicalNode.ValuesScan n -> into.set(n.slot());
      case PhysicalNode.WorkingTable n -> into.set(n.slot());
      case PhysicalNode.JsonTableScan n -> into.set(n.slot());
      case PhysicalNode.Project n -> into.set(n.slot());
      case PhysicalNode.Aggregation n -> into.set(n.slot());
      case PhysicalNode.Window n -> into.set(n.slot());
      case PhysicalNode.Materialize n -> into.set(n.slot());
      case PhysicalNode.SetOperation n -> into.set(n.slot());
      case PhysicalNode.RecursiveUnion n -> into.set(n.slot());
      case PhysicalNode.SingleRow n -> {}
      case PhysicalNode.Empty n -> {}
      case PhysicalNode.Filter n -> {}
      case PhysicalNode.Buffer n -> {}
      case PhysicalNode.Limit n -> {}
      case PhysicalNode.Sort n -> {}
      case PhysicalNode.Distinct n -> {}
      case PhysicalNode.NestedLoopJoin n -> {}
      case PhysicalNode.HashJoin n -> {}
    }
  }

  private static void forEachExpression(PhysicalNode node, Consumer<Expression> visit) {
    switch (node) {
      case PhysicalNode.TableAccess n -> {
        forEachExpression(n.access(), visit);
        accept(n.condition(), visit);
      }
      case PhysicalNode.VirtualTableScan n -> {
        n.hints().forEach(h -> visit.accept(h.value()));
        accept(n.condition(), visit);
      }
      case PhysicalNode.ValuesScan n -> n.rows().forEach(row -> row.forEach(visit));
      case PhysicalNode.JsonTableScan n -> visit.accept(n.document());
      case PhysicalNode.Filter n -> visit.accept(n.condition());
      case PhysicalNode.Project n -> n.expressions().forEach(visit);
      case PhysicalNode.Limit n -> {
        accept(n.count(), visit);
        accept(n.offset(), visit);
      }
      case PhysicalNode.Sort n -> {
        n.keys().forEach(k -> visit.accept(k.expression()));
        accept(n.limit(), visit);
      }
      case PhysicalNode.Aggregation n -> {
        n.groupBy().forEach(visit);
        n.aggregates().forEach(a -> forEachExpression(a, visit));
      }
      case PhysicalNode.Window n -> {
        n.partitionBy().forEach(visit);
        n.orderBy().forEach(k -> visit.accept(k.expression()));
        n.functions().forEach(f -> forEachExpression(f.call(), visit));
      }
      case PhysicalNode.Distinct n -> n.expressions().forEach(visit);
      case PhysicalNode.NestedLoopJoin n -> accept(n.condition(), visit);
      case PhysicalNode.HashJoin n -> {
        n.leftKeys().forEach(visit);
        n.rightKeys().forEach(visit);
        accept(n.condition(), visit);
      }
      case PhysicalNode.SingleRow n -> {}
      case PhysicalNode.Empty n -> {}
      case PhysicalNode.Buffer n -> {}
      case PhysicalNode.Materialize n -> {}
      case PhysicalNode.SetOperation n -> {}
      case PhysicalNode.RecursiveUnion n -> {}
      case PhysicalNode.WorkingTable n -> {}
    }
  }

  private static void forEachExpression(
      PhysicalNode.AggregateCall call, Consumer<Expression> visit) {
    call.arguments().forEach(visit);
    call.orderBy().forEach(k -> visit.accept(k.expression()));
  }

  private static void forEachExpression(AccessPath access, Consumer<Expression> visit) {
    switch (access) {
      case AccessPath.FullScan ignored -> {}
      case AccessPath.UniqueLookup u -> u.key().forEach(visit);
      case AccessPath.Ranges r -> {
        for (AccessPath.Range range : r.ranges()) {
          range.prefix().forEach(visit);
          accept(range.low(), visit);
          accept(range.high(), visit);
        }
      }
    }
  }

  private static void accept(@Nullable Expression e, Consumer<Expression> visit) {
    if (e != null) {
      visit.accept(e);
    }
  }
}
