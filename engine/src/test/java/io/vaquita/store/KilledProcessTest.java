package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.environment.Environment;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, killed while they commit, again and again on the same files. {@code -Dvaquita.kills=100} for a long run. */
class KilledProcessTest {
  private static final int KILLS = Integer.getInteger("vaquita.kills", 3);

  @TempDir Path directory;

  @Test
  void whatAKilledProcessAcknowledgedIsThere() throws IOException, InterruptedException {
    SeededRandom random = new SeededRandom(SeededRandom.seed(31));
    long[] acknowledged = new long[KilledProcessMain.THREADS + 1];
    java.util.Arrays.fill(acknowledged, -1);
    for (int round = 0; round < KILLS; round++) {
      Process process = start();
      int lines = 1 + random.below(3000);
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = output.readLine();
        for (int n = 0; line != null; n++) {
          if (n == lines) {
            // Through the handle: this leaves the pipe open, with what was said before.
            process.toHandle().destroyForcibly();
          }
          String[] words = line.split(" ");
          // The last line may be cut off by the kill.
          if (words.length == 2 && !words[1].isEmpty() && (n < lines || output.ready())) {
            int tree = Integer.parseInt(words[0]);
            int thread = tree - KilledProcessMain.FIRST_TREE;
            acknowledged[thread] = Math.max(acknowledged[thread], Long.parseLong(words[1]));
          }
          line = output.readLine();
        }
      }
      process.waitFor();
      verify(acknowledged);
    }
  }

  private static Path placeOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            placeOf(Store.class) + File.pathSeparator + placeOf(KilledProcessMain.class),
            KilledProcessMain.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void verify(long[] acknowledged) {
    assertEquals(List.of(), Stores.check(directory, Environment.system()).problems());
    try (Store store = Stores.open(directory, KilledProcessMain.options(), Environment.system())) {
      verifyLarge(store, acknowledged[KilledProcessMain.THREADS]);
      for (int thread = 0; thread < KilledProcessMain.THREADS; thread++) {
        int tree = KilledProcessMain.FIRST_TREE + thread;
        Cursor cursor = store.snapshot().cursor(tree);
        if (!cursor.last()) {
          assertEquals(-1, acknowledged[thread]);
          continue;
        }
        long last = ByteBuffer.wrap(cursor.keyArray()).getLong(cursor.keyOffset());
        long wanted = acknowledged[thread];
        assertTrue(last >= wanted, "commit " + wanted + " of tree " + tree + " is lost");
        long first = Math.max(0, last - KilledProcessMain.KEPT + 1);
        assertEquals(last - first + 1, store.snapshot().entryCount(tree));
        for (long i = first; i <= last; i++) {
          assertArrayEquals(
              KilledProcessMain.value(tree, i),
              store.snapshot().get(tree, KilledProcessMain.key(i)));
        }
      }
    }
  }

  /** All rows have the same number, and no lower one than was acknowledged. */
  private static void verifyLarge(Store store, long acknowledged) {
    long rows = store.snapshot().entryCount(KilledProcessMain.LARGE_TREE);
    if (rows == 0) {
      assertEquals(-1, acknowledged);
      return;
    }
    assertEquals(KilledProcessMain.LARGE_ROWS, rows);
    Cursor cursor = store.snapshot().cursor(KilledProcessMain.LARGE_TREE);
    cursor.first();
    long number = ByteBuffer.wrap(cursor.valueArray()).getLong(cursor.valueOffset());
    assertTrue(number >= acknowledged, "large commit " + acknowledged + " is lost");
    for (boolean more = true; more; more = cursor.next()) {
      assertEquals(number, ByteBuffer.wrap(cursor.valueArray()).getLong(cursor.valueOffset()));
    }
  }
}
