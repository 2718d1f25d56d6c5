package io.vaquita.server.client;

import io.vaquita.protocol.ColumnDefinition;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.WireValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One result: rows, or counts alone. Immutable.
 *
 * @param columns empty for a result without rows
 * @param end what ended it
 */
public record WireResult(List<ColumnDefinition> columns, List<List<WireValue>> rows, Reply.Ok end) {
  public boolean hasRows() {
    return !columns.isEmpty();
  }

  /** A value of a text result; null for NULL. */
  public @Nullable String text(int row, int column) {
    return switch (rows.get(row).get(column)) {
      case WireValue.Null ignored -> null;
      case WireValue.BytesValue b -> new String(b.bytes(), StandardCharsets.UTF_8);
      case WireValue other -> other.toString();
    };
  }
}
