package io.vaquita.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's answer to the greeting (HandshakeResponse41). Immutable.
 *
 * @param packetBytesMax what the client is ready to take
 * @param authentication the plugin's first answer
 * @param plugin empty without PLUGIN_AUTH
 * @param zstdLevel 0 without ZSTD_COMPRESSION
 */
public record HandshakeResponse(
    int capabilities,
    int packetBytesMax,
    int collationId,
    String user,
    byte[] authentication,
    @Nullable String schema,
    String plugin,
    Map<String, String> attributes,
    int zstdLevel) {
  private static final int FIXED_BYTES = 32;
  private static final int FILLER_BYTES = 23;
  private static final int ATTRIBUTE_BYTES_MAX = 65536;

  /** What a client sends before a TLS handshake: the fixed part alone. */
  public static boolean isTlsRequest(PayloadReader in) {
    return in.remaining() == FIXED_BYTES
        && Capability.has(LittleEndian.int4(in.array(), in.position()), Capability.SSL);
  }

  public static void writeTlsRequest(PacketWriter out, int capabilities, int collationId)
      throws IOException {
    out.begin();
    out.int4(capabilities).int4(PacketWriter.PAYLOAD_BYTES_MAX).int1(collationId);
    out.zeros(FILLER_BYTES);
    out.end();
  }

  /**
   * @throws ProtocolException 1043 whatever is wrong
   */
  public static HandshakeResponse read(PayloadReader in) {
    try {
      return readFields(in);
    } catch (ProtocolException e) {
      throw ProtocolError.HANDSHAKE.exception(e.detail());
    }
  }

  private static HandshakeResponse readFields(PayloadReader in) {
    int capabilities = in.int4();
    if (!Capability.has(capabilities, Capability.PROTOCOL_41)) {
      throw ProtocolError.HANDSHAKE.exception(
          "a client older than protocol 4.1, or no MySQL client");
    }
    int packetBytesMax = in.int4();
    int collationId = in.int1();
    in.skip(FILLER_BYTES);
    String user = in.nulString();
    byte[] authentication = readAuthentication(in, capabilities);
    String schema = null;
    if (Capability.has(capabilities, Capability.CONNECT_WITH_DB) && in.hasRemaining()) {
      schema = in.nulOrRestString();
    }
    String plugin = "";
    if (Capability.has(capabilities, Capability.PLUGIN_AUTH) && in.hasRemaining()) {
      plugin = in.nulOrRestString();
    }
    Map<String, String> attributes = Map.of();
    if (Capability.has(capabilities, Capability.CONNECT_ATTRS) && in.hasRemaining()) {
      attributes = readAttributes(in);
    }
    int level = 0;
    if (Capability.has(capabilities, Capability.ZSTD_COMPRESSION) && in.hasRemaining()) {
      level = in.int1();
    }
    return new HandshakeResponse(
        capabilities,
        packetBytesMax,
        collationId,
        user,
        authentication,
        schema == null || schema.isEmpty() ? null : schema,
        plugin,
        attributes,
        level);
  }

  private static byte[] readAuthentication(PayloadReader in, int capabilities) {
    if (Capability.has(capabilities, Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
      return in.lenencBytes();
    }
    if (Capability.has(capabilities, Capability.SECURE_CONNECTION)) {
      return in.bytes(in.int1());
    }
    return in.nulBytes();
  }

  /** The connection attributes: a total length and pairs of strings. Also used by COM_CHANGE_USER. */
  static Map<String, String> readAttributes(PayloadReader in) {
    int total = in.length();
    if (total > ATTRIBUTE_BYTES_MAX) {
      throw ProtocolError.MALFORMED_PACKET.exception(
          "connection attributes of " + total + " bytes");
    }
    PayloadReader pairs = new PayloadReader(in.array(), in.position(), total);
    in.skip(total);
    Map<String, String> attributes = new LinkedHashMap<>();
    while (pairs.hasRemaining()) {
      attributes.put(pairs.lenencString(), pairs.lenencString());
    }
    return attributes;
  }

  static void writeAttributes(PacketWriter out, Map<String, String> attributes) {
    int total = 0;
    for (Map.Entry<String, String> entry : attributes.entrySet()) {
      total += lenencStringBytes(entry.getKey()) + lenencStringBytes(entry.getValue());
    }
    out.lenenc(total);
    attributes.forEach((name, value) -> out.lenencString(name).lenencString(value));
  }

  private static int lenencStringBytes(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes + (bytes < 0xFB ? 1 : bytes <= 0xFFFF ? 3 : bytes <= 0xFFFFFF ? 4 : 9);
  }

  public void write(PacketWriter out) throws IOException {
    out.begin();
    out.int4(capabilities).int4(packetBytesMax).int1(collationId).zeros(FILLER_BYTES);
    out.nulString(user);
    if (Capability.has(capabilities, Capability.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
      out.lenencBytes(authentication);
    } else if (Capability.has(capabilities, Capability.SECURE_CONNECTION)) {
      out.int1(authentication.length).bytes(authentication);
    } else {
      out.bytes(authentication).int1(0);
    }
    if (Capability.has(capabilities, Capability.CONNECT_WITH_DB)) {
      out.nulString(schema == null ? "" : schema);
    }
    if (Capability.has(capabilities, Capability.PLUGIN_AUTH)) {
      out.nulString(plugin);
    }
    if (Capability.has(capabilities, Capability.CONNECT_ATTRS)) {
      writeAttributes(out, attributes);
    }
    if (Capability.has(capabilities, Capability.ZSTD_COMPRESSION)) {
      out.int1(zstdLevel);
    }
    out.end();
  }
}
