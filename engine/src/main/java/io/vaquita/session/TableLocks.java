package io.vaquita.session;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.SessionStatement;

/** LOCK TABLES, UNLOCK TABLES and FLUSH. Confined to the session's thread. */
final class TableLocks {
  private final EngineSession session;

  TableLocks(EngineSession session) {
    this.session = session;
  }

  void lock(SessionStatement.LockTables statement) {
    session.transactions().commit();
    throw MySqlError.ER_NOT_SUPPORTED_YET.exception(
        "LOCK TABLES " + statement.locks().getFirst().table().name());
  }

  void unlock() {}

  void flush(SessionStatement.Flush flush) {
    if (flush.readLock() || flush.forExport()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("FLUSH TABLES WITH READ LOCK");
    }
  }
}
