package io.vaquita.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which processes of this machine hold the client's end of connections: read out of Linux's {@code /proc}. Stateless. Elsewhere, and for
 * processes that this one may not look into, it finds nothing. Sockets are known by their inodes, as text.
 */
final class SocketHolders {
  private static final Path PROC = Path.of("/proc");
  private static final String SOCKET = "socket:[";

  /** Counted from 0, of a line of {@code /proc/net/tcp}. */
  private static final int INODE_FIELD = 9;

  private SocketHolders() {}

  /**
   * A process. Immutable.
   *
   * @param started null when it has ended meanwhile
   */
  record Holder(long processId, String program, @Nullable Instant started) {
    @Override
    public String toString() {
      return processId + " (" + program + ")";
    }

    /** Since when it holds a connection: a forked process has had it since its own start, the other since the connection's. */
    Instant since(Instant connected) {
      return started == null || started.isBefore(connected) ? connected : started;
    }
  }

  /** Whether this machine can be asked. */
  static boolean canLook() {
    return Files.isReadable(PROC.resolve("net/tcp"));
  }

  /** The processes that hold each of these sockets. */
  static Map<String, List<Holder>> find(Set<String> inodes) throws IOException {
    Map<String, List<Holder>> holders = new HashMap<>();
    if (inodes.isEmpty()) {
      return holders;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        readProcess(process, inodes, holders);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return holders;
  }

  /** The client's socket of each of the client ports that are connected to {@code serverPort}. */
  static Map<Integer, String> clientInodes(int serverPort, Set<Integer> clientPorts)
      throws IOException {
    Map<Integer, String> inodes = new HashMap<>();
    readSockets(PROC.resolve("net/tcp"), serverPort, clientPorts, inodes);
    readSockets(PROC.resolve("net/tcp6"), serverPort, clientPorts, inodes);
    return inodes;
  }

  /**
   * Fields of a line: number, local address, remote address, state, queues, timer, retransmits, user, timeout, inode. A machine with ten
   * thousand connections has twenty thousand lines: most are told by their third field, and no other is looked at.
   */
  private static void readSockets(
      Path table, int serverPort, Set<Integer> clientPorts, Map<Integer, String> inodes)
      throws IOException {
    if (!Files.isReadable(table)) {
      return;
    }
    try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int local = after(line, field(line, 0));
        int remote = after(line, local);
        if (port(line, remote) == serverPort) {
          int clientPort = port(line, local);
          String inode = clientPorts.contains(clientPort) ? inodeField(line, remote) : "";
          if (!inode.isEmpty()) {
            inodes.put(clientPort, inode);
          }
        }
      }
    }
  }

  /** The inode of a line whose remote address, its field 2, begins at {@code remote}; empty where the line ends before. */
  private static String inodeField(String line, int remote) {
    int begin = remote;
    for (int i = 2; i < INODE_FIELD; i++) {
      begin = after(line, begin);
    }
    return line.substring(begin, end(line, begin));
  }

  /** Where the field begins that follows the one at {@code begin}; the line's length where there is none. */
  private static int after(String line, int begin) {
    return field(line, end(line, begin));
  }

  private static int field(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static int end(String line, int begin) {
    int at = line.indexOf(' ', begin);
    return at < 0 ? line.length() : at;
  }

  /** The port of the address that begins there, hexadecimal behind a colon; -1 where there is none, as in the head line. */
  private static int port(String line, int address) {
    int end = end(line, address);
    int colon = line.lastIndexOf(':', end - 1);
    try {
      return colon < address ? -1 : Integer.parseInt(line, colon + 1, end, 16);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void readProcess(
      Path process, Set<String> inodes, Map<String, List<Holder>> holders) {
    Holder holder = null;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        String inode = inode(descriptor);
        if (inodes.contains(inode)) {
          if (holder == null) {
            holder = holder(process);
          }
          List<Holder> ofSocket = holders.computeIfAbsent(inode, i -> new ArrayList<>());
          // a process that holds it twice is one holder; its descriptors come one after the other
          if (ofSocket.isEmpty() || ofSocket.getLast() != holder) {
            ofSocket.add(holder);
          }
        }
      }
    } catch (IOException | DirectoryIteratorException ignored) {
      // it has ended, or it is somebody else's
    }
  }

  private static String inode(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith(SOCKET)
          ? target.substring(SOCKET.length(), target.length() - 1)
          : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static Holder holder(Path process) throws IOException {
    long id = Long.parseLong(String.valueOf(process.getFileName()));
    String program =
        Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8)
            .replace('\0', ' ')
            .strip();
    return new Holder(
        id,
        program.length() > 100 ? program.substring(0, 100) + "…" : program,
        ProcessHandle.of(id).flatMap(p -> p.info().startInstant()).orElse(null));
  }
}
