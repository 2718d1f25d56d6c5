package io.vaquita.session;

import io.vaquita.planner.physical.Plan;
import io.vaquita.value.Collation;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans of text statements by digest (architecture D8). Thread-safe.
 *
 * <p>Two generations: a hit in the old one moves the plan to the young one; when the young one is full it becomes the old one, and
 * what nobody asked for in a whole generation is gone. A DDL touches no plan but those that use its table: each plan is looked at
 * when it is next asked for. No lock, no list to keep in order; the sizes may be overshot by as many
 * threads as add at the same moment.
 */
final class PlanCache {
  private static final int GENERATION_MAX = 1024;

  /** Everything but the text's literals that a plan hangs on. */
  record Key(
      String digest,
      @Nullable String schema,
      long sqlMode,
      Collation connectionCollation,
      ZoneId timeZone,
      int divPrecisionIncrement) {}

  /** So many rows to read that planning anew with the literals' values costs nothing beside it. */
  private static final double VALUES_MATTER_COST = 10_000;

  /** Uses between two looks at whether the tables have grown. */
  private static final int USES_BETWEEN_LOOKS = 256;

  /** A table that has become so many times larger or smaller may want another plan. */
  private static final double GROWTH = 4;

  private static final double SMALL_ROWS = 500;

  /** A plan and when it was good. Thread-safe: races cost a look more or less. */
  static final class Entry {
    final Plan plan;
    private final double rows;
    private volatile long catalogVersion;
    private volatile int uses;

    /** @param rows of all its tables together, when it was made */
    Entry(Plan plan, long catalogVersion, double rows) {
      this.plan = plan;
      this.catalogVersion = catalogVersion;
      this.rows = rows;
    }

    /** Whether the statement is to be planned with its values each time. */
    boolean valuesMatter() {
      return plan.shape().cost() > VALUES_MATTER_COST;
    }

    /**
     * Whether the plan still fits: no definition that it uses has changed, and the amounts of rows have not changed much.
     *
     * @param isCurrent looks at the definitions; asked only after a DDL, of whatever table
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // a lost count only delays a look
    boolean fits(long version, BooleanSupplier isCurrent, DoubleSupplier rowsNow) {
      if (catalogVersion != version) {
        if (!isCurrent.getAsBoolean()) {
          return false;
        }
        catalogVersion = version;
      }
      return ++uses % USES_BETWEEN_LOOKS != 0 || !differs(rowsNow.getAsDouble());
    }

    private boolean differs(double now) {
      return now > rows * GROWTH + SMALL_ROWS || now < rows / GROWTH - SMALL_ROWS;
    }
  }

  private volatile ConcurrentHashMap<Key, Entry> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<Key, Entry> old = new ConcurrentHashMap<>();

  @Nullable Entry get(Key key) {
    Entry entry = young.get(key);
    if (entry == null) {
      entry = old.get(key);
      if (entry != null) {
        put(key, entry);
      }
    }
    return entry;
  }

  void put(Key key, Entry entry) {
    ConcurrentHashMap<Key, Entry> target = young;
    if (target.size() >= GENERATION_MAX) {
      target = new ConcurrentHashMap<>();
      old = young;
      young = target;
    }
    target.put(key, entry);
  }

  int size() {
    return young.size() + old.size();
  }
}
