package io.vaquita.server;

import io.vaquita.DatabaseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server out of file and command line: names as MySQL's system variables. Not thread-safe; used while starting.
 */
final class ServerConfig {
  static final int PORT_DEFAULT = 3306;

  /** What the engine has no variable for. */
  private static final String PLATFORM_CONNECTIONS = "vaquita_platform_connections";

  private static final List<String> SERVER_ONLY =
      List.of("bind_address", "ssl", "ssl_cert", "ssl_key", "datadir", PLATFORM_CONNECTIONS);

  private final Map<String, String> variables = new HashMap<>();

  /**
   * Reads {@code name=value} lines: {@code [sections]} and lines that begin with {@code #} or {@code ;} are passed over, a name
   * alone means ON, dashes count as underscores.
   */
  void readFile(Path file) throws IOException {
    for (String raw : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String line = raw.strip();
      boolean isSetting =
          !line.isEmpty()
              && line.charAt(0) != '#'
              && line.charAt(0) != ';'
              && line.charAt(0) != '[';
      if (isSetting) {
        set(line);
      }
    }
  }

  /** {@code name=value}. */
  void set(String assignment) {
    int equals = assignment.indexOf('=');
    String name = equals < 0 ? assignment : assignment.substring(0, equals);
    String value = equals < 0 ? "ON" : assignment.substring(equals + 1).strip();
    set(name, unquoted(value));
  }

  void set(String name, String value) {
    variables.put(name.strip().toLowerCase(Locale.ROOT).replace('-', '_'), value);
  }

  private static String unquoted(String value) {
    int last = value.length() - 1;
    boolean isQuoted =
        last > 0
            && value.charAt(0) == value.charAt(last)
            && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    return isQuoted ? value.substring(1, last) : value;
  }

  @Nullable String get(String name) {
    return variables.get(name);
  }

  int port() {
    return number("port", PORT_DEFAULT);
  }

  private int number(String name, int otherwise) {
    String value = variables.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " = " + value + " is not a number", e);
    }
  }

  private static boolean isOn(@Nullable String value) {
    return value != null
        && List.of("on", "1", "true", "yes").contains(value.toLowerCase(Locale.ROOT));
  }

  private @Nullable Path path(String name) {
    String value = variables.get(name);
    return value == null || value.isEmpty() ? null : Path.of(value);
  }

  ServerOptions serverOptions(@Nullable Path data, String rootPassword) {
    String bind = variables.getOrDefault("bind_address", "127.0.0.1");
    int platformConnections =
        number(PLATFORM_CONNECTIONS, ServerOptions.onFreePort().platformConnections());
    return ServerOptions.builder()
        .platformConnections(platformConnections)
        .bindAddress(bind.equals("*") ? "0.0.0.0" : bind)
        .port(port())
        .socketFile(path("socket"))
        .rootPassword(rootPassword)
        .tls(!"OFF".equalsIgnoreCase(variables.get("ssl")))
        .requireSecureTransport(isOn(variables.get("require_secure_transport")))
        .certificate(path("ssl_cert"), path("ssl_key"))
        .keysDirectory(data)
        .build();
  }

  /** log_error: the file of the error log, or null for the standard error stream. */
  @Nullable Path errorLog() {
    return "stderr".equals(variables.get("log_error")) ? null : path("log_error");
  }

  /** The engine's variables: all but those that only the server reads. */
  DatabaseOptions databaseOptions(@Nullable Path data) {
    Map<String, String> engine = new HashMap<>(variables);
    engine.keySet().removeAll(SERVER_ONLY);
    engine.put("port", Integer.toString(port()));
    return new DatabaseOptions(data, engine);
  }
}
