package io.vaquita.protocol;

import java.io.IOException;

/** Names of authentication plugins and the packets of their exchanges. Stateless. */
public final class AuthenticationPlugin {
  public static final String NATIVE_PASSWORD = "mysql_native_password";
  public static final String CACHING_SHA2 = "caching_sha2_password";
  public static final String CLEAR_PASSWORD = "mysql_clear_password";

  /** First byte of a packet that names another plugin. */
  public static final int SWITCH = 0xFE;

  /** First byte of a packet that carries more data of the plugin. */
  public static final int MORE_DATA = 0x01;

  /** caching_sha2_password: the cache knew the account and the answer matched. */
  public static final int FAST_OK = 3;

  /** caching_sha2_password: send the password itself. */
  public static final int FULL_EXCHANGE = 4;

  /** caching_sha2_password, from the client: send the public key. */
  public static final int REQUEST_KEY = 2;

  private AuthenticationPlugin() {}

  public static void writeSwitch(PacketWriter out, String plugin, byte[] scramble)
      throws IOException {
    out.begin();
    out.int1(SWITCH).nulString(plugin).bytes(scramble).int1(0);
    out.end();
  }

  public static void writeMoreData(PacketWriter out, byte[] data) throws IOException {
    out.begin();
    out.int1(MORE_DATA).bytes(data);
    out.end();
  }

  /** A packet that is data of the plugin alone: what a client answers with. */
  public static void writeAnswer(PacketWriter out, byte[] data) throws IOException {
    out.begin();
    out.bytes(data);
    out.end();
  }
}
