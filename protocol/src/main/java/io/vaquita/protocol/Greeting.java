package io.vaquita.protocol;

import java.io.IOException;

/**
 * The server's first packet (protocol version 10). Immutable.
 *
 * @param collationId of the server's default; its low byte travels
 * @param scramble 20 bytes, none of them 0 or {@code $}
 */
public record Greeting(
    String serverVersion,
    int connectionId,
    byte[] scramble,
    int capabilities,
    int collationId,
    int statusFlags,
    String plugin) {
  private static final int PROTOCOL_VERSION = 10;
  private static final int FIRST_SCRAMBLE_BYTES = 8;
  static final int SCRAMBLE_BYTES = 20;

  public void write(PacketWriter out) throws IOException {
    out.begin();
    out.int1(PROTOCOL_VERSION).nulString(serverVersion).int4(connectionId);
    out.bytes(scramble, 0, FIRST_SCRAMBLE_BYTES).int1(0);
    out.int2(capabilities).int1(collationId).int2(statusFlags).int2(capabilities >>> 16);
    out.int1(SCRAMBLE_BYTES + 1).zeros(10);
    out.bytes(scramble, FIRST_SCRAMBLE_BYTES, SCRAMBLE_BYTES - FIRST_SCRAMBLE_BYTES).int1(0);
    out.nulString(plugin);
    out.end();
  }

  public static Greeting read(PayloadReader in) {
    int version = in.int1();
    if (version != PROTOCOL_VERSION) {
      throw ProtocolError.HANDSHAKE.exception("protocol version " + version);
    }
    String serverVersion = in.nulString();
    int connectionId = in.int4();
    byte[] first = in.bytes(FIRST_SCRAMBLE_BYTES);
    in.skip(1);
    int capabilities = in.int2();
    int collationId = in.int1();
    int status = in.int2();
    capabilities |= in.int2() << 16;
    in.skip(11);
    byte[] second = in.bytes(SCRAMBLE_BYTES - FIRST_SCRAMBLE_BYTES);
    in.skip(1);
    String plugin = in.hasRemaining() ? in.nulOrRestString() : AuthenticationPlugin.NATIVE_PASSWORD;
    byte[] scramble = new byte[SCRAMBLE_BYTES];
    System.arraycopy(first, 0, scramble, 0, first.length);
    System.arraycopy(second, 0, scramble, first.length, second.length);
    return new Greeting(
        serverVersion, connectionId, scramble, capabilities, collationId, status, plugin);
  }
}
