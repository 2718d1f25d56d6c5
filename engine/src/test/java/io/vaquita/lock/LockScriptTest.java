package io.vaquita.lock;

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
 * The lock table alone, as text: {@code src/test/resources/lock/*.txt}. Lines that begin with {@code >} are commands, those after
 * them the answers; {@code #} is a comment and {@code ---} starts anew. {@code -Dvaquita.record=DIRECTORY} writes the files with the
 * answers given, to be read in review like code.
 */
final class LockScriptTest {
  static Stream<Path> scripts() throws IOException, URISyntaxException {
    Path directory =
        Path.of(Objects.requireNonNull(LockScriptTest.class.getResource("/lock")).toURI());
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
    LockScript script = new LockScript();
    try {
      for (String line : lines) {
        if (line.startsWith("---")) {
          script.close();
          script = new LockScript();
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
