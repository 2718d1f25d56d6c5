package io.vaquita.executor;

import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode;
import java.util.BitSet;

/** Whether a statement goes through the whole of a table. Stateless. */
public final class FullScans {
  private FullScans() {}

  /** Whether rows of one of the slots are found without a key, and without a LIMIT to how many. */
  public static boolean any(PhysicalNode root, BitSet slots) {
    boolean[] found = new boolean[2];
    PlanWalk.forEachNode(
        root,
        node -> {
          if (node instanceof PhysicalNode.TableAccess t && slots.get(t.slot())) {
            found[0] |= t.access() instanceof AccessPath.FullScan;
          }
          found[1] |= node instanceof PhysicalNode.Limit;
        });
    return found[0] && !found[1];
  }
}
