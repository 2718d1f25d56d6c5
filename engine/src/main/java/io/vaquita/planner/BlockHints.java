package io.vaquita.planner;

import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.OptimizerHint;
import io.vaquita.parser.syntax.TableReference.IndexHint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer hints of one query block. Those for ways of reading that there are none of here are kept and change nothing: hints never
 * change which rows there are. Immutable.
 */
record BlockHints(List<OptimizerHint> hints) {
  static final BlockHints NONE = new BlockHints(List.of());

  static BlockHints of(@Nullable HintedBlock block) {
    return block == null || block.hints().isEmpty() ? NONE : new BlockHints(block.hints());
  }

  boolean has(String name) {
    for (OptimizerHint hint : hints) {
      if (hint.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the hint is given for the table, or for all of the block. */
  private boolean names(String name, String table) {
    for (OptimizerHint hint : hints) {
      if (hint.name().equals(name) && (hint.tables().isEmpty() || hint.names(table))) {
        return true;
      }
    }
    return false;
  }

  boolean forbidsMerge(String alias) {
    return names("NO_MERGE", alias);
  }

  /** MAX_EXECUTION_TIME, or 0. */
  long maxExecutionMillis() {
    for (OptimizerHint hint : hints) {
      if (hint.name().equals("MAX_EXECUTION_TIME")) {
        return Long.parseLong(hint.arguments().getFirst());
      }
    }
    return 0;
  }

  /** Index hints for a table: those of the comment, or else those behind its name. */
  List<IndexHint> indexHints(String alias, List<IndexHint> written) {
    List<IndexHint> found = new ArrayList<>();
    for (OptimizerHint hint : hints) {
      String kind =
          switch (hint.name()) {
            case "INDEX", "JOIN_INDEX" -> "FORCE";
            case "NO_INDEX", "NO_JOIN_INDEX" -> "IGNORE";
            default -> "";
          };
      if (!kind.isEmpty() && !hint.arguments().isEmpty() && hint.names(alias)) {
        found.add(new IndexHint(kind, null, hint.arguments()));
      }
    }
    return found.isEmpty() ? written : found;
  }

  /** JOIN_ORDER, JOIN_PREFIX and JOIN_SUFFIX: which tables must come before which, where nothing else binds their order. */
  void orderJoins(JoinGroup group) {
    for (OptimizerHint hint : hints) {
      boolean isPrefix = hint.name().equals("JOIN_PREFIX");
      boolean isSuffix = hint.name().equals("JOIN_SUFFIX");
      if ((isPrefix || isSuffix || hint.name().equals("JOIN_ORDER")) && isFree(group)) {
        List<Integer> named = positions(hint.tables(), group);
        BitSet before = new BitSet();
        for (int i = 0; isSuffix && i < group.units.size(); i++) {
          before.set(i, !named.contains(i));
        }
        for (int position : named) {
          group.after.get(position).or(before);
          before.set(position);
        }
        for (int i = 0; isPrefix && i < group.units.size(); i++) {
          if (!named.contains(i)) {
            group.after.get(i).or(before);
          }
        }
        return;
      }
    }
  }

  /** Whether any order of the group's tables is possible. */
  private static boolean isFree(JoinGroup group) {
    for (int i = 0; i < group.units.size(); i++) {
      if (!group.after.get(i).isEmpty()
          || !(group.units.get(i) instanceof JoinGroup.SourceUnit s)
          || !s.source().dependsOn().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static List<Integer> positions(List<OptimizerHint.Table> tables, JoinGroup group) {
    List<Integer> positions = new ArrayList<>();
    for (OptimizerHint.Table table : tables) {
      for (int i = 0; i < group.units.size(); i++) {
        if (group.units.get(i) instanceof JoinGroup.SourceUnit(Source.Table t)
            && t.alias.equals(table.name())
            && !positions.contains(i)) {
          positions.add(i);
        }
      }
    }
    return positions;
  }
}
