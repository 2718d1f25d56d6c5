package io.vaquita.lock;

import io.vaquita.lock.LockTarget.MetadataTarget;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One of the lock table's independent parts: a hash table of queues. Every method is called with this object's monitor held, which
 * also guards all queues and locks in it.
 */
final class Shard {
  private static final int BUCKETS_FIRST = 16;

  private @Nullable Queue[] buckets = new Queue[BUCKETS_FIRST];
  private int size;

  @Nullable Queue record(int hash, TreeLocks tree, byte @Nullable [] key) {
    for (Queue queue = first(hash); queue != null; queue = queue.nextInBucket) {
      if (queue.hash == hash
          && queue instanceof Queue.OfRecord record
          && record.tree == tree
          && Arrays.equals(record.key, key)) {
        return queue;
      }
    }
    return null;
  }

  Queue recordOrNew(int hash, TreeLocks tree, byte @Nullable [] key) {
    Queue queue = record(hash, tree, key);
    return queue != null ? queue : add(new Queue.OfRecord(hash, tree, key));
  }

  @Nullable Queue table(int hash, long tableId) {
    for (Queue queue = first(hash); queue != null; queue = queue.nextInBucket) {
      if (queue instanceof Queue.OfTable table && table.tableId == tableId) {
        return queue;
      }
    }
    return null;
  }

  Queue tableOrNew(int hash, long tableId) {
    Queue queue = table(hash, tableId);
    return queue != null ? queue : add(new Queue.OfTable(hash, tableId));
  }

  @Nullable Queue metadata(int hash, MetadataTarget name) {
    for (Queue queue = first(hash); queue != null; queue = queue.nextInBucket) {
      if (queue.hash == hash
          && queue instanceof Queue.OfMetadata metadata
          && metadata.name.equals(name)) {
        return queue;
      }
    }
    return null;
  }

  Queue metadataOrNew(int hash, MetadataTarget name) {
    Queue queue = metadata(hash, name);
    return queue != null ? queue : add(new Queue.OfMetadata(hash, name));
  }

  private @Nullable Queue first(int hash) {
    return buckets[hash & buckets.length - 1];
  }

  private Queue add(Queue queue) {
    if (size >= buckets.length) {
      resize(buckets.length * 2);
    }
    link(queue);
    size++;
    return queue;
  }

  private void link(Queue queue) {
    int bucket = queue.hash & buckets.length - 1;
    queue.nextInBucket = buckets[bucket];
    buckets[bucket] = queue;
  }

  private void resize(int count) {
    @Nullable Queue[] old = buckets;
    buckets = new Queue[count];
    for (Queue head : old) {
      for (Queue queue = head; queue != null; ) {
        Queue next = queue.nextInBucket;
        link(queue);
        queue = next;
      }
    }
  }

  /** Forgets a queue that nobody holds or waits in. */
  void removeIfEmpty(Queue queue) {
    if (!queue.isEmpty()) {
      return;
    }
    int bucket = queue.hash & buckets.length - 1;
    Queue previous = null;
    for (Queue at = buckets[bucket]; at != null; previous = at, at = at.nextInBucket) {
      if (at == queue) {
        if (previous == null) {
          buckets[bucket] = at.nextInBucket;
        } else {
          previous.nextInBucket = at.nextInBucket;
        }
        size--;
        break;
      }
    }
    if (buckets.length > BUCKETS_FIRST * 64 && size < buckets.length / 16) {
      resize(buckets.length / 8);
    }
  }

  int size() {
    return size;
  }

  /** All queues, for reports. */
  Iterable<Queue> queues() {
    java.util.ArrayList<Queue> all = new java.util.ArrayList<>(size);
    for (Queue head : buckets) {
      for (Queue queue = head; queue != null; queue = queue.nextInBucket) {
        all.add(queue);
      }
    }
    return all;
  }
}
