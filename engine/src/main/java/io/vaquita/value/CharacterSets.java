package io.vaquita.value;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The character sets that Vaquita knows: those of SHOW CHARACTER SET. Immutable, thread-safe. */
public final class CharacterSets {
  private static final Map<String, CharacterSet> BY_NAME = read();

  private CharacterSets() {}

  /** In any case; "utf8" is utf8mb3, whose use warns 3719 ({@link #isUtf8Alias}). Null when unknown (error 1115). */
  public static @Nullable CharacterSet byName(String name) {
    String n = name.toLowerCase(Locale.ROOT);
    return BY_NAME.get(n.equals("utf8") ? "utf8mb3" : n);
  }

  public static boolean isUtf8Alias(String name) {
    return name.equalsIgnoreCase("utf8");
  }

  /** In the order of SHOW CHARACTER SET. */
  public static Collection<CharacterSet> all() {
    return BY_NAME.values();
  }

  static CharacterSet known(String name) {
    CharacterSet found = byName(name);
    if (found == null) {
      throw new IllegalArgumentException(name);
    }
    return found;
  }

  private static Map<String, CharacterSet> read() {
    Map<String, CharacterSet> sets = new TreeMap<>();
    for (String[] f : Resources.rows("character-sets.tsv")) {
      CharacterSet set = new CharacterSet(f[0], f[1], Integer.parseInt(f[3]), f[2]);
      sets.put(
          f[0],
          switch (f[0]) {
            case "binary" -> CharacterSet.BINARY;
            case "utf8mb4" -> CharacterSet.UTF8MB4;
            default -> set;
          });
    }
    return sets;
  }
}
