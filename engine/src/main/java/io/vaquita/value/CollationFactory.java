package io.vaquita.value;

/** Chooses the way in which a collation of the table compares. Stateless. */
final class CollationFactory {
  private CollationFactory() {}

  static Collation create(int id, String name, CharacterSet set, int sortLength, boolean padSpace) {
    return new FoldingCollation(id, name, set, sortLength, padSpace);
  }
}
