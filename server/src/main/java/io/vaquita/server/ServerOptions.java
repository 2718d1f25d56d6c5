package io.vaquita.server;

import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens. Immutable.
 *
 * <pre>{@code
 * ServerOptions options =
 *     ServerOptions.builder()
 *         .bindAddress(InetAddress.getByName("0.0.0.0"))
 *         .port(3306)
 *         .rootPassword("secret")
 *         .certificate(Path.of("server.pem"), Path.of("server.key"))
 *         .requireSecureTransport(true)
 *         .build();
 * }</pre>
 *
 * @param bindAddress where TCP connections are taken, or null for none
 * @param port 0 for any free one, up to 65535
 * @param socketFile a Unix socket, or null for none
 * @param rootPassword empty for none: then only loopback addresses may be bound
 * @param hasTls whether clients may ask for TLS
 * @param requireSecureTransport whether connections that are neither encrypted nor of this machine's own kind are refused
 * @param certificateFile PEM, or null for a certificate of the server's own
 * @param keyFile the certificate's private key, PEM
 * @param keysDirectory where the own certificate is kept, or null to keep it in memory
 * @param platformConnections up to so many active connections have a thread of the operating system each, from one more on all have virtual
 *     threads; at least 0 (virtual threads only)
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
    int platformConnections,
    String serverVersion) {

  /** So many for each processor when nothing else was asked for: where both kinds cost the same a query, measured on two. */
  static final int PLATFORM_CONNECTIONS_PER_PROCESSOR = 16;

  public ServerOptions {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port: " + port + " is not in 0 to 65535");
    }
    if (platformConnections < 0) {
      throw new IllegalArgumentException(
          "platformConnections: " + platformConnections + " is less than 0");
    }
    if ((certificateFile == null) != (keyFile == null)) {
      throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
    }
    if (requireSecureTransport && !hasTls && socketFile == null && bindAddress != null) {
      throw new IllegalArgumentException(
          "requireSecureTransport lets nobody in without TLS and without a Unix socket");
    }
  }

  /** A server on any free port of the loopback address, for tests. */
  public static ServerOptions onFreePort() {
    return builder().build();
  }

  /** Starts with any free port of the loopback address, TLS with a certificate of the server's own, and root without a password. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers options. Confined to one thread. */
  public static final class Builder {
    private @Nullable String bindAddress = "127.0.0.1";
    private int port;
    private @Nullable Path socketFile;
    private String rootPassword = "";
    private boolean hasTls = true;
    private boolean requireSecureTransport;
    private @Nullable Path certificateFile;
    private @Nullable Path keyFile;
    private @Nullable Path keysDirectory;
    private int platformConnections =
        PLATFORM_CONNECTIONS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();

    private Builder() {}

    /** Where TCP connections are taken; any address but loopback wants a password. */
    public Builder bindAddress(InetAddress address) {
      return bindAddress(address.getHostAddress());
    }

    /** As {@link #bindAddress(InetAddress)}, by a name or an address that is looked up when the server starts. */
    public Builder bindAddress(String address) {
      bindAddress = address;
      return this;
    }

    /** No TCP connections at all. */
    public Builder withoutTcp() {
      bindAddress = null;
      return this;
    }

    /** 0 for any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** A Unix socket besides; the file is made at the start and removed at the end. */
    public Builder socketFile(@Nullable Path file) {
      socketFile = file;
      return this;
    }

    /** What root logs in with; empty for nothing. */
    public Builder rootPassword(String password) {
      rootPassword = password;
      return this;
    }

    /** Whether clients may ask for TLS. */
    public Builder tls(boolean isOffered) {
      hasTls = isOffered;
      return this;
    }

    /** Whether TCP connections without TLS are refused (3159). */
    public Builder requireSecureTransport(boolean isRequired) {
      requireSecureTransport = isRequired;
      return this;
    }

    /** PEM files, both or none, in place of a certificate of the server's own. */
    public Builder certificate(@Nullable Path certificate, @Nullable Path key) {
      certificateFile = certificate;
      keyFile = key;
      return this;
    }

    /** Where the server's own certificate is kept from start to start; null for in memory. */
    public Builder keysDirectory(@Nullable Path directory) {
      keysDirectory = directory;
      return this;
    }

    /**
     * Up to so many active connections have a thread of the operating system each, which answers few clients faster; with more, all have
     * virtual threads, which answer many cheaper. 16 a processor by default, 0 for virtual threads only.
     */
    public Builder platformConnections(int count) {
      platformConnections = count;
      return this;
    }

    /** Throws {@link IllegalArgumentException} for what is out of range or contradicts itself. */
    public ServerOptions build() {
      return new ServerOptions(
          bindAddress,
          port,
          socketFile,
          rootPassword,
          hasTls,
          requireSecureTransport,
          certificateFile,
          keyFile,
          keysDirectory,
          platformConnections,
          Version.MYSQL + "-vaquita");
    }
  }
}
