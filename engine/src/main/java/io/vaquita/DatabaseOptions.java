package io.vaquita;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database is opened, as plain data; {@link DatabaseBuilder} makes it out of typed values. Immutable. What is wrong with a variable
 * shows when a database is opened ({@link Database#open(DatabaseOptions)}).
 *
 * <pre>{@code
 * Database.open(DatabaseOptions.at(Path.of("data")).with("innodb_buffer_pool_size", "256M"));
 * }</pre>
 *
 * @param directory where the data is; null: in memory only
 * @param variables global system variables that differ from their defaults, by name, as text: read-only ones too
 */
public record DatabaseOptions(@Nullable Path directory, Map<String, String> variables) {
  /** Copies the variables. */
  public DatabaseOptions {
    variables = Map.copyOf(variables);
  }

  /** A database in memory with MySQL's defaults. */
  public static DatabaseOptions inMemory() {
    return new DatabaseOptions(null, Map.of());
  }

  /** A database in a directory with MySQL's defaults. */
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
