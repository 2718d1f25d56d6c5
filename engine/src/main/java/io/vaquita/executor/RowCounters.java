package io.vaquita.executor;

/**
 * What the statements of one session have read, written and sorted, for the status variables Handler_*, Select_*, Sort_* and Created_tmp_*.
 * Plain fields, written by the session's thread alone: counting a row costs one addition. Others read them as they find them, a moment
 * old perhaps, which is all that a status needs.
 */
public final class RowCounters {
  public long readFirst;
  public long readKey;
  public long readLast;
  public long readNext;
  public long readPrevious;
  public long readRandomNext;
  public long written;
  public long updated;
  public long deleted;
  public long committed;
  public long rolledBack;
  public long savepoints;
  public long rolledBackToSavepoint;
  public long scans;
  public long fullJoins;
  public long ranges;
  public long fullRangeJoins;
  public long sortedRows;
  public long sorts;
  public long sortMerges;
  public long temporaryTables;
  public long temporaryFiles;
}
