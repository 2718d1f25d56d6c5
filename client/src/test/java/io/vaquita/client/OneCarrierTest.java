package io.vaquita.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The classic failure of blocking drivers: two transactions want one row, and the thread that could let it go never runs, since the one
 * that waits has the only carrier. In a JVM of its own with one carrier.
 */
@Timeout(300)
final class OneCarrierTest {
  @ParameterizedTest
  @EnumSource(Peer.class)
  void transactionsOnOneRowAllEnd(Peer peer) throws IOException, InterruptedException {
    run(peer, 1, peer == Peer.VAQUITA_BY_CONNECTOR_J ? 10_000 : 1000);
  }

  @Test
  void onTwoCarriersToo() throws IOException, InterruptedException {
    run(Peer.VAQUITA_BY_CONNECTOR_J, 2, 10_000);
  }

  private static void run(Peer peer, int carriers, int transactions)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                OneCarrierMain.class.getName(),
                peer.name(),
                Integer.toString(transactions),
                Integer.toString(peer.port()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
