package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** The figures of TCP keep-alive on accepted sockets. That a silent host is noticed by them: {@code SilentHostTest}. */
final class KeepAliveTest {
  @Test
  void figuresAreThoseOfTheVariables() throws IOException {
    try (Database database = Database.inMemory();
        Session session = database.connect(ConnectOptions.local());
        ServerSocketChannel listener =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = SocketChannel.open(listener.getLocalAddress());
        SocketChannel accepted = listener.accept()) {
      assumeTrue(
          accepted.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE),
          "this system has no keep-alive figures of a socket's own");
      assertTrue(client.isConnected());
      int ownFigure = accepted.getOption(ExtendedSocketOptions.TCP_KEEPIDLE);

      session.execute("SET GLOBAL tcp_keepalive_time = 0").close();
      KeepAlive.set(accepted, database);
      assertEquals(ownFigure, accepted.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));

      session.execute("SET GLOBAL tcp_keepalive_time = DEFAULT").close();
      KeepAlive.set(accepted, database);
      assertEquals(true, accepted.getOption(StandardSocketOptions.SO_KEEPALIVE));
      assertEquals(60, accepted.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
      assertEquals(10, accepted.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
      assertEquals(6, accepted.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));

      session
          .execute(
              "SET GLOBAL tcp_keepalive_time = 5, GLOBAL tcp_keepalive_interval = 2, GLOBAL"
                  + " tcp_keepalive_probes = 3")
          .close();
      KeepAlive.set(accepted, database);
      assertEquals(5, accepted.getOption(ExtendedSocketOptions.TCP_KEEPIDLE));
      assertEquals(2, accepted.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL));
      assertEquals(3, accepted.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
    }
  }
}
