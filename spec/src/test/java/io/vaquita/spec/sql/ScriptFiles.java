package io.vaquita.spec.sql;

import io.vaquita.spec.sql.Backend.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The directory that scripts call {@code $FILES}: a new one for each run. Confined to one thread. */
record ScriptFiles(Path directory) implements AutoCloseable {
  private static final String NAME = "$FILES";

  /** A server that is another user shall be able to write here. */
  static ScriptFiles create() throws IOException {
    Path directory = Files.createTempDirectory("vaquita-script");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    return new ScriptFiles(directory);
  }

  /** Runs a statement of the script; its outcome is as the script has it. */
  Outcome run(Backend backend, String connection, String sql) throws Exception {
    return switch (backend.run(connection, located(sql))) {
      case Outcome.Rows rows -> new Outcome.Rows(rows.rows().stream().map(this::hideAll).toList());
      case Outcome.Count count -> count;
      case Outcome.Failed f -> new Outcome.Failed(f.number(), f.sqlState(), hide(f.message()));
    };
  }

  /** A statement with the place of the files in it. */
  String located(String sql) {
    return sql.replace(NAME, directory.toString());
  }

  @SuppressWarnings("NullAway") // rows of tests hold null for NULL
  private List<String> hideAll(List<String> row) {
    return row.stream().map(c -> c == null ? null : hide(c)).toList();
  }

  private String hide(String text) {
    return text.replace(directory.toString(), NAME);
  }

  /** Writes lines, each with its end; {@code \\xHH} is a byte. */
  void write(String name, String lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String text = lines.isEmpty() ? "" : lines + "\n";
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("\\x", i) && i + 4 <= text.length()) {
        bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
        i += 4;
      } else {
        int next = text.offsetByCodePoints(i, 1);
        bytes.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
        i = next;
      }
    }
    Path file = directory.resolve(name);
    Files.write(file, bytes.toByteArray());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
  }

  /** Takes away what the script and its server have written. */
  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
