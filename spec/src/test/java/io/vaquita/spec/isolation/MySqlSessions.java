package io.vaquita.spec.isolation;

import io.vaquita.spec.isolation.EngineSessions.WireSessionClient;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A real MySQL server, for the recorder. What waits is read from its own tables, again and again, since nobody else tells; its deadlock
 * search runs on a thread of its own, so a wait counts only when it has been there for a while.
 */
final class MySqlSessions implements Sessions {
  private static final int LOOKS = 5;

  private static final String WAITING =
      "SELECT COUNT(*) FROM performance_schema.threads t WHERE PROCESSLIST_ID = %d AND ("
          + "EXISTS (SELECT 1 FROM performance_schema.data_locks l"
          + " WHERE l.THREAD_ID = t.THREAD_ID AND LOCK_STATUS = 'WAITING')"
          + " OR EXISTS (SELECT 1 FROM performance_schema.metadata_locks m"
          + " WHERE m.OWNER_THREAD_ID = t.THREAD_ID AND LOCK_STATUS = 'PENDING')"
          + " OR PROCESSLIST_STATE = 'Waiting for table flush')";

  private final InetSocketAddress address;
  private final WireSessionClient own;

  MySqlSessions(InetSocketAddress address) {
    this.address = address;
    own = WireSessionClient.connect(address);
  }

  @Override
  public Client connect() {
    WireSessionClient client = WireSessionClient.connect(address);
    return client.withThreadId(Long.parseLong(client.run("SELECT PS_CURRENT_THREAD_ID()")));
  }

  @Override
  public boolean isBlocked(Client client, CompletableFuture<?> statement) {
    String question = WAITING.formatted(client.connectionId());
    int seen = 0;
    while (!statement.isDone() && seen < LOOKS) {
      own.run("DO SLEEP(0.03)");
      seen = own.run(question).equals("1") ? seen + 1 : 0;
    }
    return !statement.isDone();
  }

  @Override
  public String ask(String sql) {
    return own.run(sql);
  }

  @Override
  public void close() {
    own.vanish();
  }
}
