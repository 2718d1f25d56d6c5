package io.vaquita.value;

/** The collations that Vaquita knows, by name and id. Immutable, thread-safe. */
public final class Collations {
  /** The collation of byte strings. */
  public static final Collation BINARY = new BinaryCollation();

  private Collations() {}
}
