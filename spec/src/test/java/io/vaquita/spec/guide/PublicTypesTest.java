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
 * The Javadoc of what users hold in their hands: each public type says who may use it from which thread, what its errors are, and shows
 * how; every member has a comment, and all of it is well formed.
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
              + "(class|interface|record|enum|@interface) (\\w+)",
          Pattern.DOTALL);

  private static final Pattern THREADS =
      Pattern.compile("hread-safe|mmutable|onfined|tateless|by one thread|session's thread");

  private static final Pattern ERRORS = Pattern.compile("rror|xception|throw|fails");

  /** Data and names of things: there is nothing in them that could fail. */
  private static final Set<String> CANNOT_FAIL =
      Set.of("ConnectOptions", "DatabaseOptions", "GuardEvent", "LockWait", "PoolState");

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
  void sayThreadsAndErrorsAndShowAnExample() throws IOException {
    List<String> wrong = new ArrayList<>();
    int found = 0;
    for (Path file : sources()) {
      Matcher type = TYPE.matcher(Files.readString(file));
      String name = file.getFileName().toString().replace(".java", "");
      if (!type.find() || !type.group(3).equals(name)) {
        continue;
      }
      found++;
      if (!THREADS.matcher(type.group(1)).find()) {
        wrong.add(name + " does not say who may use it from which thread");
      }
      if (!type.group(2).equals("enum")
          && !CANNOT_FAIL.contains(name)
          && !NOT_FOR_USERS.contains(name)
          && !ERRORS.matcher(type.group(1)).find()) {
        wrong.add(name + " does not say how it fails");
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
    assertEquals("", said("all,-missing", directory));
  }

  /** Sentences that say what parameters are stand where they say something new; a comment stands everywhere. */
  @Test
  void haveACommentOnEachMember(@TempDir Path directory) throws IOException {
    List<String> wrong =
        said("missing/public", directory)
            .lines()
            .filter(line -> line.endsWith("warning: no comment"))
            .toList();
    assertEquals(List.of(), wrong);
  }

  /** What the compiler has to say about comments, and nothing else. */
  private static String said(String checks, Path directory) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-Xmaxwarns",
                "10000",
                "-Xdoclint:" + checks,
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
    assertEquals(0, result, text);
    return text;
  }
}
