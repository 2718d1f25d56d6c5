package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.server.client.WireClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot write its last checkpoint: it ends all the same, and the next one has everything from the log. */
class FailedStopTest {
  @TempDir Path directory;

  @Test
  void aServerThatCannotWriteItsLastCheckpointEnds() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "prlimit is not installed");
    try (ServerProcess server = ServerProcess.serve(directory)) {
      try (WireClient client = server.connect(null)) {
        client.query("CREATE DATABASE d");
        client.query("CREATE TABLE d.t (id INT PRIMARY KEY, v VARCHAR(2000))");
        for (int i = 0; i < 500; i++) {
          client.query("INSERT INTO d.t VALUES (" + i + ", REPEAT('x', 2000))");
        }
      }
      server.limitFiles(Files.size(directory.resolve("data.vaquita")));
      server.stop();
    }
    try (ServerProcess server = ServerProcess.serve(directory)) {
      try (WireClient client = server.connect(null)) {
        assertEquals("500", client.query("SELECT COUNT(*) FROM d.t").getFirst().text(0, 0));
      }
      server.stop();
    }
  }
}
