package io.vaquita.spec.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import io.vaquita.spec.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * All scripts of {@code spec/src/test/resources/sql}, several ways: the library in memory, the library on files, over the wire with
 * Connector/J (MariaDB Connector/J gives no raw text of numbers; DriversTest is its place). Each script gets an empty database of its own. {@link SqlScriptRecorder} rewrites
 * expectations from a real MySQL.
 */
final class SqlScriptTest {
  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> inMemory() throws IOException {
    return scripts().map(s -> test(s, () -> new LibraryBackend(open(DatabaseOptions.inMemory()))));
  }

  @TestFactory
  Stream<DynamicTest> onFiles() throws IOException {
    return scripts()
        .map(
            s ->
                test(
                    s,
                    () ->
                        new LibraryBackend(
                            open(
                                DatabaseOptions.at(
                                    directory.resolve(s.name().replace('/', '-')))))));
  }

  @TestFactory
  Stream<DynamicTest> withConnectorJ() throws IOException {
    return scripts()
        .map(
            s ->
                test(
                    s,
                    () ->
                        wire(
                            "jdbc:mysql",
                            "sslMode=DISABLED&allowPublicKeyRetrieval=true&useAffectedRows=true&allowLoadLocalInfile=true")));
  }

  private static Database open(DatabaseOptions options) {
    return Database.open(LibraryBackend.withFiles(options));
  }

  private interface Opening {
    Backend open() throws Exception;
  }

  private static DynamicTest test(SqlScript script, Opening opening) {
    return DynamicTest.dynamicTest(
        script.name(),
        () -> {
          try (Backend backend = opening.open()) {
            List<String> differences = SqlScriptRunner.run(script, backend);
            assertTrue(
                differences.isEmpty(),
                () -> differences.size() + " differences:\n" + String.join("\n", differences));
          }
        });
  }

  private static Backend wire(String scheme, String properties) throws Exception {
    Database database = open(DatabaseOptions.inMemory());
    VaquitaServer server =
        VaquitaServer.start(
            database, ServerOptions.onFreePort(), new PrintStream(OutputStream.nullOutputStream()));
    return new JdbcBackend(
        scheme + "://127.0.0.1:" + server.port() + "/?user=root&" + properties,
        database,
        List.of(server::close, database::close));
  }

  static Stream<SqlScript> scripts() throws IOException {
    Path root = Project.root().resolve("spec/src/test/resources/sql");
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(p -> p.toString().endsWith(".test"))
          .sorted()
          .map(
              p -> {
                try {
                  return SqlScript.parse(root.relativize(p).toString(), Files.readString(p));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList()
          .stream();
    }
  }
}
