package io.vaquita.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Commits that wait for their turn, in the order of their arrival. Thread-safe; one thread at a time takes groups. */
final class CommitQueue {
  private static final int GROUP_COMMITS_MAX = 4096;
  private static final long GROUP_BYTES_MAX = 4 << 20;

  private final ConcurrentLinkedQueue<CommitRequest> waiting = new ConcurrentLinkedQueue<>();

  void add(CommitRequest request) {
    waiting.add(request);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether the next group is one commit that is larger than memory. */
  boolean isLargeNext() {
    CommitRequest first = waiting.peek();
    return first != null && first.isLarge();
  }

  /** The next commits that go together; a large one goes alone. Empty when nobody waits. */
  List<CommitRequest> takeGroup() {
    List<CommitRequest> group = new ArrayList<>();
    long bytes = 0;
    while (group.size() < GROUP_COMMITS_MAX && bytes < GROUP_BYTES_MAX) {
      CommitRequest r = waiting.peek();
      if (r == null || (r.isLarge() && !group.isEmpty())) {
        break;
      }
      waiting.remove();
      if (!r.take()) {
        continue;
      }
      group.add(r);
      if (r.isLarge()) {
        break;
      }
      bytes += r.whole().encoded().length;
    }
    return group;
  }

  void failAll(RuntimeException e) {
    for (CommitRequest r = waiting.poll(); r != null; r = waiting.poll()) {
      r.fail(e);
    }
  }
}
