package io.vaquita.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * COM_STMT_EXECUTE behind its statement id. Immutable.
 *
 * @param cursorFlags see the constants
 * @param parameters the statement's own; query attributes behind them are in {@code attributes}
 */
public record StatementExecute(int cursorFlags, Parameters parameters, Parameters attributes) {
  public static final int CURSOR_READ_ONLY = 1;
  public static final int CURSOR_FOR_UPDATE = 2;
  public static final int CURSOR_SCROLLABLE = 4;
  static final int PARAMETER_COUNT_AVAILABLE = 8;

  /**
   * @param count parameters that the statement has
   * @param previousTypes of the statement's last execution, or null
   * @param sentBefore parameters that came by COM_STMT_SEND_LONG_DATA
   */
  public static StatementExecute read(
      PayloadReader in,
      int capabilities,
      int count,
      int @Nullable [] previousTypes,
      BitSet sentBefore) {
    int flags = in.int1();
    in.skip(4);
    boolean hasAttributes = Capability.has(capabilities, Capability.QUERY_ATTRIBUTES);
    int total = count;
    if (hasAttributes && (flags & PARAMETER_COUNT_AVAILABLE) != 0) {
      long sent = in.lenenc();
      if (sent < count || sent > Parameters.COUNT_MAX) {
        throw ProtocolError.MALFORMED_PACKET.exception(
            sent + " parameters for a statement of " + count);
      }
      total = (int) sent;
    }
    if (total == 0) {
      return new StatementExecute(flags, Parameters.NONE, Parameters.NONE);
    }
    Parameters all = Parameters.read(in, total, hasAttributes, previousTypes, sentBefore);
    if (total == count) {
      return new StatementExecute(flags, all, Parameters.NONE);
    }
    return new StatementExecute(flags, part(all, 0, count), part(all, count, total));
  }

  private static Parameters part(Parameters all, int from, int to) {
    List<String> names =
        all.names().isEmpty() ? List.of() : List.copyOf(all.names().subList(from, to));
    return new Parameters(
        names,
        Arrays.copyOfRange(all.types(), from, to),
        List.copyOf(all.values().subList(from, to)));
  }

  /** Writes the whole packet as a client does. */
  public static void write(
      PacketWriter out, int statementId, int cursorFlags, List<WireValue> values, int capabilities)
      throws IOException {
    boolean hasAttributes = Capability.has(capabilities, Capability.QUERY_ATTRIBUTES);
    out.begin();
    out.int1(Command.STMT_EXECUTE).int4(statementId);
    out.int1(hasAttributes ? cursorFlags | PARAMETER_COUNT_AVAILABLE : cursorFlags).int4(1);
    if (hasAttributes) {
      out.lenenc(values.size());
    }
    if (!values.isEmpty()) {
      List<String> names = new ArrayList<>();
      values.forEach(value -> names.add(""));
      Parameters.write(out, values, hasAttributes ? names : null);
    }
    out.end();
  }
}
