package io.vaquita.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Keeps the house easy to live in: sizes of files and methods with a ratchet ({@code tidy-exceptions.txt}: a listed file may shrink,
 * never grow), forbidden names, clocks and sleeps outside their place, links in READMEs.
 */
final class TidyTest {
  private static final int FILE_LINES_MAX = 800;
  private static final int METHOD_LINES_MAX = 70;

  private static final Pattern FORBIDDEN_NAME =
      Pattern.compile("(Manager|Helper|Impl|Utils?)\\.java$|/(util|common|helper|impl|base|core)/");
  private static final Pattern FORBIDDEN_CALL =
      Pattern.compile(
          "Thread\\.sleep\\(|System\\.currentTimeMillis\\(|System\\.nanoTime\\(|Instant\\.now\\(|@Disabled");
  private static final Pattern METHOD_START =
      Pattern.compile(
          "^  (?! )(?!.*\\b(?:class|record|enum|interface|new|return|switch)\\b)[\\w@<].*\\(.*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  /** Where time is taken from the machine: environment, and the modules that a simulator never runs. */
  private static final Set<String> CLOCK_PLACES =
      Set.of("environment", "server/", "client/", "testkit/", "bench/", "examples/");

  @Test
  void filesAreNotTooLong() throws IOException {
    Map<String, Integer> exceptions = exceptions();
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".java")) {
      String name = Project.root().relativize(file).toString();
      int lines = Files.readAllLines(file).size();
      int max = exceptions.getOrDefault(name, FILE_LINES_MAX);
      if (lines > max) {
        wrong.add(name + " has " + lines + " lines, allowed are " + max);
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void methodsAreNotTooLong() throws IOException {
    Map<String, Integer> exceptions = exceptions();
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".java")) {
      String name = Project.root().relativize(file).toString();
      if (!exceptions.containsKey(name)) {
        wrong.addAll(longMethods(name, Files.readAllLines(file)));
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void namesSayWhatThingsAre() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".java")) {
      String name = Project.root().relativize(file).toString();
      if (FORBIDDEN_NAME.matcher(name).find()) {
        wrong.add(name);
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void timeComesFromTheEnvironment() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".java")) {
      String name = Project.root().relativize(file).toString();
      if (name.contains("/src/test/") || CLOCK_PLACES.stream().anyMatch(name::contains)) {
        continue;
      }
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (FORBIDDEN_CALL.matcher(line).find()) {
          wrong.add(name + ":" + number + " " + line.strip());
        }
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void testsDoNotSleepAndNoneIsDisabled() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".java")) {
      String name = Project.root().relativize(file).toString();
      if (!name.contains("/src/test/") || name.endsWith("TidyTest.java")) {
        continue;
      }
      String text = Files.readString(file);
      if (text.contains("Thread.sleep(") || text.contains("@Disabled")) {
        wrong.add(name);
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void linksInDocumentsLeadSomewhere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : Project.files(".md")) {
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        Path target = file.resolveSibling(link.group(1)).normalize();
        if (!Files.exists(target)) {
          wrong.add(Project.root().relativize(file) + " links to " + link.group(1));
        }
      }
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  /** Formatted code: a member begins at two blanks and ends at a brace in the same column. */
  private static List<String> longMethods(String name, List<String> lines) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!METHOD_START.matcher(line).matches()) {
        continue;
      }
      int indent = line.length() - line.stripLeading().length();
      String end = " ".repeat(indent) + "}";
      int j = i;
      while (j < lines.size() && !lines.get(j).equals(end) && !lines.get(j).endsWith(";")
          || j < lines.size() && !lines.get(j).equals(end) && j > i && opened(lines, i, j)) {
        j++;
      }
      if (j < lines.size() && lines.get(j).equals(end) && j - i + 1 > METHOD_LINES_MAX) {
        wrong.add(name + ":" + (i + 1) + " has " + (j - i + 1) + " lines");
      }
    }
    return wrong;
  }

  private static boolean opened(List<String> lines, int from, int to) {
    for (int k = from; k < to; k++) {
      if (lines.get(k).endsWith("{")) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Integer> exceptions() throws IOException {
    Map<String, Integer> exceptions = new HashMap<>();
    for (String line : Project.read("spec/tidy-exceptions.txt").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.strip().split("\\s+");
        exceptions.put(parts[0], Integer.parseInt(parts[1]));
      }
    }
    return exceptions;
  }
}
