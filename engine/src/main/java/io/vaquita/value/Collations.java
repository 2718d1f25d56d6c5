package io.vaquita.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The collations that Vaquita knows: those of SHOW COLLATION. Immutable, thread-safe. */
public final class Collations {
  /** The collation of byte strings. */
  public static final Collation BINARY = new BinaryCollation();

  /** What MySQL 8 uses where nothing else is said. */
  public static final Collation UTF8MB4_0900_AI_CI = known("utf8mb4_0900_ai_ci");

  public static final Collation UTF8MB4_BIN = known("utf8mb4_bin");

  /** The collation of names of schemas, tables, columns. */
  public static final Collation UTF8MB3_GENERAL_CI = known("utf8mb3_general_ci");

  private Collations() {}

  /** In any case, also by the old prefix "utf8_"; null when unknown (error 1273). */
  public static @Nullable Collation byName(String name) {
    String n = name.toLowerCase(Locale.ROOT);
    Collation found = Known.BY_NAME.get(n);
    return found == null && n.startsWith("utf8_")
        ? Known.BY_NAME.get("utf8mb3_" + n.substring(5))
        : found;
  }

  /** By the number that clients send; null when unknown. */
  public static @Nullable Collation byId(int id) {
    return Known.BY_ID.get(id);
  }

  /** What a character set without COLLATE means. */
  public static Collation defaultFor(CharacterSet set) {
    return known(set.defaultCollation());
  }

  /** The {@code _bin} collation of a character set. */
  public static Collation binaryFor(CharacterSet set) {
    return set.isBinary() ? BINARY : known(set.name() + "_bin");
  }

  /** Ordered by name, as SHOW COLLATION does. */
  public static List<Collation> all() {
    List<Collation> all = new ArrayList<>(Known.BY_NAME.values());
    all.sort((a, b) -> a.name().compareTo(b.name()));
    return all;
  }

  private static Collation known(String name) {
    Collation found = byName(name);
    if (found == null) {
      throw new IllegalArgumentException(name);
    }
    return found;
  }

  /** The tables, read when they are first needed. */
  private static final class Known {
    static final Map<String, Collation> BY_NAME = new HashMap<>();
    static final Map<Integer, Collation> BY_ID = new HashMap<>();

    static {
      for (String[] f : Resources.rows("collations.tsv")) {
        Collation c =
            f[0].equals("binary")
                ? BINARY
                : CollationFactory.create(
                    Integer.parseInt(f[2]),
                    f[0],
                    CharacterSets.known(f[1]),
                    Integer.parseInt(f[5]),
                    f[6].equals("PAD SPACE"));
        BY_NAME.put(f[0], c);
        BY_ID.put(c.id(), c);
      }
    }
  }
}
