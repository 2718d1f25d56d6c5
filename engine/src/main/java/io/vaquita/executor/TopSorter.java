package io.vaquita.executor;

import io.vaquita.value.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first rows of an order: a heap of the best so far with the worst on top. A row that is no better than the top costs one
 * comparison and no allocation. Confined to one operator.
 */
final class TopSorter implements Sorter {
  private final int limit;
  private Entry[] heap;
  private long[] arrivals;
  private int size;
  private long arrived;
  private int at;

  TopSorter(int limit) {
    this.limit = limit;
    this.heap = new Entry[Math.min(limit, 16)];
    this.arrivals = new long[heap.length];
  }

  @Override
  public boolean refuses(KeyBuffer key) {
    return limit == 0 || size == limit && key.compareTo(heap[0].key()) >= 0;
  }

  @Override
  public void add(KeyBuffer key, Row[] rows) {
    if (refuses(key)) {
      return;
    }
    Entry entry = new Entry(key.toBytes(), rows);
    if (size < limit) {
      if (size == heap.length) {
        int capacity = Math.min(limit, size * 2);
        heap = Arrays.copyOf(heap, capacity);
        arrivals = Arrays.copyOf(arrivals, capacity);
      }
      siftUp(size++, entry, arrived++);
    } else {
      siftDown(entry, arrived++, size);
    }
  }

  private boolean isAfter(Entry a, long aArrival, Entry b, long bArrival) {
    int c = Arrays.compareUnsigned(a.key(), b.key());
    return c > 0 || c == 0 && aArrival > bArrival;
  }

  private void siftUp(int hole, Entry entry, long arrival) {
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (!isAfter(entry, arrival, heap[parent], arrivals[parent])) {
        break;
      }
      heap[hole] = heap[parent];
      arrivals[hole] = arrivals[parent];
      hole = parent;
    }
    heap[hole] = entry;
    arrivals[hole] = arrival;
  }

  private void siftDown(Entry entry, long arrival, int count) {
    int hole = 0;
    while (2 * hole + 1 < count) {
      int child = 2 * hole + 1;
      if (child + 1 < count
          && isAfter(heap[child + 1], arrivals[child + 1], heap[child], arrivals[child])) {
        child++;
      }
      if (!isAfter(heap[child], arrivals[child], entry, arrival)) {
        break;
      }
      heap[hole] = heap[child];
      arrivals[hole] = arrivals[child];
      hole = child;
    }
    heap[hole] = entry;
    arrivals[hole] = arrival;
  }

  /** Heap sort: the worst goes to the end, until the order is ascending. */
  @Override
  public void finish() {
    for (int end = size - 1; end > 0; end--) {
      Entry worst = heap[0];
      long worstArrival = arrivals[0];
      Entry moved = heap[end];
      siftDown(moved, arrivals[end], end);
      heap[end] = worst;
      arrivals[end] = worstArrival;
    }
    at = 0;
  }

  @Override
  public Row @Nullable [] next() {
    return at < size ? heap[at++].rows() : null;
  }
}
