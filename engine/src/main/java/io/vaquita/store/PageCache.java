package io.vaquita.store;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which clean pages keep their bytes in memory. Thread-safe; readers of pages in memory never come here.
 *
 * <p>A page that was read for the first time goes into a short first queue and is evicted at its end unless somebody came back to it;
 * then it goes into the main queue, which gives pages with visitors another round. A page that comes back soon after an eviction goes
 * to the main queue at once. So a scan of a cold table passes through the first queue and leaves the hot set alone.
 *
 * <p>A page that no newer version has is of use to snapshots only, mostly to none. So it leaves its queue for one of its own, which holds a
 * sixteenth of the budget: whoever reads an old snapshot for a moment still finds its pages, and a load that changes page after page does
 * not fill the memory with what it has left behind.
 *
 * <p>A value of more than a sixteenth of the budget is never kept: it would push out thousands of pages, and reading it again costs little
 * beside using it. Whoever reads it has it for as long as they hold it.
 */
final class PageCache {
  private static final int CHILD_BYTES = 48;

  /** Share of the budget that one value may take. */
  private static final int VALUE_SHARE = 16;

  /** Share of the budget that clean pages keep, however many are dirty. */
  private static final int CLEAN_SHARE_MIN = 8;

  /** Share of the budget that pages without a future may take. */
  private static final int DEAD_SHARE = 16;

  // In Page.queue.
  private static final byte NONE = 0;
  private static final byte FIRST = 1;
  private static final byte MAIN = 2;
  private static final byte DEAD = 3;

  private final long budgetBytes;
  private final LongSupplier dirtyBytes;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock, all that follows.
  private final ArrayDeque<Page> first = new ArrayDeque<>();
  private final ArrayDeque<Page> main = new ArrayDeque<>();
  private final ArrayDeque<Page> dead = new ArrayDeque<>();
  private final long[] evicted;
  private long firstBytes;
  private long mainBytes;
  private long deadBytes;

  /** About as many entries of the first two queues are of pages that have left them for the third. */
  private int staleEntries;

  /** {@code dirtyBytes}: bytes of pages that cannot be evicted yet; they count against the budget. */
  PageCache(long budgetBytes, int pageBytes, LongSupplier dirtyBytes) {
    this.budgetBytes = budgetBytes;
    this.dirtyBytes = dirtyBytes;
    long pages = Math.clamp(budgetBytes / pageBytes, 16, 1 << 24);
    this.evicted = new long[Integer.highestOneBit((int) pages) * 2];
  }

  /** Whether a value of this length is read each time that it is needed. */
  boolean isTooLarge(Page page, int bytes) {
    return page.isValue && bytes > budgetBytes / VALUE_SHARE;
  }

  /** A page got bytes that are on disk too: it was read, or a checkpoint wrote it. */
  void added(Page page, boolean wasRead) {
    byte[] b = page.bytes;
    if (b == null) {
      return;
    }
    if (isTooLarge(page, b.length)) {
      synchronized (page) {
        page.bytes = null;
      }
      return;
    }
    int bytes = bytesOf(page, b);
    lock.lock();
    try {
      long budget = Math.max(budgetBytes / CLEAN_SHARE_MIN, budgetBytes - dirtyBytes.getAsLong());
      // The newest stays, be it larger than the budget: whoever loaded it has not read its children
      // yet. So it is not in a queue before there is room.
      while (used() + bytes > budget && used() > 0) {
        evictOne(budget);
      }
      if (page.isDead && !wasRead) {
        enter(page, DEAD, bytes);
        trimDead();
      } else if (wasRead && wasEvicted(page.location)) {
        enter(page, MAIN, bytes);
      } else {
        enter(page, FIRST, bytes);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A new version does without these pages. */
  void replaced(List<Page> pages) {
    lock.lock();
    try {
      for (Page page : pages) {
        byte[] b = page.bytes;
        if (b != null && (page.queue == FIRST || page.queue == MAIN)) {
          int bytes = bytesOf(page, b);
          leave(page, bytes);
          staleEntries++;
          enter(page, DEAD, bytes);
        }
      }
      trimDead();
      if (staleEntries > 1024 && staleEntries > (first.size() + main.size()) / 2) {
        first.removeIf(page -> page.queue != FIRST);
        main.removeIf(page -> page.queue != MAIN);
        staleEntries = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  long usedBytes() {
    lock.lock();
    try {
      return used();
    } finally {
      lock.unlock();
    }
  }

  private long used() {
    return firstBytes + mainBytes + deadBytes;
  }

  private void enter(Page page, byte queue, int bytes) {
    page.queue = queue;
    switch (queue) {
      case FIRST -> {
        first.add(page);
        firstBytes += bytes;
      }
      case MAIN -> {
        main.add(page);
        mainBytes += bytes;
      }
      default -> {
        dead.add(page);
        deadBytes += bytes;
      }
    }
  }

  /** The page's entry in the queue is the caller's to take out. */
  private void leave(Page page, int bytes) {
    switch (page.queue) {
      case FIRST -> firstBytes -= bytes;
      case MAIN -> mainBytes -= bytes;
      default -> deadBytes -= bytes;
    }
    page.queue = NONE;
  }

  private void trimDead() {
    while (deadBytes > budgetBytes / DEAD_SHARE) {
      evictDead();
    }
  }

  private void evictDead() {
    Page page = dead.remove();
    byte[] b = page.bytes;
    if (page.queue == DEAD && b != null) {
      leave(page, bytesOf(page, b));
      evict(page);
    }
  }

  private void evictOne(long budget) {
    if (deadBytes > 0) {
      evictDead();
      return;
    }
    boolean isFirst = main.isEmpty() || (firstBytes > budget / 10 && !first.isEmpty());
    @Nullable Page page = isFirst ? first.poll() : main.poll();
    byte[] b = page == null ? null : page.bytes;
    if (page == null || b == null || page.queue != (isFirst ? FIRST : MAIN)) {
      return;
    }
    int bytes = bytesOf(page, b);
    leave(page, bytes);
    if (page.isHot && !page.isDead) {
      page.isHot = false;
      enter(page, MAIN, bytes);
      return;
    }
    if (isFirst && !page.isDead) {
      evicted[slot(page.location)] = page.location;
    }
    evict(page);
  }

  /** Under the page's monitor, so that a loader never sees half of it. Lock order: cache, then page; loaders hold no page here. */
  private static void evict(Page page) {
    synchronized (page) {
      page.bytes = null;
      page.children = null;
    }
  }

  private boolean wasEvicted(long location) {
    int slot = slot(location);
    if (evicted[slot] != location) {
      return false;
    }
    evicted[slot] = 0;
    return true;
  }

  private int slot(long location) {
    return (int) (Location.unit(location) * 0x9E3779B97F4A7C15L >>> 40) & (evicted.length - 1);
  }

  /** Of a page in memory; the same for as long as its bytes are. */
  private static int bytesOf(Page page, byte[] b) {
    boolean hasChildren = !page.isValue && PageLayout.hasChildren(b);
    return b.length + (hasChildren ? PageLayout.count(b) * CHILD_BYTES : 0);
  }
}
