package io.vaquita.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where the error log goes: a stream, or a file that is appended to and opened anew on FLUSH ERROR LOGS, so that tools may move it
 * away. Thread-safe.
 */
final class LogOutput {
  private final @Nullable Path file;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private PrintStream out;

  LogOutput(PrintStream out) {
    this.out = out;
    this.file = null;
  }

  /** @throws IOException when the file cannot be written */
  LogOutput(Path file) throws IOException {
    this.file = file;
    this.out = open(file);
  }

  private static PrintStream open(Path file) throws IOException {
    return new PrintStream(
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        true,
        StandardCharsets.UTF_8);
  }

  void write(String line, @Nullable Throwable failure) {
    synchronized (lock) {
      out.println(line);
      if (failure != null) {
        failure.printStackTrace(out);
      }
    }
  }

  /** When the file cannot be opened anew, the one that is open goes on. */
  void reopen() {
    Path path = file;
    if (path == null) {
      return;
    }
    synchronized (lock) {
      try {
        PrintStream next = open(path);
        out.close();
        out = next;
      } catch (IOException e) {
        out.println("FLUSH ERROR LOGS: " + path + " cannot be opened: " + e.getMessage());
      }
    }
  }
}
