package io.vaquita.planner;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.OptimizerHint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the tables and keys that a statement's optimizer hints name are there; warns of those that are not. Confined to one thread. */
final class HintNames {
  /** MySQL's order of the hints of one table or key. */
  private static final List<String> KINDS =
      List.of(
          "BKA",
          "BNL",
          "ICP",
          "MRR",
          "RANGE_OPTIMIZATION",
          "MERGE",
          "INDEX_MERGE",
          "SKIP_SCAN",
          "HASH_JOIN",
          "INDEX",
          "JOIN_INDEX",
          "GROUP_INDEX",
          "ORDER_INDEX",
          "DERIVED_CONDITION_PUSHDOWN");

  private record Bound(
      HintedBlock block, Set<String> aliases, Map<String, TableDefinition> tables) {}

  private final List<Bound> bound = new ArrayList<>();

  /** A block's FROM clause is bound. */
  void bound(@Nullable HintedBlock block, Scope scope, List<Source.Table> tables) {
    if (block == null || block.hints().isEmpty()) {
      return;
    }
    for (Bound b : bound) {
      if (b.block() == block) {
        return;
      }
    }
    Set<String> aliases = new LinkedHashSet<>();
    scope.tables().forEach(t -> aliases.add(t.alias()));
    Map<String, TableDefinition> definitions = new HashMap<>();
    for (Source.Table table : tables) {
      aliases.add(table.alias);
      definitions.putIfAbsent(table.alias, table.table);
    }
    bound.add(new Bound(block, aliases, definitions));
  }

  /** The same for a statement that adds rows to one table. */
  void bound(HintedBlock block, TableDefinition table) {
    if (!block.hints().isEmpty()) {
      bound.add(new Bound(block, Set.of(table.name()), Map.of(table.name(), table)));
    }
  }

  void warn(StatementBinding statement) {
    if (!statement.context.warnsOfHints()) {
      return;
    }
    bound.sort(Comparator.comparingInt(b -> b.block().number()));
    for (Bound b : bound) {
      Set<String> named = new LinkedHashSet<>();
      for (OptimizerHint hint : b.block().hints()) {
        if (!isOrder(hint)) {
          hint.tables().forEach(t -> named.add(t.name()));
        }
      }
      for (String table : named) {
        warnOfTable(b, table, statement);
      }
    }
    for (Bound b : bound) {
      warnOfOrders(b, statement);
    }
  }

  private static boolean isOrder(OptimizerHint hint) {
    return hint.name().equals("JOIN_ORDER")
        || hint.name().equals("JOIN_PREFIX")
        || hint.name().equals("JOIN_SUFFIX");
  }

  private static void warnOfTable(Bound b, String table, StatementBinding statement) {
    List<OptimizerHint> hints = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (OptimizerHint hint : b.block().hints()) {
      if (!isOrder(hint) && hint.names(table)) {
        hints.add(hint);
        keys.addAll(hint.arguments());
      }
    }
    hints.sort(Comparator.comparingInt(HintNames::kind));
    String place = "`" + table + "`@`" + b.block().name() + "`";
    boolean known = b.aliases().contains(table);
    for (OptimizerHint hint : hints) {
      if (!known && (hint.arguments().isEmpty() || isOfKeyList(hint))) {
        warn(statement, place, hint);
      }
    }
    TableDefinition definition = b.tables().get(table);
    for (String key : keys) {
      boolean isKey = definition != null && definition.index(key) != null;
      for (OptimizerHint hint : hints) {
        if (!isKey && hint.arguments().contains(key)) {
          warn(statement, place + " `" + key + "`", hint);
        }
      }
    }
  }

  /** Their keys belong together, so the hint is the table's, too. */
  private static boolean isOfKeyList(OptimizerHint hint) {
    return hint.name().endsWith("INDEX")
        || hint.name().endsWith("INDEX_MERGE")
        || hint.name().endsWith("SKIP_SCAN");
  }

  private static int kind(OptimizerHint hint) {
    return KINDS.indexOf(hint.name().startsWith("NO_") ? hint.name().substring(3) : hint.name());
  }

  private static void warnOfOrders(Bound b, StatementBinding statement) {
    for (OptimizerHint hint : b.block().hints()) {
      if (isOrder(hint)) {
        for (OptimizerHint.Table table : hint.tables()) {
          if (table.block() == null && !b.aliases().contains(table.name())) {
            warn(statement, "`" + table.name() + "`", hint);
          }
        }
      }
    }
  }

  private static void warn(StatementBinding statement, String name, OptimizerHint hint) {
    statement.context.statement().warn(MySqlError.ER_UNRESOLVED_HINT_NAME, name, hint.name());
  }
}
