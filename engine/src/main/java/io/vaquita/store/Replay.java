package io.vaquita.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Applies what the log has beyond a checkpoint, several commits a version. Confined to the thread that opens the store. */
final class Replay {
  private static final long GROUP_BYTES = 4 << 20;

  private final VersionChain chain;
  private final Checkpoint checkpoint;
  private final PageSizes sizes;
  private final StoreOptions options;
  private final ReplayBound until;

  /** Records read and not published. */
  private @Nullable StagedVersion staged;

  private long stagedPosition;
  private long stagedBytes;

  /** Where the log goes on behind the last whole commit that was staged. */
  private @Nullable LogPoint stagedEnd;

  Replay(
      VersionChain chain,
      Checkpoint checkpoint,
      PageSizes sizes,
      StoreOptions options,
      ReplayBound until) {
    this.chain = chain;
    this.checkpoint = checkpoint;
    this.sizes = sizes;
    this.options = options;
    this.until = until;
  }

  void run(LogReader reader) throws IOException {
    boolean wasComplete = true;
    for (WriteBatch changes = reader.next();
        changes != null && reader.isWithin(until);
        changes = reader.next()) {
      if (reader.hasGivenUp()) {
        giveUp();
        wasComplete = true;
      }
      if (wasComplete && !reader.isComplete()) {
        // A commit of several records begins: it may have no end, and then nothing else goes with
        // it.
        publish();
      }
      wasComplete = reader.isComplete();
      apply(changes);
      stagedBytes += reader.payloadBytes();
      if (wasComplete) {
        stagedPosition = reader.position();
        stagedEnd = reader.point();
        if (stagedBytes >= GROUP_BYTES) {
          publish();
        }
      }
    }
    if (!wasComplete) {
      giveUp();
    }
    publish();
  }

  private void apply(WriteBatch changes) throws IOException {
    StagedVersion version = staged;
    if (version == null) {
      version = new StagedVersion(chain.newest(), sizes, chain.newest().generation);
      staged = version;
    }
    ChangeStream pieces = ChangeStream.of(changes);
    for (WriteBatch piece = pieces.next(); piece != null; piece = pieces.next()) {
      version.apply(piece);
      if (version.unwrittenBytes() > options.stagedBytesMax()) {
        synchronized (checkpoint) {
          if (chain.dirtyBytes() > 0) {
            checkpoint.run();
          }
          version.writeOut(checkpoint);
        }
      }
    }
  }

  private void publish() throws IOException {
    StagedVersion version = staged;
    LogPoint end = stagedEnd;
    if (version == null || end == null) {
      return;
    }
    version.publish(chain, stagedPosition, end);
    staged = null;
    stagedEnd = null;
    stagedBytes = 0;
    if (chain.dirtyBytes() > options.dirtyBytesMax()) {
      checkpoint.run();
    }
  }

  private void giveUp() {
    StagedVersion version = staged;
    if (version != null) {
      version.giveUp(checkpoint);
    }
    staged = null;
    stagedEnd = null;
    stagedBytes = 0;
  }
}
