package io.vaquita;

import io.vaquita.error.MySqlError;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a database shall be, by typed values; {@link #open} opens it. What is not said has MySQL's default. Not thread-safe; may be
 * used again for a further database.
 *
 * <p>A number outside its range is an {@link IllegalArgumentException} that names the range, at once. An unknown name (character set,
 * collation, variable) is the {@link io.vaquita.error.DatabaseException} that MySQL answers with, that of a variable at {@link #open}.
 *
 * <pre>{@code
 * try (Database database =
 *     Database.builder()
 *         .directory(Path.of("data"))
 *         .pageCacheBytes(256L << 20)
 *         .durability(Durability.SYNCED)
 *         .timeZone(ZoneOffset.UTC)
 *         .open()) {
 *   …
 * }
 * }</pre>
 */
public final class DatabaseBuilder {
  private static final long PAGE_CACHE_BYTES_MIN = 5L << 20;
  private static final long OPERATOR_MEMORY_BYTES_MIN = 16L << 10;
  private static final long OPERATOR_MEMORY_BYTES_MAX = 1L << 40;
  private static final int CONNECTIONS_MAX = 100_000;
  private static final long LOCK_WAIT_SECONDS_MAX = 1_073_741_824;

  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<String> ofFilesOnly = new ArrayList<>();
  private @Nullable Path directory;

  DatabaseBuilder() {}

  /** Where the data is; the directory is made when it is missing. Without one the database is in memory. */
  public DatabaseBuilder directory(Path path) {
    directory = path;
    return this;
  }

  /** In memory only, as long as the {@link Database} is open. The default. */
  public DatabaseBuilder inMemory() {
    directory = null;
    return this;
  }

  /**
   * How many bytes of pages stay in memory ({@code innodb_buffer_pool_size}); at least 5 MiB. Default: two fifths of the greatest heap. For
   * databases on files: those in memory are there as a whole.
   */
  public DatabaseBuilder pageCacheBytes(long bytes) {
    checkRange("pageCacheBytes", bytes, PAGE_CACHE_BYTES_MIN, Long.MAX_VALUE, "bytes");
    ofFilesOnly.add("pageCacheBytes");
    return set("innodb_buffer_pool_size", bytes);
  }

  /** When a commit is safe on disk; default {@link Durability#SYNCED}. For databases on files. */
  public DatabaseBuilder durability(Durability durability) {
    ofFilesOnly.add("durability");
    return set("innodb_flush_log_at_trx_commit", durability.value());
  }

  /**
   * A directory that gets a copy of each log segment before it is reused, for recovery to a point in time; default none. For databases on
   * files.
   */
  public DatabaseBuilder logArchive(Path path) {
    ofFilesOnly.add("logArchive");
    return set("vaquita_log_archive", path);
  }

  /**
   * Bytes that one sort, join or grouping may take before it goes on in temporary files ({@code operator_memory_size}): 16 KiB to
   * 1 TiB, default 64 MiB.
   */
  public DatabaseBuilder operatorMemoryBytes(long bytes) {
    checkRange(
        "operatorMemoryBytes",
        bytes,
        OPERATOR_MEMORY_BYTES_MIN,
        OPERATOR_MEMORY_BYTES_MAX,
        "bytes");
    return set("operator_memory_size", bytes);
  }

  /**
   * The time zone that sessions begin with ({@code time_zone}); default that of the system. An offset is whole minutes from -13:59 to
   * +14:00.
   */
  public DatabaseBuilder timeZone(ZoneId zone) {
    if (zone instanceof ZoneOffset offset) {
      int seconds = offset.getTotalSeconds();
      if (seconds % 60 != 0 || seconds <= -14 * 3600 || seconds > 14 * 3600) {
        throw new IllegalArgumentException(
            "timeZone: " + offset + " is not a whole minute from -13:59 to +14:00");
      }
      return set("time_zone", offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId());
    }
    return set("time_zone", zone.getId());
  }

  /**
   * The character set that schemas get unless they say otherwise ({@code character_set_server}), with its usual collation; default utf8mb4.
   *
   * @throws io.vaquita.error.DatabaseException 1115 for an unknown one
   */
  public DatabaseBuilder characterSet(String name) {
    if (CharacterSets.byName(name) == null) {
      throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(name);
    }
    variables.remove("collation_server");
    return set("character_set_server", name);
  }

  /**
   * The collation that schemas get unless they say otherwise ({@code collation_server}), with its character set; default
   * utf8mb4_0900_ai_ci.
   *
   * @throws io.vaquita.error.DatabaseException 1273 for an unknown one
   */
  public DatabaseBuilder collation(String name) {
    Collation collation = Collations.byName(name);
    if (collation == null) {
      throw MySqlError.ER_UNKNOWN_COLLATION.exception(name);
    }
    variables.remove("character_set_server");
    return set("collation_server", name);
  }

  /** The whole of {@code sql_mode} that sessions begin with; no flag at all is MySQL's most lenient mode. */
  public DatabaseBuilder sqlMode(SqlModeFlag... flags) {
    return set("sql_mode", Stream.of(flags).map(Enum::name).collect(Collectors.joining(",")));
  }

  /** The isolation level that sessions begin with; default {@link Isolation#REPEATABLE_READ}. */
  public DatabaseBuilder isolation(Isolation isolation) {
    return set("transaction_isolation", isolation.value());
  }

  /**
   * How long a statement waits for a row's lock before error 1205 ({@code innodb_lock_wait_timeout}): whole seconds from 1 to
   * 1,073,741,824, default 50.
   */
  public DatabaseBuilder lockWaitTimeout(Duration timeout) {
    if (!timeout.equals(Duration.ofSeconds(timeout.toSeconds()))) {
      throw new IllegalArgumentException("lockWaitTimeout: " + timeout + " is not whole seconds");
    }
    checkRange("lockWaitTimeout", timeout.toSeconds(), 1, LOCK_WAIT_SECONDS_MAX, "seconds");
    return set("innodb_lock_wait_timeout", timeout.toSeconds());
  }

  /**
   * How many drivers and clients may be connected at once ({@code max_connections}): 1 to 100,000, default 151. Direct sessions do not
   * count.
   */
  public DatabaseBuilder maxConnections(int count) {
    checkRange("maxConnections", count, 1, CONNECTIONS_MAX, "connections");
    return set("max_connections", count);
  }

  /**
   * Any other global system variable by its name, read-only ones too, as {@code SET GLOBAL} or a server's option would have it; numbers
   * may end in K, M or G. Unknown names are error 1193, and values that are not allowed 1231, 1232 or the variable's own error, all
   * at {@link #open}.
   */
  public DatabaseBuilder variable(String name, String value) {
    return set(name, value);
  }

  /** What was said, to be opened later or elsewhere: {@link Database#open(DatabaseOptions)}. */
  public DatabaseOptions options() {
    if (directory == null && !ofFilesOnly.isEmpty()) {
      throw new IllegalArgumentException(
          String.join(", ", ofFilesOnly) + ": for databases on files, and no directory was given");
    }
    return new DatabaseOptions(directory, variables);
  }

  /**
   * Opens the database.
   *
   * @throws IllegalArgumentException when something was said that needs a directory, and there is none
   * @throws io.vaquita.error.DatabaseException as {@link Database#open(Path)} says
   */
  public Database open() {
    return Database.open(options());
  }

  private DatabaseBuilder set(String variable, Object value) {
    variables.put(variable, value.toString());
    return this;
  }

  private static void checkRange(String name, long value, long least, long greatest, String unit) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          name + ": " + value + " is not in " + least + " to " + greatest + " " + unit);
    }
  }
}
