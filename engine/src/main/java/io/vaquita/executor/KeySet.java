package io.vaquita.executor;

/** The keys that were seen. Bounded by the operator's memory. Confined to one operator. */
final class KeySet {
  private final KeyTable<Object> table = new KeyTable<>();
  private final Execution execution;

  KeySet(Execution execution) {
    this.execution = execution;
  }

  /** Whether the key is new. */
  boolean add(KeyBuffer key) {
    if (table.find(key) >= 0) {
      return false;
    }
    table.add(key);
    execution.spilling.checkMemory(table.estimatedBytes());
    return true;
  }

  boolean contains(KeyBuffer key) {
    return table.find(key) >= 0;
  }

  void clear() {
    table.clear();
  }
}
