package io.vaquita.table;

import io.vaquita.catalog.TableDefinition;
import java.util.concurrent.ConcurrentHashMap;

/** All tables of a database as they are read and written: cached by version, with their counters. Thread-safe. */
public final class Tables {
  /** By table id: the newest version that was asked for. Statements that still run an older plan make their own. */
  private final ConcurrentHashMap<Long, TableAccessor> accessors = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<Long, TableCounters> counters = new ConcurrentHashMap<>();
  private final ForeignKeyCatalog foreignKeys = new ForeignKeyCatalog();

  public TableAccessor accessor(TableDefinition definition) {
    TableAccessor known = accessors.get(definition.id());
    if (known != null && known.definition().version() == definition.version()) {
      return known;
    }
    TableAccessor made = new TableAccessor(definition, counters(definition.id()));
    if (known == null || known.definition().version() < definition.version()) {
      accessors.put(definition.id(), made);
    }
    return made;
  }

  private TableCounters counters(long tableId) {
    return counters.computeIfAbsent(tableId, TableCounters::new);
  }

  ForeignKeyCatalog foreignKeys() {
    return foreignKeys;
  }

  /** After DROP, and after TRUNCATE, which begins AUTO_INCREMENT anew. */
  public void forget(long tableId) {
    accessors.remove(tableId);
    counters.remove(tableId);
  }
}
