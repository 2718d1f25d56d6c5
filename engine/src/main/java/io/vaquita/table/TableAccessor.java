package io.vaquita.table;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.RowBuilder;
import io.vaquita.codec.RowLayout;
import io.vaquita.transaction.Reader;
import io.vaquita.value.DataType;
import io.vaquita.value.Row;
import io.vaquita.value.conversion.StoreConversion;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** One version of a table: how its rows and index entries become bytes. Immutable but for the shared counters; thread-safe. */
public final class TableAccessor {
  private final TableDefinition definition;
  private final List<DataType> types;
  private final TableIndex[] indexes;
  private final TableCounters counters;
  private final int autoIncrementColumn;
  private final StoreConversion[] conversions;
  private final int[] movable;

  TableAccessor(TableDefinition definition, TableCounters counters) {
    this.definition = definition;
    this.counters = counters;
    List<DataType> columnTypes = new ArrayList<>();
    int autoIncrement = -1;
    for (ColumnDefinition c : definition.columns()) {
      columnTypes.add(c.type());
      if (c.autoIncrement()) {
        autoIncrement = c.ordinal();
      }
    }
    this.conversions = new StoreConversion[definition.columns().size()];
    for (ColumnDefinition c : definition.columns()) {
      conversions[c.ordinal()] =
          new StoreConversion(definition.name(), c.name(), c.type(), c.nullable());
    }
    this.types = List.copyOf(columnTypes);
    this.autoIncrementColumn = autoIncrement;
    this.indexes = new TableIndex[definition.indexes().size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = new TableIndex(definition, definition.indexes().get(i), types);
    }
    this.movable = definition.outOfRowTree() == 0 ? new int[0] : movable(definition);
  }

  /** Columns that may be long; those that an index has as a whole stay, so that its entries answer without another look. */
  private static int[] movable(TableDefinition table) {
    BitSet columns = new BitSet();
    for (ColumnDefinition column : table.columns()) {
      columns.set(column.ordinal(), RowLayout.mayStandOutside(column.type()));
    }
    for (IndexDefinition index : table.indexes()) {
      for (IndexDefinition.Part part : index.parts()) {
        if (part.prefixLength() == 0 || index.primary()) {
          columns.clear(part.column());
        }
      }
    }
    return columns.stream().toArray();
  }

  /** Makes rows as they are stored: long columns leave a row that is too long. */
  public RowBuilder newRowBuilder() {
    return new RowBuilder(layout(), movable);
  }

  /** Whether rows may have columns outside. */
  boolean hasOutOfRow() {
    return definition.outOfRowTree() != 0;
  }

  /** The columns that may be long, by ordinal. */
  int[] longColumns() {
    return IntStream.range(0, types.size())
        .filter(i -> RowLayout.mayStandOutside(types.get(i)))
        .toArray();
  }

  /** The columns that may stand outside, by ordinal. */
  int[] movable() {
    return movable;
  }

  /** The trees of all indexes. */
  int[] trees() {
    int[] trees = new int[indexes.length];
    for (int i = 0; i < trees.length; i++) {
      trees[i] = indexes[i].tree();
    }
    return trees;
  }

  public TableDefinition definition() {
    return definition;
  }

  /** The columns' types by ordinal. */
  public List<DataType> types() {
    return types;
  }

  /** The layout of whole rows. */
  public RowLayout layout() {
    return indexes[0].layout();
  }

  public TableIndex clustered() {
    return indexes[0];
  }

  /** All indexes, the clustered one first, in the order of the definition. */
  public TableIndex index(int number) {
    return indexes[number];
  }

  public int indexCount() {
    return indexes.length;
  }

  /** The index of this version that the definition means. */
  public TableIndex index(IndexDefinition wanted) {
    for (TableIndex index : indexes) {
      if (index.tree() == wanted.tree()) {
        return index;
      }
    }
    throw new IllegalArgumentException(definition.name() + " has no index " + wanted.name());
  }

  /** What an assignment to the column makes of a value. */
  public StoreConversion conversion(int column) {
    return conversions[column];
  }

  /** The next AUTO_INCREMENT value as SHOW CREATE TABLE has it; takes none. */
  public long nextAutoIncrement(Reader reader) {
    return autoIncrementColumn() < 0 ? 0 : counters.peek(this, reader);
  }

  TableCounters counters() {
    return counters;
  }

  /** The ordinal of the AUTO_INCREMENT column, or -1. */
  public int autoIncrementColumn() {
    return autoIncrementColumn;
  }

  /** The key that finds a row of this table in its clustered tree. */
  public byte[] clusteredKey(Row row) {
    return indexes[0].clusteredKey(row);
  }
}
