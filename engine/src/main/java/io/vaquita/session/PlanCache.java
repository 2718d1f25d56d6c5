package io.vaquita.session;

import io.vaquita.planner.physical.Plan;
import io.vaquita.value.Collation;
import java.time.ZoneId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plans of text statements by digest (architecture D8). Thread-safe.
 *
 * <p>Two generations: a hit in the old one moves the plan to the young one; when the young one is full it becomes the old one, and
 * what nobody asked for in a whole generation is gone. No lock, no list to keep in order; the sizes may be overshot by as many
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

  /** @param catalogVersion the plan is good for this version of the catalog only */
  record Entry(Plan plan, long catalogVersion) {}

  private volatile ConcurrentHashMap<Key, Entry> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<Key, Entry> old = new ConcurrentHashMap<>();

  @Nullable Entry get(Key key, long catalogVersion) {
    Entry entry = young.get(key);
    if (entry == null) {
      entry = old.get(key);
      if (entry != null) {
        put(key, entry);
      }
    }
    return entry != null && entry.catalogVersion == catalogVersion ? entry : null;
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
