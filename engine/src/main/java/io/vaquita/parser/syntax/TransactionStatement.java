package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** Statements that begin and end transactions. Immutable. */
public sealed interface TransactionStatement extends SessionStatement {

  /**
   * START TRANSACTION and BEGIN.
   *
   * @param readOnly READ ONLY true, READ WRITE false, neither null
   */
  record Begin(boolean consistentSnapshot, @Nullable Boolean readOnly)
      implements TransactionStatement {}

  /**
   * @param chain AND CHAIN true, AND NO CHAIN false, neither (completion_type decides) null
   * @param release likewise
   */
  record Commit(@Nullable Boolean chain, @Nullable Boolean release)
      implements TransactionStatement {}

  /** As {@link Commit}. */
  record Rollback(@Nullable Boolean chain, @Nullable Boolean release)
      implements TransactionStatement {}

  record Savepoint(String name) implements TransactionStatement {}

  record RollbackToSavepoint(String name) implements TransactionStatement {}

  record ReleaseSavepoint(String name) implements TransactionStatement {}

  /** XA forms. */
  enum XaAction {
    START,
    END,
    PREPARE,
    COMMIT,
    ROLLBACK,
    RECOVER
  }

  /**
   * @param option JOIN, RESUME, SUSPEND, SUSPEND FOR MIGRATE, ONE PHASE, CONVERT XID, or null
   * @param id null for RECOVER
   */
  record Xa(XaAction action, @Nullable XaId id, @Nullable String option)
      implements TransactionStatement {}

  record XaId(byte[] globalId, byte[] branch, long format) {}
}
