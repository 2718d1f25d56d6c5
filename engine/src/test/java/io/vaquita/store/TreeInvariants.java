package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

/** Checks what must hold of the pages of a version, beyond what cursors show. Stateless. */
final class TreeInvariants {
  private TreeInvariants() {}

  /** Throws when an invariant is broken; returns how full the pages are, from 0 to 1. */
  static double check(Snapshot snapshot) {
    Version version = (Version) snapshot;
    TreeChecker checker = new TreeChecker(version, location -> {});
    for (int tree = 1; tree < version.roots.treeLimit(); tree++) {
      checker.check(tree, version.roots.get(tree));
    }
    assertEquals(List.of(), checker.problems());
    return checker.fill();
  }
}
