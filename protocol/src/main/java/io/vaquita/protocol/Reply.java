package io.vaquita.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The short packets that end a reply: OK, ERR, EOF, as they are read. Immutable. */
public sealed interface Reply {
  int OK = 0x00;
  int ERROR = 0xFF;
  int EOF = 0xFE;
  int LOCAL_INFILE = 0xFB;

  /** The longest message of an error packet in bytes. */
  int MESSAGE_BYTES_MAX = 512;

  /** In the state block of an OK packet: a system variable's name and value, the schema. */
  int TRACK_VARIABLE = 0;

  int TRACK_SCHEMA = 1;

  /**
   * @param tracked what changed in the session: variable name to value, the schema under {@code ""}
   */
  record Ok(
      long affectedRows,
      long lastInsertId,
      int statusFlags,
      int warningCount,
      String info,
      Map<String, String> tracked)
      implements Reply {}

  record Err(int number, String sqlState, String message) implements Reply {}

  record Eof(int warningCount, int statusFlags) implements Reply {}

  /** Whether a packet in the place of a row ends the rows: 0xFE also begins a row whose first value is longer than 2^24. */
  static boolean endsRows(byte[] array, int offset, int length, int capabilities) {
    if (length == 0 || (array[offset] & 0xFF) != EOF) {
      return false;
    }
    return Capability.has(capabilities, Capability.DEPRECATE_EOF)
        ? length < PacketWriter.PAYLOAD_BYTES_MAX
        : length < 9;
  }

  /** Reads a packet that begins with 0x00, 0xFF or 0xFE. */
  static Reply read(PayloadReader in, int capabilities) {
    int header = in.int1();
    return switch (header) {
      case ERROR -> readError(in);
      case EOF ->
          Capability.has(capabilities, Capability.DEPRECATE_EOF)
              ? readOk(in, capabilities)
              : new Eof(in.int2(), in.int2());
      case OK -> readOk(in, capabilities);
      default -> throw ProtocolError.MALFORMED_PACKET.exception("no reply begins with " + header);
    };
  }

  private static Err readError(PayloadReader in) {
    int number = in.int2();
    String state = "HY000";
    if (in.hasRemaining() && in.peek() == '#') {
      in.skip(1);
      state = new String(in.bytes(5), StandardCharsets.ISO_8859_1);
    }
    return new Err(number, state, in.restString());
  }

  private static Ok readOk(PayloadReader in, int capabilities) {
    long affected = in.lenenc();
    long insertId = in.lenencOrNull();
    int status = in.int2();
    int warnings = in.int2();
    String info = in.hasRemaining() ? in.lenencString() : "";
    Map<String, String> tracked =
        Capability.has(capabilities, Capability.SESSION_TRACK)
                && (status & StatusFlag.SESSION_STATE_CHANGED) != 0
            ? readTracked(in)
            : Map.of();
    return new Ok(affected, insertId, status, warnings, info, tracked);
  }

  private static Map<String, String> readTracked(PayloadReader in) {
    Map<String, String> tracked = new LinkedHashMap<>();
    PayloadReader block = new PayloadReader(in.lenencBytes());
    while (block.hasRemaining()) {
      int type = block.int1();
      PayloadReader data = new PayloadReader(block.lenencBytes());
      if (type == TRACK_SCHEMA) {
        tracked.put("", data.lenencString());
      } else if (type == TRACK_VARIABLE) {
        while (data.hasRemaining()) {
          tracked.put(data.lenencString(), data.lenencString());
        }
      }
    }
    return tracked;
  }

  /**
   * Writes an OK packet.
   *
   * @param header {@link #OK}, or {@link #EOF} where it stands for an EOF packet
   */
  static void writeOk(PacketWriter out, int header, Ok ok, int capabilities) throws IOException {
    writeOk(
        out,
        header,
        ok.affectedRows,
        ok.lastInsertId,
        ok.statusFlags,
        ok.warningCount,
        ok.info,
        ok.tracked,
        capabilities);
  }

  /** As above without a record: for the hot path. */
  static void writeOk(
      PacketWriter out,
      int header,
      long affectedRows,
      long lastInsertId,
      int statusFlags,
      int warningCount,
      String info,
      Map<String, String> tracked,
      int capabilities)
      throws IOException {
    boolean tracks = Capability.has(capabilities, Capability.SESSION_TRACK) && !tracked.isEmpty();
    int status = tracks ? statusFlags | StatusFlag.SESSION_STATE_CHANGED : statusFlags;
    out.begin();
    out.int1(header).lenenc(affectedRows).lenenc(lastInsertId);
    out.int2(status).int2(Math.min(warningCount, 0xFFFF));
    // The documents say that info fills the rest of the packet without SESSION_TRACK; MySQL sends
    // its length all the same, and clients
    // read it.
    if (tracks || !info.isEmpty()) {
      out.lenencString(info);
      if (tracks) {
        out.lenencBytes(trackedBlock(tracked));
      }
    }
    out.end();
  }

  private static byte[] trackedBlock(Map<String, String> tracked) {
    PayloadBuilder block = new PayloadBuilder();
    tracked.forEach(
        (name, value) -> {
          PayloadBuilder data = new PayloadBuilder();
          if (!name.isEmpty()) {
            data.lenencString(name);
          }
          data.lenencString(value);
          block.int1(name.isEmpty() ? TRACK_SCHEMA : TRACK_VARIABLE).lenencBytes(data.toBytes());
        });
    return block.toBytes();
  }

  /**
   * Writes an ERR packet.
   *
   * @param hasSqlState false before the client's capabilities are known
   */
  static void writeError(
      PacketWriter out, int number, String sqlState, String message, boolean hasSqlState)
      throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    int length = text.length;
    if (length > MESSAGE_BYTES_MAX - 1) {
      length = MESSAGE_BYTES_MAX - 1;
      while (length > 0 && (text[length] & 0xC0) == 0x80) {
        length--;
      }
    }
    out.begin();
    out.int1(ERROR).int2(number);
    if (hasSqlState) {
      out.int1('#').bytes(sqlState.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.bytes(text, 0, length);
    out.end();
  }

  /** Writes the five bytes of an EOF packet. */
  static void writeEof(PacketWriter out, int statusFlags, int warningCount) throws IOException {
    out.begin();
    out.int1(EOF).int2(Math.min(warningCount, 0xFFFF)).int2(statusFlags);
    out.end();
  }
}
