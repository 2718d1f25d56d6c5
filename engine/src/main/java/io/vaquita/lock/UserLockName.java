package io.vaquita.lock;

import io.vaquita.error.MySqlError;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's rules for the names of user-level locks: 1 to 64 characters of the basic plane, lower-cased one by one, then compared
 * byte by byte. Stateless.
 */
final class UserLockName {
  private static final int CHARACTERS_MAX = 64;

  /**
   * Letters below U+0560 that have a lower-case form in today's Unicode and had none when MySQL's map was made. Compared with a real
   * MySQL for the whole plane.
   */
  private static final String LEFT_ALONE =
      "ȠȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿϏϘϴϷϹϺϽϾϿҊӀӅӉӍӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮ";

  private UserLockName() {}

  /** The name as locks are known by it; 3057 or 4163 for what is none. */
  static String canonical(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw MySqlError.ER_USER_LOCK_WRONG_NAME.exception(name == null ? "NULL" : "");
    }
    int length = name.length();
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || c >= 'A' && c <= 'Z') {
        return lowered(name, i);
      }
    }
    return checked(name, name);
  }

  private static String lowered(String name, int from) {
    StringBuilder lower = new StringBuilder(name.length()).append(name, 0, from);
    for (int i = from; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isSurrogate(c)) {
        throw MySqlError.ER_USER_LOCK_WRONG_NAME.exception(shown(name));
      }
      lower.append(lower(c));
    }
    return checked(name, lower.toString());
  }

  private static String checked(String name, String canonical) {
    if (canonical.length() > CHARACTERS_MAX) {
      throw MySqlError.ER_USER_LOCK_OVERLONG_NAME.exception(name, CHARACTERS_MAX);
    }
    return canonical;
  }

  /** As the three bytes of MySQL's utf8mb3 can have it: a question mark for each character outside the plane. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    name.codePoints().forEach(c -> shown.appendCodePoint(c > Character.MAX_VALUE ? '?' : c));
    return shown.toString();
  }

  private static char lower(char c) {
    boolean later =
        c < 0x560
            ? LEFT_ALONE.indexOf(c) >= 0
            // Georgian and Cherokee, the sharp S, Welsh, turned F and reversed C; Glagolitic and
            // all behind it
            : c >= 0x10A0 && c <= 0x1CBF
                || c == 0x1E9E
                || c >= 0x1EFA && c <= 0x1EFE
                || c == 0x2132
                || c == 0x2183
                || c >= 0x2C00 && c < 0xFF21;
    return later ? c : Character.toLowerCase(c);
  }
}
