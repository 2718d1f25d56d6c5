package io.vaquita.bench.load;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server that is measured: {@code NAME=HOST:PORT[:PID]}. Immutable.
 *
 * @param pid its process, where that is on this machine and known; else 0
 */
record ServerEndpoint(String name, String host, int port, long pid) {
  private static final Pattern TEXT = Pattern.compile("([^=]+)=(.+?):(\\d+)(?::(\\d+))?");

  static ServerEndpoint parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "a server is NAME=HOST:PORT or NAME=HOST:PORT:PID, not " + text);
    }
    String pid = parts.group(4);
    return new ServerEndpoint(
        parts.group(1),
        parts.group(2),
        Integer.parseInt(parts.group(3)),
        pid == null ? 0 : Long.parseLong(pid));
  }

  /** As root without a password. */
  WireClient connect(@Nullable String schema) throws IOException {
    return WireClient.connect(new InetSocketAddress(host, port), "root", "", schema);
  }

  /** Processor time that the server has used, in microseconds; -1 where its process is not known. */
  long cpuMicros() {
    return pid == 0
        ? -1
        : ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .map(time -> time.toNanos() / 1000)
            .orElse(-1L);
  }
}
