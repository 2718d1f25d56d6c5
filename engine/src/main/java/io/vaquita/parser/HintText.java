package io.vaquita.parser;

import io.vaquita.parser.syntax.OptimizerHint;
import java.util.List;

/** Optimizer hints as MySQL's warnings write them, blanks included. Stateless. */
final class HintText {
  private HintText() {}

  static String of(OptimizerHint hint) {
    return hint.name() + "(" + inside(hint) + ")" + (hint.name().equals("SET_VAR") ? " " : "");
  }

  private static String inside(OptimizerHint hint) {
    List<String> arguments = hint.arguments();
    return switch (hint.name()) {
      case "QB_NAME" -> quoted(arguments.getFirst());
      case "MAX_EXECUTION_TIME", "RESOURCE_GROUP" -> arguments.getFirst();
      case "SET_VAR" -> arguments.get(0) + "=" + arguments.get(1);
      case "SEMIJOIN", "NO_SEMIJOIN", "SUBQUERY", "JOIN_FIXED_ORDER" ->
          block(hint) + " " + (arguments.isEmpty() ? "" : " " + String.join(", ", arguments));
      case "JOIN_ORDER", "JOIN_PREFIX", "JOIN_SUFFIX" ->
          block(hint)
              + " "
              + String.join(",", hint.tables().stream().map(HintText::table).toList());
      case "MRR", "NO_MRR", "NO_ICP", "NO_RANGE_OPTIMIZATION" ->
          keyed(hint) + (arguments.isEmpty() ? "" : " " + keys(arguments)) + " ";
      default ->
          (hint.name().endsWith("INDEX") || hint.name().contains("INDEX_MERGE")
                  ? keyed(hint)
                  : tables(hint))
              + " "
              + (arguments.isEmpty() ? "" : " " + keys(arguments));
    };
  }

  private static String block(OptimizerHint hint) {
    return hint.block() == null ? "" : "@" + quoted(hint.block());
  }

  private static String tables(OptimizerHint hint) {
    return hint.tables().isEmpty() ? block(hint) : table(hint.tables().getFirst());
  }

  /** Hints on keys name the block with the table, wherever it was written. */
  private static String keyed(OptimizerHint hint) {
    OptimizerHint.Table table = hint.tables().getFirst();
    String block = table.block() == null ? hint.block() : table.block();
    return table(new OptimizerHint.Table(table.name(), block));
  }

  private static String table(OptimizerHint.Table table) {
    return quoted(table.name()) + (table.block() == null ? "" : "@" + quoted(table.block()));
  }

  private static String keys(List<String> keys) {
    return String.join(", ", keys.stream().map(HintText::quoted).toList());
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }
}
