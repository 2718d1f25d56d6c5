package io.vaquita.spec.isolation;

/** The order of lines about locks: words that are numbers by their values. Stateless. */
final class LockLineOrder {
  private LockLineOrder() {}

  static int compare(String a, String b) {
    String[] left = key(a);
    String[] right = key(b);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      boolean numbers = isNumber(left[i]) && isNumber(right[i]);
      int order =
          numbers
              ? Long.compare(Long.parseLong(left[i]), Long.parseLong(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /** Session and object, then the place, then the mode. */
  private static String[] key(String line) {
    String[] words = line.split("[ ,]+");
    String[] key = new String[words.length];
    int at = 0;
    for (int pass = 0; pass < 3; pass++) {
      for (int i = 0; i < words.length; i++) {
        int rank = i < 2 ? 0 : Character.isUpperCase(words[i].charAt(0)) ? 2 : 1;
        if (rank == pass) {
          key[at++] = words[i];
        }
      }
    }
    return key;
  }

  private static boolean isNumber(String word) {
    return word.matches("-?\\d{1,18}");
  }
}
