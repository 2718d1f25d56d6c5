package io.vaquita.parser.syntax;

import io.vaquita.error.MySqlError;
import java.util.List;

/**
 * What the optimizer hints of a statement ask for beyond its query blocks. Immutable.
 *
 * @param settings the SET_VAR hints
 * @param notices what is to be warned of
 */
public record StatementHints(List<OptimizerHint> settings, List<Notice> notices) {
  public static final StatementHints NONE = new StatementHints(List.of(), List.of());

  public StatementHints {
    settings = List.copyOf(settings);
    notices = List.copyOf(notices);
  }

  /** A warning and what its text is filled with. */
  public record Notice(MySqlError error, List<Object> arguments) {
    public Notice {
      arguments = List.copyOf(arguments);
    }
  }

  public boolean isEmpty() {
    return settings.isEmpty() && notices.isEmpty();
  }
}
