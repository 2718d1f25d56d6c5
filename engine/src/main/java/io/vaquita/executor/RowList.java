package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one slot that are read again, any number of times: in memory as far as they fit, the rest in a temporary file. Confined to
 * the statement's thread. Readers may run while rows are added only within the part in memory.
 */
final class RowList {
  private static final byte[] NO_KEY = {};

  private final Execution execution;
  private final ArrayList<Row> rows = new ArrayList<>();
  private final RowSpill spill = new RowSpill(1);
  private final Row[] single = new Row[1];
  private @Nullable TemporaryFile file;
  private long bytes;
  private int size;

  RowList(Execution execution) {
    this.execution = execution;
  }

  void add(Row row) {
    size++;
    TemporaryFile target = file;
    if (target == null) {
      bytes += RowSpill.estimatedBytes(row) + 8;
      if (bytes <= execution.spilling.memoryBytesMax()) {
        rows.add(row);
        return;
      }
      target = execution.spilling.newFile();
      file = target;
    }
    single[0] = row;
    spill.append(target, NO_KEY, 0, single);
  }

  int size() {
    return size;
  }

  /** A walk over all rows, from the first. */
  Reader reader() {
    if (file != null) {
      file.flush();
    }
    return new Reader();
  }

  /** One walk. */
  final class Reader {
    private int at;
    private final TemporaryFile.@Nullable Reader rest =
        file == null ? null : file.read(0, file.position());

    /** The next row, or null. */
    @Nullable Row next() {
      if (at < rows.size()) {
        return rows.get(at++);
      }
      return rest != null && rest.next() ? spill.read(rest.second)[0] : null;
    }
  }
}
