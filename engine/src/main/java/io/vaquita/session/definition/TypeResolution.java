package io.vaquita.session.definition;

import io.vaquita.value.Collation;
import org.jspecify.annotations.Nullable;

/** What a CHARACTER SET and a COLLATE clause mean together, outside of columns. Stateless. */
public final class TypeResolution {
  private TypeResolution() {}

  /**
   * @param usual without either clause
   * @throws io.vaquita.error.DatabaseException 1115, 1273, 1253
   */
  public static Collation collation(
      @Nullable String characterSet, @Nullable String collation, Collation usual) {
    return TypeBinder.resolve(characterSet, collation, usual);
  }
}
