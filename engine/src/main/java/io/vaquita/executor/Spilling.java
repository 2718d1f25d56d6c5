package io.vaquita.executor;

import io.vaquita.environment.Environment;
import io.vaquita.error.MySqlError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How much an operator may keep in memory, and where the rest goes. Confined to the statement's thread. */
final class Spilling implements AutoCloseable {
  /** By how much operators that keep everything in memory may exceed what others turn to files at. */
  private static final long OVERRUN = 8;

  private final Environment environment;
  private final Path directory;
  private final long memoryBytesMax;
  private @Nullable TemporaryFiles files;
  private int count;

  Spilling(ExecutionContext context) {
    this(context.environment(), context.temporaryDirectory(), context.memoryBytesMax());
  }

  Spilling(Environment environment, Path directory, long memoryBytesMax) {
    this.environment = environment;
    this.directory = directory;
    this.memoryBytesMax = memoryBytesMax;
  }

  long memoryBytesMax() {
    return memoryBytesMax;
  }

  /** Ends the statement when an operator that cannot use files holds more than its share. */
  void checkMemory(long bytes) {
    if (bytes > OVERRUN * memoryBytesMax) {
      throw MySqlError.ER_OUT_OF_SORTMEMORY.exception();
    }
  }

  /** A new file, deleted at the end of the statement. */
  TemporaryFile newFile() {
    TemporaryFiles present = files;
    if (present == null) {
      present = new TemporaryFiles(environment, directory);
      files = present;
    }
    count++;
    return present.create();
  }

  /** Files that the statement has needed. */
  int fileCount() {
    return count;
  }

  @Override
  public void close() {
    if (files != null) {
      files.close();
    }
  }
}
