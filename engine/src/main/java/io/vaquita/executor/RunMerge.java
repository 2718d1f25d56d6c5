package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Merges sorted runs of a temporary file. Each run that is open has a buffer, so at most {@value #RUNS_MAX} are merged at a time; where
 * there are more, {@link #reduce} makes longer runs of them first. Confined to one operator.
 */
final class RunMerge {
  /** 8 MiB of buffers. */
  static final int RUNS_MAX = 128;

  private final PriorityQueue<Run> queue = new PriorityQueue<>();
  private final RowSpill spill;

  private static final class Run implements Comparable<Run> {
    final int number;
    final TemporaryFile.Reader reader;

    Run(int number, TemporaryFile.Reader reader) {
      this.number = number;
      this.reader = reader;
    }

    @Override
    public int compareTo(Run other) {
      int c = Arrays.compareUnsigned(reader.first, other.reader.first);
      return c != 0 ? c : Integer.compare(number, other.number);
    }
  }

  /** Runs in a file: where each begins; the end of one is the beginning of the next. */
  record Runs(TemporaryFile file, List<Long> starts) {
    private long end(int run) {
      return run + 1 < starts.size() ? starts.get(run + 1) : file.position();
    }
  }

  /** All of the runs, at most {@link #RUNS_MAX}. */
  RunMerge(Runs runs, RowSpill spill) {
    this(runs, 0, runs.starts.size(), spill);
  }

  private RunMerge(Runs runs, int from, int to, RowSpill spill) {
    this.spill = spill;
    for (int i = from; i < to; i++) {
      add(new Run(i, runs.file.read(runs.starts.get(i), runs.end(i))));
    }
  }

  /** Merges neighbours until there are so few runs that they can be merged at once. {@code step} is called for each row. */
  static Runs reduce(Runs runs, RowSpill spill, Spilling spilling, Runnable step) {
    Runs shorter = runs;
    while (shorter.starts.size() > RUNS_MAX) {
      shorter = pass(shorter, spill, spilling.newFile(), step);
    }
    return shorter;
  }

  private static Runs pass(Runs runs, RowSpill spill, TemporaryFile target, Runnable step) {
    List<Long> starts = new ArrayList<>();
    for (int from = 0; from < runs.starts.size(); from += RUNS_MAX) {
      starts.add(target.position());
      int to = Math.min(from + RUNS_MAX, runs.starts.size());
      RunMerge merge = new RunMerge(runs, from, to, spill);
      for (Run run = merge.queue.poll(); run != null; run = merge.queue.poll()) {
        step.run();
        byte[] key = run.reader.first;
        byte[] rows = run.reader.second;
        target.append(key, key.length, rows, rows.length);
        merge.add(run);
      }
    }
    target.flush();
    return new Runs(target, starts);
  }

  private void add(Run run) {
    if (run.reader.next()) {
      queue.add(run);
    }
  }

  Row @Nullable [] next() {
    Run run = queue.poll();
    if (run == null) {
      return null;
    }
    Row[] rows = spill.read(run.reader.second);
    add(run);
    return rows;
  }
}
