package io.vaquita.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session gives up at its end, at COM_RESET_CONNECTION and at COM_CHANGE_USER, in the order that users may rely on: whoever gets
 * a named lock of a session that was killed finds nothing of that session left. MySQL since 5.7 frees named locks before temporary
 * tables are gone. Immutable.
 */
enum ReleaseStep {
  /** Rolled back, with its row locks and its metadata locks. */
  TRANSACTION {
    @Override
    void run(EngineSession session) {
      try {
        session.transactions().close();
      } finally {
        session.owner().releaseTransaction();
      }
    }
  },
  TEMPORARY_TABLES {
    @Override
    void run(EngineSession session) {
      session.runner().definitions().dropTemporaryTables();
    }
  },
  /** LOCK TABLES, FLUSH TABLES WITH READ LOCK, LOCK INSTANCE FOR BACKUP. */
  EXPLICIT_LOCKS {
    @Override
    void run(EngineSession session) {
      session.tableLocks().forget();
      session.owner().releaseExplicit();
    }
  },
  NAMED_LOCKS {
    @Override
    void run(EngineSession session) {
      session.userLocks().releaseAll();
    }
  };

  abstract void run(EngineSession session);

  /**
   * Runs all steps, each also when one before it failed (a disk that is full must not leave locks behind).
   *
   * @throws RuntimeException the first failure, when all is done
   */
  static void runAll(EngineSession session) {
    RuntimeException failure = null;
    for (ReleaseStep step : values()) {
      failure = step.attempt(session, failure);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable RuntimeException attempt(
      EngineSession session, @Nullable RuntimeException before) {
    try {
      run(session);
      session.engine().released(session, this);
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }
}
