package io.vaquita.lock;

/**
 * One lock or wait as reports show it: a row of data_locks, metadata_locks or vaquita.locks. Immutable.
 *
 * @param granted false: its owner waits for it
 * @param implicit only marks the owner's own insert, which MySQL's data_locks does not list
 * @param ageMillis since it was granted, or since the wait began
 */
public record LockEntry(
    LockOwner owner,
    LockTarget target,
    LockMode mode,
    LockDuration duration,
    boolean granted,
    boolean implicit,
    long ageMillis) {

  /** LOCK_MODE of data_locks and LOCK_TYPE of metadata_locks. */
  public String modeLabel() {
    boolean supremum = target instanceof LockTarget.RecordTarget record && record.key() == null;
    if (!supremum) {
      return mode == LockMode.INSERT_INTENTION ? "X,GAP,INSERT_INTENTION" : mode.label();
    }
    return switch (mode) {
      case S_GAP -> "S";
      case X_GAP -> "X";
      default -> mode.label();
    };
  }

  /** Such as {@code X,REC_NOT_GAP on record 17:80000001}. */
  public String describe() {
    return modeLabel() + " on " + target;
  }

  /** Such as {@code X,REC_NOT_GAP on record 17:80000001 of connection 12}. */
  @Override
  public String toString() {
    return describe() + " of connection " + owner.id();
  }
}
