package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Copies files durably. Stateless. */
final class FileCopy {
  private static final int BUFFER_BYTES = 1 << 18;

  private FileCopy() {}

  /** Copies a file into a directory under its own name, so that it is there whole or not at all. */
  static void copy(FileSystem files, Path from, Path directory) throws IOException {
    files.createDirectories(directory);
    String name = String.valueOf(from.getFileName());
    Path unfinished = directory.resolve("unfinished-" + name);
    try (RandomAccess source = files.open(from);
        RandomAccess target = files.open(unfinished)) {
      ByteBuffer buffer = LogFormat.buffer(BUFFER_BYTES);
      long bytes = source.size();
      target.resize(0);
      for (long at = 0; at < bytes; at += BUFFER_BYTES) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, bytes - at));
        source.read(at, buffer);
        target.write(at, buffer.flip());
      }
      target.sync(true);
    }
    files.rename(unfinished, directory.resolve(name));
    files.syncDirectory(directory);
  }
}
