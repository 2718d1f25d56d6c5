package io.vaquita.lock;

/**
 * How much an owner holds of InnoDB's kinds: what is shown of a transaction without a look at each of its locks, which may be millions.
 * Immutable.
 *
 * @param records modes held on records and gaps, without the implicit locks that MySQL does not count either
 * @param structs locks on records and tables, counted as InnoDB's lock structs
 * @param tables modes held on tables: what InnoDB calls tables locked
 */
public record HeldLocks(LockOwner owner, long records, long structs, long tables) {}
