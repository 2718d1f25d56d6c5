package io.vaquita;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who connects. Immutable. Authentication has happened before: the engine trusts it.
 *
 * <pre>{@code
 * Session session = database.connect(ConnectOptions.local().withSchema("shop"));
 * }</pre>
 *
 * @param connectionId what {@link Database#nextConnectionId} gave, because clients learn it before they are known; 0: the engine
 *     takes the next one
 * @param user the account's name
 * @param host the client's host as it is known to accounts: {@code localhost} or an address
 * @param clientAddress {@code host:port} for the process list
 * @param schema the schema to start in, or null
 * @param collationId the client's collation from the handshake; 0 for the server's default
 * @param interactive CLIENT_INTERACTIVE: wait_timeout starts as interactive_timeout
 * @param attributes connection attributes
 * @param onKill run by {@link Session#kill} after the session was marked, to close the socket; from the killer's thread
 */
public record ConnectOptions(
    long connectionId,
    String user,
    String host,
    String clientAddress,
    @Nullable String schema,
    int collationId,
    boolean interactive,
    Map<String, String> attributes,
    Runnable onKill) {

  /** Copies the attributes. */
  public ConnectOptions {
    attributes = Map.copyOf(attributes);
  }

  /** The administrator inside the process, without a schema. */
  public static ConnectOptions local() {
    return new ConnectOptions(
        0, "root", "localhost", "localhost", null, 0, false, Map.of(), () -> {});
  }

  /** The same, starting in a schema; null for none. */
  public ConnectOptions withSchema(@Nullable String name) {
    return new ConnectOptions(
        connectionId,
        user,
        host,
        clientAddress,
        name,
        collationId,
        interactive,
        attributes,
        onKill);
  }
}
