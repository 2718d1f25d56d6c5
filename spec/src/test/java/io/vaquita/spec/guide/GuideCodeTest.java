package io.vaquita.spec.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.spec.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java of the guides compiles, each block as it stands: types on their own, members in a class, statements in a method, over
 * {@link GuideContext}. What needs nothing but itself is run, too.
 */
@Timeout(120)
final class GuideCodeTest {
  private static final String README = "../../README.md";

  private static final String IMPORTS =
      """
      import static org.junit.jupiter.api.Assertions.*;
      import java.nio.file.Path;
      import java.sql.*;
      import java.time.*;
      import java.util.List;
      import javax.sql.DataSource;
      import org.junit.jupiter.api.Test;
      """;

  /** What each guide is about. */
  private static final Map<String, String> OWN_IMPORTS =
      Map.of(
          README,
          "import io.vaquita.*;\n",
          "embedded.md",
          "import io.vaquita.*;\n",
          "test-kit.md",
          """
          import io.vaquita.testkit.*;
          import org.flywaydb.core.Flyway;
          """,
          "client-kit.md",
          "import com.mysql.cj.jdbc.MysqlDataSource;\nimport io.vaquita.client.*;\n");

  /** Blocks that are parts of tests of this example, and compiled and run there: Spring itself is no dependency of ours. */
  private static final String SPRING =
      "examples/spring-boot/src/test/java/io/vaquita/examples/shop/";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {README, "embedded.md", "test-kit.md", "client-kit.md"})
  void compiles(String guide) throws IOException {
    List<String> blocks = new GuideText(guide).blocks("java");
    assertFalse(blocks.isEmpty(), guide);
    if (guide.equals("test-kit.md")) {
      List<String> ofSpring = new ArrayList<>();
      for (String part : List.of("Database", "ServiceConnectionTest", "PropertiesTest")) {
        ofSpring.addAll(GuideText.regions(Project.read(SPRING + "Shop" + part + ".java")));
      }
      assertEquals(ofSpring, blocks.subList(1, 1 + ofSpring.size()), "the example's code");
      blocks.removeAll(ofSpring);
    }
    compile(guide, blocks);
  }

  @Test
  void whatNeedsNothingElseRuns() throws Exception {
    List<String> readme = new GuideText(README).blocks("java");
    compile(README, readme);
    run(0, null);
    List<String> embedded = new GuideText("embedded.md").blocks("java");
    compile("embedded.md", embedded);
    try (Database database = Database.inMemory();
        Session session = database.connect()) {
      session.execute("CREATE DATABASE shop").close();
      run(embedded.size() - 1, database);
    }
  }

  private void compile(String guide, List<String> blocks) throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      String source =
          "package guide.block"
              + i
              + ";\n"
              + IMPORTS
              + OWN_IMPORTS.get(guide)
              + wrapped(blocks.get(i));
      files.add(write("guide/block" + i + "/Block.java", source));
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                directory.toString()));
    arguments.addAll(files);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result = compiler.run(null, said, said, arguments.toArray(new String[0]));
    assertTrue(result == 0, () -> guide + "\n" + said);
  }

  private String write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private static String wrapped(String block) {
    List<String> lines = block.lines().toList();
    if (lines.stream().anyMatch(line -> line.startsWith("class "))) {
      return block;
    }
    String context = "class Block extends io.vaquita.spec.guide.GuideContext {\n";
    return lines.stream().anyMatch(line -> line.startsWith("@Test"))
        ? context + block + "}\n"
        : context + "  public void run() throws Exception {\n" + block + "  }\n}\n";
  }

  private void run(int block, @Nullable Database database) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {directory.toUri().toURL()}, GuideCodeTest.class.getClassLoader())) {
      var constructor = loader.loadClass("guide.block" + block + ".Block").getDeclaredConstructor();
      constructor.setAccessible(true);
      GuideContext context = (GuideContext) constructor.newInstance();
      if (database != null) {
        context.database = database;
      }
      context.run();
    }
  }
}
