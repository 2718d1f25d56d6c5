package io.vaquita.table;

import io.vaquita.catalog.TableDefinition;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.Transaction;
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

  /** Of a version that may never come to be, so that nobody else must get it. */
  public TableAccessor unshared(TableDefinition definition) {
    return new TableAccessor(definition, counters(definition.id()));
  }

  /** The value that AUTO_INCREMENT would generate next, as SHOW CREATE TABLE shows it; 0 for a table without such a column. */
  public long nextAutoIncrement(TableDefinition definition, Reader reader) {
    TableAccessor table = accessor(definition);
    return table.autoIncrementColumn() < 0 ? 0 : table.counters().peek(table, reader);
  }

  /** With TRUNCATE and DROP: what the store keeps for the table's counters goes in the same transaction. */
  public void clearCounters(TableDefinition definition, Transaction transaction) {
    counters(definition.id()).clear(transaction);
  }

  /** At the start: the table's counters go on behind what a prepared branch has taken. {@code branch}: the trees as it will leave them. */
  public void noteRestored(TableDefinition definition, Reader branch) {
    accessor(definition).counters().noteRestored(accessor(definition), branch);
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
