package io.vaquita.spec.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import io.vaquita.Database;
import io.vaquita.client.GuardedDataSource;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.server.VaquitaServer;
import io.vaquita.spec.Project;
import io.vaquita.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.crac.Core;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mariadb.jdbc.Driver;
import org.slf4j.Logger;
import picocli.CommandLine;

/**
 * The jars as users have them: on a plain class path and on a module path, and as large and with the dependencies that the README
 * says.
 */
@Timeout(180)
final class ArtifactsTest {
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "engine", Database.class,
          "protocol", PacketWriter.class,
          "server", VaquitaServer.class,
          "client", GuardedDataSource.class,
          "testkit", TestDatabase.class);

  private static final List<Class<?>> LIBRARIES =
      List.of(Logger.class, CommandLine.class, LineReader.class, Zstd.class, Driver.class);

  private static final String MAIN =
      """
      package app;

      import io.vaquita.Database;
      import io.vaquita.JdbcDriver;
      import io.vaquita.Session;
      import java.sql.Connection;
      import java.sql.DriverManager;
      import java.sql.ResultSet;

      public final class Main {
        public static void main(String[] arguments) throws Exception {
          try (Database database = Database.inMemory(); Session session = database.connect()) {
            session.execute("CREATE DATABASE d").close();
            session.execute("CREATE TABLE d.t (j JSON, s VARCHAR(20))").close();
            session.execute("INSERT INTO d.t VALUES (?, ?)", "{\\"a\\": 1}", "e\\u0301t\\u00e9").close();
            try (Connection connection =
                    DriverManager.getConnection(database.connectUrl(JdbcDriver.MARIADB));
                ResultSet rows =
                    connection.createStatement()
                        .executeQuery("SELECT j->'$.a', s = 'ETE' COLLATE utf8mb4_0900_ai_ci FROM d.t")) {
              rows.next();
              System.out.println(rows.getString(1) + " " + rows.getString(2) + " "
                  + Main.class.getModule().isNamed());
            }
          }
        }
      }
      """;

  /** The two kits, which are no part of an application that embeds. */
  private static final String KITS_MAIN =
      """
      package app;

      import io.vaquita.JdbcDriver;
      import io.vaquita.client.GuardedDataSource;
      import io.vaquita.client.NamedLock;
      import io.vaquita.client.NamedLocks;
      import io.vaquita.client.Transactions;
      import io.vaquita.testkit.TestDatabase;
      import java.sql.Connection;
      import java.sql.DriverManager;
      import java.sql.ResultSet;
      import java.time.Duration;

      public final class Main {
        public static void main(String[] arguments) throws Exception {
          try (TestDatabase prepared = TestDatabase.create("shop", JdbcDriver.MARIADB);
              TestDatabase database = prepared.fork();
              GuardedDataSource source = GuardedDataSource.over(database.dataSource());
              NamedLock lock = NamedLocks.over(source).acquire("job", Duration.ZERO);
              Connection byUrl = DriverManager.getConnection("jdbc:vaquita:///shop")) {
            int one = Transactions.over(source).inTransaction(tx -> {
              try (ResultSet rows = tx.connection().createStatement().executeQuery("SELECT 1")) {
                rows.next();
                return rows.getInt(1);
              }
            });
            System.out.println(one + " " + (lock.isHeld() && byUrl.isValid(5) ? 1 : 0) + " "
                + Main.class.getModule().isNamed());
          }
        }
      }
      """;

  /** As an application makes one; the kits' program takes the test kit's else. */
  private static final String CONNECTOR_J_SOURCE =
      "GuardedDataSource.over(new com.mysql.cj.jdbc.MysqlDataSource() {{ setUrl(database.url()); }})";

  private static final String[] ALL_MODULES = {"--add-modules", "ALL-MODULE-PATH"};

  private static String module(String... wanted) {
    String requires =
        Arrays.stream(wanted)
            .map(name -> "  requires " + name + ";\n")
            .collect(Collectors.joining());
    return "module app {\n" + requires + "  requires java.sql;\n}\n";
  }

  /** {@code | vaquita-engine | 2.9 MB | slf4j-api (0.1 MB) |} */
  private static final Pattern README_LINE =
      Pattern.compile("\\| `vaquita-(\\w+)` \\| ([0-9.]+) (MB|KB) \\| ([^|]*) \\|");

  @TempDir private Path directory;

  private static String pathOf(Class<?> library) {
    return new File(library.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  private List<String> jars() throws IOException {
    List<String> jars = new ArrayList<>();
    for (String module : List.of("engine", "protocol", "server")) {
      jars.add(artifact(module).jar(directory).toString());
    }
    LIBRARIES.forEach(library -> jars.add(pathOf(library)));
    return jars;
  }

  private List<String> jarsWithKits() throws IOException {
    List<String> jars = jars();
    jars.add(artifact("client").jar(directory).toString());
    jars.add(artifact("testkit").jar(directory).toString());
    jars.add(pathOf(Core.class));
    return jars;
  }

  private static Artifact artifact(String module) {
    return new Artifact(module, MODULES.get(module));
  }

  /** On a class path where there is no module. */
  private Path compile(String main, @Nullable String module, String path) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("source/app"));
    Path classes = directory.resolve("compiled");
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", module == null ? "-cp" : "-p", path, "-d", classes.toString()));
    arguments.add(Files.writeString(sources.resolve("Main.java"), main).toString());
    if (module != null) {
      Path info = sources.resolveSibling("module-info.java");
      arguments.add(Files.writeString(info, module).toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertEquals(0, result, "compiled");
    return classes;
  }

  private String runFromClassPath(String main, List<String> jars) throws Exception {
    String path = String.join(File.pathSeparator, jars);
    Path classes = compile(main, null, path);
    return java("-cp", classes + File.pathSeparator + path, "app.Main");
  }

  /** @param options of the JVM, such as which modules it takes besides those that are required */
  private String runFromModulePath(String main, String module, List<String> jars, String... options)
      throws Exception {
    String path = String.join(File.pathSeparator, jars);
    Path classes = compile(main, module, path);
    List<String> arguments = new ArrayList<>(List.of("-p", classes + File.pathSeparator + path));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("-m", "app/app.Main"));
    return java(arguments.toArray(new String[0]));
  }

  private static String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().reduce("", (before, line) -> line);
  }

  @Test
  void worksFromAClassPath() throws Exception {
    assertEquals("1 1 false", runFromClassPath(MAIN, jars()));
  }

  @Test
  void theKitsWorkFromAClassPath() throws Exception {
    assertEquals("1 1 false", runFromClassPath(KITS_MAIN, jarsWithKits()));
  }

  /** Compression by zstd is all that is missing then; the library weighs as much as everything else together. */
  @Test
  void worksWithoutTheLibraryForZstd() throws Exception {
    List<String> jars = jars();
    assertTrue(jars.remove(pathOf(Zstd.class)));
    assertEquals("1 1 false", runFromClassPath(MAIN, jars));
  }

  @Test
  void worksFromAModulePath() throws Exception {
    assertEquals(
        "1 1 true", runFromModulePath(MAIN, module("io.vaquita.engine"), jars(), ALL_MODULES));
  }

  @Test
  void theKitsWorkFromAModulePath() throws Exception {
    assertEquals(
        "1 1 true",
        runFromModulePath(
            KITS_MAIN,
            module("io.vaquita.client", "io.vaquita.testkit", "io.vaquita.engine"),
            jarsWithKits(),
            ALL_MODULES));
  }

  /** The other way that the guide names, by the driver that has no descriptor. */
  @Test
  void theKitsWorkFromAModulePathByWhatIsRequired() throws Exception {
    List<String> jars = jarsWithKits();
    jars.add(pathOf(com.mysql.cj.jdbc.Driver.class));
    String main =
        KITS_MAIN
            .replace("JdbcDriver.MARIADB", "JdbcDriver.CONNECTOR_J")
            .replace("GuardedDataSource.over(database.dataSource())", CONNECTOR_J_SOURCE);
    String module =
        module(
            "io.vaquita.client",
            "io.vaquita.testkit",
            "io.vaquita.engine",
            "org.slf4j",
            "org.crac",
            "mysql.connector.j",
            "java.naming");
    assertEquals("1 1 true", runFromModulePath(main, module, jars));
  }

  @Test
  void theReadmeSaysHowLargeTheyAreAndWhatTheyBring() throws IOException {
    Matcher lines = README_LINE.matcher(Project.read("README.md"));
    TreeSet<String> seen = new TreeSet<>();
    while (lines.find()) {
      Artifact artifact = artifact(lines.group(1));
      seen.add(artifact.module());
      double unit = lines.group(3).equals("MB") ? 1e6 : 1e3;
      double said = Double.parseDouble(lines.group(2)) * unit;
      long size = Files.size(artifact.jar(directory));
      assertTrue(
          Math.abs(size - said) <= said * 0.15,
          () -> artifact.module() + " has " + size + " bytes, the README says " + said);
      String brings =
          Arrays.stream(lines.group(4).split(","))
              .map(part -> part.replaceAll("\\(.*?\\)|`", "").strip())
              .filter(part -> !part.equals("nothing"))
              .sorted()
              .collect(Collectors.joining(","));
      assertEquals(String.join(",", artifact.dependencies()), brings, artifact.module());
    }
    assertEquals(new TreeSet<>(MODULES.keySet()), seen);
  }
}
