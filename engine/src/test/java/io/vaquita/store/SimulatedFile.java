package io.vaquita.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of the simulated disk: what the operating system shows, and what is on the platter. Confined to the lock of its file system.
 */
final class SimulatedFile {
  static final int SECTOR = 512;

  byte[] content = {};
  int size;
  private byte[] durable = {};
  private int durableSize;
  private final List<Pending> pending = new ArrayList<>();

  /** A write or (with {@code bytes} null) a change of size that was not synced yet. */
  private record Pending(int offset, byte @Nullable [] bytes) {}

  static SimulatedFile of(byte[] content) {
    SimulatedFile file = new SimulatedFile();
    file.content = content.clone();
    file.size = content.length;
    file.durable = content.clone();
    file.durableSize = content.length;
    return file;
  }

  void write(int offset, byte[] bytes) {
    content = put(content, offset, bytes);
    size = Math.max(size, offset + bytes.length);
    pending.add(new Pending(offset, bytes));
  }

  void resize(int newSize) {
    if (newSize < size) {
      Arrays.fill(content, newSize, size, (byte) 0);
    } else {
      content = grown(content, newSize);
    }
    size = newSize;
    pending.add(new Pending(newSize, null));
  }

  void sync() {
    for (Pending p : pending) {
      apply(p);
    }
    pending.clear();
  }

  /** A sync that fails: the operating system forgets some of what it had to write, and thinks the rest of it written. */
  void failSync(SeededRandom random) {
    loseSome(random);
    pending.clear();
  }

  /** What is on the platter after the power went: any sectors of any writes since the last sync. */
  byte[] afterCrash(SeededRandom random) {
    loseSome(random);
    return Arrays.copyOf(durable, durableSize);
  }

  private void loseSome(SeededRandom random) {
    int fate = random.below(4);
    for (Pending p : pending) {
      if (p.bytes == null || fate == 0) {
        if (fate != 1 && random.oneIn(2)) {
          apply(p);
        }
        continue;
      }
      int from = 0;
      while (from < p.bytes.length) {
        int to = Math.min(p.bytes.length, ((p.offset + from) / SECTOR + 1) * SECTOR - p.offset);
        if (fate == 2 || (fate == 3 && random.oneIn(2))) {
          apply(new Pending(p.offset + from, Arrays.copyOfRange(p.bytes, from, to)));
        }
        from = to;
      }
    }
  }

  private void apply(Pending p) {
    if (p.bytes != null) {
      durable = put(durable, p.offset, p.bytes);
      durableSize = Math.max(durableSize, p.offset + p.bytes.length);
      return;
    }
    if (p.offset < durableSize) {
      Arrays.fill(durable, p.offset, durableSize, (byte) 0);
    } else {
      durable = grown(durable, p.offset);
    }
    durableSize = p.offset;
  }

  private static byte[] put(byte[] target, int offset, byte[] bytes) {
    byte[] t = grown(target, offset + bytes.length);
    System.arraycopy(bytes, 0, t, offset, bytes.length);
    return t;
  }

  private static byte[] grown(byte[] b, int size) {
    return b.length >= size ? b : Arrays.copyOf(b, Math.max(size, b.length * 2));
  }
}
