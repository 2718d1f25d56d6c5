package io.vaquita.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The seeds of {@link PacketFuzz} and what comes of them by chance: each seed, cut at every byte, and with bytes changed. */
final class PacketFuzzTest {
  private static final long SEED = 20261130;

  /** One a line, in hexadecimal; what a fuzzer finds is added here. */
  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/fuzz/packets.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        seeds.add(HexFormat.of().parseHex(line.strip()));
      }
    }
    return seeds;
  }

  private static void run(byte[] input) {
    try {
      PacketFuzz.fuzzerTestOneInput(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "input " + HexFormat.of().formatHex(input) + " (seed " + SEED + ")", e);
    }
  }

  @Test
  void seedsAndTheirMutations() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (byte[] seed : seeds()) {
      for (int choice = 0; choice < 256; choice++) {
        byte[] chosen = seed.clone();
        chosen[0] = (byte) choice;
        run(chosen);
      }
      for (int length = 0; length <= seed.length; length++) {
        run(Arrays.copyOf(seed, length));
      }
      for (int i = 0; i < 3000; i++) {
        byte[] changed = Arrays.copyOf(seed, Math.max(1, seed.length + random.nextInt(-4, 5)));
        for (int n = random.nextInt(1, 5); n > 0; n--) {
          changed[random.nextInt(changed.length)] =
              random.nextInt(3) == 0 ? (byte) (0xF8 + random.nextInt(8)) : (byte) random.nextInt();
        }
        run(changed);
      }
    }
  }
}
