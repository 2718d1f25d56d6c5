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
import org.jline.reader.LineReader;
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

  private static final String MODULE =
      """
      module app {
        requires io.vaquita.engine;
        requires java.sql;
      }
      """;

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

  private static Artifact artifact(String module) {
    return new Artifact(module, MODULES.get(module));
  }

  private Path compile(boolean isModule, String path) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("source/app"));
    Path classes = directory.resolve(isModule ? "module" : "classes");
    List<String> arguments =
        new ArrayList<>(
            List.of("-proc:none", isModule ? "-p" : "-cp", path, "-d", classes.toString()));
    arguments.add(Files.writeString(sources.resolve("Main.java"), MAIN).toString());
    if (isModule) {
      Path info = sources.resolveSibling("module-info.java");
      arguments.add(Files.writeString(info, MODULE).toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertEquals(0, result, "compiled");
    return classes;
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
    String path = String.join(File.pathSeparator, jars());
    Path classes = compile(false, path);
    assertEquals("1 1 false", java("-cp", classes + File.pathSeparator + path, "app.Main"));
  }

  /** Compression by zstd is all that is missing then; the library weighs as much as everything else together. */
  @Test
  void worksWithoutTheLibraryForZstd() throws Exception {
    List<String> jars = jars();
    assertTrue(jars.remove(pathOf(Zstd.class)));
    String path = String.join(File.pathSeparator, jars);
    Path classes = compile(false, path);
    assertEquals("1 1 false", java("-cp", classes + File.pathSeparator + path, "app.Main"));
  }

  @Test
  void worksFromAModulePath() throws Exception {
    String path = String.join(File.pathSeparator, jars());
    Path classes = compile(true, path);
    assertEquals(
        "1 1 true",
        java(
            "-p",
            classes + File.pathSeparator + path,
            "--add-modules",
            "ALL-MODULE-PATH",
            "-m",
            "app/app.Main"));
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
