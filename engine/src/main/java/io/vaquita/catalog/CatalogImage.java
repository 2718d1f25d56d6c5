package io.vaquita.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All definitions at one moment, as maps. Immutable: each change makes a new image that shares the untouched schemas. Virtual
 * schemas have names that ignore case, as information_schema has in MySQL.
 */
final class CatalogImage implements CatalogSnapshot {
  private record Schema(SchemaDefinition definition, Map<String, Relation> relations) {}

  private final long version;
  private final Map<String, Schema> schemas;
  private final Map<String, Schema> virtualSchemas;

  private CatalogImage(
      long version, Map<String, Schema> schemas, Map<String, Schema> virtualSchemas) {
    this.version = version;
    this.schemas = schemas;
    this.virtualSchemas = virtualSchemas;
  }

  static CatalogImage empty(
      Collection<SchemaDefinition> virtualSchemas, Collection<VirtualTable> virtualTables) {
    Map<String, Schema> virtual = new TreeMap<>();
    for (SchemaDefinition definition : virtualSchemas) {
      virtual.put(lower(definition.name()), new Schema(definition, new TreeMap<>()));
    }
    for (VirtualTable table : virtualTables) {
      Schema schema = virtual.get(lower(table.schema()));
      if (schema == null) {
        throw new IllegalArgumentException("no virtual schema " + table.schema());
      }
      schema.relations.put(lower(table.name()), table);
    }
    return new CatalogImage(0, new TreeMap<>(), virtual);
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public @Nullable SchemaDefinition schema(String name) {
    Schema schema = find(name);
    return schema == null ? null : schema.definition;
  }

  @Override
  public Collection<SchemaDefinition> schemas() {
    List<SchemaDefinition> all = new ArrayList<>();
    virtualSchemas.values().stream()
        .filter(s -> !schemas.containsKey(s.definition.name()))
        .forEach(s -> all.add(s.definition));
    schemas.values().forEach(s -> all.add(s.definition));
    return all;
  }

  @Override
  public @Nullable Relation relation(String schemaName, String name) {
    Schema schema = schemas.get(schemaName);
    Relation stored = schema == null ? null : schema.relations.get(name);
    if (stored != null) {
      return stored;
    }
    Schema virtual = virtualSchemas.get(lower(schemaName));
    return virtual == null ? null : virtual.relations.get(lower(name));
  }

  @Override
  public Collection<Relation> relations(String schemaName) {
    Schema schema = find(schemaName);
    return schema == null ? List.of() : List.copyOf(schema.relations.values());
  }

  boolean isVirtual(String schemaName) {
    return virtualSchemas.containsKey(lower(schemaName));
  }

  CatalogImage withSchema(SchemaDefinition definition) {
    Map<String, Schema> next = new TreeMap<>(schemas);
    Schema old = next.get(definition.name());
    next.put(
        definition.name(), new Schema(definition, old == null ? new TreeMap<>() : old.relations));
    return new CatalogImage(version + 1, next, virtualSchemas);
  }

  CatalogImage withoutSchema(String name) {
    Map<String, Schema> next = new TreeMap<>(schemas);
    next.remove(name);
    return new CatalogImage(version + 1, next, virtualSchemas);
  }

  CatalogImage withRelation(Relation relation) {
    return changed(relation.schema(), relations -> relations.put(relation.name(), relation));
  }

  CatalogImage withoutRelation(String schemaName, String name) {
    return changed(schemaName, relations -> relations.remove(name));
  }

  private CatalogImage changed(String schemaName, Consumer<Map<String, Relation>> change) {
    Schema schema = schemas.get(schemaName);
    if (schema == null) {
      throw new IllegalArgumentException("no schema " + schemaName);
    }
    Map<String, Relation> relations = new TreeMap<>(schema.relations);
    change.accept(relations);
    Map<String, Schema> next = new TreeMap<>(schemas);
    next.put(schemaName, new Schema(schema.definition, relations));
    return new CatalogImage(version + 1, next, virtualSchemas);
  }

  private @Nullable Schema find(String name) {
    Schema schema = schemas.get(name);
    return schema != null ? schema : virtualSchemas.get(lower(name));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
