package io.vaquita.transaction;

/** How much memory transactions may take. Thread-safe; one object a database. */
public final class TransactionMemory {
  private final long writeSetBytesMax;
  private final RecordLockBudget recordLocks;

  /**
   * @param writeSetBytesMax of the writes of one transaction; the rest goes into temporary files
   * @param lockBytesMax of the record locks of all; beyond that 1206
   */
  public TransactionMemory(long writeSetBytesMax, long lockBytesMax) {
    this.writeSetBytesMax = writeSetBytesMax;
    this.recordLocks = new RecordLockBudget(lockBytesMax);
  }

  /** A 32nd of the heap for each write set, a quarter for locks. */
  public static TransactionMemory ofHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    return new TransactionMemory(Math.max(1 << 20, heap / 32), heap / 4);
  }

  long writeSetBytesMax() {
    return writeSetBytesMax;
  }

  RecordLockBudget recordLocks() {
    return recordLocks;
  }
}
