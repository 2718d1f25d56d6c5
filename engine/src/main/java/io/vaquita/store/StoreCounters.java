package io.vaquita.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts what {@link StoreStatistics} reports. Thread-safe. */
final class StoreCounters {
  final LongAdder commits = new LongAdder();
  final LongAdder groups = new LongAdder();
  final LongAdder logBytes = new LongAdder();
  final LongAdder logSyncs = new LongAdder();
  final LongAdder pagesRead = new LongAdder();
  final LongAdder bytesRead = new LongAdder();
  final LongAdder pagesWritten = new LongAdder();
  final LongAdder bytesWritten = new LongAdder();
  final LongAdder checkpoints = new LongAdder();
}
