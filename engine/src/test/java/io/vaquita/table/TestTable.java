package io.vaquita.table;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.environment.Environment;
import io.vaquita.lock.LockEntry;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.LockTarget;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.store.Stores;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.TransactionOptions;
import io.vaquita.transaction.TransactionSystem;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table {@code t (id INT PRIMARY KEY, a INT, u INT, KEY a (a), UNIQUE KEY u (u))} over a store and a lock table of its own, and
 * transactions on it.
 */
final class TestTable {
  static final int CLUSTERED = 16;
  static final int BY_A = 17;
  static final int BY_U = 18;

  final LockTable locks = new LockTable(Environment.system());
  final TransactionSystem system = new TransactionSystem(Stores.inMemory(), locks);
  final Tables tables = new Tables();
  final TableDefinition definition = definition();
  final TableAccessor table = tables.accessor(definition);
  private int owners;

  private static TableDefinition definition() {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (String name : List.of("id", "a", "u")) {
      columns.add(
          new ColumnDefinition(
              name,
              columns.size(),
              DataType.INT,
              !name.equals("id"),
              new ColumnDefinition.Default.None(),
              false,
              false,
              null,
              false,
              ""));
    }
    return new TableDefinition(
        1,
        1,
        "s",
        "t",
        columns,
        List.of(index("PRIMARY", CLUSTERED, 0), index("a", BY_A, 1), index("u", BY_U, 2)),
        List.of(),
        List.of(),
        Collations.BINARY,
        false,
        0,
        "",
        "",
        0,
        0);
  }

  private static IndexDefinition index(String name, int tree, int column) {
    return new IndexDefinition(
        name,
        tree,
        column == 0,
        column != 1,
        List.of(new IndexDefinition.Part(column, 0, false, null)),
        true,
        "");
  }

  /** A session and its transaction. */
  final class Client {
    final LockOwner owner;
    final Transaction transaction;

    Client(IsolationLevel level) {
      owner = locks.newOwner(++owners, OwnerInfo.internal("c" + owners));
      transaction = system.begin(TransactionOptions.of(owner).withIsolation(level));
    }

    TableWriter writer() {
      return new TableChanges(tables, EMPTY, transaction, () -> true).writer(definition);
    }

    @Nullable Duplicate insert(@Nullable Integer... values) {
      return writer().insert(row(values));
    }

    /** The ids that an exclusive locking scan of an index gives. */
    List<Long> lockRange(int tree, KeyRange range, boolean reverse) {
      LockingScan scan = scan(tree);
      List<Long> ids = new ArrayList<>();
      scan.open(range, reverse);
      while (scan.next()) {
        ids.add(scan.row().getLong(0));
      }
      return ids;
    }

    LockingScan scan(int tree) {
      return new LockingScan(
          table,
          index(tree),
          transaction,
          false,
          true,
          io.vaquita.transaction.LockWait.WAIT,
          false,
          RowFilter.ALL);
    }

    /** What the client holds on an index's records: the value (or {@code supremum}) with a suffix for all but next-key locks. */
    String locksOn(int tree) {
      List<String> held = new ArrayList<>();
      for (LockEntry entry : locks.locks()) {
        if (entry.owner().equals(owner)
            && !entry.implicit()
            && entry.target() instanceof LockTarget.RecordTarget record
            && record.tree() == tree) {
          held.add(text(record.key(), entry.modeLabel()));
        }
      }
      held.sort(null);
      return String.join(" ", held);
    }
  }

  private static String text(byte @Nullable [] key, String mode) {
    String suffix =
        switch (mode) {
          case "X" -> "";
          case "X,REC_NOT_GAP" -> ":REC";
          case "X,GAP" -> ":GAP";
          default -> ":" + mode;
        };
    return key == null ? "supremum" : number(key) + suffix;
  }

  /** The value of the first part: its last byte is enough for small numbers. */
  private static String number(byte[] key) {
    boolean nullable = key.length != 4;
    int at = nullable ? 1 : 0;
    return nullable && key[0] == 0
        ? "NULL"
        : String.valueOf(Integer.parseInt(HexFormat.of().formatHex(key, at + 1, at + 4), 16));
  }

  TableIndex index(int tree) {
    for (int i = 0; i < table.indexCount(); i++) {
      if (table.index(i).tree() == tree) {
        return table.index(i);
      }
    }
    throw new IllegalArgumentException("tree " + tree);
  }

  byte[] row(@Nullable Integer... values) {
    Value[] boxed =
        Arrays.stream(values)
            .map(v -> v == null ? Value.NullValue.NULL : Value.of(v.longValue()))
            .toArray(Value[]::new);
    return table.layout().encode(boxed);
  }

  byte[] key(int tree, int value) {
    return index(tree).parts().encode(Value.of(value));
  }

  /** Committed rows with {@code a = id * 10} and {@code u = id * 100}. */
  void fill(int... ids) {
    Client client = new Client(IsolationLevel.REPEATABLE_READ);
    for (int id : ids) {
      client.insert(id, id * 10, id * 100);
    }
    client.transaction.commit();
  }

  private static final CatalogSnapshot EMPTY =
      new CatalogSnapshot() {
        @Override
        public long version() {
          return 1;
        }

        @Override
        public @Nullable SchemaDefinition schema(String name) {
          return null;
        }

        @Override
        public Collection<SchemaDefinition> schemas() {
          return List.of();
        }

        @Override
        public @Nullable Relation relation(String schema, String name) {
          return null;
        }

        @Override
        public Collection<Relation> relations(String schema) {
          return List.of();
        }
      };
}
