package io.vaquita.session;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.planner.TemporaryTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The session's temporary tables, which hide tables of the same name. Confined to the session's thread, except for {@link #all}. */
final class TemporaryTableSet implements TemporaryTables {
  private final Map<List<String>, TableDefinition> tables = new ConcurrentHashMap<>(4);

  private @Nullable TableDefinition hidden;

  @Override
  public @Nullable TableDefinition find(String schema, String name) {
    TableDefinition table = tables.isEmpty() ? null : tables.get(List.of(schema, name));
    return table == null || hidden != null && table.id() == hidden.id() ? null : table;
  }

  /** Looks the next statement's names up as if this table were not there: ALTER plans over the version that is not here yet. */
  void hide(TableDefinition table) {
    hidden = table;
  }

  void unhide() {
    hidden = null;
  }

  boolean isEmpty() {
    return tables.isEmpty();
  }

  void put(TableDefinition table) {
    tables.put(List.of(table.schema(), table.name()), table);
  }

  void remove(TableDefinition table) {
    tables.remove(List.of(table.schema(), table.name()));
  }

  /** For any thread. */
  Collection<TableDefinition> all() {
    return new ArrayList<>(tables.values());
  }

  void clear() {
    tables.clear();
  }
}
