package io.vaquita.protocol;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's command packet, read. Immutable; byte ranges in it are valid until the next packet is read. */
public sealed interface Command {
  int QUIT = 0x01;
  int INIT_DB = 0x02;
  int QUERY = 0x03;
  int FIELD_LIST = 0x04;
  int REFRESH = 0x07;
  int STATISTICS = 0x09;
  int PROCESS_INFO = 0x0A;
  int PROCESS_KILL = 0x0C;
  int DEBUG = 0x0D;
  int PING = 0x0E;
  int CHANGE_USER = 0x11;
  int STMT_PREPARE = 0x16;
  int STMT_EXECUTE = 0x17;
  int STMT_SEND_LONG_DATA = 0x18;
  int STMT_CLOSE = 0x19;
  int STMT_RESET = 0x1A;
  int SET_OPTION = 0x1B;
  int STMT_FETCH = 0x1C;
  int RESET_CONNECTION = 0x1F;

  record Quit() implements Command {}

  record InitDb(byte[] schema) implements Command {}

  /** The text is what {@code text} has left. */
  record Query(Parameters attributes, PayloadReader text) implements Command {}

  record FieldList(byte[] table, byte[] wildcard) implements Command {}

  record Refresh(int what) implements Command {}

  record Statistics() implements Command {}

  record ProcessInfo() implements Command {}

  record ProcessKill(int connectionId) implements Command {}

  record Debug() implements Command {}

  record Ping() implements Command {}

  /**
   * @param collationId 0 when not sent
   */
  record ChangeUser(
      String user,
      byte[] authentication,
      @Nullable String schema,
      int collationId,
      String plugin,
      Map<String, String> attributes)
      implements Command {}

  record Prepare(byte[] array, int offset, int length) implements Command {}

  /** Its parameters are read by {@link StatementExecute#read}, which needs what the statement knows. */
  record Execute(int statementId, PayloadReader rest) implements Command {}

  record SendLongData(int statementId, int parameter, ByteRange data) implements Command {}

  record CloseStatement(int statementId) implements Command {}

  record ResetStatement(int statementId) implements Command {}

  record SetOption(int option) implements Command {}

  record Fetch(int statementId, int rowCount) implements Command {}

  record ResetConnection() implements Command {}

  /** Also the empty packet, and commands that MySQL 8.4 does not serve. */
  record Unknown(int code) implements Command {}

  /**
   * Reads a command packet.
   *
   * @throws ProtocolException 1835 when it is too short or its lengths are wrong
   */
  static Command read(PayloadReader in, int capabilities) {
    if (!in.hasRemaining()) {
      return new Unknown(0);
    }
    int code = in.int1();
    return switch (code) {
      case QUIT -> new Quit();
      case INIT_DB -> new InitDb(in.rest());
      case QUERY -> readQuery(in, capabilities);
      case FIELD_LIST -> new FieldList(in.nulBytes(), in.rest());
      case REFRESH -> new Refresh(in.int1());
      case STATISTICS, 0x08 -> new Statistics();
      case PROCESS_INFO -> new ProcessInfo();
      case PROCESS_KILL -> new ProcessKill(in.int4());
      case DEBUG -> new Debug();
      case PING -> new Ping();
      case CHANGE_USER -> readChangeUser(in, capabilities);
      case STMT_PREPARE -> new Prepare(in.array(), in.position(), in.remaining());
      case STMT_EXECUTE -> new Execute(in.int4(), in);
      case STMT_SEND_LONG_DATA -> new SendLongData(in.int4(), in.int2(), in.range(in.remaining()));
      case STMT_CLOSE -> new CloseStatement(in.int4());
      case STMT_RESET -> new ResetStatement(in.int4());
      case SET_OPTION -> new SetOption(in.int2());
      case STMT_FETCH -> new Fetch(in.int4(), in.int4());
      case RESET_CONNECTION -> new ResetConnection();
      default -> new Unknown(code);
    };
  }

  private static Query readQuery(PayloadReader in, int capabilities) {
    Parameters attributes = Parameters.NONE;
    if (Capability.has(capabilities, Capability.QUERY_ATTRIBUTES)) {
      long count = in.lenenc();
      long sets = in.lenenc();
      if (count > Parameters.COUNT_MAX || sets != 1) {
        throw ProtocolError.MALFORMED_PACKET.exception(
            count + " query attributes in " + sets + " sets");
      }
      if (count > 0) {
        attributes = Parameters.read(in, (int) count, true, null, new BitSet());
      }
    }
    return new Query(attributes, in);
  }

  private static ChangeUser readChangeUser(PayloadReader in, int capabilities) {
    String user = in.nulString();
    byte[] authentication = in.bytes(in.int1());
    String schema = in.nulOrRestString();
    int collationId = in.remaining() >= 2 ? in.int2() : 0;
    String plugin =
        Capability.has(capabilities, Capability.PLUGIN_AUTH) && in.hasRemaining()
            ? in.nulOrRestString()
            : "";
    Map<String, String> attributes =
        Capability.has(capabilities, Capability.CONNECT_ATTRS) && in.hasRemaining()
            ? HandshakeResponse.readAttributes(in)
            : Map.of();
    return new ChangeUser(
        user, authentication, schema.isEmpty() ? null : schema, collationId, plugin, attributes);
  }
}
