package io.vaquita.store;

/**
 * What a store has done since it was opened, and how it stands. Immutable.
 *
 * @param commits commits done
 * @param groups groups they were done in
 * @param logBytes bytes appended to the log
 * @param logSyncs syncs of the log
 * @param pagesRead pages and values read from the data file
 * @param bytesRead bytes of these
 * @param pagesWritten pages and values written by checkpoints
 * @param bytesWritten bytes of these
 * @param checkpoints checkpoints done
 * @param checkpointPosition last commit that the data file contains
 * @param cachedBytes bytes of clean pages in memory
 * @param dirtyBytes bytes of pages in memory only
 * @param fileBytes bytes of the data file
 * @param cacheBudgetBytes what pages in memory may take; 0 of a store without files
 */
public record StoreStatistics(
    long commits,
    long groups,
    long logBytes,
    long logSyncs,
    long pagesRead,
    long bytesRead,
    long pagesWritten,
    long bytesWritten,
    long checkpoints,
    long checkpointPosition,
    long cachedBytes,
    long dirtyBytes,
    long fileBytes,
    long cacheBudgetBytes) {
  static final StoreStatistics NONE = new StoreStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
