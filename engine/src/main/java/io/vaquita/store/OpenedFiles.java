package io.vaquita.store;

import java.io.IOException;

/** The parts of a store on files that is open, and the files to close. Immutable; its parts say for themselves who may use them. */
record OpenedFiles(
    AutoCloseable lock,
    PageFile file,
    PageCache cache,
    VersionChain chain,
    LogDirectory logDirectory,
    CommitLog log,
    Checkpoint checkpoint,
    StoreFailure failure,
    StoreCounters counters) {

  /** Closes what can be closed; the last that is left is the lock on the directory. */
  void close() {
    try {
      log.close();
    } catch (IOException e) {
      failure.set(e);
    }
    try {
      file.file().close();
    } catch (IOException e) {
      failure.set(e);
    }
    try {
      lock.close();
    } catch (Exception e) {
      failure.set(e);
    }
  }
}
