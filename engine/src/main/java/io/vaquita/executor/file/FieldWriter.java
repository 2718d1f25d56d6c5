package io.vaquita.executor.file;

import io.vaquita.value.Slice;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes lines of fields as SELECT … INTO OUTFILE does, so that LOAD DATA with the same options reads the same values. Confined to
 * the statement.
 */
public final class FieldWriter {
  /** Letters that mean something else behind an escape character: a separator of these is doubled. */
  private static final String ESCAPE_LETTERS = "ntrb0ZN";

  private static final String NUMERIC = ".0123456789e+-";

  private final OutputStream out;
  private final FieldFormat format;
  private final byte[] lineEnd;
  private final CharacterWidths widths;
  private final int separator;
  private final int fieldEndFirst;
  private final int lineEndFirst;
  private final boolean isSeparatorAmbiguous;
  private final boolean isSeparatorNumeric;
  private final boolean isFieldEndAmbiguous;
  private boolean isFirst = true;

  public FieldWriter(OutputStream out, FieldFormat format) {
    this.out = out;
    this.format = format;
    this.lineEnd = format.lineEnd().length == 0 ? format.fieldEnd() : format.lineEnd();
    this.widths = CharacterWidths.of(format.characterSet());
    this.fieldEndFirst = first(format.fieldEnd());
    this.lineEndFirst = first(lineEnd);
    this.separator = format.enclosure() >= 0 ? format.enclosure() : fieldEndFirst;
    this.isSeparatorAmbiguous = ESCAPE_LETTERS.indexOf(separator) >= 0;
    this.isSeparatorNumeric = NUMERIC.indexOf(separator) >= 0;
    this.isFieldEndAmbiguous = ESCAPE_LETTERS.indexOf(fieldEndFirst) >= 0;
  }

  private static int first(byte[] bytes) {
    return bytes.length == 0 ? -1 : bytes[0] & 0xFF;
  }

  public void beginLine() throws IOException {
    out.write(format.lineStart());
    isFirst = true;
  }

  public void endLine() throws IOException {
    out.write(lineEnd);
  }

  private void beginField() throws IOException {
    if (!isFirst) {
      out.write(format.fieldEnd());
    }
    isFirst = false;
  }

  /** NULL; {@code width} of a file of fixed widths. */
  public void nullField(long width) throws IOException {
    beginField();
    if (format.hasFixedWidths()) {
      pad(width);
    } else if (format.escape() >= 0) {
      out.write(format.escape());
      out.write('N');
    } else {
      out.write(new byte[] {'N', 'U', 'L', 'L'});
    }
  }

  /**
   * @param isText whether the column's values are texts rather than numbers
   * @param width of a file of fixed widths: longer values are cut, shorter ones filled with blanks
   */
  public void field(Slice value, boolean isText, long width) throws IOException {
    beginField();
    boolean isEnclosed = format.enclosure() >= 0 && (!format.isOptionallyEnclosed() || isText);
    if (isEnclosed) {
      out.write(format.enclosure());
    }
    int length = value.length();
    if (format.hasFixedWidths()) {
      length = (int) Math.min(length, width);
    }
    if ((isText || isSeparatorNumeric) && format.escape() >= 0) {
      escaped(value, length, isEnclosed);
    } else {
      out.write(value.array(), value.offset(), length);
    }
    if (format.hasFixedWidths()) {
      pad(width - length);
    }
    if (isEnclosed) {
      out.write(format.enclosure());
    }
  }

  private void pad(long blanks) throws IOException {
    for (long i = 0; i < blanks; i++) {
      out.write(' ');
    }
  }

  private void escaped(Slice value, int length, boolean isEnclosed) throws IOException {
    int i = 0;
    while (i < length) {
      int b = value.byteAt(i) & 0xFF;
      int width = widths.isLead(b) && i + 1 < length ? widths.width(value.byteAt(i + 1) & 0xFF) : 1;
      if (width > 1 && i + width <= length) {
        out.write(value.array(), value.offset() + i, width);
        i += width;
        continue;
      }
      boolean isSpecial =
          b == format.escape()
              || b == (isEnclosed ? separator : fieldEndFirst)
              || b == lineEndFirst
              || b == 0;
      if (isSpecial && (isEnclosed || !isFieldEndAmbiguous || b != fieldEndFirst)) {
        out.write(b == separator && isSeparatorAmbiguous ? separator : format.escape());
        out.write(b == 0 ? '0' : b);
      } else {
        out.write(b);
      }
      i++;
    }
  }
}
