package io.vaquita.spec.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.spec.Project;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Javadoc of what users hold in their hands: each public type says who may use it from which thread and shows how, and all of it is
 * well formed.
 */
final class PublicTypesTest {
  private static final List<String> PACKAGES =
      List.of(
          "engine/src/main/java/io/vaquita",
          "client/src/main/java/io/vaquita/client",
          "client/src/main/java/io/vaquita/client/failure",
          "testkit/src/main/java/io/vaquita/testkit",
          "testkit/src/main/java/io/vaquita/testkit/spring");

  private static final Pattern TYPE =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n)*\\s*public (?:final |sealed |abstract )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)",
          Pattern.DOTALL);

  private static final Pattern THREADS =
      Pattern.compile("hread-safe|mmutable|onfined|tateless|by one thread|session's thread");

  /** What only the project's own parts call. */
  private static final Set<String> NOT_FOR_USERS =
      Set.of("DatabaseProvider", "Frontend", "VaquitaExtension");

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String directory : PACKAGES) {
      try (Stream<Path> files = Files.list(Project.root().resolve(directory))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void sayThreadsAndShowAnExample() throws IOException {
    List<String> wrong = new ArrayList<>();
    int found = 0;
    for (Path file : sources()) {
      Matcher type = TYPE.matcher(Files.readString(file));
      String name = file.getFileName().toString().replace(".java", "");
      if (!type.find() || !type.group(2).equals(name)) {
        continue;
      }
      found++;
      if (!THREADS.matcher(type.group(1)).find()) {
        wrong.add(name + " does not say who may use it from which thread");
      }
      if (!type.group(1).contains("<pre>{@code") && !NOT_FOR_USERS.contains(name)) {
        wrong.add(name + " shows no example");
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(found > 40, "public types: " + found);
  }

  @Test
  void areWellFormed(@TempDir Path directory) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-Xdoclint:all,-missing",
                "-implicit:none",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-d",
                directory.toString()));
    sources().forEach(file -> arguments.add(file.toString()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(new String[0]));
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(result == 0 && !text.contains("warning:"), text);
  }
}
