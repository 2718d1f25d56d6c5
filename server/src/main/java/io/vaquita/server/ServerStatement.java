package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.Session;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A prepared statement as its connection keeps it. Confined to its connection. */
final class ServerStatement {
  private final int id;
  private final Session.Prepared prepared;
  private int @Nullable [] types;
  private @Nullable ByteArrayOutputStream[] longData = new ByteArrayOutputStream[0];
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

  /** Adds to a long parameter; a parameter that the statement does not have is ignored until it is executed. */
  void addLongData(int parameter, byte[] data) {
    if (parameter >= prepared.parameterCount()) {
      return;
    }
    if (longData.length == 0) {
      longData = new ByteArrayOutputStream[prepared.parameterCount()];
    }
    ByteArrayOutputStream bytes = longData[parameter];
    if (bytes == null) {
      bytes = new ByteArrayOutputStream();
      longData[parameter] = bytes;
      sentBefore.set(parameter);
    }
    bytes.writeBytes(data);
  }

  byte[] longData(int parameter) {
    ByteArrayOutputStream bytes = longData[parameter];
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  void dropLongData() {
    if (longData.length > 0) {
      longData = new ByteArrayOutputStream[0];
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
    prepared.close();
  }
}
