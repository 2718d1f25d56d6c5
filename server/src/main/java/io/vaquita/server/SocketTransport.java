package io.vaquita.server;

import io.vaquita.protocol.ByteSink;
import io.vaquita.protocol.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket with deadlines. Reads and writes belong to the connection's thread; {@link #expireIfDue}, {@link #readAhead} and
 * {@link #close} may be called by any thread.
 *
 * <p>Deadlines cost nothing on the way: the connection's thread notes until when it waits, and the watcher ends waits that are
 * overdue, by shutting the input down (the thread can still send why) or, for writes, by closing the socket.
 */
final class SocketTransport implements ByteSource, ByteSink {
  /** What the connection's thread waits for. */
  enum Wait {
    NOTHING,
    LOGIN,
    COMMAND,
    PACKET,
    WRITE
  }

  private static final int WRITE_BYTES_MAX = 128 * 1024;
  private static final int AHEAD_BYTES_MAX = 64 * 1024;
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long DRAIN_BYTES_MAX = 64L << 20;

  private final SocketChannel channel;
  private final CoarseClock clock;

  /** Held while bytes are read from the channel, by the connection's thread or by a reader ahead. */
  private final ReentrantLock reading = new ReentrantLock();

  private final ReentrantLock aheadLock = new ReentrantLock();
  private volatile boolean hasAhead;

  /**
   * Set by the connection's thread before it looks at {@link #hasAhead}; looked at by a reader ahead after it has set that: so one
   * of both sees the other, and no bytes lie ahead while both wait.
   */
  private volatile boolean wantsToRead;

  private byte @Nullable [] ahead;
  private int aheadLength;
  private volatile boolean isAheadAtEnd;
  private volatile boolean isAheadFull;

  private volatile Wait wait = Wait.NOTHING;
  private volatile long deadlineNanos;
  private volatile Wait expired = Wait.NOTHING;

  private Wait nextWait = Wait.LOGIN;
  private long nextTimeoutNanos = Long.MAX_VALUE / 4;
  private long loginLeftNanos;
  private long armedAtNanos;
  private long packetTimeoutNanos = Long.MAX_VALUE / 4;
  private long writeTimeoutNanos = Long.MAX_VALUE / 4;

  /** The last write found no room for all of its bytes: most likely the next one waits. */
  private boolean isFull;

  private Runnable beforeWaiting = () -> {};

  private byte[] viewed = new byte[0];
  private ByteBuffer view = ByteBuffer.wrap(viewed);
  private byte[] writtenArray = new byte[0];
  private ByteBuffer writeView = ByteBuffer.wrap(writtenArray);

  private final AtomicLong bytesReceived = new AtomicLong();
  private final AtomicLong bytesSent = new AtomicLong();

  SocketTransport(SocketChannel channel, CoarseClock clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /** What the next reads wait for and how long: each of them, except for a login, whose waits have so long together. */
  void awaitNext(Wait kind, long timeoutNanos) {
    nextWait = kind;
    nextTimeoutNanos = timeoutNanos;
    loginLeftNanos = timeoutNanos;
  }

  /** What is to be done before a write that most likely waits for the client. */
  void beforeWaiting(Runnable action) {
    beforeWaiting = action;
  }

  /** net_read_timeout and net_write_timeout. */
  void timeouts(long packetNanos, long writeNanos) {
    packetTimeoutNanos = packetNanos;
    writeTimeoutNanos = writeNanos;
  }

  @Override
  public void packetBegun() {
    if (nextWait == Wait.COMMAND) {
      nextWait = Wait.PACKET;
      nextTimeoutNanos = packetTimeoutNanos;
    }
  }

  private void arm(Wait kind, long timeoutNanos) {
    armedAtNanos = clock.nanos();
    deadlineNanos = armedAtNanos + (kind == Wait.LOGIN ? loginLeftNanos : timeoutNanos);
    wait = kind;
  }

  private void disarm() {
    if (wait == Wait.LOGIN) {
      loginLeftNanos -= clock.nanos() - armedAtNanos;
    }
    wait = Wait.NOTHING;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    wantsToRead = true;
    try {
      if (hasAhead) {
        int count = takeAhead(into, offset, length);
        if (count != 0) {
          return count;
        }
      }
      arm(nextWait, nextTimeoutNanos);
      reading.lock();
      try {
        int count = takeAhead(into, offset, length);
        return count != 0 ? count : readChannel(into, offset, length);
      } finally {
        reading.unlock();
        disarm();
      }
    } finally {
      wantsToRead = false;
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array again needs no other view
  private int readChannel(byte[] into, int offset, int length) throws IOException {
    if (viewed != into) {
      viewed = into;
      view = ByteBuffer.wrap(into);
    }
    view.limit(offset + length).position(offset);
    try {
      int count = channel.read(view);
      if (count >= 0) {
        bytesReceived.setOpaque(bytesReceived.getPlain() + count);
        return count;
      }
    } catch (ClosedChannelException e) {
      throwIfExpired();
      throw e;
    }
    throwIfExpired();
    return -1;
  }

  private void throwIfExpired() throws DeadlineException {
    Wait late = expired;
    if (late != Wait.NOTHING) {
      throw new DeadlineException(late);
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the same array again needs no other view
  public void write(byte[] from, int offset, int length) throws IOException {
    if (writtenArray != from) {
      writtenArray = from;
      writeView = ByteBuffer.wrap(from);
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int wanted = Math.min(end - at, WRITE_BYTES_MAX);
      writeView.limit(at + wanted).position(at);
      if (isFull) {
        beforeWaiting.run();
      }
      arm(Wait.WRITE, writeTimeoutNanos);
      try {
        int count = channel.write(writeView);
        at += count;
        isFull = count < wanted;
        bytesSent.setOpaque(bytesSent.getPlain() + count);
      } catch (IOException e) {
        throwIfExpired();
        throw new WriteFailedException(e, at - offset, length);
      } finally {
        disarm();
      }
    }
  }

  /** For the watcher: ends a wait that is overdue. */
  void expireIfDue(long nowNanos) {
    Wait kind = wait;
    if (kind == Wait.NOTHING || deadlineNanos - nowNanos > 0) {
      return;
    }
    boolean isFirst = expired == Wait.NOTHING;
    if (isFirst) {
      expired = kind;
    }
    if (kind == Wait.WRITE) {
      // also the last word after another wait was overdue
      close();
    } else if (isFirst) {
      shutdownInput();
    }
  }

  Wait waiting() {
    return wait;
  }

  long bytesReceived() {
    return bytesReceived.getOpaque();
  }

  long bytesSent() {
    return bytesSent.getOpaque();
  }

  /** Whether {@link #readAhead} makes sense: there is room for what may come. */
  boolean canReadAhead() {
    return !isAheadFull && !reading.isLocked() && channel.isOpen();
  }

  /**
   * Reads while the connection's thread runs a statement, until the peer has closed its end, the connection's thread wants to read
   * itself, or enough has come. Bytes that come are kept for it.
   *
   * @return true when the peer is gone
   */
  boolean readAhead() {
    if (!reading.tryLock()) {
      return false;
    }
    try {
      if (isAheadAtEnd) {
        return expired == Wait.NOTHING;
      }
      ByteBuffer buffer = ByteBuffer.allocate(512);
      while (!wantsToRead) {
        buffer.clear();
        int count = readAheadOnce(buffer);
        if (!keepAhead(buffer, count)) {
          return count < 0 && expired == Wait.NOTHING;
        }
      }
      return false;
    } finally {
      reading.unlock();
    }
  }

  private int readAheadOnce(ByteBuffer buffer) {
    try {
      int count = channel.read(buffer);
      if (count > 0) {
        bytesReceived.setOpaque(bytesReceived.getPlain() + count);
      }
      return count;
    } catch (IOException e) {
      return -1;
    }
  }

  /** Whether there is room for more. */
  private boolean keepAhead(ByteBuffer buffer, int count) {
    aheadLock.lock();
    try {
      if (count < 0) {
        isAheadAtEnd = true;
        hasAhead = true;
        return false;
      }
      byte[] kept = ahead == null ? new byte[count] : Arrays.copyOf(ahead, aheadLength + count);
      buffer.flip().get(kept, aheadLength, count);
      ahead = kept;
      aheadLength += count;
      hasAhead = true;
      isAheadFull = aheadLength >= AHEAD_BYTES_MAX;
      return !isAheadFull;
    } finally {
      aheadLock.unlock();
    }
  }

  private int takeAhead(byte[] into, int offset, int length) throws IOException {
    if (!hasAhead) {
      return 0;
    }
    aheadLock.lock();
    try {
      if (ahead == null || aheadLength == 0) {
        if (isAheadAtEnd) {
          throwIfExpired();
          return -1;
        }
        return 0;
      }
      int count = Math.min(length, aheadLength);
      System.arraycopy(ahead, 0, into, offset, count);
      aheadLength -= count;
      ahead = aheadLength == 0 ? null : Arrays.copyOfRange(ahead, count, count + aheadLength);
      hasAhead = aheadLength > 0 || isAheadAtEnd;
      isAheadFull = false;
      return count;
    } finally {
      aheadLock.unlock();
    }
  }

  /**
   * Takes what the peer still sends, for a second at most, after the last word to it: closing a socket with unread bytes resets the
   * connection, and the peer would lose what it was told.
   */
  void drain() {
    try {
      channel.shutdownOutput();
      byte[] bytes = new byte[8192];
      awaitNext(Wait.LOGIN, DRAIN_NANOS);
      for (long taken = 0; taken < DRAIN_BYTES_MAX; ) {
        int count = read(bytes, 0, bytes.length);
        if (count < 0) {
          return;
        }
        taken += count;
      }
    } catch (IOException ignored) {
      // the peer is gone or goes on for too long
    }
  }

  void shutdownInput() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      close();
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // the descriptor is gone either way
    }
  }
}
