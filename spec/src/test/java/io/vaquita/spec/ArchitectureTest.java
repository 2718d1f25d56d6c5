package io.vaquita.spec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the engine's packages to the table in ARCHITECTURE.md: each touches only what its row allows. */
final class ArchitectureTest {
  private static final String ROOT = "io.vaquita";
  private static final Set<String> OTHER_MODULES =
      Set.of("protocol", "server", "spec", "bench", "client", "testkit", "examples");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("/dev/test/"))
          .importPackages(ROOT);

  @Test
  void enginePackagesTouchOnlyWhatTheTableAllows() throws IOException {
    Map<String, Set<String>> allowed = table();
    Set<String> wrong = new TreeSet<>();
    for (JavaClass c : classes) {
      String from = layer(c);
      if (OTHER_MODULES.contains(from)) {
        continue;
      }
      Set<String> mayTouch = allowed.get(from);
      if (mayTouch == null) {
        wrong.add(from + " has no row in ARCHITECTURE.md");
        continue;
      }
      c.getDirectDependenciesFromSelf().stream()
          .map(d -> d.getTargetClass())
          .filter(t -> t.getPackageName().equals(ROOT) || t.getPackageName().startsWith(ROOT + "."))
          .map(ArchitectureTest::layer)
          .filter(to -> !to.equals(from) && !mayTouch.contains(to))
          .forEach(to -> wrong.add(c.getName() + " touches " + to));
    }
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void executorSeesOnlyThePhysicalPlan() {
    Set<String> wrong =
        classes.stream()
            .filter(c -> layer(c).equals("executor"))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> layer(d.getTargetClass()).equals("planner"))
            .filter(
                d -> !d.getTargetClass().getPackageName().startsWith(ROOT + ".planner.physical"))
            .map(d -> d.getDescription())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  @Test
  void protocolStandsAlone() {
    Set<String> wrong =
        classes.stream()
            .filter(c -> layer(c).equals("protocol"))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .filter(d -> d.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(d -> !layer(d.getTargetClass()).equals("protocol"))
            .map(d -> d.getDescription())
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  /** Walks over trees of expressions go by {@code children()}, which an expression without operands need not override. */
  @Test
  void expressionsWithOperandsSayWhichTheyHave() {
    JavaClass expression = classes.get(ROOT + ".expression.Expression");
    Set<String> wrong = new TreeSet<>();
    int count = 0;
    for (JavaClass c : expression.getAllSubclasses()) {
      boolean hasOperands = false;
      boolean saysSo = false;
      for (JavaClass each = c; !each.equals(expression); each = each.getRawSuperclass().get()) {
        hasOperands |=
            each.getFields().stream()
                .flatMap(field -> field.getAllInvolvedRawTypes().stream())
                .anyMatch(type -> type.isAssignableTo(expression.getName()));
        saysSo |= each.tryGetMethod("children").isPresent();
      }
      count += hasOperands ? 1 : 0;
      if (hasOperands && !saysSo) {
        wrong.add(c.getName());
      }
    }
    assertTrue(count > 50, "the expressions were not found");
    assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
  }

  private static String layer(JavaClass c) {
    String name = c.getPackageName();
    if (name.equals(ROOT)) {
      return "api";
    }
    if (!name.startsWith(ROOT + ".")) {
      return name;
    }
    String rest = name.substring(ROOT.length() + 1);
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  /** The rows {@code | `package` | … | may, touch |} of the engine's table. */
  private static Map<String, Set<String>> table() throws IOException {
    Map<String, Set<String>> rows = new LinkedHashMap<>();
    boolean inside = false;
    for (String line : Project.read("ARCHITECTURE.md").lines().toList()) {
      if (line.startsWith("## ")) {
        inside = line.startsWith("## Packages of the engine");
      } else if (inside && line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        String name = cells[1].strip().replace("`", "");
        Set<String> touch =
            Arrays.stream(cells[3].split(",")).map(String::strip).collect(Collectors.toSet());
        rows.put(name, touch);
      }
    }
    assertTrue(rows.size() > 10, "the table of packages in ARCHITECTURE.md was not found");
    return rows;
  }
}
