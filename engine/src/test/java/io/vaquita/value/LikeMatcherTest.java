package io.vaquita.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LIKE against a matcher that tries everything, over texts of ASCII and beyond, and a few cases by hand. */
final class LikeMatcherTest {
  private static final String[] CHARACTERS = {
    "a", "A", "b", "e", "é", "É", "ß", "s", " ", "€", "😀", "Z"
  };

  private static Collation collation(String name) {
    Collation collation = Collations.byName(name);
    assertNotNull(collation, name);
    return collation;
  }

  private static boolean like(String text, String pattern, String collation) {
    return new LikeMatcher(Slice.utf8(pattern), '\\', collation(collation))
        .matches(Slice.utf8(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "utf8mb4_0900_ai_ci",
        "utf8mb4_0900_as_cs",
        "utf8mb4_general_ci",
        "utf8mb4_unicode_ci",
        "utf8mb4_bin",
        "utf8mb4_hu_0900_ai_ci",
        "latin1_swedish_ci"
      })
  void asANaiveMatcherSays(String name) {
    Collation collation = collation(name);
    long seed = System.getProperty("vaquita.seed") == null ? 7 : Long.getLong("vaquita.seed");
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 5_000; i++) {
      String text = random(random, 0);
      String pattern = random(random, 4);
      boolean expected =
          naive(pattern.codePoints().toArray(), 0, text.codePoints().toArray(), 0, collation);
      boolean found = new LikeMatcher(Slice.utf8(pattern), -1, collation).matches(Slice.utf8(text));
      assertEquals(expected, found, () -> text + " LIKE " + pattern + ", seed " + seed);
    }
  }

  /** {@code wildcards} of sixteen characters are {@code %} or {@code _}. */
  private static String random(SplittableRandom random, int wildcards) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(16) < wildcards * 2) {
        text.append(random.nextBoolean() ? '%' : '_');
      } else {
        text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
      }
    }
    return text.toString();
  }

  private static boolean naive(int[] pattern, int p, int[] text, int t, Collation collation) {
    if (p == pattern.length) {
      return t == text.length;
    }
    if (pattern[p] == '%') {
      return naive(pattern, p + 1, text, t, collation)
          || t < text.length && naive(pattern, p, text, t + 1, collation);
    }
    return t < text.length
        && (pattern[p] == '_' || collation.sameCharacter(pattern[p], text[t]))
        && naive(pattern, p + 1, text, t + 1, collation);
  }

  @Test
  void casesByHand() {
    assertTrue(like("row number 9 of the table", "%9% OF%", "utf8mb4_0900_ai_ci"));
    assertFalse(like("row number 9 of the table", "%9% OF%", "utf8mb4_bin"));
    assertTrue(like("Café", "_AFE", "utf8mb4_0900_ai_ci"));
    assertTrue(like("cafe", "%é", "utf8mb4_0900_ai_ci"), "beyond ASCII in the pattern only");
    assertTrue(like("10%", "10\\%", "utf8mb4_0900_ai_ci"));
    assertFalse(like("100", "10\\%", "utf8mb4_0900_ai_ci"));
    assertTrue(like("", "%", "utf8mb4_0900_ai_ci"));
    assertFalse(like("", "_", "utf8mb4_0900_ai_ci"));
    assertTrue(like("aab", "%ab", "utf8mb4_0900_ai_ci"));
    assertFalse(like("abc", "%ab", "utf8mb4_0900_ai_ci"));
  }

  @Test
  void byteStringsMatchByteByByte() {
    byte[] text = {'a', (byte) 0xc3, (byte) 0xa9, (byte) 0xff, 0};
    for (byte[] pattern :
        new byte[][] {
          {'a', '%', (byte) 0xff, '_'}, {'%', (byte) 0xa9, '%'}, {'_', '_', '_', '_', '_'}, {'%', 0}
        }) {
      assertTrue(new LikeMatcher(Slice.of(pattern), -1, Collations.BINARY).matches(Slice.of(text)));
    }
    assertFalse(new LikeMatcher(Slice.utf8("A%"), -1, Collations.BINARY).matches(Slice.of(text)));
  }
}
