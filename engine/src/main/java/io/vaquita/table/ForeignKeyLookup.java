package io.vaquita.table;

import io.vaquita.catalog.ForeignKeyDefinition;
import io.vaquita.catalog.ForeignKeyDefinition.Action;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.codec.KeyPart;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.store.Cursor;
import io.vaquita.transaction.RecordLockMode;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Row;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One foreign key seen from a row of one of its two tables: finds the rows of the other one. Confined to one statement.
 *
 * <p>The own row's columns are encoded by the other table's index, whose first parts are the other side's columns.
 */
final class ForeignKeyLookup {
  private final TableChanges changes;
  private final ForeignKeyDefinition key;
  private final TableDefinition child;
  private final int[] ownColumns;
  private final @Nullable TableAccessor other;
  private final @Nullable TableIndex index;
  private final @Nullable KeyEncoder encoder;
  private final TextBuffer buffer = new TextBuffer(64);

  private ForeignKeyLookup(
      TableChanges changes,
      ForeignKeyDefinition key,
      TableDefinition child,
      int[] ownColumns,
      @Nullable TableAccessor other,
      int[] otherColumns) {
    this.changes = changes;
    this.key = key;
    this.child = child;
    this.ownColumns = ownColumns;
    this.other = other;
    this.index = other == null ? null : index(other, otherColumns);
    this.encoder = index == null ? null : encoder(index, ownColumns);
  }

  static ForeignKeyLookup ofParent(
      TableChanges changes,
      TableAccessor child,
      ForeignKeyDefinition key,
      @Nullable TableDefinition parent) {
    int[] own = key.columns().stream().mapToInt(Integer::intValue).toArray();
    return new ForeignKeyLookup(
        changes,
        key,
        child.definition(),
        own,
        parent == null ? null : changes.tables().accessor(parent),
        parent == null ? new int[0] : ordinals(parent, key.parentColumns()));
  }

  static ForeignKeyLookup ofChild(
      TableChanges changes, TableAccessor parent, ForeignKeyCatalog.Child child) {
    ForeignKeyDefinition key = child.key();
    return new ForeignKeyLookup(
        changes,
        key,
        child.table(),
        ordinals(parent.definition(), key.parentColumns()),
        changes.tables().accessor(child.table()),
        key.columns().stream().mapToInt(Integer::intValue).toArray());
  }

  private static int[] ordinals(TableDefinition table, List<String> names) {
    int[] ordinals = new int[names.size()];
    for (int i = 0; i < ordinals.length; i++) {
      var column = table.column(names.get(i));
      if (column == null) {
        throw new IllegalStateException(table.name() + " has no column " + names.get(i));
      }
      ordinals[i] = column.ordinal();
    }
    return ordinals;
  }

  /** An index that begins with the columns. */
  private static @Nullable TableIndex index(TableAccessor table, int[] columns) {
    for (int i = 0; i < table.indexCount(); i++) {
      List<IndexDefinition.Part> parts = table.index(i).definition().parts();
      boolean fits = parts.size() >= columns.length;
      for (int p = 0; fits && p < columns.length; p++) {
        fits = parts.get(p).column() == columns[p] && parts.get(p).prefixLength() == 0;
      }
      if (fits) {
        return table.index(i);
      }
    }
    return null;
  }

  private static KeyEncoder encoder(TableIndex index, int[] ownColumns) {
    List<KeyPart> parts = new ArrayList<>();
    for (int i = 0; i < ownColumns.length; i++) {
      KeyPart part = index.parts().part(i);
      parts.add(
          new KeyPart(
              ownColumns[i], part.type(), part.nullable(), part.prefixLength(), part.descending()));
    }
    return new KeyEncoder(parts);
  }

  ForeignKeyDefinition key() {
    return key;
  }

  TableAccessor other() {
    if (other == null) {
      throw new IllegalStateException("the parent of " + key.name() + " does not exist");
    }
    return other;
  }

  /** The own column that stands for the other side's column {@code i}. */
  int ownColumn(int i) {
    return ownColumns[i];
  }

  /** A NULL in the key refers to nothing. */
  boolean hasNull(Row own) {
    for (int column : ownColumns) {
      if (own.isNull(column)) {
        return true;
      }
    }
    return false;
  }

  private byte[] prefix(Row own) {
    buffer.clear();
    if (encoder != null) {
      encoder.append(buffer, own);
    }
    return buffer.toBytes();
  }

  /** Whether the key of two versions of the own row differs, as the index compares. */
  boolean differs(Row a, Row b) {
    if (hasNull(a) || hasNull(b)) {
      return hasNull(a) != hasNull(b);
    }
    return encoder == null || !Arrays.equals(prefix(a), prefix(b));
  }

  /** Whether the values differ at all: also in what the collation takes for equal. */
  boolean differsInBytes(Row a, Row b) {
    if (differs(a, b)) {
      return true;
    }
    for (int i = 0; i < ownColumns.length; i++) {
      int column = ownColumns[i];
      boolean isString =
          !a.isNull(column)
              && !b.isNull(column)
              && index != null
              && index.parts().part(i).type().domain() == io.vaquita.value.TypeKind.Domain.STRING
              && !index.parts().part(i).type().kind().equals(io.vaquita.value.TypeKind.ENUM)
              && !index.parts().part(i).type().kind().equals(io.vaquita.value.TypeKind.SET);
      if (isString && !a.getBytes(column).equals(b.getBytes(column))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the other table has a row for the own one, which is then locked shared; otherwise its absence is. */
  boolean exists(Row own) {
    TableIndex target = index;
    if (target == null) {
      return false;
    }
    Transaction transaction = changes.transaction();
    byte[] prefix = prefix(own);
    byte[] end = KeyEncoder.afterPrefix(prefix);
    while (true) {
      long position = transaction.committedPosition();
      Cursor cursor = transaction.currentView().cursor(target.tree());
      boolean any = cursor.seek(prefix);
      byte[] found = any ? Scans.key(cursor) : null;
      boolean matches = found != null && (end == null || Scans.compareKey(cursor, end) < 0);
      if (matches) {
        boolean guardsGap = changes.locksGaps() && !target.definition().unique();
        transaction.lockRecord(
            target.tree(),
            found,
            guardsGap ? RecordLockMode.S_NEXT_KEY : RecordLockMode.S_RECORD,
            ForeignKeyChecks.WAIT);
      } else {
        byte[] inserted = transaction.uncommittedInsert(target.tree(), Keys.below(prefix), end);
        if (inserted != null) {
          transaction.lockRecord(
              target.tree(), inserted, RecordLockMode.S_RECORD, ForeignKeyChecks.WAIT);
          continue;
        }
        if (changes.locksGaps()) {
          transaction.lockRecord(
              target.tree(),
              found,
              found == null ? RecordLockMode.S_NEXT_KEY : RecordLockMode.S_GAP,
              ForeignKeyChecks.WAIT);
        }
      }
      if (transaction.committedPosition() == position) {
        return matches;
      }
    }
  }

  /** The other table's rows for the own one, each locked exclusively. */
  List<Row> lockRows(Row own) {
    List<Row> rows = new ArrayList<>();
    TableIndex target = index;
    if (target == null) {
      return rows;
    }
    byte[] prefix = prefix(own);
    LockingScan scan =
        new LockingScan(
            other(),
            target,
            changes.transaction(),
            false,
            true,
            ForeignKeyChecks.WAIT,
            false,
            RowFilter.ALL);
    scan.open(new KeyRange(prefix, KeyEncoder.afterPrefix(prefix), true, false, null), false);
    while (scan.next()) {
      rows.add(scan.row());
    }
    return rows;
  }

  /** 1451 or 1452 with the constraint's text. */
  DatabaseException failure(MySqlError error) {
    StringBuilder text = new StringBuilder(error.format(""));
    text.append(" (").append(quote(child.schema())).append('.').append(quote(child.name()));
    text.append(", CONSTRAINT ").append(quote(key.name())).append(" FOREIGN KEY (");
    for (int i = 0; i < key.columns().size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(quote(child.columns().get(key.columns().get(i)).name()));
    }
    text.append(") REFERENCES ");
    if (!key.parentSchema().equals(child.schema())) {
      text.append(quote(key.parentSchema())).append('.');
    }
    text.append(quote(key.parentTable())).append(" (");
    for (int i = 0; i < key.parentColumns().size(); i++) {
      text.append(i == 0 ? "" : ", ").append(quote(key.parentColumns().get(i)));
    }
    text.append(')')
        .append(clause(" ON DELETE ", key.onDelete()))
        .append(clause(" ON UPDATE ", key.onUpdate()));
    return new DatabaseException(error, text.append(')').toString());
  }

  private static String clause(String event, Action action) {
    return switch (action) {
      case NO_ACTION -> "";
      case RESTRICT -> event + "RESTRICT";
      case CASCADE -> event + "CASCADE";
      case SET_NULL -> event + "SET NULL";
      case SET_DEFAULT -> event + "SET DEFAULT";
    };
  }

  private static String quote(String name) {
    return '`' + name.replace("`", "``") + '`';
  }
}
