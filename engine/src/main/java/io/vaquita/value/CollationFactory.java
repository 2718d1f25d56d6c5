package io.vaquita.value;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Chooses the way in which a collation of the table compares, by its name. Thread-safe. */
final class CollationFactory {
  private static final Map<String, WeightTable> TABLES = new ConcurrentHashMap<>();

  private CollationFactory() {}

  static Collation create(int id, String name, CharacterSet set, int sortLength, boolean padSpace) {
    boolean single = set.bytesPerCharacterMax() == 1;
    if (name.equals("utf8mb4_0900_bin")) {
      return new CodePointCollation(id, name, set, sortLength);
    }
    if (name.endsWith("_bin") && !single) {
      return new PaddedBinaryCollation(id, name, set, sortLength);
    }
    if (single) {
      return new WeightCollation(
          id,
          name,
          set,
          sortLength,
          padSpace,
          () -> new WeightTable[] {SingleByteSet.weights(set.name(), name)});
    }
    String rule = name.substring(set.name().length() + 1);
    return new WeightCollation(id, name, set, sortLength, padSpace, () -> levels(rule));
  }

  /** "0900_ai_ci", "de_pb_0900_as_cs", "unicode_ci", "czech_ci", "general_ci" and so on. */
  private static WeightTable[] levels(String rule) {
    int version = rule.indexOf("0900_");
    if (version >= 0) {
      String language = version == 0 ? "" : rule.substring(0, version);
      String strength = rule.substring(version + 5);
      int count = strength.equals("ai_ci") ? 1 : strength.equals("as_ci") ? 2 : 3;
      WeightTable[] levels = new WeightTable[count];
      for (int i = 0; i < count; i++) {
        levels[i] = table(language + "0900-" + (i + 1));
      }
      return levels;
    }
    return new WeightTable[] {table(singleLevel(rule))};
  }

  /**
   * The collations of Chinese, Japanese and Korean character sets are approximated: ASCII and Latin letters as in general_ci, other
   * characters by code point.
   */
  private static String singleLevel(String rule) {
    if (rule.equals("unicode_ci")) {
      return "400-1";
    }
    if (rule.equals("unicode_520_ci")) {
      return "520-1";
    }
    String language = rule.substring(0, rule.length() - "_ci".length());
    return WeightTable.exists(language + "_400-1") ? language + "_400-1" : "general-1";
  }

  private static WeightTable table(String name) {
    WeightTable known = TABLES.get(name);
    if (known != null) {
      return known;
    }
    WeightTable made = make(name);
    WeightTable other = TABLES.putIfAbsent(name, made);
    return other == null ? made : other;
  }

  private static WeightTable make(String name) {
    return switch (name) {
      case "0900-1" -> WeightTable.read(name, WeightTable.Implicit.UCA_900);
      case "0900-2" -> WeightTable.read(name, WeightTable.Implicit.COMMON_SECOND);
      case "0900-3" -> WeightTable.read(name, WeightTable.Implicit.COMMON_THIRD);
      case "400-1" -> WeightTable.read(name, WeightTable.Implicit.UCA_400);
      case "520-1" -> WeightTable.read(name, WeightTable.Implicit.UCA_520);
      case "general-1" -> WeightTable.read(name, WeightTable.Implicit.CODE_POINT);
      default -> tailored(name);
    };
  }

  /** Japanese and Chinese 0900 collations are approximated by the root order, which has no table of theirs. */
  private static WeightTable tailored(String name) {
    int cut = name.contains("0900") ? name.indexOf("0900") : name.indexOf("400");
    WeightTable base = table(name.substring(cut));
    return WeightTable.exists(name) ? WeightTable.tailored(base, name) : base;
  }
}
