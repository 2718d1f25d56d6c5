package io.vaquita.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the pages of a version that are not in the file yet, children before parents, in runs of neighbouring units. Confined to the
 * checkpoint.
 *
 * <p>Locations and checksums are written into published pages: nobody else looks at those bytes of a page in memory, and a copy that a
 * commit makes meanwhile gets its own. A page's location is set only when its bytes are written, so a failure leaves every page either
 * in the file or not.
 */
final class PageOutput implements PageSink {
  private final PageFile file;
  private final SpaceMap space;
  private final Consumer<Page> onWritten;
  private final Pace pace;
  private final ByteBuffer buffer;
  private final List<Page> buffered = new ArrayList<>();
  private long bufferOffset;

  /** Hears how much was written. */
  interface Pace {
    Pace NONE = bytes -> {};

    void wrote(long bytes) throws IOException;
  }

  /**
   * @param buffer an empty one that only this output uses
   * @param onWritten hears each page that is in the file now and has its location
   * @param pace hears how many bytes went to the file
   */
  PageOutput(
      PageFile file, SpaceMap space, ByteBuffer buffer, Consumer<Page> onWritten, Pace pace) {
    this.pace = pace;
    this.file = file;
    this.space = space;
    this.buffer = buffer;
    this.onWritten = onWritten;
  }

  /** Writes what is not in the file of a page and all below it; returns its location. */
  @Override
  public long write(Page page) throws IOException {
    long location = page.location;
    if (location != 0) {
      return location;
    }
    byte[] b = page.privateBytes();
    if (page.isValue) {
      return writeValue(page, b);
    }
    @Nullable Page[] children = page.children;
    if (children != null) {
      for (int i = 0; i < children.length; i++) {
        Page child = children[i];
        if (child != null) {
          PageLayout.putReference(b, i, write(child));
        }
      }
    }
    location = space.allocate(b.length / file.sizes().unit());
    page.pendingLocation = location;
    PageFile.seal(b, location);
    buffer(page, b, file.offset(location));
    return location;
  }

  private void buffer(Page page, byte[] b, long offset) throws IOException {
    boolean follows = buffer.position() > 0 && offset == bufferOffset + buffer.position();
    if (!follows || b.length > buffer.remaining()) {
      flushBefore(page);
      bufferOffset = offset;
    }
    buffer.put(b);
    buffered.add(page);
  }

  /** Makes room in the buffer for a page that has a place already, and loses it when that fails. */
  private void flushBefore(Page page) throws IOException {
    try {
      flush();
    } catch (IOException e) {
      space.retire(page.pendingLocation);
      page.pendingLocation = 0;
      throw e;
    }
  }

  private long writeValue(Page page, byte[] value) throws IOException {
    long location = space.allocate(file.valueUnits(value.length));
    page.pendingLocation = location;
    flushBefore(page);
    buffered.add(page);
    long at = file.offset(location);
    long end = at + (long) Location.count(location) * file.sizes().unit();
    bufferOffset = at;
    buffer.put(PageFile.valueHeader(value, location));
    for (int i = 0; i < value.length; ) {
      if (!buffer.hasRemaining()) {
        at = spill(at);
      }
      int n = Math.min(buffer.remaining(), value.length - i);
      buffer.put(value, i, n);
      i += n;
    }
    // The last unit is written whole, so that the file never ends within it.
    while (at + buffer.position() < end) {
      if (!buffer.hasRemaining()) {
        at = spill(at);
      }
      buffer.put((byte) 0);
    }
    bufferOffset = at;
    flush();
    return location;
  }

  private long spill(long at) throws IOException {
    buffer.flip();
    int n = buffer.limit();
    try {
      file.file().write(at, buffer);
    } finally {
      buffer.clear();
    }
    return at + n;
  }

  /** Writes out the buffer; its pages are in the file then and may be evicted. */
  @Override
  public void flush() throws IOException {
    if (buffered.isEmpty()) {
      return;
    }
    long end = spill(bufferOffset);
    for (Page page : buffered) {
      page.location = page.pendingLocation;
      page.pendingLocation = 0;
      onWritten.accept(page);
    }
    buffered.clear();
    pace.wrote(end - bufferOffset);
  }

  /** After a failure: pages whose bytes may not have been written give their places back. */
  void abandon() {
    for (Page page : buffered) {
      space.retire(page.pendingLocation);
      page.pendingLocation = 0;
    }
    buffered.clear();
    buffer.clear();
  }
}
