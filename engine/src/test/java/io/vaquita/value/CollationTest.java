package io.vaquita.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Collations against the order that the reference server gave, and against their own sort keys and hashes. */
class CollationTest {
  private static final String RESOURCE = "/io/vaquita/value/collation-order.tsv";

  private static Collation collation(String name) {
    Collation found = Collations.byName(name);
    assertNotNull(found, name);
    return found;
  }

  @Test
  void ordersAsTheReferenceServer() {
    List<String[]> rows = TestData.rows(RESOURCE);
    List<Slice> words = new ArrayList<>();
    for (String hex : rows.getFirst()[1].split(" ")) {
      words.add(hex.equals("-") ? Slice.EMPTY : Slice.of(HexFormat.of().parseHex(hex)));
    }
    List<String> wrong = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      Collation collation = collation(row[0]);
      int at = 0;
      for (int a = 0; a < words.size(); a++) {
        for (int b = a + 1; b < words.size(); b++) {
          char expected = row[1].charAt(at++);
          if (expected != '?') {
            check(collation, words.get(a), words.get(b), expected, wrong);
          }
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " differ");
  }

  private static void check(
      Collation collation, Slice a, Slice b, char expected, List<String> wrong) {
    int order = Integer.signum(collation.compare(a, b));
    char sign = order < 0 ? '<' : order > 0 ? '>' : '=';
    if (sign != expected) {
      wrong.add(collation + ": " + a + " " + sign + " " + b + ", not " + expected);
    }
    assertEquals(-order, Integer.signum(collation.compare(b, a)));
    int keys =
        Integer.signum(Slice.of(collation.sortKey(a)).compareBytes(Slice.of(collation.sortKey(b))));
    assertEquals(order, keys, () -> "sort keys, " + collation + ": " + a + " and " + b);
    if (order == 0) {
      assertEquals(collation.hash(a), collation.hash(b), () -> "hash, " + a + " and " + b);
    }
  }

  @Test
  void sortKeysOrderAsStringsDo() {
    long seed = 42;
    Random random = new Random(seed);
    int[] characters = {
      ' ', ' ', ' ', 'a', 'A', 'b', 'z', '\t', 1, '-', '9', 'ä', 'ß', 'é', 0x65e5, 0x1f600
    };
    for (Collation c : Collations.all()) {
      for (int i = 0; i < 300; i++) {
        check(c, text(random, characters), text(random, characters), '?', new ArrayList<>());
      }
    }
  }

  private static Slice text(Random random, int[] characters) {
    TextBuffer out = new TextBuffer(16);
    for (int n = random.nextInt(6); n > 0; n--) {
      Utf8.append(out, characters[random.nextInt(characters.length)]);
    }
    return out.toSlice();
  }

  @Test
  void asciiPathAgreesWithTheTables() {
    Collation c = Collations.UTF8MB4_0900_AI_CI;
    Slice tail = Slice.utf8("é");
    for (int a = 0; a < 128; a++) {
      for (int b = 0; b < 128; b++) {
        String s = Character.toString(a);
        String t = Character.toString(b);
        int plain = Integer.signum(c.compare(Slice.utf8(s), Slice.utf8(t)));
        int viaTables =
            Integer.signum(c.compare(Slice.utf8(s + tail.toUtf8()), Slice.utf8(t + tail.toUtf8())));
        if (plain != viaTables) {
          assertTrue(a < 32 || a == 127 || b < 32 || b == 127, s + " and " + t);
        }
      }
    }
  }

  @Test
  void namesAndNumbers() {
    assertEquals(255, Collations.UTF8MB4_0900_AI_CI.id());
    assertEquals("utf8mb3_general_ci", collation("utf8_general_ci").name());
    assertEquals(286, Collations.all().size());
    assertEquals(41, CharacterSets.all().size());
    assertTrue(collation("latin1_swedish_ci").isDefault());
    assertFalse(collation("utf8mb4_general_ci").isDefault());
  }

  @Test
  void like() {
    Collation ci = Collations.UTF8MB4_0900_AI_CI;
    assertTrue(new LikeMatcher(Slice.utf8("%b_"), '\\', ci).matches(Slice.utf8("aaBé")));
    assertTrue(new LikeMatcher(Slice.utf8("a\\%"), '\\', ci).matches(Slice.utf8("Á%")));
    assertFalse(new LikeMatcher(Slice.utf8("a\\%"), '\\', ci).matches(Slice.utf8("ab")));
    assertFalse(new LikeMatcher(Slice.utf8("a"), '\\', ci).matches(Slice.utf8("a ")));
    assertFalse(new LikeMatcher(Slice.utf8("ss"), '\\', ci).matches(Slice.utf8("ß")));
    assertTrue(new LikeMatcher(Slice.utf8("%a%b%"), '\\', ci).matches(Slice.utf8("xaxxbx")));
    assertTrue(new LikeMatcher(Slice.utf8(""), '\\', ci).matches(Slice.EMPTY));
    assertTrue(new LikeMatcher(Slice.utf8("%%"), '\\', ci).matches(Slice.EMPTY));
  }

  @Test
  void clientBytes() {
    Slice text = Slice.utf8("aé€日");
    CharacterSet latin1 = CharacterSets.known("latin1");
    assertEquals("aé€?", Encoding.decode(Encoding.encode(text, latin1), latin1).toUtf8());
    assertEquals(6, Encoding.firstUnknown(text, latin1));
    for (CharacterSet set : CharacterSets.all()) {
      Slice ascii = Slice.utf8("abc 123");
      assertEquals(
          "abc 123", Encoding.decode(Encoding.encode(ascii, set), set).toUtf8(), set.name());
    }
    assertEquals("ÄÖSS", CaseMapping.upper(Slice.utf8("äöss")).toUtf8());
  }
}
