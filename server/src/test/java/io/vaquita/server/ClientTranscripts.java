package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The texts in spec/clients/expected: what each client printed on a real MySQL. Stateless. With the property {@code vaquita.record} =
 * PORT:SOCKET the tests run their clients against the MySQL there, and keep what they print.
 */
final class ClientTranscripts {
  private static final String RECORDED = System.getProperty("vaquita.record", "");

  private ClientTranscripts() {}

  /** The folder spec/clients, from the module's folder or the project's. */
  static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    Path inProject = here.resolve("spec/clients");
    return Files.isDirectory(inProject) ? inProject : here.resolveSibling("spec/clients");
  }

  static boolean isRecording() {
    return !RECORDED.isEmpty();
  }

  static int recordedPort() {
    return Integer.parseInt(RECORDED.substring(0, RECORDED.indexOf(':')));
  }

  static String recordedSocket() {
    return RECORDED.substring(RECORDED.indexOf(':') + 1);
  }

  /** Compares what a client printed with what it printed on a real MySQL; or keeps it, when that is what is asked for. */
  static void check(String client, String printed) throws IOException {
    Path file = folder().resolve("expected").resolve(client + ".txt");
    if (isRecording()) {
      Files.writeString(file, printed);
      return;
    }
    String expected = Files.readString(file);
    if (!expected.equals(printed)) {
      Path kept = Path.of("target", client + ".txt");
      Files.writeString(kept, printed);
      fail(
          client
              + " sees other than on MySQL: diff "
              + file
              + " "
              + kept.toAbsolutePath()
              + differences(expected, printed));
    }
  }

  /** The first lines that differ. */
  private static String differences(String expected, String printed) {
    List<String> wanted = expected.lines().toList();
    List<String> seen = printed.lines().toList();
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (int i = 0; i < Math.max(wanted.size(), seen.size()) && shown < 20; i++) {
      String left = i < wanted.size() ? wanted.get(i) : "(end)";
      String right = i < seen.size() ? seen.get(i) : "(end)";
      if (!left.equals(right)) {
        text.append("\n")
            .append(i + 1)
            .append(": wanted ")
            .append(left)
            .append("\n   got ")
            .append(right);
        shown++;
      }
    }
    return text.toString();
  }
}
