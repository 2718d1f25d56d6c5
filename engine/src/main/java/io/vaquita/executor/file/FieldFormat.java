package io.vaquita.executor.file;

import io.vaquita.value.CharacterSet;

/**
 * FIELDS and LINES as bytes, in the file's character set. Immutable; nobody writes the arrays.
 *
 * @param fieldEnd FIELDS TERMINATED BY
 * @param enclosure the one byte of ENCLOSED BY, or -1
 * @param isOptionallyEnclosed OPTIONALLY: only strings are enclosed when written
 * @param escape the one byte of ESCAPED BY, or -1
 * @param lineStart LINES STARTING BY
 * @param lineEnd LINES TERMINATED BY
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FieldFormat(
    CharacterSet characterSet,
    byte[] fieldEnd,
    int enclosure,
    boolean isOptionallyEnclosed,
    int escape,
    byte[] lineStart,
    byte[] lineEnd) {

  /** Neither TERMINATED nor ENCLOSED BY: each column takes as many bytes as its type is wide. */
  public boolean hasFixedWidths() {
    return fieldEnd.length == 0 && enclosure < 0;
  }
}
