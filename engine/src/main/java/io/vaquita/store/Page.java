package io.vaquita.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One immutable page of a tree, or one overflow value, whether its bytes are in memory or on disk only. Shared by all versions that
 * have it. Thread-safe once its version is published; before that confined to the thread that applies the group.
 *
 * <p>Why racy eviction is safe: {@link #bytes} and {@link #children} of a published page never take two different contents. A
 * reader that finds either of them null loads the page again and sees equal bytes. The loader writes {@code children} before the
 * volatile {@code bytes}, so whoever sees bytes sees children too, or null after an eviction.
 */
final class Page {
  static final Page[] NO_PAGES = {};

  private static final VarHandle BYTES;

  static {
    try {
      BYTES = MethodHandles.lookup().findVarHandle(Page.class, "bytes", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A page in the format of {@link PageLayout}, or a whole overflow value. Null: on disk only. */
  volatile byte @Nullable [] bytes;

  /** Of a branch: one an entry. Of a leaf with overflow values: one an entry, null for values in place. Null: none, or on disk only. */
  @Nullable Page @Nullable [] children;

  /** Where the page is in the file, see {@link Location}; 0 while it was never written. Set once, by the checkpoint. */
  volatile long location;

  /** The place that a running checkpoint has chosen; confined to it. */
  long pendingLocation;

  /** Whether this is an overflow value. */
  final boolean isValue;

  /** The group that made the page, and alone may write into it; 0 when it was read from disk. */
  final long generation;

  /** Set by readers, cleared by the page cache. */
  boolean isHot;

  /** Set when no newer version has the page: first to be evicted. */
  boolean isDead;

  /** In which queue the page cache has it; guarded by the cache's lock. */
  byte queue;

  /** A page being built. */
  Page(long generation, boolean isValue, byte[] bytes, @Nullable Page @Nullable [] children) {
    this.generation = generation;
    this.isValue = isValue;
    this.children = children;
    // no fence, which would wait for the copy of a whole page: the version's publication has one
    BYTES.setRelease(this, bytes);
  }

  /** A page on disk. */
  Page(long location, boolean isValue) {
    this.generation = 0;
    this.isValue = isValue;
    this.location = location;
  }

  /** The bytes, loaded when they are not in memory. {@code pin} is the version that keeps the page's place in the file from reuse. */
  byte[] bytes(PageSource source, Version pin) {
    byte[] b = bytes;
    if (b == null) {
      return source.load(this, pin);
    }
    if (!isHot) {
      isHot = true;
    }
    return b;
  }

  /** The bytes, for somebody who had them a moment ago: no second visit. */
  byte[] bytesAgain(PageSource source, Version pin) {
    byte[] b = bytes;
    return b != null ? b : source.load(this, pin);
  }

  /** Child of a branch. */
  Page child(int index, PageSource source, Version pin) {
    Page child = children(source, pin)[index];
    if (child == null) {
      throw new IllegalStateException("a branch without its child");
    }
    return child;
  }

  @Nullable Page[] children(PageSource source, Version pin) {
    while (true) {
      @Nullable Page[] c = children;
      if (c != null) {
        return c;
      }
      source.load(this, pin);
    }
  }

  /** Bytes of a page that is known to be in memory. */
  byte[] privateBytes() {
    byte[] b = bytes;
    if (b == null) {
      throw new IllegalStateException("a page under construction without bytes");
    }
    return b;
  }
}
