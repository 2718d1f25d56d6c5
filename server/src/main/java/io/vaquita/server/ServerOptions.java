package io.vaquita.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens. Immutable.
 *
 * @param bindAddress where TCP connections are taken, or null for none
 * @param port 0 for any free one
 * @param socketFile a Unix socket, or null for none
 * @param rootPassword empty for none: then only loopback addresses may be bound
 * @param certificateFile PEM, or null for a certificate of the server's own
 * @param keysDirectory where the own certificate is kept, or null to keep it in memory
 * @param serverVersion what the greeting says when the engine has no variable {@code version}
 */
public record ServerOptions(
    @Nullable String bindAddress,
    int port,
    @Nullable Path socketFile,
    String rootPassword,
    boolean hasTls,
    boolean requireSecureTransport,
    @Nullable Path certificateFile,
    @Nullable Path keyFile,
    @Nullable Path keysDirectory,
    String serverVersion) {
  /** A server on any free port of the loopback address, for tests. */
  public static ServerOptions onFreePort() {
    return new ServerOptions(
        "127.0.0.1", 0, null, "", true, false, null, null, null, "8.4.0-vaquita");
  }

  /** Without a port of its own. */
  ServerOptions withoutTcp() {
    return new ServerOptions(
        null,
        0,
        socketFile,
        rootPassword,
        hasTls,
        requireSecureTransport,
        certificateFile,
        keyFile,
        keysDirectory,
        serverVersion);
  }

  public ServerOptions withPort(int newPort) {
    return new ServerOptions(
        bindAddress,
        newPort,
        socketFile,
        rootPassword,
        hasTls,
        requireSecureTransport,
        certificateFile,
        keyFile,
        keysDirectory,
        serverVersion);
  }

  public ServerOptions withRootPassword(String password) {
    return new ServerOptions(
        bindAddress,
        port,
        socketFile,
        password,
        hasTls,
        requireSecureTransport,
        certificateFile,
        keyFile,
        keysDirectory,
        serverVersion);
  }

  public ServerOptions withSocketFile(Path file) {
    return new ServerOptions(
        bindAddress,
        port,
        file,
        rootPassword,
        hasTls,
        requireSecureTransport,
        certificateFile,
        keyFile,
        keysDirectory,
        serverVersion);
  }
}
