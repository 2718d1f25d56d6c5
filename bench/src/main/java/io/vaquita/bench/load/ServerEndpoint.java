package io.vaquita.bench.load;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A server that is measured: {@code NAME=HOST:PORT}. Immutable. */
record ServerEndpoint(String name, String host, int port) {
  static ServerEndpoint parse(String text) {
    int equals = text.indexOf('=');
    int colon = text.lastIndexOf(':');
    if (equals < 1 || colon < equals) {
      throw new IllegalArgumentException("a server is NAME=HOST:PORT, not " + text);
    }
    return new ServerEndpoint(
        text.substring(0, equals),
        text.substring(equals + 1, colon),
        Integer.parseInt(text.substring(colon + 1)));
  }

  /** As root without a password. */
  WireClient connect(@Nullable String schema) throws IOException {
    return WireClient.connect(new InetSocketAddress(host, port), "root", "", schema);
  }
}
