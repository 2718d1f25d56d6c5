package io.vaquita.catalog;

/** What a name after FROM can stand for: base tables, views, virtual tables. Immutable. */
public sealed interface Relation permits TableDefinition, ViewDefinition, VirtualTable {
  String schema();

  String name();
}
