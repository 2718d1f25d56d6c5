package io.vaquita.server;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that comes by COM_STMT_SEND_LONG_DATA, as the pieces in which it comes: they become one array when the statement is
 * executed, and each is forgotten as soon as it is copied. Confined to its connection.
 *
 * <p>What is more than {@value #MEMORY_BYTES_MAX} bytes waits in a file without a name, so that a value of a gigabyte is never twice on the heap:
 * in pieces and as the array that they become. Where no file can be written the pieces stay in memory.
 */
final class LongParameter implements AutoCloseable {
  private static final int MEMORY_BYTES_MAX = 16 << 20;

  /** What goes between a file and the heap at once: as much direct memory is taken for it. */
  private static final int TRANSFER_BYTES = 1 << 20;

  private static final ByteRange EMPTY = ByteRange.of(new byte[0]);

  /** Where the file comes from. */
  interface FileSource {
    FileChannel open() throws IOException;
  }

  private final FileSource files;
  private final List<ByteRange> pieces = new ArrayList<>();
  private long bytesInPieces;
  private @Nullable FileChannel file;
  private long bytesInFile;
  private boolean isFileHopeless;

  LongParameter() {
    this(LongParameter::unnamedFile);
  }

  LongParameter(FileSource files) {
    this.files = files;
  }

  /** Returns false, and does not take the piece, when the parameter would have more than {@code bytesMax}. */
  boolean add(ByteRange piece, long bytesMax) {
    if (bytesInFile + bytesInPieces + piece.length() > bytesMax) {
      return false;
    }
    bytesInPieces += piece.length();
    pieces.add(piece);
    if (bytesInPieces > MEMORY_BYTES_MAX && !isFileHopeless) {
      spill();
    }
    return true;
  }

  /** Those that could not be written stay where they are. */
  private void spill() {
    try {
      FileChannel to = file;
      if (to == null) {
        to = files.open();
        file = to;
      }
      for (int i = 0; i < pieces.size(); i++) {
        ByteRange piece = pieces.get(i);
        write(to, piece);
        bytesInFile += piece.length();
        bytesInPieces -= piece.length();
        pieces.set(i, EMPTY);
      }
      pieces.clear();
    } catch (IOException e) {
      isFileHopeless = true;
    }
  }

  /** Its name goes at once, so that nothing is left of it whatever becomes of this process. */
  private static FileChannel unnamedFile() throws IOException {
    Path path = Files.createTempFile("vaquita-parameter", "");
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // a system that keeps the name of an open file: it goes when the file is closed
      return channel;
    }
    return channel;
  }

  private void write(FileChannel to, ByteRange piece) throws IOException {
    for (int done = 0; done < piece.length(); ) {
      int n = Math.min(TRANSFER_BYTES, piece.length() - done);
      ByteBuffer part = ByteBuffer.wrap(piece.array(), piece.offset() + done, n);
      done += to.write(part, bytesInFile + done);
    }
  }

  /** The whole value; the parameter is empty afterwards. */
  ByteRange take() {
    if (bytesInFile == 0 && pieces.size() == 1) {
      bytesInPieces = 0;
      return pieces.removeFirst();
    }
    byte[] whole = new byte[Math.toIntExact(bytesInFile + bytesInPieces)];
    int at = readFile(whole);
    for (int i = 0; i < pieces.size(); i++) {
      ByteRange piece = pieces.set(i, EMPTY);
      System.arraycopy(piece.array(), piece.offset(), whole, at, piece.length());
      at += piece.length();
    }
    close();
    return ByteRange.of(whole);
  }

  private int readFile(byte[] to) {
    FileChannel from = file;
    int done = 0;
    try {
      while (from != null && done < bytesInFile) {
        int n = (int) Math.min(TRANSFER_BYTES, bytesInFile - done);
        int read = from.read(ByteBuffer.wrap(to, done, n), done);
        if (read < 0) {
          throw new EOFException();
        }
        done += read;
      }
      return done;
    } catch (IOException e) {
      throw new DatabaseException(
          MySqlError.ER_ERROR_ON_READ, "Error reading a long parameter (" + e.getMessage() + ")");
    }
  }

  /** Forgets what it has. */
  @Override
  public void close() {
    pieces.clear();
    bytesInPieces = 0;
    bytesInFile = 0;
    FileChannel open = file;
    file = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // nobody will read it
        isFileHopeless = true;
      }
    }
  }
}
