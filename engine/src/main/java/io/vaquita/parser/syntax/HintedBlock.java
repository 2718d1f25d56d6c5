package io.vaquita.parser.syntax;

import java.util.List;

/**
 * A query block as optimizer hints know it, with the hints that hold for it, wherever they were written. The list grows while the
 * statement is parsed and stays as it is from then on.
 *
 * @param number of the block, from 1 in the order of the text
 */
public record HintedBlock(int number, List<OptimizerHint> hints) {

  /** Of a statement that no text made. */
  public static final HintedBlock NONE = new HintedBlock(1, List.of());

  /** Its QB_NAME, or {@code select#n}. */
  public String name() {
    for (OptimizerHint hint : hints) {
      if (hint.name().equals("QB_NAME")) {
        return hint.arguments().getFirst();
      }
    }
    return "select#" + number;
  }
}
