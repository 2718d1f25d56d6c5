package io.vaquita.session;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** How often the plan cache helped, for SHOW STATUS. Thread-safe. */
final class Counters {
  final LongAdder planCacheHits = new LongAdder();
  final LongAdder planCacheMisses = new LongAdder();

  void status(BiConsumer<String, String> out) {
    put(out, "Vaquita_plan_cache_hits", planCacheHits);
    put(out, "Vaquita_plan_cache_misses", planCacheMisses);
  }

  private static void put(BiConsumer<String, String> out, String name, LongAdder value) {
    out.accept(name, Long.toString(value.sum()));
  }
}
