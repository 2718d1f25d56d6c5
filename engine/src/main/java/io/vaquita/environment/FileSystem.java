package io.vaquita.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** The only way to files that the engine has. Thread-safe. */
public interface FileSystem {
  /** Opens for reading and writing, creating the file when it is missing. */
  RandomAccess open(Path path) throws IOException;

  /** A file that users name (LOAD DATA): read from its beginning. {@link java.nio.file.NoSuchFileException} when there is none. */
  InputStream read(Path path) throws IOException;

  /** A file that users name (INTO OUTFILE): {@link java.nio.file.FileAlreadyExistsException} when it is there. */
  OutputStream create(Path path) throws IOException;

  boolean exists(Path path);

  void createDirectories(Path path) throws IOException;

  /** File names in a directory, sorted. */
  List<String> list(Path directory) throws IOException;

  void delete(Path path) throws IOException;

  /** Replaces {@code to} atomically. Durable after {@link #syncDirectory}. */
  void rename(Path from, Path to) throws IOException;

  void syncDirectory(Path directory) throws IOException;

  /** Takes an exclusive lock on a file until closed; throws when another process has it. */
  AutoCloseable lock(Path path) throws IOException;
}
