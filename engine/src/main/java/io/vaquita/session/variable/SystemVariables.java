package io.vaquita.session.variable;

import io.vaquita.session.variable.SystemVariable.Kind;
import io.vaquita.session.variable.SystemVariable.Scope;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import io.vaquita.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All system variables by name: the table in {@code variables.tsv} (MySQL's own, with its ranges and defaults) and Vaquita's in
 * {@code vaquita-variables.tsv}. Immutable, thread-safe.
 */
public final class SystemVariables {
  private static final Map<String, List<String>> ENUMERATIONS =
      Map.ofEntries(
          Map.entry(
              "block_encryption_mode",
              List.of(
                  "aes-128-ecb",
                  "aes-192-ecb",
                  "aes-256-ecb",
                  "aes-128-cbc",
                  "aes-192-cbc",
                  "aes-256-cbc")),
          Map.entry("completion_type", List.of("NO_CHAIN", "CHAIN", "RELEASE")),
          Map.entry("concurrent_insert", List.of("NEVER", "AUTO", "ALWAYS")),
          Map.entry("delay_key_write", List.of("OFF", "ON", "ALL")),
          Map.entry("event_scheduler", List.of("OFF", "ON", "DISABLED")),
          Map.entry("explain_format", List.of("TRADITIONAL", "JSON", "TREE")),
          Map.entry("internal_tmp_mem_storage_engine", List.of("MEMORY", "TempTable")),
          Map.entry("session_track_gtids", List.of("OFF", "OWN_GTID", "ALL_GTIDS")),
          Map.entry("session_track_transaction_info", List.of("OFF", "STATE", "CHARACTERISTICS")),
          Map.entry("thread_handling", List.of("one-thread-per-connection")),
          Map.entry(
              "transaction_isolation",
              List.of("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE")),
          Map.entry("updatable_views_with_limit", List.of("NO", "YES")),
          Map.entry("use_secondary_engine", List.of("OFF", "ON", "FORCED")),
          Map.entry("gtid_mode", List.of("OFF")),
          Map.entry("binlog_format", List.of("MIXED", "STATEMENT", "ROW")),
          Map.entry("binlog_row_image", List.of("MINIMAL", "NOBLOB", "FULL")),
          Map.entry("shared_connection_policy", List.of("IGNORE", "WARN", "KILL")),
          Map.entry("log_error_format", List.of("TEXT", "JSON")));

  private static final Collation UTF8 =
      Objects.requireNonNull(Collations.byName("utf8mb4_0900_ai_ci"));

  private static final SystemVariables INSTANCE = new SystemVariables();

  private final Map<String, SystemVariable> sorted = new TreeMap<>();

  /** The same: several are looked up in each statement. */
  private final Map<String, SystemVariable> byName = new HashMap<>();

  private final List<SystemVariable> all = new ArrayList<>();

  private SystemVariables() {
    read("variables.tsv");
    read("vaquita-variables.tsv");
  }

  public static @Nullable SystemVariable find(String name) {
    return INSTANCE.byName.get(name.toLowerCase(Locale.ROOT));
  }

  /** The variable of a name that the code knows. */
  public static SystemVariable get(String name) {
    return Objects.requireNonNull(INSTANCE.byName.get(name), name);
  }

  /** Sorted by name. */
  public static Iterable<SystemVariable> all() {
    return Collections.unmodifiableCollection(INSTANCE.sorted.values());
  }

  public static int count() {
    return INSTANCE.all.size();
  }

  /** A text as variables keep it. */
  public static Value text(String text) {
    return new Value.StringValue(Slice.utf8(text), UTF8);
  }

  private void read(String resource) {
    try (InputStream in =
            Objects.requireNonNull(SystemVariables.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#") && !line.isEmpty()) {
          add(line.split("\t", -1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String[] fields) {
    String name = fields[0];
    Kind kind = Kind.valueOf(fields[2].toUpperCase(Locale.ROOT));
    boolean integer = kind == Kind.INTEGER;
    SystemVariable variable =
        new SystemVariable(
            all.size(),
            name,
            Scope.valueOf(fields[1]),
            kind,
            fields[3].equals("ro"),
            integer && !fields[4].isEmpty() ? parse(fields[4]) : 0,
            integer && !fields[5].isEmpty() ? parse(fields[5]) : -1,
            initial(kind, fields[6]),
            ENUMERATIONS.getOrDefault(name, List.of()));
    all.add(variable);
    sorted.put(name, variable);
    byName.put(name, variable);
  }

  private static long parse(String number) {
    return number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number);
  }

  private static Value initial(Kind kind, String text) {
    return switch (kind) {
      case BOOLEAN -> Value.of(text.equals("ON") || text.equals("1") || text.equals("YES") ? 1 : 0);
      case INTEGER -> text.isEmpty() ? Value.of(0) : new Value.LongValue(parse(text), true);
      case NUMERIC -> Value.of(text.isEmpty() ? 0.0 : Double.parseDouble(text));
      case STRING, ENUMERATION, SET -> text(text);
    };
  }
}
