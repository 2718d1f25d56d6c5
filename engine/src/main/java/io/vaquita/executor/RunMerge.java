package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Merges the sorted runs of a temporary file. Confined to one operator. */
final class RunMerge {
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

  RunMerge(TemporaryFile file, List<Long> starts, RowSpill spill) {
    this.spill = spill;
    for (int i = 0; i < starts.size(); i++) {
      long end = i + 1 < starts.size() ? starts.get(i + 1) : file.position();
      add(new Run(i, file.read(starts.get(i), end)));
    }
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
