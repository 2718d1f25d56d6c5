package io.vaquita.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the files of {@code src/test/resources/planner}: a line {@code > statement}, then what it must give, up to an empty line. Run
 * with {@code -Dvaquita.record=true} to write what comes out into the files, and read the difference like code.
 */
final class PlanFilesTest {
  private static final Path FILES = Path.of("src/test/resources/planner");

  @TestFactory
  Stream<DynamicTest> filesGiveWhatTheySay() {
    return Stream.of("access", "joins", "grouping", "subqueries", "names", "changes")
        .map(name -> DynamicTest.dynamicTest(name, () -> check(name + ".test")));
  }

  private static void check(String name) throws IOException {
    Path file = find(name);
    String expected = Files.readString(file);
    String actual = run(expected);
    if (Boolean.getBoolean("vaquita.record")) {
      Files.writeString(file, actual);
    }
    assertEquals(expected, actual, name);
  }

  /** From the module's folder, or from the top. */
  private static Path find(String name) {
    Path inModule = FILES.resolve(name);
    return Files.exists(inModule) ? inModule : Path.of("engine").resolve(FILES).resolve(name);
  }

  private static String run(String text) {
    StringBuilder out = new StringBuilder();
    try (Database database = Database.inMemory();
        Session session = database.connect(ConnectOptions.local())) {
      session.execute("CREATE DATABASE test").close();
      session.useSchema("test");
      boolean isResult = false;
      for (String line : text.lines().toList()) {
        if (line.startsWith("> ")) {
          out.append(line).append('\n').append(result(session, line.substring(2)));
          isResult = true;
        } else if (line.isEmpty()) {
          out.append('\n');
          isResult = false;
        } else if (!isResult) {
          out.append(line).append('\n');
        }
      }
    }
    return out.toString();
  }

  private static String result(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      if (!result.hasRows()) {
        return "";
      }
      List<String> lines = new ArrayList<>();
      while (result.next()) {
        lines.add(row(result));
      }
      return String.join("\n", lines).strip() + (lines.isEmpty() ? "" : "\n");
    } catch (DatabaseException e) {
      return "ERROR " + e.number() + " (" + e.sqlState() + "): " + e.message() + "\n";
    } catch (UncheckedIOException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String row(Result result) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < result.columns().size(); i++) {
      if (result.isNull(i)) {
        values.add("NULL");
      } else {
        TextBuffer text = new TextBuffer(64);
        result.appendText(i, text);
        values.add(new String(text.toBytes(), StandardCharsets.UTF_8));
      }
    }
    return String.join(" | ", values);
  }
}
