package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts any number of rows: in memory while they fit, otherwise in sorted runs in a temporary file that are merged while they are
 * read. Runs are merged in the order in which they were made, so that equal keys keep the order of arrival. Confined to one operator.
 */
final class FullSorter implements Sorter {
  private final Comparator<Entry> byKey;
  private final Spilling spilling;
  private final Runnable step;
  private final RowSpill spill;
  private ArrayList<Entry> entries = new ArrayList<>();
  private long bytes;
  private @Nullable TemporaryFile file;

  /** Where the runs in the file begin; the end of one is the beginning of the next. */
  private final List<Long> runStarts = new ArrayList<>();

  private int at;
  private @Nullable RunMerge merge;

  /** {@code step} is called for each comparison, so that a long sort can be killed and lets others run. */
  FullSorter(Spilling spilling, int slots, Runnable step) {
    this.spilling = spilling;
    this.step = step;
    this.byKey =
        (a, b) -> {
          step.run();
          return Arrays.compareUnsigned(a.key(), b.key());
        };
    this.spill = new RowSpill(slots);
  }

  @Override
  public boolean refuses(KeyBuffer key) {
    return false;
  }

  @Override
  public void add(KeyBuffer key, Row[] rows) {
    Entry entry = new Entry(key.toBytes(), rows);
    entries.add(entry);
    bytes += Entry.OVERHEAD_BYTES + entry.key().length + RowSpill.estimatedBytes(rows);
    if (bytes > spilling.memoryBytesMax()) {
      writeRun();
    }
  }

  private void writeRun() {
    entries.sort(byKey);
    TemporaryFile target = file;
    if (target == null) {
      target = spilling.newFile();
      file = target;
    }
    runStarts.add(target.position());
    for (Entry e : entries) {
      spill.append(target, e.key(), e.key().length, e.rows());
    }
    entries = new ArrayList<>();
    bytes = 0;
  }

  /** Whether the rows did not fit memory, so that runs were merged. */
  boolean usesFile() {
    return file != null;
  }

  @Override
  public void finish() {
    if (file == null) {
      entries.sort(byKey);
      return;
    }
    if (!entries.isEmpty()) {
      writeRun();
    }
    file.flush();
    RunMerge.Runs runs = new RunMerge.Runs(file, runStarts);
    merge = new RunMerge(RunMerge.reduce(runs, spill, spilling, step), spill);
  }

  @Override
  public Row @Nullable [] next() {
    if (merge != null) {
      return merge.next();
    }
    return at < entries.size() ? entries.get(at++).rows() : null;
  }
}
