package io.vaquita.client;

import java.sql.SQLException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Follows the JVM's checkpoints (CRaC): before one, sockets are dropped without a COM_QUIT, since an image may not hold open sockets, and
 * none is opened until it is over; after a restore every connection that is left counts as another process's. On a JVM without
 * checkpoints it is never called. Thread-safe.
 */
final class CheckpointHook implements Resource {
  private final ConnectionPool pool;
  private final ProcessIdentity.Source identity;

  CheckpointHook(ConnectionPool pool, ProcessIdentity.Source identity) {
    this.pool = pool;
    this.identity = identity;
  }

  /** The context keeps a weak reference only: whoever registers keeps the hook. */
  void register() {
    Core.getGlobalContext().register(this);
  }

  /** @throws SQLException when a connection that is just being opened or closed will not end; the checkpoint fails then */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws SQLException {
    pool.suspend("the process is checkpointed");
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    identity.restored();
    pool.resume();
  }
}
