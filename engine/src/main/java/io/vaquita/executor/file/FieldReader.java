package io.vaquita.executor.file;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Takes lines of fields out of a stream, as LOAD DATA understands them. Confined to the statement. Memory: one buffer, and the
 * fields of one line.
 *
 * <p>A line is {@link #readField} for each field wanted, then {@link #nextLine}, which skips what was not asked for.
 */
public final class FieldReader {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int LINE_BYTES_KEPT = 1 << 20;
  private static final int END = -1;

  private final InputStream in;
  private final FieldFormat format;
  private final CharacterWidths widths;
  private final long lineBytesMax;
  private final byte[] fieldEnd;
  private final byte[] lineEnd;

  /** Bytes that end the quick copy of a field: whatever may end, enclose or escape, and what begins a wide character. */
  private final boolean[] special = new boolean[256];

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  /** The fields of this line, one behind the other. */
  private byte[] line = new byte[1024];

  private int lineLength;
  private int fieldStart;

  private boolean isAtLineEnd;
  private boolean isAtEnd;
  private boolean isAtLineStart;
  private boolean isCut;
  private boolean isEnclosed;
  private boolean hasEscapedN;
  private boolean isFieldDone;

  /**
   * @param lineBytesMax a line whose fields have more bytes ends the statement: 1153
   */
  public FieldReader(InputStream in, FieldFormat format, long lineBytesMax) {
    this.in = in;
    this.format = format;
    this.widths = CharacterWidths.of(format.characterSet());
    this.lineBytesMax = lineBytesMax;
    this.fieldEnd = format.fieldEnd();
    // with equal terminators a line is as many fields as are asked for
    this.lineEnd =
        Arrays.equals(format.fieldEnd(), format.lineEnd()) ? new byte[0] : format.lineEnd();
    this.isAtLineStart = format.lineStart().length > 0;
    for (int b = 0; b < special.length; b++) {
      special[b] =
          b == format.escape()
              || b == format.enclosure()
              || begins(fieldEnd, b)
              || begins(lineEnd, b)
              || widths.isLead(b);
    }
  }

  private static boolean begins(byte[] terminator, int b) {
    return terminator.length > 0 && (terminator[0] & 0xFF) == b;
  }

  /** The field that was read last, raw: valid until the next {@link #nextLine}. */
  public Slice field() {
    return new Slice(line, fieldStart, lineLength - fieldStart);
  }

  /** Whether the field was {@code \N}, or the bare word NULL where fields are enclosed. */
  public boolean isNull() {
    int length = lineLength - fieldStart;
    return length == 1 && hasEscapedN
        || !isEnclosed
            && format.enclosure() >= 0
            && length == 4
            && line[fieldStart] == 'N'
            && line[fieldStart + 1] == 'U'
            && line[fieldStart + 2] == 'L'
            && line[fieldStart + 3] == 'L';
  }

  /** False when the line, or the file, has no further field. */
  public boolean readField() throws IOException {
    if (isAtLineEnd || !atFields()) {
      return false;
    }
    int first = get();
    if (first == END) {
      isAtLineEnd = true;
      isAtEnd = true;
      return false;
    }
    fieldStart = lineLength;
    hasEscapedN = false;
    isEnclosed = false;
    boolean opened = first == format.enclosure();
    if (opened) {
      append(first);
    } else {
      position--;
    }
    isFieldDone = false;
    while (!isFieldDone) {
      copyPlain();
      step(opened);
    }
    return true;
  }

  /** Copies bytes up to the next that means something. */
  private void copyPlain() {
    int from = position;
    int at = from;
    while (at < limit && !special[buffer[at] & 0xFF]) {
      at++;
    }
    append(buffer, from, at - from);
    position = at;
  }

  private void step(boolean opened) throws IOException {
    int b = get();
    if (b == END) {
      end(true, false);
      isAtEnd = true;
    } else if (b == format.escape() && escaped()) {
      return;
    } else if (opened) {
      if (b == format.enclosure()) {
        enclosure();
      } else {
        character(b);
      }
    } else if (begins(lineEnd, b) && accept(lineEnd)) {
      end(true, false);
    } else if (begins(fieldEnd, b) && accept(fieldEnd)) {
      end(false, false);
    } else {
      character(b);
    }
  }

  private void end(boolean endsLine, boolean enclosed) {
    isFieldDone = true;
    isAtLineEnd = endsLine;
    isEnclosed = enclosed;
    if (enclosed) {
      fieldStart++;
    }
  }

  /**
   * Behind the escape character. Where it is also the enclosing one, only a doubled one is an escape.
   *
   * @return false when the escape character means something else
   */
  private boolean escaped() throws IOException {
    int b = get();
    if (b == END) {
      append(format.escape());
      end(true, false);
      isAtEnd = true;
      return true;
    }
    if (format.escape() == format.enclosure() && b != format.escape()) {
      position--;
      return false;
    }
    if (widths.isLead(b)) {
      character(b);
    } else {
      append(unescaped(b));
    }
    return true;
  }

  private int unescaped(int b) {
    return switch (b) {
      case '0' -> 0;
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> 26;
      case 'N' -> {
        hasEscapedN = true;
        yield b;
      }
      default -> b;
    };
  }

  /** Behind an enclosing character inside an enclosed field: doubled, the field's end, or one that stands for itself. */
  private void enclosure() throws IOException {
    int b = get();
    if (b == format.enclosure()) {
      append(b);
    } else if (b == END) {
      end(true, true);
    } else if (begins(lineEnd, b) && accept(lineEnd)) {
      end(true, true);
    } else if (begins(fieldEnd, b) && accept(fieldEnd)) {
      end(false, true);
    } else {
      position--;
      append(format.enclosure());
    }
  }

  /** A character that stands for itself; a wide one is taken whole. */
  private void character(int b) throws IOException {
    append(b);
    if (widths.isLead(b) && available(1)) {
      int width = widths.width(buffer[position] & 0xFF);
      if (width > 1 && available(width - 1)) {
        append(buffer, position, width - 1);
        position += width - 1;
      }
    }
  }

  /**
   * A line of fixed widths: at most so many bytes, or less when the line ends before.
   *
   * @return false at the end of the file
   */
  public boolean readFixed(int bytes) throws IOException {
    if (isAtLineEnd || !atFields()) {
      return false;
    }
    fieldStart = lineLength;
    while (lineLength - fieldStart < bytes) {
      int b = get();
      if (b == END) {
        isAtLineEnd = true;
        isAtEnd = true;
        return lineLength > fieldStart;
      }
      if (b == format.escape()) {
        int next = get();
        append(next == END ? format.escape() : unescaped(next));
      } else if (begins(lineEnd, b) && accept(lineEnd)) {
        isAtLineEnd = true;
        return true;
      } else {
        append(b);
      }
    }
    return true;
  }

  /** Skips to the next line; {@link #isCut} says whether there was more than was asked for. False at the end of the file. */
  public boolean nextLine() throws IOException {
    lineLength = 0;
    fieldStart = 0;
    if (line.length > LINE_BYTES_KEPT) {
      line = new byte[1024];
    }
    isCut = false;
    isAtLineStart = format.lineStart().length > 0;
    if (isAtLineEnd || isAtEnd) {
      isAtLineEnd = false;
      return !isAtEnd;
    }
    if (lineEnd.length == 0) {
      return true;
    }
    while (true) {
      int b = get();
      if (b == END) {
        isAtEnd = true;
        return false;
      }
      if (b == format.escape()) {
        isCut = true;
        if (get() == END) {
          return false;
        }
      } else if (begins(lineEnd, b) && accept(lineEnd)) {
        return true;
      } else {
        isCut = true;
        skipRest(b);
      }
    }
  }

  private void skipRest(int lead) throws IOException {
    if (widths.isLead(lead) && available(1)) {
      int width = widths.width(buffer[position] & 0xFF);
      if (width > 1 && available(width - 1)) {
        position += width - 1;
      }
    }
  }

  /** Whether {@link #nextLine} dropped something. */
  public boolean isCut() {
    return isCut;
  }

  /** Skips to behind LINES STARTING BY at the beginning of a line; false when the file ends before. */
  private boolean atFields() throws IOException {
    if (!isAtLineStart) {
      return true;
    }
    isAtLineStart = false;
    byte[] start = format.lineStart();
    int b = get();
    while (b != END) {
      if (begins(start, b) && accept(start)) {
        return true;
      }
      b = get();
    }
    isAtLineEnd = true;
    isAtEnd = true;
    return false;
  }

  // ---- bytes

  private int get() throws IOException {
    return position < limit || available(1) ? buffer[position++] & 0xFF : END;
  }

  /** Takes the rest of a terminator whose first byte was taken, if it is there. */
  private boolean accept(byte[] terminator) throws IOException {
    int rest = terminator.length - 1;
    if (rest == 0) {
      return true;
    }
    if (!available(rest)
        || !Arrays.equals(buffer, position, position + rest, terminator, 1, terminator.length)) {
      return false;
    }
    position += rest;
    return true;
  }

  /** Whether so many bytes are left, brought into the buffer; the byte taken last stays in it. */
  private boolean available(int count) throws IOException {
    while (limit - position < count) {
      if (position > 1) {
        int kept = limit - position + 1;
        System.arraycopy(buffer, position - 1, buffer, 0, kept);
        position = 1;
        limit = kept;
      }
      int read = limit == buffer.length ? -1 : in.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  private void append(int b) {
    if (lineLength == line.length) {
      grow(1);
    }
    line[lineLength++] = (byte) b;
  }

  private void append(byte[] from, int offset, int count) {
    if (line.length - lineLength < count) {
      grow(count);
    }
    System.arraycopy(from, offset, line, lineLength, count);
    lineLength += count;
  }

  private void grow(int count) {
    long needed = (long) lineLength + count;
    if (needed > lineBytesMax) {
      throw MySqlError.ER_NET_PACKET_TOO_LARGE.exception();
    }
    line = Arrays.copyOf(line, (int) Math.min(Math.max(needed, line.length * 2L), lineBytesMax));
  }
}
