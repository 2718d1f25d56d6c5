package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens the files of a store: takes the lock, makes what is missing, finds the good meta page, replays the log. Confined to one thread. */
final class StoreOpening {
  static final String LOCK = "lock.vaquita";

  /** Begins the names of files that mean nothing once their process has ended. */
  static final String TEMPORARY = "temporary-";

  private static final String NEW_FILE = PageFile.NAME + ".new";

  private final Path directory;
  private final StoreOptions options;
  private final Environment environment;
  private final FileSystem files;
  private final ReplayBound until;
  private final StoreFailure failure = new StoreFailure();
  private final StoreCounters counters = new StoreCounters();

  StoreOpening(Path directory, StoreOptions options, Environment environment) {
    this(directory, options, environment, ReplayBound.NONE);
  }

  /** {@code until}: how far the log is replayed; what the log has beyond is given up at the next checkpoint. */
  StoreOpening(Path directory, StoreOptions options, Environment environment, ReplayBound until) {
    this.until = until;
    this.directory = directory;
    this.options = options;
    this.environment = environment;
    this.files = environment.files();
  }

  OpenedFiles open() {
    AutoCloseable lock = lock();
    RandomAccess data = null;
    try {
      if (!files.exists(directory.resolve(PageFile.NAME))) {
        create();
      }
      for (String name : files.list(directory)) {
        if (name.startsWith(TEMPORARY)) {
          files.delete(directory.resolve(name));
        }
      }
      data = files.open(directory.resolve(PageFile.NAME));
      MetaPage meta = readMeta(data);
      return assemble(lock, data, meta, null);
    } catch (IOException e) {
      release(data, lock);
      throw StoreErrors.readFailed(directory.toString(), e);
    } catch (RuntimeException | Error e) {
      release(data, lock);
      throw e;
    }
  }

  AutoCloseable lock() {
    try {
      files.createDirectories(directory);
      return files.lock(directory.resolve(LOCK));
    } catch (IOException e) {
      throw new DatabaseException(
          MySqlError.ER_CANT_LOCK.number(),
          MySqlError.ER_CANT_LOCK.sqlState(),
          "Can't lock file '"
              + directory.resolve(LOCK)
              + "': another process has the data directory open ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void release(@Nullable RandomAccess data, AutoCloseable lock) {
    try {
      if (data != null) {
        data.close();
      }
      lock.close();
    } catch (Exception e) {
      // The failure that led here is the one to tell; the process holds nothing that its end would
      // not free.
    }
  }

  /** Makes an empty data file under another name, so that a crash leaves all of it or none. */
  private void create() throws IOException {
    for (String name : files.list(directory)) {
      if (name.startsWith("log-")) {
        throw StoreErrors.damaged(directory + " has a commit log but no " + PageFile.NAME);
      }
    }
    Path path = directory.resolve(NEW_FILE);
    if (files.exists(path)) {
      files.delete(path);
    }
    PageSizes sizes = PageSizes.of(options.pageBytes());
    byte[] instance = new byte[16];
    environment.random().nextBytes(instance);
    try (RandomAccess data = files.open(path)) {
      data.write(0, ByteBuffer.allocate(2 * MetaPage.BYTES));
      MetaPage none =
          new MetaPage(
              instance,
              sizes.page(),
              sizes.unit(),
              0,
              0,
              1,
              LogFormat.SEGMENT_HEADER,
              false,
              0,
              0,
              0,
              0,
              0);
      SpaceMap space = new SpaceMap(new PageFile(data, sizes), Checkpoint.firstUnit(sizes));
      assemble(() -> {}, data, none, space).checkpoint().run();
    }
    files.rename(path, directory.resolve(PageFile.NAME));
    files.syncDirectory(directory);
  }

  MetaPage readMeta(RandomAccess data) throws IOException {
    MetaPage best = null;
    for (int slot = 0; slot < 2; slot++) {
      byte[] b = new byte[MetaPage.BYTES];
      try {
        data.read((long) slot * MetaPage.BYTES, ByteBuffer.wrap(b));
      } catch (EOFException e) {
        throw StoreErrors.damaged(PageFile.NAME + " is shorter than its meta pages");
      }
      MetaPage meta = MetaPage.decode(b);
      if (meta != null && (best == null || meta.checkpoint() > best.checkpoint())) {
        best = meta;
      }
    }
    if (best == null) {
      throw StoreErrors.damaged("both meta pages of " + PageFile.NAME);
    }
    return best;
  }

  /** Puts the parts together. {@code fresh}: the space map of a store in the making. */
  private OpenedFiles assemble(
      AutoCloseable lock, RandomAccess data, MetaPage meta, @Nullable SpaceMap fresh)
      throws IOException {
    PageSizes sizes = new PageSizes(meta.pageBytes(), meta.unitBytes());
    PageFile file = new PageFile(data, sizes);
    AtomicReference<@Nullable VersionChain> chainLater = new AtomicReference<>();
    PageCache cache =
        new PageCache(
            options.pageCacheBytes(),
            sizes.page(),
            () -> {
              VersionChain c = chainLater.get();
              return c == null ? 0 : c.dirtyBytes();
            });
    PageSource source = new LoadingPageSource(file, cache, counters);
    TreeDirectory trees = new TreeDirectory(sizes, source, meta.directory(), meta.directoryCount());
    LogPoint start = new LogPoint(meta.logSegment(), meta.logOffset(), meta.isSegmentExpected());
    VersionChain chain = new VersionChain(trees.roots(), meta.position(), source, start, cache);
    chainLater.set(chain);
    LogDirectory logDirectory = new LogDirectory(files, directory, meta.instance(), options);
    // A segment that a backup was taken in and that is not here must not be made anew: replay would
    // begin in its middle.
    boolean isFresh = meta.logOffset() == LogFormat.SEGMENT_HEADER;
    logDirectory.numbersFrom(isFresh ? meta.logSegment() : meta.logSegment() + 1);
    SpaceMap space = fresh == null ? new SpaceMap(file, meta) : fresh;
    Checkpoint checkpoint =
        new Checkpoint(
            file,
            space,
            trees,
            cache,
            chain,
            logDirectory,
            failure,
            counters,
            meta,
            new CheckpointPace(data, chain, options, failure, environment.clock()));
    if (fresh == null) {
      replay(start, chain, logDirectory, checkpoint, sizes);
    }
    CommitLog log =
        new CommitLog(logDirectory, chain.newest().position(), counters, environment.clock());
    return new OpenedFiles(
        lock, file, cache, chain, logDirectory, log, checkpoint, failure, counters);
  }

  private void replay(
      LogPoint start,
      VersionChain chain,
      LogDirectory logDirectory,
      Checkpoint checkpoint,
      PageSizes sizes)
      throws IOException {
    logDirectory.recycleBefore(start.segment());
    Replay replay = new Replay(chain, checkpoint, sizes, options, until);
    try (LogReader reader = new LogReader(files, logDirectory, start, chain.newest().position())) {
      replay.run(reader);
      reader.syncAll();
    }
    chain.endOfLog(new LogPoint(logDirectory.nextNumber(), LogFormat.SEGMENT_HEADER, false));
  }
}
