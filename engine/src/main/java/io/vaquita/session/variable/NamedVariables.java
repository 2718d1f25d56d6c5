package io.vaquita.session.variable;

import io.vaquita.error.MySqlError;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variables whose values are names of something: character sets, collations, time zones. A character set and its collation are two variables that change
 * together. Stateless.
 */
public final class NamedVariables {
  private static final Set<String> CHARACTER_SETS =
      Set.of(
          "character_set_client",
          "character_set_connection",
          "character_set_results",
          "character_set_server",
          "character_set_database",
          "character_set_filesystem");

  private static final Set<String> COLLATIONS =
      Set.of(
          "collation_connection",
          "collation_server",
          "collation_database",
          "default_collation_for_utf8mb4");

  /** What a checked assignment sets. Immutable. */
  public record Assigned(SystemVariable variable, Value value) {}

  private NamedVariables() {}

  /** Whether the variable is one of these. */
  public static boolean includes(SystemVariable variable) {
    String name = variable.name();
    return CHARACTER_SETS.contains(name) || COLLATIONS.contains(name) || name.equals("time_zone");
  }

  /**
   * The value to keep.
   *
   * @throws io.vaquita.error.DatabaseException 1115, 1273, 1298 for unknown names, 1231 for a character set that clients cannot speak
   */
  public static Value check(SystemVariable variable, Value given) {
    String name = variable.name();
    if (CHARACTER_SETS.contains(name)) {
      return checkCharacterSet(name, given);
    }
    String text = given.isNull() ? "NULL" : VariableValues.text(given);
    if (COLLATIONS.contains(name)) {
      return SystemVariables.text(collation(given, text).name());
    }
    if (SessionVariables.zone(text) == null) {
      throw MySqlError.ER_UNKNOWN_TIME_ZONE.exception(text);
    }
    return SystemVariables.text(text);
  }

  /**
   * What an assignment of a checked value sets besides; null for nothing.
   *
   * @param usualUtf8 the collation that utf8mb4 has where none is said
   */
  public static @Nullable Assigned companion(
      SystemVariable variable, Value checked, Collation usualUtf8) {
    String text = VariableValues.text(checked);
    return switch (variable.name()) {
      case "character_set_connection" -> usual("collation_connection", text, usualUtf8);
      case "character_set_server" -> usual("collation_server", text, usualUtf8);
      case "collation_connection" -> characterSetOf("character_set_connection", text);
      case "collation_server" -> characterSetOf("character_set_server", text);
      default -> null;
    };
  }

  private static Assigned usual(String variable, String characterSet, Collation usualUtf8) {
    CharacterSet set = CharacterSets.byName(characterSet);
    Collation collation =
        set == null || set.name().equals("utf8mb4") ? usualUtf8 : Collations.defaultFor(set);
    return new Assigned(SystemVariables.get(variable), SystemVariables.text(collation.name()));
  }

  private static @Nullable Assigned characterSetOf(String variable, String collation) {
    Collation known = Collations.byName(collation);
    return known == null
        ? null
        : new Assigned(
            SystemVariables.get(variable), SystemVariables.text(known.characterSet().name()));
  }

  /** Sets whose characters may hold bytes of ASCII in other places cannot carry statements. */
  public static boolean isClientSet(CharacterSet set) {
    return !Set.of("ucs2", "utf16", "utf16le", "utf32").contains(set.name());
  }

  private static Value checkCharacterSet(String variable, Value given) {
    if (given.isNull() && variable.equals("character_set_results")) {
      return given;
    }
    CharacterSet set = given.isNull() ? null : characterSet(given);
    if (set == null) {
      throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(
          given.isNull() ? "NULL" : VariableValues.text(given));
    }
    if (variable.equals("character_set_client") && !isClientSet(set)) {
      throw MySqlError.ER_WRONG_VALUE_FOR_VAR.exception(variable, set.name());
    }
    return SystemVariables.text(set.name());
  }

  private static @Nullable CharacterSet characterSet(Value given) {
    if (given instanceof Value.LongValue l) {
      Collation collation = Collations.byId((int) l.value());
      return collation == null ? null : collation.characterSet();
    }
    return CharacterSets.byName(VariableValues.text(given));
  }

  private static Collation collation(Value given, String text) {
    Collation collation =
        given instanceof Value.LongValue l
            ? Collations.byId((int) l.value())
            : given.isNull() ? null : Collations.byName(text);
    if (collation == null) {
      throw MySqlError.ER_UNKNOWN_COLLATION.exception(text);
    }
    return collation;
  }
}
