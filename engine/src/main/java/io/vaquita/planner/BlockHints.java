package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.HintParser;
import io.vaquita.parser.syntax.OptimizerHint;
import io.vaquita.parser.syntax.TableReference.IndexHint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer hints of one query block that change plans. Hints that name another block, and those for ways of reading that there are
 * none of here, are taken and change nothing. Immutable.
 */
record BlockHints(List<OptimizerHint> hints) {
  static final BlockHints NONE = new BlockHints(List.of());

  /** {@code text} of the comment, or null. What cannot be read gives a warning. */
  static BlockHints of(@Nullable String text, StatementBinding statement) {
    if (text == null) {
      return NONE;
    }
    HintParser.Hints read = HintParser.parse(text);
    if (read.near() != null) {
      statement
          .context
          .statement()
          .warn(MySqlError.ER_WARN_OPTIMIZER_HINT_SYNTAX_ERROR, read.near() + "*/");
    }
    return new BlockHints(read.list().stream().filter(h -> !h.addressed()).toList());
  }

  boolean has(String name) {
    return hints.stream().anyMatch(h -> h.name().equals(name));
  }

  private boolean names(String name, String table) {
    return hints.stream()
        .anyMatch(
            h ->
                h.name().equals(name)
                    && (h.arguments().isEmpty() || h.arguments().contains(table)));
  }

  boolean forbidsMerge(String alias) {
    return names("NO_MERGE", alias) && !names("MERGE", alias);
  }

  /** MAX_EXECUTION_TIME, or 0. */
  long maxExecutionMillis() {
    for (OptimizerHint hint : hints) {
      if (hint.name().equals("MAX_EXECUTION_TIME")
          && hint.arguments().size() == 1
          && hint.arguments().getFirst().chars().allMatch(Character::isDigit)
          && hint.arguments().getFirst().length() < 11) {
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
      if (!kind.isEmpty()
          && hint.arguments().size() > 1
          && hint.arguments().getFirst().equals(alias)) {
        found.add(new IndexHint(kind, null, hint.arguments().subList(1, hint.arguments().size())));
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
        List<Integer> named = positions(hint.arguments(), group);
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

  private static List<Integer> positions(List<String> aliases, JoinGroup group) {
    List<Integer> positions = new ArrayList<>();
    for (String alias : aliases) {
      for (int i = 0; i < group.units.size(); i++) {
        if (group.units.get(i) instanceof JoinGroup.SourceUnit(Source.Table t)
            && t.alias.equals(alias)
            && !positions.contains(i)) {
          positions.add(i);
        }
      }
    }
    return positions;
  }
}
