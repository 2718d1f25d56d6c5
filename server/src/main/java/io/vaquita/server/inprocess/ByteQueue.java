package io.vaquita.server.inprocess;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a connection inside the process: a bounded ring of bytes. Thread-safe; meant for one reader and one writer. Waits end
 * when the other side moves, at either side's close, for readers after a timeout, and when the thread is interrupted: whoever calls then closes
 * the connection, since a part of something may have been read or written.
 */
final class ByteQueue {
  static final int CAPACITY = 64 * 1024;

  /** Room to begin with. Most connections never have more on the way; whoever opens one for each test shall not pay for it. */
  private static final int CAPACITY_FIRST = 4 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readable = lock.newCondition();
  private final Condition writable = lock.newCondition();

  @GuardedBy("lock")
  private byte[] ring = new byte[CAPACITY_FIRST];

  @GuardedBy("lock")
  private int start;

  @GuardedBy("lock")
  private int count;

  @GuardedBy("lock")
  private boolean isWriterGone;

  @GuardedBy("lock")
  private boolean isReaderGone;

  /**
   * Takes what is there, one byte at least.
   *
   * @param timeoutMillis 0 for none
   * @return -1 when the writer is gone and all was read, or the reader's own side was closed
   */
  int read(byte[] into, int offset, int length, long timeoutMillis)
      throws IOException, InterruptedException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      awaitBytes(timeoutMillis);
      if (isReaderGone || count == 0) {
        return -1;
      }
      int taken = Math.min(length, count);
      int first = Math.min(taken, ring.length - start);
      System.arraycopy(ring, start, into, offset, first);
      System.arraycopy(ring, 0, into, offset + first, taken - first);
      start = (start + taken) % ring.length;
      count -= taken;
      writable.signal();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void awaitBytes(long timeoutMillis) throws IOException, InterruptedException {
    long left = timeoutMillis * 1_000_000;
    while (count == 0 && !isWriterGone && !isReaderGone) {
      if (timeoutMillis == 0) {
        readable.await();
      } else if (left <= 0) {
        throw new SocketTimeoutException("Read timed out");
      } else {
        left = readable.awaitNanos(left);
      }
    }
  }

  /** Puts some of the bytes, one at least, and says how many. */
  int write(byte[] from, int offset, int length) throws IOException, InterruptedException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (count == CAPACITY && !isReaderGone && !isWriterGone) {
        writable.await();
      }
      if (isReaderGone || isWriterGone) {
        throw new IOException("the other side is closed");
      }
      int put = Math.min(length, CAPACITY - count);
      makeRoom(count + put);
      int end = (start + count) % ring.length;
      int first = Math.min(put, ring.length - end);
      System.arraycopy(from, offset, ring, end, first);
      System.arraycopy(from, offset + first, ring, 0, put - first);
      count += put;
      readable.signal();
      return put;
    } finally {
      lock.unlock();
    }
  }

  /** {@code bytes} are not more than the capacity. */
  @GuardedBy("lock")
  private void makeRoom(int bytes) {
    if (bytes <= ring.length) {
      return;
    }
    int length = ring.length;
    while (length < bytes) {
      length *= 2;
    }
    byte[] larger = new byte[length];
    int first = Math.min(count, ring.length - start);
    System.arraycopy(ring, start, larger, 0, first);
    System.arraycopy(ring, 0, larger, first, count - first);
    ring = larger;
    start = 0;
  }

  int available() {
    lock.lock();
    try {
      return isReaderGone ? 0 : count;
    } finally {
      lock.unlock();
    }
  }

  /** No more will be written: the reader gets what is there, then the end. */
  void endWriting() {
    lock.lock();
    try {
      isWriterGone = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody reads any more: the reader gets the end at once, the writer an error. */
  void endReading() {
    lock.lock();
    try {
      isReaderGone = true;
      wakeAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void wakeAll() {
    readable.signalAll();
    writable.signalAll();
  }
}
