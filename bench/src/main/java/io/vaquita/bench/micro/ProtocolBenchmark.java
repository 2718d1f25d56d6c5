package io.vaquita.bench.micro;

import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.PayloadReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Packets of a text result: a hundred rows of four columns written, one row read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProtocolBenchmark {
  private static final int ROWS = 100;
  private static final byte[] NUMBER = "5013".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TEXT =
      "68487932199-96439406143-93774651418-41631865787-96406072701"
          .getBytes(StandardCharsets.UTF_8);

  private long written;
  private final PacketWriter writer =
      new PacketWriter((from, offset, length) -> written += length, 1 << 14);
  private final byte[] row = row();
  private final PayloadReader reader = new PayloadReader(row);

  /** As JMH makes it. */
  public ProtocolBenchmark() {}

  private static byte[] row() {
    byte[] b = new byte[2 * (NUMBER.length + 1) + 2 * (TEXT.length + 1)];
    int at = 0;
    for (byte[] column : new byte[][] {NUMBER, NUMBER, TEXT, TEXT}) {
      b[at++] = (byte) column.length;
      System.arraycopy(column, 0, b, at, column.length);
      at += column.length;
    }
    return b;
  }

  @Benchmark
  public long writeHundredRows() throws IOException {
    writer.beginReply(1);
    for (int i = 0; i < ROWS; i++) {
      writer.begin();
      writer.lenencBytes(NUMBER).lenencBytes(NUMBER).lenencBytes(TEXT).lenencBytes(TEXT);
      writer.end();
    }
    writer.flush();
    return written;
  }

  @Benchmark
  public int readRow() {
    reader.reset(row, 0, row.length);
    int sum = 0;
    while (reader.hasRemaining()) {
      sum += reader.lenencBytes().length;
    }
    return sum;
  }
}
