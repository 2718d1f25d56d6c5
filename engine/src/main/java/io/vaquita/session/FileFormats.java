package io.vaquita.session;

import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.executor.file.FieldFormat;
import io.vaquita.parser.syntax.FileFormat;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.CharacterSets;
import io.vaquita.value.SqlText;

/** Turns FIELDS and LINES as written into bytes. Stateless. */
final class FileFormats {
  private FileFormats() {}

  /**
   * @param otherwise the character set of a file whose statement names none
   */
  static FieldFormat bind(FileFormat format, CharacterSet otherwise, WarningSink warnings) {
    CharacterSet set = otherwise;
    String name = format.characterSet();
    if (name != null) {
      CharacterSet named = CharacterSets.byName(name);
      if (named == null) {
        throw MySqlError.ER_UNKNOWN_CHARACTER_SET.exception(name);
      }
      set = named;
    }
    int escape = single(format.escapedBy());
    int enclosure = single(format.enclosedBy());
    byte[] fieldEnd = SqlText.encode(format.fieldsTerminatedBy());
    byte[] lineStart = SqlText.encode(format.linesStartingBy());
    byte[] lineEnd = SqlText.encode(format.linesTerminatedBy());
    boolean isAscii =
        escape < 128
            && enclosure < 128
            && isAscii(fieldEnd)
            && isAscii(lineStart)
            && isAscii(lineEnd);
    if (!isAscii) {
      warnings.warn(MySqlError.WARN_NON_ASCII_SEPARATOR_NOT_IMPLEMENTED);
    }
    return new FieldFormat(
        set, fieldEnd, enclosure, format.optionallyEnclosed(), escape, lineStart, lineEnd);
  }

  /** The byte of ENCLOSED BY or ESCAPED BY; -1 for none. */
  private static int single(String text) {
    byte[] bytes = SqlText.encode(text);
    if (bytes.length > 1) {
      throw MySqlError.ER_WRONG_FIELD_TERMINATORS.exception();
    }
    return bytes.length == 0 ? -1 : bytes[0] & 0xFF;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
