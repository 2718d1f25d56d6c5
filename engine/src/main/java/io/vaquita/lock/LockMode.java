package io.vaquita.lock;

import org.jspecify.annotations.Nullable;

/**
 * Every mode of every kind of lock, with MySQL's two questions answered by bit masks: which modes granted to others, and which modes
 * that others already wait for, make a request wait. Immutable.
 *
 * <p>The masks are the compatibility matrices of MySQL's metadata locks (scoped and per object in one, since the modes they share
 * agree), InnoDB's table locks and InnoDB's record locks. A record's mode is seen as two parts, the record and the gap before it:
 * record parts conflict unless both are shared, a gap part is only ever in the way of an insert intention, and an insert intention
 * is in nobody's way.
 */
public enum LockMode {
  // Metadata locks, weakest first.
  INTENTION_EXCLUSIVE("INTENTION_EXCLUSIVE"),
  SHARED("SHARED"),
  SHARED_HIGH_PRIO("SHARED_HIGH_PRIO"),
  SHARED_READ("SHARED_READ"),
  SHARED_WRITE("SHARED_WRITE"),
  SHARED_WRITE_LOW_PRIO("SHARED_WRITE_LOW_PRIO"),
  SHARED_UPGRADABLE("SHARED_UPGRADABLE"),
  SHARED_READ_ONLY("SHARED_READ_ONLY"),
  SHARED_NO_WRITE("SHARED_NO_WRITE"),
  SHARED_NO_READ_WRITE("SHARED_NO_READ_WRITE"),
  EXCLUSIVE("EXCLUSIVE"),

  // Table locks.
  TABLE_IS("IS"),
  TABLE_IX("IX"),
  TABLE_S("S"),
  TABLE_X("X"),
  TABLE_AUTO_INC("AUTO_INC"),

  // Record locks.
  S_RECORD("S,REC_NOT_GAP"),
  X_RECORD("X,REC_NOT_GAP"),
  S_GAP("S,GAP"),
  X_GAP("X,GAP"),
  S_NEXT_KEY("S"),
  X_NEXT_KEY("X"),
  INSERT_INTENTION("X,INSERT_INTENTION");

  private static final LockMode[] VALUES = values();

  /** The name in performance_schema: LOCK_TYPE of metadata_locks, LOCK_MODE of data_locks. */
  private final String label;

  private int grantedConflicts;
  private int waitingConflicts;
  private int covers;

  LockMode(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  int bit() {
    return 1 << ordinal();
  }

  /** Modes that make a request of this mode wait when others hold them. */
  int grantedConflicts() {
    return grantedConflicts;
  }

  /** Modes that make a request of this mode wait when others have waited for them longer. */
  int waitingConflicts() {
    return waitingConflicts;
  }

  /** Modes that a holder of this mode needs not ask for. This mode included. */
  int covers() {
    return covers;
  }

  boolean isMetadata() {
    return ordinal() <= EXCLUSIVE.ordinal();
  }

  boolean isTable() {
    return ordinal() >= TABLE_IS.ordinal() && ordinal() <= TABLE_AUTO_INC.ordinal();
  }

  boolean isRecord() {
    return ordinal() >= S_RECORD.ordinal();
  }

  /** Whether the gap before the record is locked. */
  public boolean coversGap() {
    return (bit() & GAP_MODES) != 0;
  }

  static final int GAP_MODES = S_GAP.bit() | X_GAP.bit() | S_NEXT_KEY.bit() | X_NEXT_KEY.bit();

  static final int EXCLUSIVE_RECORD_MODES = X_RECORD.bit() | X_NEXT_KEY.bit();

  static final int RECORD_MODES = S_RECORD.bit() | S_NEXT_KEY.bit() | EXCLUSIVE_RECORD_MODES;

  static LockMode ofBit(int bit) {
    return VALUES[Integer.numberOfTrailingZeros(bit)];
  }

  /** The strongest mode in a mask, or null when it is empty: for reports. */
  static @Nullable LockMode strongest(int mask) {
    return mask == 0 ? null : VALUES[31 - Integer.numberOfLeadingZeros(mask)];
  }

  static int bits(LockMode... modes) {
    int bits = 0;
    for (LockMode mode : modes) {
      bits |= mode.bit();
    }
    return bits;
  }

  private void set(int granted, int waiting) {
    grantedConflicts = granted;
    waitingConflicts = waiting;
    covers |= bit();
  }

  static {
    metadata();
    tables();
    records();
  }

  private static void metadata() {
    int all = EXCLUSIVE.bit() * 2 - 1;
    int x = EXCLUSIVE.bit();
    int noReadWrite = SHARED_NO_READ_WRITE.bit() | x;
    int noWrite = SHARED_NO_WRITE.bit() | noReadWrite;
    int noWriteOrReadOnly = SHARED_READ_ONLY.bit() | noWrite;
    int writers = bits(SHARED_WRITE, SHARED_WRITE_LOW_PRIO);
    int upgradables = SHARED_UPGRADABLE.bit() | noWrite;
    INTENTION_EXCLUSIVE.set(SHARED.bit() | x, SHARED.bit() | x);
    SHARED.set(INTENTION_EXCLUSIVE.bit() | x, x);
    SHARED_HIGH_PRIO.set(x, 0);
    SHARED_READ.set(noReadWrite, noReadWrite);
    SHARED_WRITE.set(noWriteOrReadOnly, noWrite);
    SHARED_WRITE_LOW_PRIO.set(noWriteOrReadOnly, noWriteOrReadOnly);
    SHARED_UPGRADABLE.set(upgradables, x);
    SHARED_READ_ONLY.set(writers | noReadWrite, SHARED_WRITE.bit() | noReadWrite);
    SHARED_NO_WRITE.set(writers | upgradables, x);
    SHARED_NO_READ_WRITE.set(all & ~bits(INTENTION_EXCLUSIVE, SHARED, SHARED_HIGH_PRIO), x);
    EXCLUSIVE.set(all, 0);
    coverMetadata();
  }

  /** As in MySQL, a held mode covers another when it keeps out at least the modes that the other would. */
  private static void coverMetadata() {
    int objects = ~INTENTION_EXCLUSIVE.bit();
    for (LockMode held : VALUES) {
      for (LockMode asked : VALUES) {
        boolean perObject = held.isMetadata() && held != INTENTION_EXCLUSIVE && asked.isMetadata();
        if (perObject && (asked.grantedConflicts & objects & ~held.grantedConflicts) == 0) {
          held.covers |= asked.bit();
        }
      }
      if (held.isMetadata() && held != EXCLUSIVE && held != INTENTION_EXCLUSIVE) {
        held.covers &= objects;
      }
    }
  }

  private static void tables() {
    int all = bits(TABLE_IS, TABLE_IX, TABLE_S, TABLE_X, TABLE_AUTO_INC);
    // InnoDB makes a table request wait for whatever others hold or already wait for.
    TABLE_IS.set(TABLE_X.bit(), TABLE_X.bit());
    int ix = bits(TABLE_S, TABLE_X);
    TABLE_IX.set(ix, ix);
    int s = bits(TABLE_IX, TABLE_X, TABLE_AUTO_INC);
    TABLE_S.set(s, s);
    TABLE_X.set(all, all);
    int autoIncrement = bits(TABLE_S, TABLE_X, TABLE_AUTO_INC);
    TABLE_AUTO_INC.set(autoIncrement, autoIncrement);
    TABLE_IX.covers |= TABLE_IS.bit();
    TABLE_S.covers |= TABLE_IS.bit();
    TABLE_X.covers |= all;
  }

  private static void records() {
    S_RECORD.set(EXCLUSIVE_RECORD_MODES, EXCLUSIVE_RECORD_MODES);
    X_RECORD.set(RECORD_MODES, RECORD_MODES);
    S_GAP.set(0, 0);
    X_GAP.set(0, 0);
    S_NEXT_KEY.set(EXCLUSIVE_RECORD_MODES, EXCLUSIVE_RECORD_MODES);
    X_NEXT_KEY.set(RECORD_MODES, RECORD_MODES);
    INSERT_INTENTION.set(GAP_MODES, GAP_MODES);
    X_RECORD.covers |= S_RECORD.bit();
    X_GAP.covers |= S_GAP.bit();
    S_NEXT_KEY.covers |= bits(S_RECORD, S_GAP);
    X_NEXT_KEY.covers |= bits(S_RECORD, X_RECORD, S_GAP, X_GAP, S_NEXT_KEY);
  }
}
