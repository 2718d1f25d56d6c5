package io.vaquita.spec.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaquita.spec.Project;
import io.vaquita.spec.isolation.IsolationSpec.Level;
import io.vaquita.spec.isolation.IsolationSpec.Permutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * All files of {@code spec/src/test/resources/isolation}, in the library and over the wire. {@link IsolationSpecRecorder} replays them on
 * a real MySQL and writes down where the outcomes differ.
 */
final class IsolationSpecTest {
  private interface Opening {
    Sessions open() throws IOException;
  }

  @TestFactory
  Stream<DynamicTest> inTheLibrary() throws IOException {
    return files().map(file -> test(file, EngineSessions::inLibrary));
  }

  @TestFactory
  Stream<DynamicTest> overTheWire() throws IOException {
    return files().map(file -> test(file, EngineSessions::overTheWire));
  }

  @TestFactory
  Stream<DynamicTest> everyDifferenceHasAReason() throws IOException {
    return files()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      for (IsolationSpec scene : IsolationSpecParser.parse(file)) {
                        scene.permutations.forEach(IsolationSpecTest::checkReason);
                      }
                    }));
  }

  private static void checkReason(Permutation permutation) {
    boolean differs = !permutation.mysql.equals(permutation.vaquita);
    assertEquals(differs, permutation.differs != null, permutation::toString);
    assertFalse(Objects.equals(permutation.differs, "?"), permutation::toString);
  }

  private static DynamicTest test(Path file, Opening opening) {
    return DynamicTest.dynamicTest(
        file.getFileName().toString(),
        () -> {
          try (Sessions server = opening.open()) {
            for (IsolationSpec scene : IsolationSpecParser.parse(file)) {
              check(scene, server);
            }
          }
        });
  }

  private static void check(IsolationSpec scene, Sessions server) {
    for (Permutation permutation : scene.permutations) {
      for (Level level : scene.levels) {
        List<String> outcome = IsolationRun.run(scene, permutation, level, server);
        assertEquals(
            String.join("\n", permutation.vaquita.getOrDefault(level, List.of())),
            String.join("\n", outcome),
            () -> "permutation " + permutation + " at " + level);
      }
    }
  }

  static Stream<Path> files() throws IOException {
    Path root = Project.root().resolve("spec/src/test/resources/isolation");
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(f -> f.toString().endsWith(".spec")).sorted().toList().stream();
    }
  }
}
