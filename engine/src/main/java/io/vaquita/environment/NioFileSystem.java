package io.vaquita.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The operating system's files. Thread-safe. */
final class NioFileSystem implements FileSystem {
  @Override
  public RandomAccess open(Path path) throws IOException {
    return new ChannelFile(path);
  }

  @Override
  public InputStream read(Path path) throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public OutputStream create(Path path) throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path);
  }

  @Override
  public void createDirectories(Path path) throws IOException {
    Files.createDirectories(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public AutoCloseable lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process holds the lock on " + path);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("this process already holds the lock on " + path, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }
}
