package io.vaquita.server;

import io.vaquita.Database;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP's own probing of a client that is silent, the only way to notice a host that vanished without a word. Stateless.
 *
 * <p>{@code tcp_keepalive_time}, {@code tcp_keepalive_interval} and {@code tcp_keepalive_probes} are MariaDB's variables; 0 leaves the
 * operating system's figure. With the defaults of 60 s, 10 s and 6 probes such a host is noticed after two minutes.
 */
final class KeepAlive {
  private KeepAlive() {}

  static void set(SocketChannel channel, Database database) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, database, "tcp_keepalive_time");
    set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, database, "tcp_keepalive_interval");
    set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, database, "tcp_keepalive_probes");
  }

  private static void set(
      SocketChannel channel, SocketOption<Integer> option, Database database, String variable)
      throws IOException {
    String text = database.globalVariable(variable);
    int figure = text.isEmpty() ? 0 : Integer.parseInt(text);
    if (figure > 0 && channel.supportedOptions().contains(option)) {
      channel.setOption(option, figure);
    }
  }
}
