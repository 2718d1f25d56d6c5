package io.vaquita.executor;

import io.vaquita.executor.file.FieldFormat;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What LOAD DATA reads and where its fields go. Immutable but for the stream.
 *
 * @param name the file as errors call it
 * @param linesSkipped IGNORE n LINES
 * @param targets of each field in turn
 * @param lineBytesMax max_allowed_packet
 */
public record LoadSource(
    InputStream in,
    String name,
    FieldFormat format,
    long linesSkipped,
    List<Target> targets,
    long lineBytesMax) {
  public LoadSource {
    targets = List.copyOf(targets);
  }

  /** Ordinals of the columns that fields go to. */
  List<Integer> columns() {
    List<Integer> columns = new ArrayList<>();
    for (Target target : targets) {
      if (target instanceof Target.Column(int ordinal)) {
        columns.add(ordinal);
      }
    }
    return columns;
  }

  /** Where a field goes. */
  public sealed interface Target {
    record Column(int ordinal) implements Target {}

    record Variable(String name) implements Target {}
  }
}
