package io.vaquita.table;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.store.Snapshot;
import io.vaquita.value.Row;
import io.vaquita.value.TypeKind;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A locked entry as LOCK_DATA of performance_schema.data_locks shows it: its key's values with commas between, those of a secondary
 * index followed by the primary key's, the supremum by its name. Stateless.
 */
public final class EntryText {
  private EntryText() {}

  /**
   * @param newest where the entry is looked up; one that is not there (an insert that is not committed, a deletion that is) is decoded from
   *     its key, which shows numbers and dates, and strings only in hexadecimal since a key holds their weights
   */
  public static String of(TableAccessor table, int tree, byte @Nullable [] key, Snapshot newest) {
    if (key == null) {
      return "supremum pseudo-record";
    }
    for (int i = 0; i < table.indexCount(); i++) {
      TableIndex index = table.index(i);
      if (index.tree() == tree) {
        String text = text(table, index, key, newest);
        return text != null ? text : hex(key);
      }
    }
    return hex(key);
  }

  private static String hex(byte[] key) {
    return "0x" + HexFormat.of().withUpperCase().formatHex(key);
  }

  private static @Nullable String text(
      TableAccessor table, TableIndex index, byte[] key, Snapshot newest) {
    TableDefinition definition = table.definition();
    if (index.isClustered() && definition.hasHiddenRowId()) {
      return "0x" + HexFormat.of().withUpperCase().formatHex(key, 2, key.length);
    }
    byte[] value = newest.get(index.tree(), key);
    Row row = value == null ? null : index.row(key, value, new StoredValues(table, newest::get));
    if (row == null) {
      return definition.hasHiddenRowId() ? null : decoded(table, index, key);
    }
    StringBuilder text = new StringBuilder();
    for (int column : columns(definition, index.definition())) {
      text.append(text.isEmpty() ? "" : ", ").append(KeyText.ofColumn(row, column, table.types()));
    }
    if (row instanceof KeyedRow keyed) {
      text.append(", 0x");
      text.append(HexFormat.of().withUpperCase().formatHex(keyed.key, 2, keyed.key.length));
    }
    return text.toString();
  }

  /** The index's columns, then those of the primary key that are not among them. */
  private static Set<Integer> columns(TableDefinition table, IndexDefinition index) {
    Set<Integer> columns = new LinkedHashSet<>();
    index.parts().forEach(part -> columns.add(part.column()));
    if (!table.hasHiddenRowId()) {
      table.clustered().parts().forEach(part -> columns.add(part.column()));
    }
    return columns;
  }

  private static @Nullable String decoded(TableAccessor table, TableIndex index, byte[] key) {
    StringBuilder text = new StringBuilder();
    int at = append(text, table, index.parts(), key, 0);
    if (at >= 0 && at < key.length && !index.isClustered()) {
      at = append(text, table, table.clustered().parts(), key, at);
    }
    return at == key.length ? text.toString() : null;
  }

  /** Where the parts end, or -1 when one of them cannot be read. */
  private static int append(
      StringBuilder text, TableAccessor table, KeyEncoder parts, byte[] key, int from) {
    KeyEncoder.Decoded decoded = parts.decodeLongs(key, from);
    if (decoded == null) {
      return -1;
    }
    for (int i = 0; i < parts.partCount(); i++) {
      text.append(text.isEmpty() ? "" : ", ");
      Long value = decoded.values().get(i);
      TypeKind kind = parts.part(i).type().kind();
      if (value == null) {
        text.append("NULL");
      } else if (kind.isInteger()) {
        boolean unsigned = parts.part(i).type().unsigned();
        text.append(unsigned ? Long.toUnsignedString(value) : Long.toString(value));
      } else {
        text.append(KeyText.ofLong(value, table.types().get(parts.part(i).column())));
      }
    }
    return decoded.end();
  }
}
