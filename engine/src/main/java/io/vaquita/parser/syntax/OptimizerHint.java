package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hint of an optimizer hint comment. Immutable.
 *
 * @param name upper case
 * @param block the query block that it is addressed to, or null for its own
 * @param tables that it names, each perhaps with a block of its own
 * @param arguments keys, strategies, the name of QB_NAME, RESOURCE_GROUP and SET_VAR, the number of MAX_EXECUTION_TIME
 * @param value what SET_VAR assigns; null for other hints
 */
public record OptimizerHint(
    String name,
    @Nullable String block,
    List<Table> tables,
    List<String> arguments,
    @Nullable ExpressionSyntax value) {

  public OptimizerHint {
    tables = List.copyOf(tables);
    arguments = List.copyOf(arguments);
  }

  /** {@code name} or {@code name@block}. */
  public record Table(String name, @Nullable String block) {}

  /** The same kind of hint for one of its tables. */
  public OptimizerHint of(Table table) {
    return new OptimizerHint(name, block, List.of(table), arguments, value);
  }

  public boolean names(String alias) {
    for (Table table : tables) {
      if (table.name().equals(alias)) {
        return true;
      }
    }
    return false;
  }
}
