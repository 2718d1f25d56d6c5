package io.vaquita.expression;

import io.vaquita.error.WarningSink;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TypeKind;
import java.math.BigDecimal;

/**
 * The conversions between the domains of expressions: the thin seam to the {@code value} packages, which know the rules. Where the
 * result may be NULL it takes the frame and sets {@link Frame#isNull}. Stateless.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Conversion {
  private Conversion() {}

  public static double unsignedToDouble(long v) {
    throw new UnsupportedOperationException();
  }

  public static BigDecimal longToDecimal(long v, boolean unsigned) {
    throw new UnsupportedOperationException();
  }

  public static Slice longToText(long v, DataType type) {
    throw new UnsupportedOperationException();
  }

  public static long longToTemporal(long v, DataType type, TypeKind kind, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static Slice longToJson(long v, boolean unsigned) {
    throw new UnsupportedOperationException();
  }

  public static long doubleToLong(double v, boolean unsigned, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static BigDecimal doubleToDecimal(double v) {
    throw new UnsupportedOperationException();
  }

  public static Slice doubleToText(double v, DataType type) {
    throw new UnsupportedOperationException();
  }

  public static long doubleToTemporal(double v, TypeKind kind, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static Slice doubleToJson(double v) {
    throw new UnsupportedOperationException();
  }

  public static long decimalToLong(BigDecimal v, boolean unsigned, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static Slice decimalToText(BigDecimal v, DataType type) {
    throw new UnsupportedOperationException();
  }

  public static long decimalToTemporal(BigDecimal v, TypeKind kind, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static Slice decimalToJson(BigDecimal v) {
    throw new UnsupportedOperationException();
  }

  public static long textToLong(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static double textToDouble(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static BigDecimal textToDecimal(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static long textToTemporal(Slice v, TypeKind kind, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static Slice textToJson(Slice v, DataType type, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static long temporalToTemporal(long v, TypeKind from, TypeKind to, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static long temporalToLong(long v, TypeKind kind) {
    throw new UnsupportedOperationException();
  }

  public static double temporalToDouble(long v, TypeKind kind) {
    throw new UnsupportedOperationException();
  }

  public static BigDecimal temporalToDecimal(long v, TypeKind kind, int decimals) {
    throw new UnsupportedOperationException();
  }

  public static Slice temporalToText(long v, TypeKind kind, int decimals) {
    throw new UnsupportedOperationException();
  }

  public static Slice temporalToJson(long v, TypeKind kind) {
    throw new UnsupportedOperationException();
  }

  public static long jsonToLong(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static double jsonToDouble(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static BigDecimal jsonToDecimal(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static Slice jsonToText(Slice v) {
    throw new UnsupportedOperationException();
  }

  public static long jsonToTemporal(Slice v, TypeKind kind, Frame frame) {
    throw new UnsupportedOperationException();
  }

  public static boolean jsonToBoolean(Slice v, WarningSink warnings) {
    throw new UnsupportedOperationException();
  }

  public static Slice yearToText(long year) {
    throw new UnsupportedOperationException();
  }

  public static Slice bitsToBytes(long bits, long width) {
    throw new UnsupportedOperationException();
  }

  public static long epochMicrosToDatetime(long micros, java.time.ZoneId zone) {
    throw new UnsupportedOperationException();
  }

  public static Slice[] labels(java.util.List<String> members) {
    throw new UnsupportedOperationException();
  }

  public static Slice setToText(long bits, java.util.List<String> members) {
    throw new UnsupportedOperationException();
  }

  public static long characterCount(Slice text) {
    throw new UnsupportedOperationException();
  }

  public static boolean isValidUtf8(Slice text) {
    throw new UnsupportedOperationException();
  }
}
