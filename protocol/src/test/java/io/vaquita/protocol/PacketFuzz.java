package io.vaquita.protocol;

import java.util.BitSet;
import java.util.List;

/**
 * What a fuzzer calls with bytes of its choice: all that decodes what the other side sent. Whatever comes, a decoder gives a record or
 * refuses it with {@link ProtocolException}. Stateless.
 *
 * <p>The first byte chooses the decoder. Without Jazzer {@link PacketFuzzTest} goes through the seeds and their mutations; with it:
 * {@code spec/fuzz}.
 */
public final class PacketFuzz {
  private static final int[] CAPABILITIES = {
    Capability.SERVER,
    Capability.SERVER_WITH_TLS,
    Capability.SERVER & ~Capability.QUERY_ATTRIBUTES,
    Capability.SERVER & ~Capability.DEPRECATE_EOF & ~Capability.SESSION_TRACK
  };

  private PacketFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    int choice = data[0] & 0xFF;
    int capabilities = CAPABILITIES[choice >> 6];
    byte[] rest = java.util.Arrays.copyOfRange(data, 1, data.length);
    PayloadReader in = new PayloadReader(rest);
    try {
      switch (choice & 7) {
        case 0 -> HandshakeResponse.read(in);
        case 1 -> Command.read(in, capabilities);
        case 2 -> StatementExecute.read(in, capabilities, (choice >> 3) & 7, null, new BitSet());
        case 3 -> Reply.read(in, capabilities);
        case 4 -> ColumnDefinition.read(in);
        case 5 -> BinaryRow.read(in, columns(choice));
        case 6 -> Greeting.read(in);
        default -> packets(rest);
      }
    } catch (ProtocolException refused) {
      // as it should be
    }
  }

  private static List<ColumnDefinition> columns(int choice) {
    int[] types = {
      WireType.LONGLONG,
      WireType.DATETIME,
      WireType.TIME,
      WireType.BLOB,
      WireType.DOUBLE,
      WireType.TINY
    };
    return List.of(column(types[(choice >> 3) % types.length]), column(WireType.VAR_STRING));
  }

  private static ColumnDefinition column(int type) {
    return new ColumnDefinition("", "", "", "c", "", 63, 20, type, 0, 0);
  }

  /** The bytes as a stream of packets, compressed and not. */
  private static void packets(byte[] bytes) {
    for (boolean isCompressed : new boolean[] {false, true}) {
      int[] at = {0};
      ByteSource source =
          (into, offset, length) -> {
            int count = Math.min(Math.min(length, 7), bytes.length - at[0]);
            System.arraycopy(bytes, at[0], into, offset, count);
            at[0] += count;
            return count == 0 ? -1 : count;
          };
      ByteSource plain =
          isCompressed
              ? new CompressedStream(source, (from, offset, length) -> {}, new ZlibCompression())
              : source;
      PacketReader reader = new PacketReader(plain, 1 << 16);
      reader.checkSequence(!isCompressed);
      try {
        while (reader.read()) {
          Command.read(
              new PayloadReader(
                  java.util.Arrays.copyOfRange(
                      reader.array(), reader.offset(), reader.offset() + reader.length())),
              Capability.SERVER);
        }
      } catch (java.io.IOException | ProtocolException end) {
        // bytes that end early, or that are refused
      }
    }
  }
}
