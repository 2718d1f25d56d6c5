package io.vaquita.expression;

/** A string that is an exact integer where a number is asked for: hexadecimal and bit literals. */
public interface HexNumber {
  boolean isUnsigned();

  int digits();
}
