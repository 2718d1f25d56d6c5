package io.vaquita.parser.syntax;

import java.util.List;

/**
 * One hint of an optimizer hint comment. Immutable.
 *
 * @param name upper case
 * @param addressed it names a query block, {@code @qb}, instead of standing for its own
 * @param arguments names, numbers and values in their order, without quotes
 */
public record OptimizerHint(String name, boolean addressed, List<String> arguments) {
  public OptimizerHint {
    arguments = List.copyOf(arguments);
  }
}
