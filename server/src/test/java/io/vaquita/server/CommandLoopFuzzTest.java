package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The seeds of {@link CommandLoopFuzz}, cut and changed; {@code -Dvaquita.seed=N} for others. */
final class CommandLoopFuzzTest {
  private static final long SEED = Long.getLong("vaquita.seed", 20261130);
  private static final int CHANGES = 6;

  private static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("src/test/resources/fuzz/commands.txt"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        seeds.add(HexFormat.of().parseHex(line.replaceAll("\\s", "")));
      }
    }
    return seeds;
  }

  private static void run(CommandLoopFuzz fuzz, byte[] input) throws IOException {
    try {
      fuzz.run(input);
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "input " + HexFormat.of().formatHex(input) + " (seed " + SEED + ")", e);
    }
  }

  @Test
  void seedsAndTheirMutations() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<byte[]> seeds = seeds();
    assertTrue(seeds.size() > 10);
    try (CommandLoopFuzz fuzz = new CommandLoopFuzz()) {
      for (byte[] seed : seeds) {
        for (int choice = 0; choice < 8; choice++) {
          byte[] chosen = seed.clone();
          chosen[0] = (byte) choice;
          run(fuzz, chosen);
        }
        for (int i = 0; i < CHANGES; i++) {
          byte[] changed = Arrays.copyOf(seed, random.nextInt(1, seed.length + 4));
          for (int n = random.nextInt(1, 4); n > 0; n--) {
            changed[random.nextInt(changed.length)] =
                random.nextInt(3) == 0
                    ? (byte) (0xF8 + random.nextInt(8))
                    : (byte) random.nextInt();
          }
          run(fuzz, changed);
        }
      }
    }
  }
}
