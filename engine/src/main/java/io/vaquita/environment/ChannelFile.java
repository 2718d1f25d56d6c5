package io.vaquita.environment;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An open file that survives the interrupts of the threads that use it. Thread-safe.
 *
 * <p>An interrupt in the midst of an access closes the channel under everybody who uses it: one cancelled task of an application that
 * embeds the database would take the data file from all. So a channel closed in this way is opened again, and the read or write repeated;
 * the caller keeps its interrupt. A sync is not repeated, for one that failed may have been hidden by the interrupt; it has a channel
 * that readers cannot close, and is left to threads that nobody interrupts ({@link ThreadStarter#isUninterrupted}).
 */
final class ChannelFile implements RandomAccess {
  private final Path path;
  private final Channel writer;
  private final Channel reader;

  ChannelFile(Path path) throws IOException {
    this.path = path;
    this.writer = new Channel(StandardOpenOption.READ, StandardOpenOption.WRITE);
    this.reader = new Channel(StandardOpenOption.READ);
    writer.opened =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
  }

  private interface Access {
    void run(FileChannel channel) throws IOException;
  }

  /** One of the file's two channels: opened when it is first used, and again when an interrupt has closed it. */
  private final class Channel {
    private final OpenOption[] options;
    private volatile @Nullable FileChannel opened;

    @GuardedBy("this")
    private boolean isClosed;

    Channel(OpenOption... options) {
      this.options = options;
    }

    void run(Access access) throws IOException {
      boolean wasInterrupted = Thread.interrupted();
      try {
        FileChannel channel = opened;
        while (true) {
          if (channel == null || !channel.isOpen()) {
            channel = open(channel);
          }
          try {
            access.run(channel);
            return;
          } catch (ClosedChannelException e) {
            wasInterrupted |= Thread.interrupted();
          }
        }
      } finally {
        if (wasInterrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    /** Opens the channel, unless another thread has since the caller saw {@code former}. */
    private synchronized FileChannel open(@Nullable FileChannel former) throws IOException {
      if (isClosed) {
        throw new ClosedChannelException();
      }
      FileChannel now = opened;
      if (now == null || now == former) {
        now = FileChannel.open(path, options);
        opened = now;
      }
      return now;
    }

    synchronized void close() throws IOException {
      isClosed = true;
      FileChannel now = opened;
      if (now != null) {
        now.close();
      }
    }
  }

  @Override
  public void read(long position, ByteBuffer into) throws IOException {
    int from = into.position();
    reader.run(
        channel -> {
          while (into.hasRemaining()) {
            if (channel.read(into, position + into.position() - from) < 0) {
              throw new EOFException(
                  "file ends at "
                      + channel.size()
                      + ", wanted "
                      + (position + into.limit() - from));
            }
          }
        });
  }

  @Override
  public void write(long position, ByteBuffer source) throws IOException {
    int from = source.position();
    writer.run(
        channel -> {
          while (source.hasRemaining()) {
            channel.write(source, position + source.position() - from);
          }
        });
  }

  @Override
  public void sync(boolean metadata) throws IOException {
    boolean wasInterrupted = Thread.interrupted();
    try {
      FileChannel channel = writer.opened;
      if (channel == null) {
        throw new ClosedChannelException();
      }
      channel.force(metadata);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public long size() throws IOException {
    long[] size = new long[1];
    writer.run(channel -> size[0] = channel.size());
    return size[0];
  }

  @Override
  public void resize(long size) throws IOException {
    writer.run(
        channel -> {
          long now = channel.size();
          if (size < now) {
            channel.truncate(size);
          } else if (size > now) {
            channel.write(ByteBuffer.allocate(1), size - 1);
          }
        });
  }

  @Override
  public void close() throws IOException {
    try {
      reader.close();
    } finally {
      writer.close();
    }
  }
}
