package io.vaquita;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database is opened. Immutable.
 *
 * @param directory where the data is; null: in memory only
 * @param variables global system variables that differ from their defaults, by name, as text: read-only ones too
 */
public record DatabaseOptions(@Nullable Path directory, Map<String, String> variables) {
  public DatabaseOptions {
    variables = Map.copyOf(variables);
  }

  public static DatabaseOptions inMemory() {
    return new DatabaseOptions(null, Map.of());
  }

  public static DatabaseOptions at(Path directory) {
    return new DatabaseOptions(directory, Map.of());
  }

  /** The same with one more variable. */
  public DatabaseOptions with(String variable, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(variable, value);
    return new DatabaseOptions(directory, more);
  }
}
