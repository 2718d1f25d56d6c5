package io.vaquita.store;

/** innodb_flush_log_at_trx_commit. */
public enum CommitDurability {
  /** 0: written and synced about once a second. */
  LAZY,
  /** 1: on stable storage before the commit returns. */
  SYNCED,
  /** 2: handed to the operating system before the commit returns, synced about once a second. */
  WRITTEN
}
