package io.vaquita.bench.micro;

import io.vaquita.codec.EncodedRow;
import io.vaquita.codec.KeyEncoder;
import io.vaquita.codec.KeyPart;
import io.vaquita.codec.RowBuilder;
import io.vaquita.codec.RowLayout;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Rows and keys of a table like sysbench's to bytes, and columns out of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
  private final Collation collation =
      Objects.requireNonNull(Collations.byName("utf8mb4_0900_ai_ci"));
  private final List<DataType> types =
      List.of(
          DataType.of(TypeKind.INT, 11),
          DataType.of(TypeKind.INT, 11),
          DataType.varchar(120, collation),
          DataType.varchar(60, collation));
  private final RowLayout layout = RowLayout.of(types);
  private final RowBuilder builder = new RowBuilder(layout);
  private final KeyEncoder integerKey = new KeyEncoder(List.of(KeyPart.of(0, types.get(0), false)));
  private final KeyEncoder textKey =
      new KeyEncoder(
          List.of(KeyPart.of(2, types.get(2), true), KeyPart.of(0, types.get(0), false)));
  private final Slice c =
      Slice.utf8("68487932199-96439406143-93774651418-41631865787-96406072701-20604855487");
  private final Slice pad = Slice.utf8("67847967377-48000963322-62604785301-91415491898");
  private final byte[] bytes = encode();
  private final EncodedRow row = layout.row(bytes, 0, bytes.length);

  /** As JMH makes it. */
  public CodecBenchmark() {}

  @Benchmark
  public byte[] buildRow() {
    return encode();
  }

  private byte[] encode() {
    builder.clear();
    builder.setLong(0, 5013);
    builder.setLong(1, 4997);
    builder.setBytes(2, c);
    builder.setBytes(3, pad);
    return builder.build();
  }

  @Benchmark
  public long readColumns() {
    EncodedRow r = layout.row(bytes, 0, bytes.length);
    return r.getLong(1) + r.getBytes(3).length();
  }

  @Benchmark
  public byte[] keyOfInteger() {
    return integerKey.encode(row);
  }

  @Benchmark
  public byte[] keyOfText() {
    return textKey.encode(row);
  }
}
