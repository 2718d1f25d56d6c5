package io.vaquita.server.inprocess;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One direction of a connection inside the process: a bounded ring of bytes. Thread-safe; meant for one reader and one writer. Waits end
 * when the other side moves, at either side's close, and for readers after a timeout.
 */
final class ByteQueue {
  static final int CAPACITY = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readable = lock.newCondition();
  private final Condition writable = lock.newCondition();

  @GuardedBy("lock")
  private final byte[] ring = new byte[CAPACITY];

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
  int read(byte[] into, int offset, int length, long timeoutMillis) throws IOException {
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
      int first = Math.min(taken, CAPACITY - start);
      System.arraycopy(ring, start, into, offset, first);
      System.arraycopy(ring, 0, into, offset + first, taken - first);
      start = (start + taken) % CAPACITY;
      count -= taken;
      writable.signal();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void awaitBytes(long timeoutMillis) throws IOException {
    long left = timeoutMillis * 1_000_000;
    try {
      while (count == 0 && !isWriterGone && !isReaderGone) {
        if (timeoutMillis == 0) {
          readable.await();
        } else if (left <= 0) {
          throw new SocketTimeoutException("Read timed out");
        } else {
          left = readable.awaitNanos(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading", e);
    }
  }

  /** Puts some of the bytes, one at least, and says how many. */
  int write(byte[] from, int offset, int length) throws IOException {
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
      int end = (start + count) % CAPACITY;
      int first = Math.min(put, CAPACITY - end);
      System.arraycopy(from, offset, ring, end, first);
      System.arraycopy(from, offset + first, ring, 0, put - first);
      count += put;
      readable.signal();
      return put;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while writing", e);
    } finally {
      lock.unlock();
    }
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
