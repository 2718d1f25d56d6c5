package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Options as typed values, and what contradicts itself. */
final class ServerOptionsTest {
  private static void assertRefused(String text, ServerOptions.Builder builder) {
    IllegalArgumentException error = assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(error.getMessage().contains(text), error.getMessage());
  }

  @Test
  void startsWithAFreePortOfTheLoopbackAddress() {
    ServerOptions options = ServerOptions.onFreePort();
    assertEquals("127.0.0.1", options.bindAddress());
    assertEquals(0, options.port());
    assertTrue(options.hasTls());
    assertEquals("", options.rootPassword());
    assertNull(ServerOptions.builder().withoutTcp().build().bindAddress());
    ServerOptions other =
        ServerOptions.builder().bindAddress(InetAddress.getLoopbackAddress()).port(65535).build();
    assertEquals(InetAddress.getLoopbackAddress().getHostAddress(), other.bindAddress());
  }

  @Test
  void whatCannotBeIsRefusedAtOnce() {
    assertRefused("0 to 65535", ServerOptions.builder().port(65536));
    assertRefused("0 to 65535", ServerOptions.builder().port(-1));
    assertRefused("needs its key", ServerOptions.builder().certificate(Path.of("a"), null));
    assertRefused("needs its key", ServerOptions.builder().certificate(null, Path.of("a")));
    ServerOptions.Builder noTls = ServerOptions.builder().tls(false).requireSecureTransport(true);
    assertRefused("nobody", noTls);
    assertTrue(noTls.socketFile(Path.of("s")).build().requireSecureTransport());
  }
}
