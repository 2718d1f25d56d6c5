package io.vaquita.codec;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Utf8;
import io.vaquita.value.Value;
import io.vaquita.value.temporal.PackedTemporal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random types and values of them, for property tests. Not thread-safe. */
final class RandomValues {
  private static final int[] CHARACTERS = {
    'a', 'A', 'b', ' ', ' ', 0, 1, 2, 'ä', 'é', 0x65e5, 0x1f600, 'z', '~'
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  /** Every kind of column, in several widths. */
  static List<DataType> types() {
    List<DataType> types = new ArrayList<>();
    for (TypeKind kind :
        List.of(
            TypeKind.TINYINT,
            TypeKind.SMALLINT,
            TypeKind.MEDIUMINT,
            TypeKind.INT,
            TypeKind.BIGINT)) {
      types.add(DataType.of(kind, 20));
      types.add(new DataType(kind, 20, 0, true, false, Collations.BINARY, List.of()));
    }
    types.add(DataType.of(TypeKind.YEAR, 4));
    types.add(DataType.of(TypeKind.BIT, 1));
    types.add(DataType.of(TypeKind.BIT, 33));
    types.add(DataType.of(TypeKind.BIT, 64));
    types.add(DataType.decimal(5, 2, false));
    types.add(DataType.decimal(18, 18, false));
    types.add(DataType.decimal(19, 0, true));
    types.add(DataType.decimal(65, 30, false));
    types.add(DataType.of(TypeKind.FLOAT, 12));
    types.add(DataType.DOUBLE);
    types.add(DataType.DATE);
    types.add(DataType.time(6));
    types.add(DataType.datetime(6));
    types.add(DataType.of(TypeKind.TIMESTAMP, 19));
    for (String name :
        List.of(
            "utf8mb4_0900_ai_ci",
            "utf8mb4_0900_as_cs",
            "utf8mb4_bin",
            "utf8mb4_0900_bin",
            "utf8mb4_general_ci",
            "latin1_swedish_ci")) {
      Collation collation = Collations.byName(name);
      if (collation == null) {
        throw new IllegalArgumentException(name);
      }
      types.add(DataType.varchar(100, collation));
    }
    types.add(DataType.varbinary(100));
    types.add(DataType.of(TypeKind.BLOB, 65535));
    types.add(
        new DataType(
            TypeKind.ENUM, 1, 0, false, false, Collations.UTF8MB4_BIN, List.of("a", "b", "c")));
    types.add(
        new DataType(
            TypeKind.SET, 1, 0, false, false, Collations.UTF8MB4_BIN, List.of("a", "b", "c")));
    return types;
  }

  Value value(DataType type) {
    return switch (type.kind()) {
      case TINYINT -> integer(type, 8);
      case SMALLINT -> integer(type, 16);
      case MEDIUMINT -> integer(type, 24);
      case INT -> integer(type, 32);
      case BIGINT -> integer(type, 64);
      case YEAR -> Value.ofUnsigned(1901 + random.nextInt(255));
      case BIT -> Value.ofUnsigned(random.nextLong() >>> 64 - (int) type.length());
      case ENUM -> Value.ofUnsigned(random.nextInt(4));
      case SET -> Value.ofUnsigned(random.nextInt(8));
      case DECIMAL -> decimal(type);
      case FLOAT -> Value.of(Float.intBitsToFloat(finite(random.nextInt())));
      case DOUBLE ->
          Value.of(random.nextInt(8) == 0 ? random.nextInt(3) - 1 : random.nextGaussian() * 1e5);
      case DATE -> new Value.TemporalValue(type.kind(), date(), 0);
      case DATETIME ->
          new Value.TemporalValue(type.kind(), date() | Math.abs(time() % (1L << 40)), 6);
      case TIME -> new Value.TemporalValue(type.kind(), time(), 6);
      case TIMESTAMP ->
          new Value.TemporalValue(type.kind(), random.nextLong(1L << 51), type.decimals());
      default -> text(type);
    };
  }

  private static int finite(int bits) {
    return Float.isFinite(Float.intBitsToFloat(bits)) ? bits : 0;
  }

  private Value integer(DataType type, int bits) {
    long small = random.nextInt(5) - 2L;
    long value = random.nextBoolean() ? small : random.nextLong();
    return new Value.LongValue(
        type.unsigned() ? value << 64 - bits >>> 64 - bits : value << 64 - bits >> 64 - bits,
        type.unsigned());
  }

  private Value decimal(DataType type) {
    BigInteger digits =
        new BigInteger(random.nextInt(210) + 1, random)
            .mod(BigInteger.TEN.pow((int) type.length()));
    boolean negative = !type.unsigned() && random.nextBoolean();
    return Value.of(new BigDecimal(negative ? digits.negate() : digits, type.decimals()));
  }

  private long date() {
    return PackedTemporal.ofDate(random.nextInt(10000), random.nextInt(13), random.nextInt(32));
  }

  private long time() {
    return PackedTemporal.ofTime(
        random.nextBoolean(),
        random.nextInt(23),
        random.nextInt(60),
        random.nextInt(60),
        random.nextInt(1000000));
  }

  private Value text(DataType type) {
    TextBuffer out = new TextBuffer(16);
    boolean latin1 = type.collation().characterSet().name().equals("latin1");
    for (int n = random.nextInt(5); n > 0; n--) {
      if (type.isBinaryString()) {
        out.append((byte) (random.nextBoolean() ? random.nextInt(3) : random.nextInt(256)));
      } else {
        Utf8.append(out, CHARACTERS[random.nextInt(latin1 ? 10 : CHARACTERS.length)]);
      }
    }
    return new Value.StringValue(out.toSlice(), type.collation());
  }

  /** NULL now and then. */
  Value nullable(DataType type) {
    return random.nextInt(5) == 0 ? Value.NullValue.NULL : value(type);
  }

  int nextInt(int bound) {
    return random.nextInt(bound);
  }

  Slice bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Slice.of(bytes);
  }
}
