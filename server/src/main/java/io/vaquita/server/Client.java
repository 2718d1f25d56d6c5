package io.vaquita.server;

import io.vaquita.ConnectOptions;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a connection, and how much it has done: for logs and views. Written by the connection's thread, read
 * by any.
 */
final class Client {
  private static final String UNKNOWN = "unauthenticated";

  private final long id;
  private final Peer peer;
  private final Instant connected;
  private volatile String user = UNKNOWN;
  private volatile Map<String, String> attributes = Map.of();
  private volatile long commands;

  /** Confined to the watcher. */
  private long commandsSeen;

  private volatile long bytesSentBefore;

  private volatile String tlsVersion = "";
  private volatile String tlsCipher = "";
  private volatile String compression = "";
  private volatile int compressionLevel;

  Client(long id, Peer peer, Instant connected) {
    this.id = id;
    this.peer = peer;
    this.connected = connected;
  }

  long id() {
    return id;
  }

  Peer peer() {
    return peer;
  }

  String host() {
    return peer.host();
  }

  String address() {
    return peer.address();
  }

  Instant connected() {
    return connected;
  }

  String user() {
    return user;
  }

  /** {@code root@localhost}; empty before the client is known. */
  String account() {
    String name = user;
    return name.equals(UNKNOWN) ? "" : name + '@' + peer.host();
  }

  /** The connection is encrypted, and how. */
  void isEncrypted(String version, String cipher) {
    tlsVersion = version;
    tlsCipher = cipher;
  }

  /** The connection is compressed, by zlib or zstd. */
  void isCompressed(String algorithm, int level) {
    compression = algorithm;
    compressionLevel = level;
  }

  /** The status variables of the session that tell how its connection is made. */
  void status(BiConsumer<String, String> out) {
    String algorithm = compression;
    out.accept("Ssl_version", tlsVersion);
    out.accept("Ssl_cipher", tlsCipher);
    out.accept("Compression", algorithm.isEmpty() ? "OFF" : "ON");
    out.accept("Compression_algorithm", algorithm);
    out.accept("Compression_level", Integer.toString(compressionLevel));
  }

  /** What the client calls itself: program_name, or the driver's name; null when it says nothing. */
  @Nullable String program() {
    String program = attributes.get("program_name");
    return program != null ? program : attributes.get("_client_name");
  }

  /** The process at the client's end as its driver says, such as {@code 4711}; null when it says nothing. */
  @Nullable String claimedProcess() {
    return attributes.get("_pid");
  }

  /** The client has proved to be {@code name}, or claims it while it is refused. */
  void isNow(String name, Map<String, String> newAttributes) {
    user = name;
    attributes = newAttributes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  void commandBegins(long bytesSent) {
    commands++;
    bytesSentBefore = bytesSent;
  }

  long commands() {
    return commands;
  }

  /** For the watcher: whether a command has come since it asked last. */
  boolean hasWorked() {
    long now = commands;
    boolean hasWorked = now != commandsSeen;
    commandsSeen = now;
    return hasWorked;
  }

  /** Bytes that had been sent when the running command began. */
  long bytesSentBefore() {
    return bytesSentBefore;
  }

  LogSubject subject() {
    return new LogSubject(id, account(), peer.address());
  }

  ConnectOptions options(
      @Nullable String schema, int collationId, boolean isInteractive, Runnable onKill) {
    return new ConnectOptions(
        id,
        user,
        peer.host(),
        peer.address(),
        schema,
        collationId,
        isInteractive,
        attributes,
        onKill);
  }
}
