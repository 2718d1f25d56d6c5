package io.vaquita.store;

import io.vaquita.error.DatabaseException;
import java.io.IOException;

/**
 * Reads the log behind a checkpoint for a check: verifies every record, and applies it to the checkpoint's version in memory, so that what is
 * compared afterwards is the database as recovery would leave it. Changes nothing. Confined to one thread.
 */
final class CheckedLog {
  private final PageSizes sizes;
  private final long bytesMax;

  /** Newest version of whole commits; what is staged over it. */
  private Version version;

  private VersionEditor editor;

  /** Bytes of pages that were changed, in memory now. */
  private final Changed changed = new Changed();

  private long commits;
  private boolean isTooLarge;

  private static final class Changed implements SpaceLedger {
    long bytes;

    @Override
    public void created(int count) {
      bytes += count;
    }

    @Override
    public void replaced(Page page) {
      byte[] b = page.bytes;
      bytes -= page.location == 0 && b != null ? b.length : 0;
    }

    @Override
    public void dropped(Page page, boolean hasOverflow) {}
  }

  /** {@code bytesMax}: of changed pages; with more of them the checkpoint's version is all that can be compared. */
  CheckedLog(Version checkpoint, PageSizes sizes, long bytesMax) {
    this.version = checkpoint;
    this.sizes = sizes;
    this.bytesMax = bytesMax;
    this.editor = new VersionEditor(checkpoint, sizes, checkpoint.generation + 1, changed);
  }

  /**
   * Reads to the end of the log.
   *
   * @throws DatabaseException when it is damaged; {@link #version} is that of the checkpoint then
   */
  void read(LogReader reader) throws IOException {
    Version checkpoint = version;
    try {
      for (WriteBatch changes = reader.next(); changes != null; changes = reader.next()) {
        changes.check();
        if (reader.hasGivenUp()) {
          stage(version);
        }
        apply(changes);
        if (reader.isComplete()) {
          commits++;
          stage(
              new Version(
                  editor.roots(),
                  reader.position(),
                  version.generation + 1,
                  version.source,
                  version.epoch));
        }
      }
    } catch (DatabaseException | IllegalArgumentException | IOException e) {
      version = checkpoint;
      throw e;
    }
    if (isTooLarge) {
      version = checkpoint;
    }
  }

  private void apply(WriteBatch changes) {
    if (isTooLarge) {
      return;
    }
    editor.apply(changes);
    isTooLarge = changed.bytes > bytesMax;
  }

  private void stage(Version base) {
    version = isTooLarge ? version : base;
    editor = new VersionEditor(version, sizes, version.generation + 1, changed);
  }

  /** The end of the log, or the checkpoint. */
  Version version() {
    return version;
  }

  long commits() {
    return commits;
  }
}
