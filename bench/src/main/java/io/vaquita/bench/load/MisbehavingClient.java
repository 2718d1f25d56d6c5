package io.vaquita.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client that logs in (or begins to) and then does one wrong thing, or nothing; when its connection has ended it rests and comes
 * again. Driven by one thread, which calls it when its socket is ready or its time has come.
 */
final class MisbehavingClient {
  /** What a client does once it is in. */
  enum Kind {
    /** Nothing: it is no wrongdoer. */
    IDLE,
    STALLED_LOGIN,
    HALF_PACKET,
    STUCK_READER,
    NOISE,
    RESET;

    String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  private enum Phase {
    RESTS,
    CONNECTS,
    LOGS_IN,
    /** Whatever comes is thrown away, until the end of the stream. */
    DRAINS,
    /** Waits, reading nothing: then a stuck reader reads on, and one that resets goes. */
    IGNORES
  }

  private static final int GREETING_BYTES_MAX = 512;
  private static final int NOISE_BYTES = 200;

  /** So that it is the result that waits, not the machine's memory that takes it: a window on loopback may grow to megabytes. */
  private static final int STUCK_WINDOW_BYTES = 65536;

  private static final String BIG_RESULT =
      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000)"
          + " SELECT REPEAT('x', 10000) FROM r AS a JOIN r AS b";

  private final Kind kind;
  private final int port;
  private final Selector selector;
  private final long restNanos;
  private final MisbehavingCounts counts;
  private final Random random;

  private Phase phase = Phase.RESTS;
  private long dueNanos;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private @Nullable ByteBuffer answers;
  private boolean hasGreeting;

  /**
   * @param restNanos from the end of a connection to its next
   */
  MisbehavingClient(
      Kind kind,
      int port,
      Selector selector,
      long restNanos,
      MisbehavingCounts counts,
      Random random) {
    this.kind = kind;
    this.port = port;
    this.selector = selector;
    this.restNanos = restNanos;
    this.counts = counts;
    this.random = random;
  }

  /** When it wants to be called if nothing happens before; {@code Long.MAX_VALUE} for never. */
  long dueNanos() {
    return dueNanos;
  }

  /** Its time has come. */
  void due(ByteBuffer scratch) {
    dueNanos = Long.MAX_VALUE;
    try {
      switch (phase) {
        case RESTS -> connect();
        case IGNORES -> endIgnoring(scratch);
        default -> {}
      }
    } catch (IOException e) {
      end(e);
    }
  }

  /** Its socket can be read, or is connected. */
  void ready(ByteBuffer scratch) {
    try {
      switch (phase) {
        case CONNECTS -> {
          open().finishConnect();
          phase = Phase.LOGS_IN;
          interest(SelectionKey.OP_READ);
        }
        case LOGS_IN -> logIn();
        default -> drain(scratch);
      }
    } catch (IOException e) {
      end(e);
    }
  }

  private void connect() throws IOException {
    SocketChannel made = SocketChannel.open();
    channel = made;
    made.configureBlocking(false);
    if (kind == Kind.STUCK_READER) {
      made.setOption(StandardSocketOptions.SO_RCVBUF, STUCK_WINDOW_BYTES);
    }
    phase = Phase.CONNECTS;
    hasGreeting = false;
    answers = ByteBuffer.allocate(GREETING_BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    boolean isConnected =
        made.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    phase = isConnected ? Phase.LOGS_IN : Phase.CONNECTS;
    key =
        made.register(selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
  }

  private SocketChannel open() throws IOException {
    if (channel == null) {
      throw new IOException("not connected");
    }
    return channel;
  }

  private void interest(int operations) {
    if (key != null) {
      key.interestOps(operations);
    }
  }

  /** Takes whole packets out of what has come: the greeting, then whatever precedes OK. */
  private void logIn() throws IOException {
    ByteBuffer in = answers;
    if (in == null || open().read(in) < 0) {
      throw new IOException("refused");
    }
    in.flip();
    while (phase == Phase.LOGS_IN && in.remaining() >= 4) {
      int length = in.getInt(in.position()) & 0xFFFFFF;
      if (in.remaining() < 4 + length) {
        break;
      }
      byte first = length == 0 ? 1 : in.get(in.position() + 4);
      in.position(in.position() + 4 + length);
      if (hasGreeting && first == (byte) 0xFF) {
        throw new IOException("refused");
      } else if (!hasGreeting && kind != Kind.STALLED_LOGIN) {
        hasGreeting = true;
        send(packet(1, loginBody()));
      } else if (!hasGreeting || first == 0) {
        answers = null;
        counts.opened(kind);
        misbehave();
      }
    }
    in.compact();
  }

  private void misbehave() throws IOException {
    phase = Phase.DRAINS;
    switch (kind) {
      case IDLE, STALLED_LOGIN -> {}
      case HALF_PACKET -> send(query("SELECT 1").limit(7));
      case NOISE -> {
        byte[] noise = new byte[NOISE_BYTES];
        random.nextBytes(noise);
        send(ByteBuffer.wrap(noise));
      }
      case STUCK_READER -> {
        send(query(BIG_RESULT));
        ignoreFor(TimeUnit.SECONDS.toNanos(5));
      }
      case RESET -> ignoreFor(TimeUnit.SECONDS.toNanos(1));
    }
  }

  private void ignoreFor(long nanos) {
    phase = Phase.IGNORES;
    interest(0);
    dueNanos = System.nanoTime() + nanos;
  }

  private void endIgnoring(ByteBuffer scratch) throws IOException {
    if (kind == Kind.RESET) {
      open().setOption(StandardSocketOptions.SO_LINGER, 0);
      end(null);
    } else {
      phase = Phase.DRAINS;
      interest(SelectionKey.OP_READ);
      drain(scratch);
    }
  }

  private void drain(ByteBuffer scratch) throws IOException {
    int count;
    do {
      count = open().read(scratch.clear());
    } while (count > 0);
    if (count < 0) {
      end(null);
    }
  }

  private void end(@Nullable IOException failure) {
    if (failure != null && (phase == Phase.CONNECTS || phase == Phase.LOGS_IN)) {
      counts.refused();
    }
    phase = Phase.RESTS;
    dueNanos = System.nanoTime() + restNanos;
    key = null;
    answers = null;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // it is gone either way
      }
      channel = null;
    }
  }

  /** What these send is far smaller than a socket's empty buffer. */
  private void send(ByteBuffer bytes) throws IOException {
    open().write(bytes);
    if (bytes.hasRemaining()) {
      throw new IOException("the socket's buffer is full");
    }
  }

  private static byte[] loginBody() {
    int capabilities = 0x00000001 | 0x00000200 | 0x00008000 | 0x00080000;
    byte[] names = "root\0\0caching_sha2_password\0".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(32 + names.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(capabilities)
        .putInt(1 << 24)
        .put((byte) 45)
        .put(new byte[23])
        .put(names)
        .array();
  }

  private static ByteBuffer query(String sql) {
    return packet(0, ("\3" + sql).getBytes(StandardCharsets.US_ASCII));
  }

  private static ByteBuffer packet(int sequence, byte[] body) {
    return ByteBuffer.allocate(4 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(body.length | sequence << 24)
        .put(body)
        .flip();
  }
}
