package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A store on files. Thread-safe. What it consists of, and who runs it:
 *
 * <pre>
 *   callers             snapshot(): the newest of {@link VersionChain}; pages come through {@link LoadingPageSource}
 *                       commit(): encodes, queues, parks; or writes the group itself
 *   vaquita-commit      {@link CommitWriter}: applies groups, appends to {@link CommitLog}, publishes
 *   vaquita-checkpoint  {@link Checkpointer}: runs {@link Checkpoint}s, prepares log segments
 * </pre>
 */
final class FileStore implements Store {
  private final Path directory;
  private final Environment environment;
  private final StoreOptions options;
  private final OpenedFiles opened;
  private final StoreFailure failure;
  private final CommitWriter writer;
  private final Checkpointer checkpointer;
  private final Compaction compaction;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private FileStore(
      Path directory, StoreOptions options, Environment environment, OpenedFiles opened) {
    this.directory = directory;
    this.environment = environment;
    this.options = options;
    this.opened = opened;
    this.failure = opened.failure();
    this.checkpointer = new Checkpointer(opened.checkpoint(), opened.logDirectory(), failure);
    this.writer =
        new CommitWriter(
            environment, failure, new GroupWriter(options, environment, opened, checkpointer));
    this.compaction = new Compaction(opened, options, environment.clock(), writer, checkpointer);
  }

  static FileStore open(Path directory, StoreOptions wanted, Environment environment) {
    StoreOptions options = wanted.withPageCacheBytes(cacheBytes(wanted));
    FileStore store =
        new FileStore(
            directory,
            options,
            environment,
            new StoreOpening(directory, options, environment).open());
    store.checkpointer.start(environment);
    store.writer.start();
    if (store.opened.chain().dirtyBytes() > 0) {
      store.checkpointer.request();
    }
    return store;
  }

  /** A cache that leaves no room in the heap for anything else would end the process, not help it. */
  private static long cacheBytes(StoreOptions options) {
    return Math.min(options.pageCacheBytes(), Runtime.getRuntime().maxMemory() / 10 * 6);
  }

  @Override
  public Snapshot snapshot() {
    return opened.chain().kept();
  }

  @Override
  public Snapshot borrow() {
    return opened.chain().borrowed();
  }

  @Override
  public void giveBack(Snapshot borrowed) {
    ((Version) borrowed).giveBack();
  }

  @Override
  public long entryCount(int tree) {
    // roots are immutable, whatever becomes of the pages
    return opened.chain().newest().entryCount(tree);
  }

  @Override
  public long position() {
    return opened.chain().newest().position();
  }

  @Override
  public long commit(WriteBatch batch, CommitDurability durability) {
    return commit(batch, durability, CommitPatience.endless());
  }

  @Override
  public long commit(WriteBatch batch, CommitDurability durability, CommitPatience patience) {
    batch.check();
    if (isClosed.get()) {
      throw StoreErrors.closed();
    }
    failure.check();
    if (batch.isEmpty()) {
      return position();
    }
    if (batch.bytes() > options.commitBytesMax()) {
      return writer.commit(ChangeStream.of(batch), patience);
    }
    return writer.commit(
        batch, EncodedCommit.of(batch), durability == CommitDurability.SYNCED, patience);
  }

  @Override
  public long commit(ChangeStream changes) {
    return commit(changes, CommitPatience.endless());
  }

  @Override
  public long commit(ChangeStream changes, CommitPatience patience) {
    if (isClosed.get()) {
      throw StoreErrors.closed();
    }
    failure.check();
    // What turns out to be small goes the usual way, without a checkpoint and without keeping
    // others waiting.
    WriteBatch start = new WriteBatch();
    WriteBatch piece = changes.next();
    while (piece != null && start.bytes() + piece.bytes() <= options.commitBytesMax()) {
      piece.changes().forEach(start::add);
      piece = changes.next();
    }
    if (piece == null) {
      return commit(start, CommitDurability.SYNCED, patience);
    }
    return writer.commit(
        ChangeStream.concat(List.of(ChangeStream.of(start), ChangeStream.of(piece), changes)),
        patience);
  }

  @Override
  public StoreStatistics statistics() {
    StoreCounters c = opened.counters();
    return new StoreStatistics(
        c.commits.sum(),
        c.groups.sum(),
        c.logBytes.sum(),
        c.logSyncs.sum(),
        c.pagesRead.sum(),
        c.bytesRead.sum(),
        c.pagesWritten.sum(),
        c.bytesWritten.sum(),
        c.checkpoints.sum(),
        opened.checkpoint().position(),
        opened.cache().usedBytes(),
        opened.chain().dirtyBytes(),
        opened.checkpoint().fileBytes(),
        options.pageCacheBytes());
  }

  @Override
  public TemporaryTrees temporaryTrees(long memoryBytes) {
    return new TemporaryTrees(environment.files(), temporaryPath(), memoryBytes);
  }

  @Override
  public EntrySorter newSorter(long memoryBytes) {
    return new EntrySorter(environment.files(), temporaryPath(), memoryBytes);
  }

  private Path temporaryPath() {
    return directory.resolve(
        StoreOpening.TEMPORARY + Long.toHexString(environment.random().nextLong()));
  }

  /** Brings the data file up to date with all that is committed. */
  void checkpoint() {
    checkpointer.runAndWait();
  }

  /** Writes a consistent copy of now into another directory while commits go on; returns its position. */
  long backup(Path directory, FileSystem files, Runnable pause) {
    VersionChain.Published published = opened.chain().published();
    NewDirectory made = null;
    try {
      made = NewDirectory.begin(files, directory);
      Backup.write(
          published.version(),
          published.logEnd(),
          opened.checkpoint().meta(),
          files,
          made.path(),
          pause);
      made.finish();
      return published.version().position();
    } catch (IOException e) {
      abandon(made);
      throw StoreErrors.writeFailed(directory.toString(), e);
    } catch (RuntimeException e) {
      abandon(made);
      throw e;
    }
  }

  private static void abandon(@Nullable NewDirectory made) {
    if (made != null) {
      made.abandon();
    }
  }

  @Override
  public void compact(Runnable check) {
    compaction.run(check);
  }

  /** Packs leaves that are not full, in memory: what {@link #compact} begins with. */
  void pack() {
    compaction.pack(() -> {});
  }

  @Override
  public Store fork() {
    return new MemoryStore(opened.file().sizes(), opened.chain().kept());
  }

  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    boolean wasFailed = failure.isSet();
    writer.stop();
    checkpointer.stop();
    try {
      if (!failure.isSet()) {
        opened.log().close();
        compaction.runAtEnd();
      }
    } catch (IOException e) {
      throw StoreErrors.writeFailed(PageFile.NAME, e);
    } finally {
      opened.close();
    }
    // A failure of before was told to whoever wrote after it; those who did not wait for the disk
    // before it hear now.
    boolean isLost = !opened.log().isDurable(position());
    if (failure.isSet() && (!wasFailed || isLost)) {
      throw StoreErrors.writeFailed("commit log", failure.cause());
    }
  }
}
