package io.vaquita.transaction;

import io.vaquita.lock.LockMode;
import io.vaquita.lock.LockOwner.HeldMetadata;
import io.vaquita.lock.LockTarget.MetadataTarget;
import io.vaquita.lock.MetadataScope;
import io.vaquita.store.WriteBatch;
import io.vaquita.store.WriteBatch.Change;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A prepared transaction as bytes: its writes and its metadata locks. Immutable.
 *
 * <p>Format 1: byte 1; count of locks, each scope, schema, name, mode; count of changes, each kind (1 put, 2 delete, 3 whole tree),
 * tree, key, value. Counts and lengths are 4 bytes, strings as {@link DataOutputStream#writeUTF}.
 */
record PreparedImage(List<HeldMetadata> metadata, List<Change> changes) {
  private static final int FORMAT = 1;
  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int CLEAR = 3;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(metadata.size());
      for (HeldMetadata held : metadata) {
        out.writeUTF(held.target().scope().name());
        out.writeUTF(held.target().schema());
        out.writeUTF(held.target().name());
        out.writeUTF(held.mode().name());
      }
      out.writeInt(changes.size());
      for (Change change : changes) {
        write(out, change);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Change change) throws IOException {
    switch (change) {
      case WriteBatch.Put put -> {
        out.writeByte(PUT);
        out.writeInt(put.tree());
        writeBytes(out, put.key());
        writeBytes(out, put.value());
      }
      case WriteBatch.Delete delete -> {
        out.writeByte(DELETE);
        out.writeInt(delete.tree());
        writeBytes(out, delete.key());
      }
      case WriteBatch.DeleteRange range -> {
        if (range.from() != null || range.to() != null) {
          throw new IllegalArgumentException("a transaction deletes keys or whole trees");
        }
        out.writeByte(CLEAR);
        out.writeInt(range.tree());
      }
    }
  }

  static PreparedImage ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException("unknown format of a prepared transaction: " + format);
      }
      List<HeldMetadata> metadata = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        MetadataScope scope = MetadataScope.valueOf(in.readUTF());
        MetadataTarget target = new MetadataTarget(scope, in.readUTF(), in.readUTF());
        metadata.add(new HeldMetadata(target, LockMode.valueOf(in.readUTF())));
      }
      List<Change> changes = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        changes.add(readChange(in));
      }
      return new PreparedImage(metadata, changes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Change readChange(DataInputStream in) throws IOException {
    int kind = in.readByte();
    int tree = in.readInt();
    return switch (kind) {
      case PUT -> {
        byte[] key = readBytes(in);
        yield new WriteBatch.Put(tree, key, readBytes(in));
      }
      case DELETE -> new WriteBatch.Delete(tree, readBytes(in));
      case CLEAR -> new WriteBatch.DeleteRange(tree, null, null);
      default -> throw new IOException("unknown change of a prepared transaction: " + kind);
    };
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
