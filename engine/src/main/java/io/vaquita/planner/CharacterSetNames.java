package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;

/** Character sets and collations by the names of a statement; unknown ones are its errors. Stateless. */
final class CharacterSetNames {
  private CharacterSetNames() {}

  /** 1115 when unknown. */
  static CharacterSet characterSet(String name) {
    CharacterSet set = CharacterSets.byName(name);
    if (set == null) {
      throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(name);
    }
    return set;
  }

  static Collation defaultCollation(String characterSet) {
    return Collations.defaultFor(characterSet(characterSet));
  }

  /** 1273 when unknown. */
  static Collation collation(String name) {
    Collation collation = Collations.byName(name);
    if (collation == null) {
      throw MySqlError.ER_UNKNOWN_COLLATION.exception(name);
    }
    return collation;
  }
}
