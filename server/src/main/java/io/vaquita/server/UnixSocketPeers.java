package io.vaquita.server;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The client's end of each connection to a Unix socket, as Linux knows it. {@code /proc/net/unix} does not say who is connected to whom;
 * the kernel's socket diagnosis (netlink, sock_diag) does, for our end by its number (inode) and sizes of buffers. Java tells no socket's
 * inode, so each accepted socket is given a receive buffer of a size of its own, which a stream of this kind makes no other use of: that
 * is its {@linkplain #mark mark}.
 *
 * <p>Stateless. Elsewhere than on Linux, and where native access is denied, {@link #find} throws.
 */
final class UnixSocketPeers {
  private static final int MARKS = 100_000;
  private static final int MARK_FIRST = 4096;

  // Numbers of Linux's netlink, sock_diag and unix_diag; the same on all architectures.
  private static final int AF_NETLINK = 16;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int DONT_WAIT = 0x40;
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short REQUEST_DUMP = 0x301;
  private static final short DONE = 3;
  private static final short ERROR = 2;
  private static final byte AF_UNIX = 1;
  private static final int STATE_ESTABLISHED = 1 << 1;
  private static final int SHOW_NAME_PEER_MEMORY = 0x01 | 0x04 | 0x20;
  private static final int ATTRIBUTE_NAME = 0;
  private static final int ATTRIBUTE_PEER = 2;
  private static final int ATTRIBUTE_MEMORY = 5;
  private static final int HEADER_BYTES = 16;
  private static final int REQUEST_BYTES = HEADER_BYTES + 24;
  private static final int ANSWER_BYTES = HEADER_BYTES + 16;
  private static final int BUFFER_BYTES = 1 << 16;

  private UnixSocketPeers() {}

  /** Gives an accepted socket its mark: the size of its receive buffer as the kernel has it then. */
  static int mark(SocketChannel accepted, long connectionId) throws IOException {
    accepted.setOption(StandardSocketOptions.SO_RCVBUF, MARK_FIRST + (int) (connectionId % MARKS));
    return accepted.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /** The inode of the client's end by the mark of ours, for all connections to a socket of this path. */
  static Map<Integer, String> find(Path socketFile) throws IOException {
    Map<Integer, String> inodes = new HashMap<>();
    byte[] name = socketFile.toString().getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER_BYTES, 8);
      int socket =
          (int) Calls.SOCKET.invokeExact(AF_NETLINK, SOCK_DGRAM_CLOEXEC, NETLINK_SOCK_DIAG);
      if (socket < 0) {
        throw new IOException("no netlink socket");
      }
      try {
        writeRequest(buffer.asByteBuffer().order(ByteOrder.nativeOrder()));
        if ((long) Calls.SEND.invokeExact(socket, buffer, (long) REQUEST_BYTES, 0) < 0) {
          throw new IOException("netlink takes no request");
        }
        boolean isMore = true;
        while (isMore) {
          long count =
              (long) Calls.RECEIVE.invokeExact(socket, buffer, (long) BUFFER_BYTES, DONT_WAIT);
          if (count <= 0) {
            throw new IOException("netlink gives no answer");
          }
          ByteBuffer answer =
              buffer.asSlice(0, count).asByteBuffer().order(ByteOrder.nativeOrder());
          isMore = readMessages(answer, name, inodes);
        }
      } finally {
        int ignored = (int) Calls.CLOSE.invokeExact(socket);
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
    return inodes;
  }

  private static void writeRequest(ByteBuffer out) {
    out.putInt(REQUEST_BYTES)
        .putShort(SOCK_DIAG_BY_FAMILY)
        .putShort(REQUEST_DUMP)
        .putInt(1)
        .putInt(0);
    out.put(AF_UNIX).put((byte) 0).putShort((short) 0);
    out.putInt(STATE_ESTABLISHED).putInt(0).putInt(SHOW_NAME_PEER_MEMORY).putInt(-1).putInt(-1);
  }

  /** Whether more will come. */
  private static boolean readMessages(ByteBuffer in, byte[] name, Map<Integer, String> inodes)
      throws IOException {
    int start = 0;
    while (start + HEADER_BYTES <= in.limit()) {
      int length = in.getInt(start);
      short type = in.getShort(start + 4);
      if (type == DONE) {
        return false;
      }
      if (type == ERROR || length < ANSWER_BYTES || start + length > in.limit()) {
        throw new IOException("netlink refuses the request");
      }
      readSocket(in, start + ANSWER_BYTES, start + length, name, inodes);
      start += align(length);
    }
    return true;
  }

  private static void readSocket(
      ByteBuffer in, int from, int end, byte[] name, Map<Integer, String> inodes) {
    boolean isOurs = false;
    int peer = 0;
    int mark = 0;
    for (int at = from; at + 4 <= end; ) {
      int length = Short.toUnsignedInt(in.getShort(at));
      switch (in.getShort(at + 2)) {
        case ATTRIBUTE_NAME -> isOurs = isName(in, at + 4, length - 4, name);
        case ATTRIBUTE_PEER -> peer = in.getInt(at + 4);
        // received, receive buffer, sent, send buffer …; Linux doubles sizes, and Java halves them
        case ATTRIBUTE_MEMORY -> mark = in.getInt(at + 8) / 2;
        default -> {}
      }
      at += Math.max(4, align(length));
    }
    if (isOurs && peer != 0) {
      inodes.put(mark, Integer.toUnsignedString(peer));
    }
  }

  /** Names of files may end with a zero byte. */
  private static boolean isName(ByteBuffer in, int at, int length, byte[] name) {
    boolean hasLength =
        length == name.length || length == name.length + 1 && in.get(at + name.length) == 0;
    return hasLength && in.slice(at, name.length).equals(ByteBuffer.wrap(name));
  }

  private static int align(int length) {
    return length + 3 & ~3;
  }

  /** The C library's functions, bound when the first of them is called. */
  @SuppressWarnings(
      "restricted") // the only native code that the server calls; what it is good for is above
  private static final class Calls {
    private static final Linker LINKER = Linker.nativeLinker();
    static final MethodHandle SOCKET =
        bind("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    static final MethodHandle SEND =
        bind("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle RECEIVE =
        bind("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle CLOSE = bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private Calls() {}

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
      return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }
  }
}
