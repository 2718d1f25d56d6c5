package io.vaquita.planner;

import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.PhysicalNode.JoinKind;
import java.util.BitSet;
import java.util.List;

/** The slots whose rows a node leaves for the nodes above: what must be kept with a row that is stored. Stateless. */
final class ProducedSlots {
  private ProducedSlots() {}

  static List<Integer> of(PhysicalNode node) {
    BitSet slots = new BitSet();
    collect(node, slots);
    return slots.stream().boxed().toList();
  }

  static void collect(PhysicalNode node, BitSet into) {
    switch (node) {
      case PhysicalNode.SingleRow ignored -> {}
      case PhysicalNode.Empty ignored -> {}
      case PhysicalNode.TableAccess t -> into.set(t.slot());
      case PhysicalNode.VirtualTableScan v -> into.set(v.slot());
      case PhysicalNode.ValuesScan v -> into.set(v.slot());
      case PhysicalNode.Filter f -> collect(f.input(), into);
      case PhysicalNode.Buffer b -> collect(b.input(), into);
      case PhysicalNode.Project p -> into.set(p.slot());
      case PhysicalNode.Limit l -> collect(l.input(), into);
      case PhysicalNode.Sort s -> collect(s.input(), into);
      case PhysicalNode.NestedLoopJoin j -> joined(j.kind(), j.left(), j.right(), into);
      case PhysicalNode.HashJoin j -> joined(j.kind(), j.left(), j.right(), into);
      case PhysicalNode.Aggregation a -> into.set(a.slot());
      case PhysicalNode.Window w -> {
        collect(w.input(), into);
        into.set(w.slot());
      }
      case PhysicalNode.Distinct d -> collect(d.input(), into);
      case PhysicalNode.SetOperation s -> into.set(s.slot());
      case PhysicalNode.Materialize m -> into.set(m.slot());
      case PhysicalNode.RecursiveUnion r -> into.set(r.slot());
      case PhysicalNode.WorkingTable w -> into.set(w.slot());
      case PhysicalNode.JsonTableScan j -> into.set(j.slot());
    }
  }

  private static void joined(JoinKind kind, PhysicalNode left, PhysicalNode right, BitSet into) {
    collect(left, into);
    if (kind == JoinKind.INNER || kind == JoinKind.LEFT) {
      collect(right, into);
    }
  }
}
