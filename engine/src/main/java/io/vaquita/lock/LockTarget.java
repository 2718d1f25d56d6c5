package io.vaquita.lock;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a lock is on. Immutable. */
public sealed interface LockTarget {
  /** A record and the gap before it; a null key is the supremum, which stands after the last record. */
  record RecordTarget(int tree, byte @Nullable [] key) implements LockTarget {
    @Override
    public String toString() {
      return "record " + tree + ":" + (key == null ? "supremum" : HexFormat.of().formatHex(key));
    }
  }

  /** A table as InnoDB's table locks know it. */
  record TableTarget(long tableId) implements LockTarget {
    @Override
    public String toString() {
      return "table " + tableId;
    }
  }

  /**
   * A named object in a namespace.
   *
   * @param schema empty where the namespace has none
   * @param name empty where the namespace is one object
   */
  record MetadataTarget(MetadataScope scope, String schema, String name)
      implements LockTarget, Comparable<MetadataTarget> {
    public static final MetadataTarget GLOBAL = new MetadataTarget(MetadataScope.GLOBAL, "", "");
    public static final MetadataTarget COMMIT = new MetadataTarget(MetadataScope.COMMIT, "", "");
    public static final MetadataTarget BACKUP =
        new MetadataTarget(MetadataScope.BACKUP_LOCK, "", "");

    public static MetadataTarget schema(String schema) {
      return new MetadataTarget(MetadataScope.SCHEMA, schema, "");
    }

    /** A table or view. */
    public static MetadataTarget table(String schema, String name) {
      return new MetadataTarget(MetadataScope.TABLE, schema, name);
    }

    static MetadataTarget userLock(String name) {
      return new MetadataTarget(MetadataScope.USER_LEVEL_LOCK, "", name);
    }

    /** The order in which strong locks are taken, so that two sessions never take them crosswise. */
    @Override
    public int compareTo(MetadataTarget other) {
      int order = scope.compareTo(other.scope);
      if (order == 0) {
        order = schema.compareTo(other.schema);
      }
      return order == 0 ? name.compareTo(other.name) : order;
    }

    @Override
    public int hashCode() {
      return (scope.ordinal() * 31 + schema.hashCode()) * 31 + name.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof MetadataTarget that
          && scope == that.scope
          && name.equals(that.name)
          && schema.equals(that.schema);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(scope.label().toLowerCase(java.util.Locale.ROOT));
      if (!schema.isEmpty() || !name.isEmpty()) {
        text.append(' ');
      }
      text.append(schema);
      return (schema.isEmpty() || name.isEmpty() ? text : text.append('.')).append(name).toString();
    }
  }
}
