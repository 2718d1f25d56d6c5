package io.vaquita.store;

import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Ordered trees that live no longer than their owner: in memory while they are small, beyond that in a file without a log, which is
 * deleted with them. Confined to one thread at a time, their snapshots too.
 *
 * <p>The same pages and editors as a store's. Places of replaced pages are used again when no snapshot can read them any more, which is
 * asked of the garbage collector as in a store.
 */
public final class TemporaryTrees implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;
  private static final int BUFFER_BYTES = 1 << 16;

  private final PageSizes sizes = PageSizes.of(PAGE_BYTES);

  /** Null: the trees stay in memory whatever they take. */
  private final @Nullable FileSystem files;

  private final Path path;
  private final long memoryBytes;
  private final Ledger ledger = new Ledger();
  private final ArrayDeque<Retired> retired = new ArrayDeque<>();

  /** From the first time that pages are written on. */
  private @Nullable Paging paging;

  /** For all versions, those before the first writing as well. */
  private final PageSource source =
      (page, pin) -> {
        Paging p = paging;
        if (p == null) {
          throw new IllegalStateException("the trees were closed");
        }
        return p.source.load(page, pin);
      };

  private Version version;
  private VersionEditor editor;
  private boolean hasWrites;
  private Epoch epoch = new Epoch();

  /** Whether a snapshot of this epoch was given to somebody. */
  private boolean isShown;

  /** The file and what pages pass on the way to it. */
  private record Paging(
      RandomAccess file,
      PageFile pages,
      SpaceMap space,
      PageCache cache,
      PageSource source,
      ByteBuffer buffer) {}

  /** Places that versions from some epoch on do without; {@code epoch} null: nobody saw that epoch. */
  private record Retired(@Nullable WeakReference<Epoch> epoch, LongList locations) {}

  /** {@code path}: the file, made when it is needed; {@code memoryBytes}: what pages may take in memory. */
  TemporaryTrees(@Nullable FileSystem files, Path path, long memoryBytes) {
    this.files = files;
    this.path = path;
    this.memoryBytes = memoryBytes;
    this.version = new Version(TreeRoots.EMPTY, 0, 0, source, epoch);
    this.editor = new VersionEditor(version, sizes, 1, ledger);
  }

  /** Trees that never go to a file. */
  public static TemporaryTrees inMemory() {
    return new TemporaryTrees(null, Path.of(""), Long.MAX_VALUE);
  }

  /** Counts what is in memory only, and gathers the places of pages that are replaced. */
  private static final class Ledger implements SpaceLedger {
    long unwrittenBytes;
    LongList replaced = new LongList();

    @Override
    public void created(int bytes) {
      unwrittenBytes += bytes;
    }

    @Override
    public void replaced(Page page) {
      byte[] b = page.bytes;
      if (page.location != 0) {
        page.isDead = true;
        replaced.add(page.location);
      } else if (b != null) {
        unwrittenBytes -= b.length;
      }
    }

    /** Only whole trees are dropped, by {@link #clear}, which accounts for their pages before. */
    @Override
    public void dropped(Page page, boolean hasOverflow) {}
  }

  /** The value as of now, a copy, or for a large one the shared array: not to be written; null: there is none. */
  public byte @Nullable [] get(int tree, byte[] key) {
    return editor.get(tree, key);
  }

  public void put(int tree, byte[] key, byte[] value) {
    editor.put(tree, key, value);
    written();
  }

  public void delete(int tree, byte[] key) {
    editor.delete(tree, key);
    written();
  }

  /** Empties a tree. */
  public void clear(int tree) {
    Page root = editor.root(tree);
    if (root != null) {
      forget(root);
      editor.clear(tree);
      written();
    }
  }

  /** Gives back the places of a page and all below it. */
  private void forget(Page page) {
    byte[] b = page.bytes(source, version);
    if (PageLayout.hasChildren(b)) {
      // Leaves are read, too: those with large values refer to them.
      for (Page child : page.children(source, version)) {
        if (child != null && child.isValue) {
          ledger.replaced(child);
        } else if (child != null) {
          forget(child);
        }
      }
    }
    ledger.replaced(page);
  }

  private void written() {
    hasWrites = true;
    if (files != null && ledger.unwrittenBytes > memoryBytes / 2) {
      try {
        writeOut();
      } catch (IOException e) {
        throw StoreErrors.writeFailed(path.toString(), e);
      }
    }
  }

  /** All trees as of now; later writes do not change it. Valid until {@link #close}. */
  public Snapshot snapshot() {
    if (hasWrites) {
      advance();
    }
    isShown = true;
    return version;
  }

  /** What was written becomes a version, whose pages are not changed any more. */
  private void advance() {
    long generation = version.generation + 1;
    version = new Version(editor.roots(), 0, generation, source, epoch);
    editor = new VersionEditor(version, sizes, generation + 1, ledger);
    hasWrites = false;
  }

  private void writeOut() throws IOException {
    Paging p = paging == null ? openFile() : paging;
    paging = p;
    releaseUnreachable(p.space);
    PageOutput output =
        new PageOutput(
            p.pages, p.space, p.buffer, page -> p.cache.added(page, false), PageOutput.Pace.NONE);
    try {
      for (Page root : editor.changedRoots()) {
        output.write(root);
      }
      output.flush();
    } catch (IOException | RuntimeException e) {
      output.abandon();
      throw e;
    }
    ledger.unwrittenBytes = 0;
    retired.add(new Retired(isShown ? new WeakReference<>(epoch) : null, ledger.replaced));
    ledger.replaced = new LongList();
    epoch = new Epoch();
    isShown = false;
    advance();
  }

  private void releaseUnreachable(SpaceMap space) {
    while (!retired.isEmpty()) {
      WeakReference<Epoch> seen = retired.element().epoch();
      if (seen != null && !seen.refersTo(null)) {
        return;
      }
      LongList locations = retired.remove().locations();
      for (int i = 0; i < locations.size(); i++) {
        space.giveBack(locations.get(i));
      }
    }
  }

  private Paging openFile() throws IOException {
    FileSystem f = files;
    if (f == null) {
      throw new IllegalStateException("trees in memory have no file");
    }
    RandomAccess file = f.open(path);
    PageFile pages = new PageFile(file, sizes);
    PageCache cache = new PageCache(memoryBytes / 2, sizes.page(), () -> 0);
    return new Paging(
        file,
        pages,
        new SpaceMap(pages, 1),
        cache,
        new LoadingPageSource(pages, cache, new StoreCounters()),
        LogFormat.buffer(BUFFER_BYTES));
  }

  @Override
  public void close() {
    Paging p = paging;
    if (p == null) {
      return;
    }
    paging = null;
    try {
      p.file.close();
      if (files != null) {
        files.delete(path);
      }
    } catch (IOException e) {
      // Whoever opens the store next deletes it; what was in it is not wanted any more.
    }
  }
}
