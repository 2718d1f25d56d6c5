package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes all of one version into a new data file, compactly, while the store goes on. Confined to one thread.
 *
 * <p>The result is a store directory like any other: it can be opened, checked, or copied. It has the instance id of its origin and the
 * place in the log where it was taken, so that log segments put beside it are replayed on top.
 */
final class Backup implements PageSink {
  private static final int BUFFER_BYTES = 1 << 18;

  private final Version version;
  private final PageFile file;
  private final SpaceMap space;
  private final Runnable pause;
  private final ByteBuffer buffer = LogFormat.buffer(BUFFER_BYTES);
  private long bufferOffset;

  private Backup(Version version, PageFile file, SpaceMap space, Runnable pause) {
    this.pause = pause;
    this.version = version;
    this.file = file;
    this.space = space;
    this.bufferOffset = Checkpoint.firstUnit(file.sizes()) * file.sizes().unit();
  }

  /** Writes the data file of a backup into an empty directory; {@code pause} is called every few pages. */
  static void write(
      Version version,
      LogPoint logEnd,
      MetaPage origin,
      FileSystem files,
      Path directory,
      Runnable pause)
      throws IOException {
    PageSizes sizes = new PageSizes(origin.pageBytes(), origin.unitBytes());
    try (RandomAccess data = files.open(directory.resolve(PageFile.NAME))) {
      PageFile file = new PageFile(data, sizes);
      data.write(0, ByteBuffer.allocate(2 * MetaPage.BYTES));
      SpaceMap space = new SpaceMap(file, Checkpoint.firstUnit(sizes));
      Backup backup = new Backup(version, file, space, pause);
      TreeDirectory trees = new TreeDirectory(sizes, PageSource.NONE, 0, 0);
      long root = trees.write(version.roots, backup, space);
      backup.flush();
      space.write();
      data.sync(true);
      MetaPage meta =
          new MetaPage(
              origin.instance(),
              sizes.page(),
              sizes.unit(),
              1,
              version.position(),
              logEnd.segment(),
              logEnd.offset(),
              false,
              root,
              trees.count(),
              space.indexLocation(),
              space.chunkCount(),
              space.fileUnits());
      data.write(MetaPage.offsetFor(1), ByteBuffer.wrap(meta.encode()));
      data.sync(true);
    }
    files.syncDirectory(directory);
  }

  @Override
  public long write(Page page) throws IOException {
    byte[] b = page.bytesAgain(version.source, version);
    if (page.isValue) {
      long location = space.allocate(file.valueUnits(b.length));
      put(PageFile.valueHeader(b, location));
      put(b);
      long padding =
          (long) Location.count(location) * file.sizes().unit() - PageLayout.HEADER - b.length;
      put(new byte[(int) padding]);
      return location;
    }
    byte[] copy = b.clone();
    if (PageLayout.hasChildren(b)) {
      @Nullable Page[] children = page.children(version.source, version);
      for (int i = 0; i < children.length; i++) {
        Page child = children[i];
        if (child != null) {
          PageLayout.putReference(copy, i, write(child));
        }
      }
    }
    long location = space.allocate(copy.length / file.sizes().unit());
    PageFile.seal(copy, location);
    put(copy);
    return location;
  }

  /** In a new file every place follows the one before. */
  private void put(byte[] b) throws IOException {
    for (int i = 0; i < b.length; ) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int n = Math.min(buffer.remaining(), b.length - i);
      buffer.put(b, i, n);
      i += n;
    }
  }

  @Override
  public void flush() throws IOException {
    pause.run();
    buffer.flip();
    int n = buffer.limit();
    file.file().write(bufferOffset, buffer);
    bufferOffset += n;
    buffer.clear();
  }
}
