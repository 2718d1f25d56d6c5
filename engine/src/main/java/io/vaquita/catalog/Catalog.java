package io.vaquita.catalog;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.store.Cursor;
import io.vaquita.store.Snapshot;
import io.vaquita.transaction.Reader;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The newest definitions, and how they are kept in the store's tree {@link #TREE}. Thread-safe.
 *
 * <p>A DDL collects its changes in a {@link Change} whose records go into the same transaction as the trees that it makes or drops,
 * so that DDL is atomic and survives a crash as one thing. {@link Change#commit} commits and publishes the new image under {@link
 * #publishing}: images appear in the order of their commits. Who may change which definition at a time is settled before, by
 * metadata locks.
 */
public final class Catalog {
  /** The store's tree of definitions. */
  public static final int TREE = 1;

  /** The first tree number of tables and indexes. */
  public static final int FIRST_USER_TREE = 16;

  private static final byte[] COUNTERS_KEY = {'c'};

  private final ReentrantLock publishing = new ReentrantLock();
  private volatile CatalogImage image;
  private volatile long publishedPosition;

  @GuardedBy("publishing")
  private long nextTableId;

  @GuardedBy("publishing")
  private int nextTree;

  /** Reads all definitions of a store; the virtual ones come from whoever makes their rows. */
  public Catalog(
      Snapshot stored,
      Collection<SchemaDefinition> virtualSchemas,
      Collection<VirtualTable> virtualTables) {
    CatalogImage loaded = CatalogImage.empty(virtualSchemas, virtualTables);
    Cursor cursor = stored.cursor(TREE);
    for (boolean more = cursor.seek(new byte[] {'s'}); more; more = cursor.next()) {
      byte kind = cursor.keyArray()[cursor.keyOffset()];
      byte[] value = cursor.valueArray();
      if (kind == 's') {
        loaded =
            loaded.withSchema(
                DefinitionReader.schema(value, cursor.valueOffset(), cursor.valueLength()));
      } else {
        loaded =
            loaded.withRelation(
                DefinitionReader.relation(value, cursor.valueOffset(), cursor.valueLength()));
      }
    }
    byte[] counters = stored.get(TREE, COUNTERS_KEY);
    nextTableId = counters == null ? 1 : ByteBuffer.wrap(counters).getLong(0);
    nextTree = counters == null ? FIRST_USER_TREE : ByteBuffer.wrap(counters).getInt(8);
    image = loaded;
  }

  /** The newest image. A volatile read. */
  public CatalogSnapshot snapshot() {
    return image;
  }

  /** A position of the store that the last change of definitions is not beyond: views at least as new see what the snapshot describes. */
  public long publishedPosition() {
    return publishedPosition;
  }

  /** Whether a view knows the table with the trees that it has now. */
  public static boolean hasTrees(Reader view, TableDefinition now) {
    byte[] stored = view.get(TREE, relationKey(now.schema(), now.name()));
    return stored != null
        && DefinitionReader.relation(stored, 0, stored.length) instanceof TableDefinition then
        && then.indexes().stream()
            .map(IndexDefinition::tree)
            .collect(Collectors.toSet())
            .containsAll(now.indexes().stream().map(IndexDefinition::tree).toList());
  }

  public boolean isVirtual(String schema) {
    return image.isVirtual(schema);
  }

  /** All trees that some definition refers to: what is not among them may be cleared after a crash. */
  public Set<Integer> usedTrees() {
    Set<Integer> trees = new HashSet<>();
    CatalogImage now = image;
    for (SchemaDefinition schema : now.schemas()) {
      for (Relation relation : now.relations(schema.name())) {
        if (relation instanceof TableDefinition table) {
          trees.addAll(table.trees());
        }
      }
    }
    return trees;
  }

  /** A tree number that was never used. Kept for good by the next {@link Change} that commits. */
  public int newTree() {
    publishing.lock();
    try {
      return nextTree++;
    } finally {
      publishing.unlock();
    }
  }

  /** The highest tree number given out so far, plus one. */
  public int treesEnd() {
    publishing.lock();
    try {
      return nextTree;
    } finally {
      publishing.unlock();
    }
  }

  /** An id for a table or view that was never used. */
  public long newRelationId() {
    publishing.lock();
    try {
      return nextTableId++;
    } finally {
      publishing.unlock();
    }
  }

  public Change change(Transaction transaction) {
    return new Change(transaction);
  }

  /** The definitions that one DDL adds, replaces and removes. Confined to its session. */
  public final class Change {
    private final Transaction transaction;
    private UnaryOperator<CatalogImage> changes = i -> i;

    private Change(Transaction transaction) {
      this.transaction = transaction;
    }

    public void putSchema(SchemaDefinition schema) {
      transaction.put(TREE, schemaKey(schema.name()), DefinitionWriter.write(schema));
      then(i -> i.withSchema(schema));
    }

    public void removeSchema(String name) {
      transaction.delete(TREE, schemaKey(name));
      then(i -> i.withoutSchema(name));
    }

    public void put(Relation relation) {
      transaction.put(
          TREE, relationKey(relation.schema(), relation.name()), DefinitionWriter.write(relation));
      then(i -> i.withRelation(relation));
    }

    public void remove(String schema, String name) {
      transaction.delete(TREE, relationKey(schema, name));
      then(i -> i.withoutRelation(schema, name));
    }

    /** Commits the transaction and makes the changes visible, or neither. */
    public void commit() {
      publishing.lock();
      try {
        ByteBuffer counters = ByteBuffer.allocate(12);
        counters.putLong(nextTableId).putInt(nextTree);
        transaction.put(TREE, COUNTERS_KEY, counters.array());
        CatalogImage next = changes.apply(image);
        transaction.commit();
        image = next;
        publishedPosition = transaction.committedPosition();
      } finally {
        publishing.unlock();
      }
    }

    private void then(UnaryOperator<CatalogImage> change) {
      UnaryOperator<CatalogImage> before = changes;
      changes = i -> change.apply(before.apply(i));
    }
  }

  private static byte[] schemaKey(String name) {
    return ("s" + name).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] relationKey(String schema, String name) {
    Slice s = Slice.utf8(schema);
    Slice n = Slice.utf8(name);
    byte[] key = new byte[s.length() + n.length() + 2];
    key[0] = 't';
    System.arraycopy(s.array(), 0, key, 1, s.length());
    System.arraycopy(n.array(), 0, key, s.length() + 2, n.length());
    return key;
  }
}
