package io.vaquita.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A commit whose changes, or the pages that they change, are too many for memory: logged in several records, of which only the last
 * makes it a commit, and applied to a version whose pages go to the data file before anybody sees them. Confined to the log's writer.
 *
 * <p>Other commits and checkpoints wait meanwhile. A checkpoint is taken first: what it leaves in memory would be written out among the
 * pages of this commit, of which no checkpoint may know before it is done.
 */
final class LargeCommit {
  private final StoreOptions options;
  private final PageSizes sizes;
  private final VersionChain chain;
  private final CommitLog log;
  private final Checkpoint checkpoint;
  private final StoreFailure failure;
  private long generation;
  private long logBytes;

  /** {@code generation}: the last one that was used. */
  LargeCommit(
      StoreOptions options,
      PageSizes sizes,
      VersionChain chain,
      CommitLog log,
      Checkpoint checkpoint,
      StoreFailure failure,
      long generation) {
    this.options = options;
    this.sizes = sizes;
    this.chain = chain;
    this.log = log;
    this.checkpoint = checkpoint;
    this.failure = failure;
    this.generation = generation;
  }

  /** Durable and published on return. Returns its position: that of its last record. */
  long run(ChangeStream changes) throws IOException {
    checkpoint.pace().hurry();
    try {
      return runNow(changes);
    } finally {
      checkpoint.pace().endHurry();
    }
  }

  private long runNow(ChangeStream changes) throws IOException {
    synchronized (checkpoint) {
      // What was committed before must not depend on a segment that this commit may leave
      // unfinished.
      log.sync();
      if (chain.dirtyBytes() > 0) {
        checkpoint.run();
      }
      Version base = chain.newest();
      StagedVersion staged = new StagedVersion(base, sizes, generation);
      long position;
      try {
        position = stage(changes, base.position(), staged);
      } catch (IOException | RuntimeException e) {
        generation = staged.generation();
        staged.giveUp(checkpoint);
        if (!log.isBroken()) {
          log.giveUpUnfinished();
        }
        throw e;
      } finally {
        chain.staged(0);
      }
      generation = staged.generation();
      publish(staged, position);
      return position;
    }
  }

  private long stage(ChangeStream changes, long after, StagedVersion staged) throws IOException {
    long position = after;
    WriteBatch piece = changes.next();
    while (piece != null) {
      piece.check();
      staged.apply(piece);
      if (staged.unwrittenBytes() > options.stagedBytesMax()) {
        staged.writeOut(checkpoint);
      }
      chain.staged(staged.unwrittenBytes());
      @Nullable WriteBatch following = changes.next();
      EncodedCommit encoded = EncodedCommit.of(piece);
      long bytes = LogFormat.recordBytes(encoded.length);
      log.makeRoom(bytes, position + 1);
      log.append(encoded, ++position, following != null);
      logBytes += bytes;
      piece = following;
    }
    return position;
  }

  private void publish(StagedVersion staged, long position) throws IOException {
    try {
      log.sync();
      staged.publish(chain, position, log.end());
    } catch (IOException | RuntimeException e) {
      // The log may have what the versions have not. Set before the checkpoint's monitor is free: a
      // checkpoint now would keep the places of
      // pages that nobody will ever publish.
      failure.set(e);
      throw e;
    }
  }

  long generation() {
    return generation;
  }

  /** Bytes of its log records. */
  long logBytes() {
    return logBytes;
  }
}
