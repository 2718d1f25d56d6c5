package io.vaquita.protocol;

import java.io.IOException;

/**
 * What a result set says of a column. Immutable.
 *
 * @param length the longest value in bytes of the client's character set; 32 bits unsigned
 * @param type see {@link WireType}
 * @param flags see {@link ColumnFlag}
 */
public record ColumnDefinition(
    String schema,
    String table,
    String originalTable,
    String name,
    String originalName,
    int collationId,
    long length,
    int type,
    int flags,
    int decimals) {
  private static final int FIXED_BYTES = 0x0C;

  /** A column that is only a name: of parameters and of tools. */
  public static ColumnDefinition of(
      String name, int collationId, long length, int type, int flags) {
    return new ColumnDefinition("", "", "", name, "", collationId, length, type, flags, 0);
  }

  public void write(PacketWriter out) throws IOException {
    out.begin();
    out.bytes(toBytes());
    out.end();
  }

  /** As COM_FIELD_LIST answers: with the column's default, NULL here. */
  public void writeWithDefault(PacketWriter out) throws IOException {
    out.begin();
    out.bytes(toBytes()).int1(0xFB);
    out.end();
  }

  /** The packet's payload: what may be kept and sent again. */
  public byte[] toBytes() {
    PayloadBuilder out = new PayloadBuilder();
    out.lenencString("def").lenencString(schema).lenencString(table);
    out.lenencString(originalTable).lenencString(name).lenencString(originalName);
    out.int1(FIXED_BYTES).littleEndian(collationId, 2).littleEndian((int) length, 4);
    out.int1(type).littleEndian(flags, 2).int1(decimals).littleEndian(0, 2);
    return out.toBytes();
  }

  public static ColumnDefinition read(PayloadReader in) {
    in.skip(in.length());
    String schema = in.lenencString();
    String table = in.lenencString();
    String originalTable = in.lenencString();
    String name = in.lenencString();
    String originalName = in.lenencString();
    if (in.lenenc() < FIXED_BYTES) {
      throw ProtocolError.MALFORMED_PACKET.exception("a column definition that is too short");
    }
    int collationId = in.int2();
    long length = in.int4() & 0xFFFFFFFFL;
    int type = in.int1();
    int flags = in.int2();
    int decimals = in.int1();
    return new ColumnDefinition(
        schema,
        table,
        originalTable,
        name,
        originalName,
        collationId,
        length,
        type,
        flags,
        decimals);
  }
}
