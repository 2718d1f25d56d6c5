package io.vaquita.session;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.DatabaseProvider;
import io.vaquita.environment.Environment;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.session.variable.NamedVariables;
import io.vaquita.session.variable.PersistedVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariable.Kind;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.store.Store;
import io.vaquita.store.StoreOptions;
import io.vaquita.store.Stores;
import io.vaquita.value.Collations;
import io.vaquita.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Opens the engine on the real world. Stateless. */
public final class EngineProvider implements DatabaseProvider {
  private static final Map<Character, Long> UNITS =
      Map.of('K', 1L << 10, 'M', 1L << 20, 'G', 1L << 30, 'T', 1L << 40);

  /** For {@link java.util.ServiceLoader}. */
  public EngineProvider() {}

  @Override
  public Database open(DatabaseOptions options) {
    GlobalVariables globals = new GlobalVariables();
    setFacts(globals, options);
    // by name, so that a collation comes after the character set that sets it too
    new TreeMap<>(options.variables()).forEach((name, value) -> setOption(globals, name, value));
    Environment environment = Environment.system();
    Path directory = options.directory();
    PersistedVariables persisted = persisted(directory, environment);
    List<String> refused = applyPersisted(persisted, globals, options);
    Store store =
        directory == null
            ? Stores.inMemory()
            : Stores.open(directory, storeOptions(globals), environment);
    Path temporary =
        directory == null
            ? Path.of(System.getProperty("java.io.tmpdir"))
            : directory.resolve("tmp");
    EngineDatabase database =
        EngineDatabase.over(store, environment, globals, persisted, temporary);
    refused.forEach(database.engine().reports()::refusedVariable);
    return database;
  }

  private static PersistedVariables persisted(@Nullable Path directory, Environment environment) {
    try {
      return directory == null
          ? PersistedVariables.inMemory()
          : PersistedVariables.open(directory, environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What SET PERSIST has kept holds where the start itself says nothing. A value that does not fit any more is named in the log. */
  private static List<String> applyPersisted(
      PersistedVariables persisted, GlobalVariables globals, DatabaseOptions options) {
    List<String> refused = new ArrayList<>();
    Set<String> given = new HashSet<>();
    options.variables().keySet().forEach(n -> given.add(n.replace('-', '_')));
    if (globals.getLong("persisted_globals_load") == 0) {
      return refused;
    }
    persisted
        .all()
        .forEach(
            (name, value) -> {
              try {
                if (!given.contains(name)) {
                  setOption(globals, name, value);
                }
              } catch (DatabaseException e) {
                refused.add("persisted variable " + name + ": " + e.message());
              }
            });
    return refused;
  }

  private static StoreOptions storeOptions(GlobalVariables globals) {
    long cache = globals.getLong("innodb_buffer_pool_size");
    String archive = globals.getText("vaquita_log_archive");
    StoreOptions usual =
        StoreOptions.defaults().withLogArchive(archive.isEmpty() ? null : Path.of(archive));
    return cache <= 0 ? usual : usual.withPageCacheBytes(cache);
  }

  /** What variables tell about the machine and the program. */
  private static void setFacts(GlobalVariables globals, DatabaseOptions options) {
    setText(globals, "hostname", hostName());
    setText(globals, "version_compile_os", System.getProperty("os.name"));
    setText(globals, "version_compile_machine", System.getProperty("os.arch"));
    setText(globals, "system_time_zone", TimeZone.getDefault().getID());
    setText(globals, "tmpdir", System.getProperty("java.io.tmpdir"));
    globals.set("secure_file_priv", Value.NullValue.NULL);
    setText(globals, "datadir", options.directory() == null ? "" : options.directory() + "/");
  }

  private static void setText(GlobalVariables globals, String name, String value) {
    globals.set(name, SystemVariables.text(value));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** An option of the start: a number where the variable is one, with suffixes K, M and G. */
  private static void setOption(GlobalVariables globals, String name, String text) {
    SystemVariable variable = SystemVariables.find(name.replace('-', '_'));
    if (variable == null || !variable.hasGlobal()) {
      throw MySqlError.ER_UNKNOWN_SYSTEM_VARIABLE.exception(name);
    }
    Value given = SystemVariables.text(text);
    if (variable.kind() == Kind.INTEGER) {
      given = Value.of(number(variable, text));
    } else if (variable.kind() == Kind.NUMERIC) {
      given = Value.of(decimal(variable, text));
    }
    WarningSink refuse =
        (level, number, message) -> {
          throw new DatabaseException(
              MySqlError.ER_WRONG_VALUE_FOR_VAR,
              MySqlError.ER_WRONG_VALUE_FOR_VAR.format(variable.name(), text));
        };
    if (NamedVariables.includes(variable)) {
      setNamed(globals, variable, NamedVariables.check(variable, given));
    } else {
      globals.set(variable, VariableValues.convert(variable, given, refuse));
    }
  }

  private static void setNamed(GlobalVariables globals, SystemVariable variable, Value checked) {
    globals.set(variable, checked);
    NamedVariables.Assigned companion =
        NamedVariables.companion(variable, checked, Collations.UTF8MB4_0900_AI_CI);
    if (companion != null) {
      globals.set(companion.variable(), companion.value());
    }
  }

  private static double decimal(SystemVariable variable, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(variable.name(), text);
    }
  }

  private static long number(SystemVariable variable, String text) {
    String digits = text.strip().toUpperCase(Locale.ROOT);
    long unit = 1;
    Long suffix = digits.isEmpty() ? null : UNITS.get(digits.charAt(digits.length() - 1));
    if (suffix != null) {
      unit = suffix;
      digits = digits.substring(0, digits.length() - 1);
    }
    try {
      return Math.multiplyExact(Long.parseLong(digits), unit);
    } catch (NumberFormatException | ArithmeticException e) {
      throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(variable.name(), text);
    }
  }
}
