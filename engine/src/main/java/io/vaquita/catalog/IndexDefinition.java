package io.vaquita.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index and the tree that holds it. Immutable. The first index of a table is its clustered one: the primary key, or a hidden
 * row id ({@code parts} empty) for tables without one.
 *
 * @param tree the store's tree
 */
public record IndexDefinition(
    String name,
    int tree,
    boolean primary,
    boolean unique,
    List<Part> parts,
    boolean visible,
    String comment) {

  /**
   * @param column ordinal of the column
   * @param prefixLength characters (bytes for byte strings) of a prefix index, 0 for the whole column
   * @param expression the SQL text of a functional key part, whose column is then a hidden generated one; otherwise null
   */
  public record Part(
      int column, int prefixLength, boolean descending, @Nullable String expression) {}

  public IndexDefinition {
    parts = List.copyOf(parts);
  }
}
