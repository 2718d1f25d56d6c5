package io.vaquita.lock;

import org.jspecify.annotations.Nullable;

/**
 * What the lock table may ask about the session behind an owner, for reports and for choosing victims. Any thread may ask at any
 * time, so implementations answer at once from volatile state and never call the lock table.
 */
public interface OwnerInfo {
  /** {@code user@host}. */
  String account();

  /** The client program's name (connection attribute program_name), when it gave one. */
  @Nullable String program();

  /** The statement that runs, or the last one that did. */
  @Nullable String statement();

  /** An owner inside the engine, which no client stands behind. */
  static OwnerInfo internal(String name) {
    return new OwnerInfo() {
      @Override
      public String account() {
        return name;
      }

      @Override
      public @Nullable String program() {
        return null;
      }

      @Override
      public @Nullable String statement() {
        return null;
      }
    };
  }
}
