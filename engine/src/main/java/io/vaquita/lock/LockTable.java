package io.vaquita.lock;

import io.vaquita.environment.Environment;

/** The one lock table of a database. Thread-safe. */
public final class LockTable {
  private final Environment environment;

  public LockTable(Environment environment) {
    this.environment = environment;
  }

  public Environment environment() {
    return environment;
  }

  /** A new owner without locks. */
  public LockOwner newOwner(long id, OwnerInfo info) {
    return new LockOwner(id, info);
  }
}
