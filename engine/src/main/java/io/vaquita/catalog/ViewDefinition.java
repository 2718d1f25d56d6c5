package io.vaquita.catalog;

import java.util.List;

/**
 * A view. Immutable.
 *
 * @param sql the SELECT in canonical form, all names qualified
 * @param columnNames as declared or derived at creation
 * @param checkOption NONE, LOCAL or CASCADED
 */
public record ViewDefinition(
    long id,
    long version,
    String schema,
    String name,
    String sql,
    List<String> columnNames,
    String algorithm,
    String definer,
    String securityType,
    String checkOption,
    String characterSetClient,
    String collationConnection)
    implements Relation {
  public ViewDefinition {
    columnNames = List.copyOf(columnNames);
  }
}
