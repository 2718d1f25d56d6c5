package io.vaquita.planner;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subquery inside an expression, bound. Immutable.
 *
 * @param query null while it is being bound
 * @param dependsOn the slots of outer blocks that it reads
 */
record BoundSubquery(@Nullable BoundQuery query, BitSet dependsOn, boolean isCacheable) {
  static final BoundSubquery UNBOUND = new BoundSubquery(null, new BitSet(0), true);

  List<Integer> dependsOnList() {
    return dependsOn.stream().boxed().toList();
  }
}
