package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.parser.syntax.TableReference.IndexHint;
import java.util.List;

/** USE, FORCE and IGNORE INDEX of one table, and invisible indexes. Immutable. */
final class IndexHints {
  private final List<IndexHint> hints;
  private final TableDefinition table;

  IndexHints(List<IndexHint> hints, TableDefinition table) {
    this.hints = hints;
    this.table = table;
  }

  boolean isForced() {
    for (IndexHint hint : hints) {
      if (hint.kind().equals("FORCE")) {
        return true;
      }
    }
    return false;
  }

  boolean allows(IndexDefinition index) {
    boolean isClustered = index.tree() == table.clustered().tree();
    if (!index.visible() && !isClustered) {
      return false;
    }
    boolean isRestricted = false;
    boolean isNamed = false;
    for (IndexHint hint : hints) {
      boolean names = names(hint, index);
      if (hint.kind().equals("IGNORE")) {
        if (names && hint.purpose() == null) {
          return false;
        }
      } else {
        isRestricted = true;
        isNamed |= names;
      }
    }
    return !isRestricted || isNamed;
  }

  private static boolean names(IndexHint hint, IndexDefinition index) {
    for (String name : hint.indexes()) {
      if (name.equalsIgnoreCase(index.name())) {
        return true;
      }
    }
    return false;
  }
}
