package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.ByteRange;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A prepared statement as its connection keeps it. Confined to its connection. */
final class ServerStatement {
  private final int id;
  private final Session.Prepared prepared;
  private int @Nullable [] types;
  private @Nullable LongParameter[] longData = new LongParameter[0];
  private boolean isLongDataTooLong;
  private final BitSet sentBefore = new BitSet();
  private @Nullable Result cursor;

  ServerStatement(int id, Session.Prepared prepared) {
    this.id = id;
    this.prepared = prepared;
  }

  int id() {
    return id;
  }

  Session.Prepared prepared() {
    return prepared;
  }

  /** Parameter types of the last execution, or null before the first. */
  int @Nullable [] types() {
    return types;
  }

  void types(int[] newTypes) {
    types = newTypes;
  }

  /** Parameters that COM_STMT_SEND_LONG_DATA has brought. */
  BitSet sentBefore() {
    return sentBefore;
  }

  /**
   * Adds to a long parameter; a parameter that the statement does not have is ignored until it is executed. What is more than {@code
   * bytesMax} in all is dropped, and the execution fails.
   */
  void addLongData(int parameter, ByteRange data, long bytesMax) {
    if (parameter >= prepared.parameterCount()) {
      return;
    }
    if (longData.length == 0) {
      longData = new LongParameter[prepared.parameterCount()];
    }
    LongParameter value = longData[parameter];
    if (value == null) {
      value = new LongParameter();
      longData[parameter] = value;
      sentBefore.set(parameter);
    }
    isLongDataTooLong |= !value.add(data, bytesMax);
  }

  /** Takes a long parameter out. */
  ByteRange takeLongData(int parameter) {
    LongParameter value = longData[parameter];
    longData[parameter] = null;
    return value == null ? ByteRange.of(new byte[0]) : value.take();
  }

  /** Throws what was wrong with long parameters: their commands have no reply. */
  void checkLongData() {
    if (isLongDataTooLong) {
      throw new DatabaseException(
          MySqlError.ER_UNKNOWN_ERROR,
          "Parameter of prepared statement which is set through mysql_send_long_data() is longer"
              + " than 'max_allowed_packet' bytes");
    }
  }

  void dropLongData() {
    isLongDataTooLong = false;
    if (longData.length > 0) {
      for (LongParameter value : longData) {
        if (value != null) {
          value.close();
        }
      }
      longData = new LongParameter[0];
      sentBefore.clear();
    }
  }

  /** The rows that COM_STMT_FETCH takes, or null. */
  @Nullable Result cursor() {
    return cursor;
  }

  void cursor(Result rows) {
    cursor = rows;
  }

  void closeCursor() {
    Result open = cursor;
    if (open != null) {
      cursor = null;
      open.close();
    }
  }

  void close() {
    closeCursor();
    dropLongData();
    prepared.close();
  }
}
