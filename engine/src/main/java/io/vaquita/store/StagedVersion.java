package io.vaquita.store;

import java.io.IOException;

/**
 * A version in the making that may have more changed pages than fit memory: from time to time its pages are written to places in the
 * data file that no checkpoint knows. Nobody sees it before it is published, and a crash leaves nothing of it. Confined to one thread.
 *
 * <p>Pages that were written are never changed again: what comes later has another generation and copies them.
 */
final class StagedVersion {
  private final PageSizes sizes;
  private final GroupLedger ledger = new GroupLedger(Long.MAX_VALUE);
  private final LongList places = new LongList();
  private Version version;
  private long generation;
  private VersionEditor editor;

  /** {@code generation}: the last one that was used. */
  StagedVersion(Version base, PageSizes sizes, long generation) {
    this.sizes = sizes;
    this.version = base;
    this.generation = generation + 1;
    this.editor = new VersionEditor(base, sizes, this.generation, ledger);
  }

  void apply(WriteBatch piece) {
    editor.apply(piece);
  }

  /** Bytes of pages that are in memory only. */
  long unwrittenBytes() {
    return ledger.createdBytes;
  }

  /** Writes out its pages. All pages of the version that it began with must be in the file, and the caller holds the checkpoint's monitor. */
  void writeOut(Checkpoint checkpoint) throws IOException {
    TreeRoots roots = editor.roots();
    checkpoint.writeUnpublished(editor.changedRoots(), places);
    ledger.createdBytes = 0;
    version = new Version(roots, version.position(), generation, version.source, version.epoch);
    generation++;
    editor = new VersionEditor(version, sizes, generation, ledger);
  }

  /** The places of its pages are free again. */
  void giveUp(Checkpoint checkpoint) {
    checkpoint.giveBack(places);
  }

  void publish(VersionChain chain, long position, LogPoint end) {
    chain.publish(editor, position, generation, ledger, end);
  }

  long generation() {
    return generation;
  }
}
