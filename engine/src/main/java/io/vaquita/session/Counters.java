package io.vaquita.session;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** What SHOW GLOBAL STATUS counts of statements. Thread-safe. */
final class Counters {
  final LongAdder questions = new LongAdder();
  final LongAdder selects = new LongAdder();
  final LongAdder inserts = new LongAdder();
  final LongAdder updates = new LongAdder();
  final LongAdder deletes = new LongAdder();
  final LongAdder commits = new LongAdder();
  final LongAdder rollbacks = new LongAdder();
  final LongAdder prepares = new LongAdder();
  final LongAdder executes = new LongAdder();
  final LongAdder planCacheHits = new LongAdder();
  final LongAdder planCacheMisses = new LongAdder();

  void status(BiConsumer<String, String> out) {
    put(out, "Queries", questions);
    put(out, "Questions", questions);
    put(out, "Com_select", selects);
    put(out, "Com_insert", inserts);
    put(out, "Com_update", updates);
    put(out, "Com_delete", deletes);
    put(out, "Com_commit", commits);
    put(out, "Com_rollback", rollbacks);
    put(out, "Com_stmt_prepare", prepares);
    put(out, "Com_stmt_execute", executes);
    put(out, "Vaquita_plan_cache_hits", planCacheHits);
    put(out, "Vaquita_plan_cache_misses", planCacheMisses);
  }

  private static void put(BiConsumer<String, String> out, String name, LongAdder value) {
    out.accept(name, Long.toString(value.sum()));
  }
}
