package io.vaquita.planner;

import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.ColumnDefinition.Default;
import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.value.TypeKind;
import org.jspecify.annotations.Nullable;

/**
 * The column flags of the wire protocol (MySQL source documentation, "Column Definition Flags"). Immutable.
 *
 * @param table null for virtual tables, whose columns have no keys
 */
record ColumnFlags(@Nullable TableDefinition table) {
  static final int NOT_NULL = 1;
  static final int PRIMARY_KEY = 2;
  static final int UNIQUE_KEY = 4;
  static final int MULTIPLE_KEY = 8;
  static final int BLOB = 16;
  static final int UNSIGNED = 32;
  static final int ZEROFILL = 64;
  static final int BINARY = 128;
  static final int ENUM = 256;
  static final int AUTO_INCREMENT = 512;
  static final int TIMESTAMP = 1024;
  static final int SET = 2048;
  static final int NO_DEFAULT_VALUE = 4096;
  static final int ON_UPDATE_NOW = 8192;
  static final int PART_OF_KEY = 16384;
  static final int NUMBER = 32768;

  int of(ColumnDefinition c) {
    int flags = ofType(c) | ofKeys(c);
    if (!c.nullable()) {
      flags |= NOT_NULL;
      if (c.defaultValue() instanceof Default.None && !c.autoIncrement() && c.generated() == null) {
        flags |= NO_DEFAULT_VALUE;
      }
    }
    if (c.autoIncrement()) {
      flags |= AUTO_INCREMENT;
    }
    if (c.onUpdateNow()) {
      flags |= ON_UPDATE_NOW;
    }
    return flags;
  }

  private static int ofType(ColumnDefinition c) {
    TypeKind kind = c.type().kind();
    int flags = c.type().unsigned() ? UNSIGNED : 0;
    if (c.type().zerofill()) {
      flags |= ZEROFILL;
    }
    if (kind.isLob()) {
      flags |= BLOB;
    }
    boolean isText = kind.domain() == TypeKind.Domain.STRING;
    if (isText && c.type().collation().isBinary() || kind.isTemporal() || kind == TypeKind.JSON) {
      flags |= BINARY;
    }
    return flags
        | switch (kind) {
          case ENUM -> ENUM;
          case SET -> SET;
          case TIMESTAMP -> c.onUpdateNow() ? TIMESTAMP : 0;
          case YEAR -> UNSIGNED | ZEROFILL;
          case BIT -> UNSIGNED;
          default -> 0;
        };
  }

  private int ofKeys(ColumnDefinition c) {
    if (table == null) {
      return 0;
    }
    int flags = 0;
    for (IndexDefinition index : table.indexes()) {
      for (int i = 0; i < index.parts().size(); i++) {
        if (index.parts().get(i).column() == c.ordinal()) {
          flags |= PART_OF_KEY | ofKey(index, i);
        }
      }
    }
    return flags;
  }

  private static int ofKey(IndexDefinition index, int part) {
    if (index.primary()) {
      return PRIMARY_KEY;
    }
    if (part > 0) {
      return 0;
    }
    return index.unique() && index.parts().size() == 1 ? UNIQUE_KEY : MULTIPLE_KEY;
  }
}
