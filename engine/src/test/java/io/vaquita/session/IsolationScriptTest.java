package io.vaquita.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions that stand in each other's way, as text: {@code src/test/resources/isolation/*.txt}. {@code >} begins a step, the lines
 * after it are its answers; {@code ---} begins anew with an empty database. {@code -Dvaquita.record=DIRECTORY} writes the files with
 * the answers given. What MySQL answers differently is marked {@code # MySQL:}.
 */
final class IsolationScriptTest {
  static Stream<Path> scripts() throws IOException, URISyntaxException {
    Path directory =
        Path.of(
            Objects.requireNonNull(IsolationScriptTest.class.getResource("/isolation")).toURI());
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void answersAsWritten(Path file) throws IOException {
    List<String> expected = Files.readAllLines(file);
    List<String> actual = replay(expected);
    String record = System.getProperty("vaquita.record");
    if (record != null) {
      Files.write(Path.of(record).resolve(file.getFileName()), actual);
    } else {
      assertEquals(String.join("\n", expected), String.join("\n", actual));
    }
  }

  private static List<String> replay(List<String> lines) {
    List<String> out = new ArrayList<>();
    IsolationScript script = new IsolationScript();
    try {
      for (String line : lines) {
        if (line.startsWith("---")) {
          script.close();
          script = new IsolationScript();
          out.add(line);
        } else if (line.startsWith(">")) {
          out.add(line);
          script.run(line.substring(1)).lines().forEach(out::add);
        } else if (line.isBlank() || line.startsWith("#")) {
          out.add(line);
        }
      }
    } finally {
      script.close();
    }
    return out;
  }
}
