package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Pages of the data file, through the page cache. Thread-safe. */
final class LoadingPageSource implements PageSource {
  private final PageFile file;
  private final PageCache cache;
  private final StoreCounters counters;

  /** The value that was read last of those that the cache does not keep: who reads it twice in one statement shares the bytes. */
  private volatile @Nullable Recent recent;

  private record Recent(Page page, WeakReference<byte[]> bytes) {}

  LoadingPageSource(PageFile file, PageCache cache, StoreCounters counters) {
    this.counters = counters;
    this.file = file;
    this.cache = cache;
  }

  @Override
  public byte[] load(Page page, Version pin) {
    byte[] b;
    synchronized (page) {
      b = page.bytes;
      if (b != null && (page.isValue || !PageLayout.hasChildren(b) || page.children != null)) {
        return b;
      }
      b = recent(page);
      if (b != null) {
        return b;
      }
      try {
        if (page.isValue) {
          b = file.readValue(page.location);
        } else {
          b = file.readPage(page.location);
        }
      } catch (DatabaseException e) {
        throw pin.epoch.isOver ? StoreErrors.closed() : e;
      } finally {
        Reference.reachabilityFence(pin);
      }
      if (pin.epoch.isOver) {
        throw StoreErrors.closed();
      }
      if (!page.isValue) {
        page.children = children(b);
      }
      if (cache.isTooLarge(page, b.length)) {
        recent = new Recent(page, new WeakReference<>(b));
      } else {
        page.bytes = b;
      }
    }
    counters.pagesRead.increment();
    counters.bytesRead.add(b.length);
    cache.added(page, true);
    return b;
  }

  @SuppressWarnings("ReferenceEquality") // a page has one content, a place in the file many
  private byte @Nullable [] recent(Page page) {
    Recent r = recent;
    return r != null && r.page == page ? r.bytes.get() : null;
  }

  /** Pages without bytes for all that hangs below a page just read. */
  private static @Nullable Page @Nullable [] children(byte[] b) {
    if (!PageLayout.hasChildren(b)) {
      return null;
    }
    boolean isLeaf = PageLayout.isLeaf(b);
    @Nullable Page[] children = new Page[PageLayout.count(b)];
    for (int i = 0; i < children.length; i++) {
      if (!isLeaf) {
        children[i] = new Page(PageLayout.childLocation(b, i), false);
        continue;
      }
      int entry = PageLayout.slot(b, i);
      if (PageLayout.isOverflow(b, entry)) {
        children[i] = new Page(PageLayout.i64(b, PageLayout.valueOffset(b, entry)), true);
      }
    }
    return children;
  }
}
