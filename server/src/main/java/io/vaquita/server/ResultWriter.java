package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.protocol.BinaryRow;
import io.vaquita.protocol.Capability;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.PackedTemporal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends results as they are produced: each row goes from the statement into the output buffer, which is written when it is full.
 * Confined to its connection.
 */
final class ResultWriter {
  /** Hours of a TIME, which has more than 24, in its packed form. */
  private static final int TIME_HOUR_SHIFT = 36;

  private final PacketWriter out;
  private final Session session;
  private final SessionSettings settings;
  private final int capabilities;
  private final boolean deprecatesEof;
  private final boolean hasOptionalMetadata;
  private final boolean tracks;
  private final TextBuffer text = new TextBuffer(256);

  /** The columns sent last and their packets: a cached plan gives the same list again. */
  private @Nullable List<Result.Column> lastColumns;

  private byte[][] lastDefinitions = new byte[0][];

  ResultWriter(PacketWriter out, Session session, SessionSettings settings, int capabilities) {
    this.out = out;
    this.session = session;
    this.settings = settings;
    this.capabilities = capabilities;
    deprecatesEof = Capability.has(capabilities, Capability.DEPRECATE_EOF);
    hasOptionalMetadata = Capability.has(capabilities, Capability.OPTIONAL_RESULTSET_METADATA);
    tracks = Capability.has(capabilities, Capability.SESSION_TRACK);
  }

  /** What was sent of columns is not right any more: the character set of results has changed. */
  void forgetColumns() {
    lastColumns = null;
  }

  boolean deprecatesEof() {
    return deprecatesEof;
  }

  boolean hasOptionalMetadata() {
    return hasOptionalMetadata;
  }

  private Map<String, String> tracked() {
    return tracks ? session.takeTrackedChanges() : Map.of();
  }

  /** The OK packet of a statement without rows. */
  void ok(Result result, int moreFlags) throws IOException {
    Reply.writeOk(
        out,
        Reply.OK,
        result.affectedRows(),
        result.lastInsertId(),
        session.statusFlags() | moreFlags,
        result.warningCount(),
        result.info(),
        tracked(),
        capabilities);
  }

  /** The OK packet of a command that is no statement. */
  void ok() throws IOException {
    Reply.writeOk(out, Reply.OK, 0, 0, session.statusFlags(), 0, "", tracked(), capabilities);
  }

  /** What ends a list of rows. */
  void endOfRows(int moreFlags, int warningCount) throws IOException {
    int status = session.statusFlags() | moreFlags;
    if (deprecatesEof) {
      Reply.writeOk(out, Reply.EOF, 0, 0, status, warningCount, "", tracked(), capabilities);
    } else {
      Reply.writeEof(out, status, warningCount);
    }
  }

  /** An EOF that stands between definitions and rows: left out by clients of today. */
  void endOfDefinitions(int moreFlags, int warningCount) throws IOException {
    if (!deprecatesEof) {
      Reply.writeEof(out, session.statusFlags() | moreFlags, warningCount);
    }
  }

  void header(List<Result.Column> columns, int cursorFlags) throws IOException {
    out.begin();
    boolean sendsMetadata = !hasOptionalMetadata || settings.sendsMetadata();
    if (hasOptionalMetadata) {
      out.int1(sendsMetadata ? 1 : 0);
    }
    out.lenenc(columns.size());
    out.end();
    if (sendsMetadata) {
      definitions(columns);
    }
    if (cursorFlags == 0) {
      endOfDefinitions(0, 0);
    } else {
      endOfRows(cursorFlags, 0);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same list, which nobody changes, not an equal one
  void definitions(List<Result.Column> columns) throws IOException {
    if (lastColumns == columns && !columns.isEmpty()) {
      for (byte[] definition : lastDefinitions) {
        out.begin();
        out.bytes(definition);
        out.end();
      }
      return;
    }
    byte[][] packets = new byte[columns.size()][];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = ColumnMapping.definition(columns.get(i), settings).toBytes();
      out.begin();
      out.bytes(packets[i]);
      out.end();
    }
    lastColumns = columns;
    lastDefinitions = packets;
  }

  /** All rows in text form, from the header to the last row. */
  void textRows(Result result) throws IOException {
    List<Result.Column> columns = result.columns();
    header(columns, 0);
    CharacterSet @Nullable [] conversions = conversions(columns);
    int count = columns.size();
    while (result.next()) {
      out.begin();
      for (int i = 0; i < count; i++) {
        if (result.isNull(i)) {
          out.int1(0xFB);
        } else {
          string(result, i, conversions);
        }
      }
      out.end();
    }
  }

  private void string(Result result, int column, CharacterSet @Nullable [] conversions) {
    CharacterSet set = conversions == null ? null : conversions[column];
    if (result.columns().get(column).type().kind().isLob()
        && result.getValue(column) instanceof Value.StringValue value
        && value.bytes().length() >= PacketWriter.IN_PLACE_BYTES_MIN) {
      // Rows never change, so a long value goes to the client from where it is.
      lenenc(value.bytes(), set);
      return;
    }
    text.clear();
    result.appendText(column, text);
    if (set == null) {
      out.lenencBytes(text.array(), 0, text.length());
    } else {
      Slice converted = Encoding.encode(text.toSlice(), set);
      out.lenencBytes(converted.array(), converted.offset(), converted.length());
    }
  }

  private void lenenc(Slice value, @Nullable CharacterSet set) {
    Slice sent = set == null ? value : Encoding.encode(value, set);
    out.lenencInPlace(sent.array(), sent.offset(), sent.length());
  }

  /** What each column must be converted to; null when none must. */
  private CharacterSet @Nullable [] conversions(List<Result.Column> columns) {
    CharacterSet set = settings.resultSet();
    if (set == null) {
      return null;
    }
    CharacterSet[] conversions = new CharacterSet[columns.size()];
    for (int i = 0; i < conversions.length; i++) {
      if (ColumnMapping.isText(columns.get(i).type())) {
        conversions[i] = set;
      }
    }
    return conversions;
  }

  /** All rows in binary form, from the header to the last row. */
  void binaryRows(Result result) throws IOException {
    header(result.columns(), 0);
    DataType[] types = types(result.columns());
    CharacterSet @Nullable [] conversions = conversions(result.columns());
    while (result.next()) {
      binaryRow(result, types, conversions);
    }
  }

  /**
   * At most {@code rowsMax} rows, without a header: of a cursor.
   *
   * @return whether the rows ended before
   */
  boolean fetch(Result result, int rowsMax) throws IOException {
    DataType[] types = types(result.columns());
    CharacterSet @Nullable [] conversions = conversions(result.columns());
    for (int i = 0; i < rowsMax; i++) {
      if (!result.next()) {
        return true;
      }
      binaryRow(result, types, conversions);
    }
    return false;
  }

  private static DataType[] types(List<Result.Column> columns) {
    DataType[] types = new DataType[columns.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = columns.get(i).type();
    }
    return types;
  }

  private void binaryRow(Result result, DataType[] types, CharacterSet @Nullable [] conversions)
      throws IOException {
    out.begin();
    int nulls = BinaryRow.begin(out, types.length);
    for (int i = 0; i < types.length; i++) {
      if (result.isNull(i)) {
        BinaryRow.setNull(out, nulls, i);
      } else {
        binaryValue(result, i, types[i].kind(), conversions);
      }
    }
    out.end();
  }

  private void binaryValue(
      Result result, int column, TypeKind kind, CharacterSet @Nullable [] conversions) {
    switch (kind) {
      case TINYINT -> out.int1((int) result.getLong(column));
      case SMALLINT, YEAR -> out.int2((int) result.getLong(column));
      case MEDIUMINT, INT -> out.int4(result.getLong(column));
      case BIGINT -> out.int8(result.getLong(column));
      case FLOAT -> out.int4(Float.floatToRawIntBits((float) result.getDouble(column)));
      case DOUBLE -> out.int8(Double.doubleToRawLongBits(result.getDouble(column)));
      case DATE, TIME, DATETIME, TIMESTAMP -> temporal(result.getValue(column));
      case NULL,
          BIT,
          DECIMAL,
          CHAR,
          VARCHAR,
          BINARY,
          VARBINARY,
          TINYTEXT,
          TEXT,
          MEDIUMTEXT,
          LONGTEXT,
          TINYBLOB,
          BLOB,
          MEDIUMBLOB,
          LONGBLOB,
          ENUM,
          SET,
          JSON ->
          string(result, column, conversions);
    }
  }

  private void temporal(Value value) {
    if (!(value instanceof Value.TemporalValue t)) {
      throw new IllegalStateException("a temporal column gave " + value);
    }
    long packed = t.packed();
    if (t.kind() == TypeKind.TIME) {
      long p = Math.abs(packed);
      BinaryRow.time(
          out,
          packed < 0,
          p >> TIME_HOUR_SHIFT,
          PackedTemporal.minute(p),
          PackedTemporal.second(p),
          PackedTemporal.micros(p));
    } else {
      BinaryRow.dateTime(
          out,
          t.kind() == TypeKind.DATE,
          PackedTemporal.year(packed),
          PackedTemporal.month(packed),
          PackedTemporal.day(packed),
          PackedTemporal.hour(packed),
          PackedTemporal.minute(packed),
          PackedTemporal.second(packed),
          PackedTemporal.micros(packed));
    }
  }

  /** For the last result of several and those before it. */
  static int moreFlag(boolean hasMore) {
    return hasMore ? StatusFlag.MORE_RESULTS_EXIST : 0;
  }
}
