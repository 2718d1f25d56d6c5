package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.executor.file.FieldFormat;
import io.vaquita.executor.file.FieldWidths;
import io.vaquita.executor.file.FieldWriter;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.DataType;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** SELECT … INTO OUTFILE and INTO DUMPFILE: a query's rows go to a new file on the server's side. Confined to the session's thread. */
final class OutFile {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int FIRST_BYTES = 4;

  private final EngineSession session;
  private final QuerySyntax.Into.OutFile into;
  private final TextBuffer text = new TextBuffer(256);
  private long rows;

  OutFile(EngineSession session, QuerySyntax.Into.OutFile into) {
    this.session = session;
    this.into = into;
  }

  /** Where the file will be; to be called before the query runs. */
  Path place() {
    return new ServerFiles(session.engine()).place(into.file(), session.currentSchema());
  }

  /** Writes all rows; the file of a query that failed is taken away again. */
  Result write(RowsResult result, Path place) {
    ServerFiles files = new ServerFiles(session.engine());
    boolean isWhole = false;
    try (result) {
      FieldFormat format =
          FileFormats.bind(into.format(), CharacterSet.BINARY, session.diagnostics());
      try (OutputStream out =
          new BufferedOutputStream(files.create(place, into.file()), BUFFER_BYTES)) {
        if (into.dump()) {
          dump(result, out);
        } else {
          export(result, new FieldWriter(out, format), format);
        }
        isWhole = true;
      } catch (IOException e) {
        throw MySqlError.EE_WRITE.exception(place, 28, String.valueOf(e.getMessage()));
      } catch (DatabaseException e) {
        isWhole = e.is(MySqlError.ER_FILE_EXISTS_ERROR) || into.dump();
        throw e;
      } finally {
        if (!isWhole) {
          files.forget(place);
        }
      }
    }
    session.setFoundRows(rows);
    return session.runner().ok(rows, 0, "");
  }

  /** The bytes of a row, one behind the other, NULL a zero byte. The error comes with the third row, as in MySQL. */
  private void dump(RowsResult result, OutputStream out) throws IOException {
    while (result.next()) {
      if (rows++ > 1) {
        throw MySqlError.ER_TOO_MANY_ROWS.exception();
      }
      for (int i = 0; i < result.columns().size(); i++) {
        if (result.isNull(i)) {
          out.write(0);
        } else {
          Slice value = value(result, i, CharacterSet.BINARY);
          out.write(value.array(), value.offset(), value.length());
        }
      }
    }
  }

  private void export(RowsResult result, FieldWriter writer, FieldFormat format)
      throws IOException {
    List<Result.Column> columns = result.columns();
    while (result.next()) {
      rows++;
      writer.beginLine();
      for (int i = 0; i < columns.size(); i++) {
        DataType type = columns.get(i).type();
        long width = format.hasFixedWidths() ? FieldWidths.of(type) : 0;
        if (result.isNull(i)) {
          writer.nullField(width);
        } else {
          writer.field(value(result, i, format.characterSet()), isText(type), width);
        }
      }
      writer.endLine();
    }
  }

  private static boolean isText(DataType type) {
    return switch (type.domain()) {
      case STRING, TEMPORAL, JSON -> true;
      default -> type.kind() == TypeKind.ENUM || type.kind() == TypeKind.SET;
    };
  }

  /** In the file's character set; a file in none ({@code binary}) has each column's own. */
  private Slice value(RowsResult result, int column, CharacterSet file) {
    text.clear();
    result.appendText(column, text);
    Slice value = text.toSlice();
    DataType type = result.columns().get(column).type();
    boolean isCharacters = isText(type) && !type.isBinaryString();
    if (!isCharacters) {
      return value;
    }
    CharacterSet set = file.isBinary() ? type.collation().characterSet() : file;
    if (!file.isBinary()) {
      int unknown = Encoding.firstUnknown(value, set);
      if (unknown >= 0) {
        complain(value, unknown, result.columns().get(column).name());
      }
    }
    return Encoding.encode(value, set);
  }

  private void complain(Slice value, int at, String column) {
    StringBuilder bytes = new StringBuilder();
    int end = Math.min(value.length(), at + FIRST_BYTES);
    for (int i = at; i < end; i++) {
      bytes.append(String.format("\\x%02X", value.byteAt(i) & 0xFF));
    }
    session
        .context()
        .warn(MySqlError.ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, "string", bytes, column, rows);
  }
}
