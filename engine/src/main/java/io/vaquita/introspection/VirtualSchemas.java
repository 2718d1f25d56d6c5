package io.vaquita.introspection;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.value.Collations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The virtual schemas and their tables, read from {@code virtual-tables.tsv}: MySQL's own columns, and Vaquita's. Immutable,
 * thread-safe.
 */
public final class VirtualSchemas {
  private static final List<VirtualTable> TABLES = read();

  private VirtualSchemas() {}

  public static Collection<SchemaDefinition> schemas() {
    return List.of(
        new SchemaDefinition("information_schema", Collations.UTF8MB3_GENERAL_CI),
        new SchemaDefinition("performance_schema", Collations.UTF8MB4_0900_AI_CI),
        new SchemaDefinition("sys", Collations.UTF8MB4_0900_AI_CI),
        new SchemaDefinition("vaquita", Collations.UTF8MB4_0900_AI_CI));
  }

  public static Collection<VirtualTable> tables() {
    return TABLES;
  }

  private static List<VirtualTable> read() {
    Map<List<String>, List<ColumnDefinition>> columns = new LinkedHashMap<>();
    for (String line : lines("virtual-tables.tsv")) {
      String[] fields = line.split("\t", -1);
      List<ColumnDefinition> table =
          columns.computeIfAbsent(List.of(fields[0], fields[1]), k -> new ArrayList<>());
      table.add(
          new ColumnDefinition(
              fields[2],
              table.size(),
              VirtualTypes.parse(fields[3]),
              fields[4].equals("YES"),
              new ColumnDefinition.Default.None(),
              false,
              false,
              null,
              false,
              ""));
    }
    List<VirtualTable> tables = new ArrayList<>();
    columns.forEach((name, list) -> tables.add(new VirtualTable(name.get(0), name.get(1), list)));
    return tables;
  }

  /** The lines of a resource of this package, comments left out. */
  static List<String> lines(String resource) {
    try (InputStream in =
            Objects.requireNonNull(VirtualSchemas.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
