package io.vaquita.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.environment.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the files with nothing but the numbers of docs/formats.md: page and code must not drift apart. */
class FormatsTest {
  private static final int TREE = 300;
  private static final int UNIT = 4096;
  private static final byte[] SMALL = {7, 8, 9};
  private static final byte[] LARGE = new SeededRandom(1).bytes(10_000);

  @TempDir Path directory;

  private static ByteBuffer little(byte[] b) {
    return ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] b, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(b, from, to - from);
    return (int) crc.getValue();
  }

  private byte[] at(byte[] file, long location) {
    int unit = (int) (location >>> 24);
    int count = (int) (location & 0xFFFFFF);
    return Arrays.copyOfRange(file, unit * UNIT, (unit + count) * UNIT);
  }

  @Test
  void theFilesAreWhatTheDocumentSays() throws IOException {
    StoreOptions options = StoreOptions.defaults().withPageBytes(8192);
    long before = Environment.system().clock().wallMicros();
    try (FileStore store = (FileStore) Stores.open(directory, options, Environment.system())) {
      WriteBatch batch = new WriteBatch();
      batch.put(TREE, new byte[] {1}, SMALL);
      batch.put(TREE, new byte[] {2}, LARGE);
      store.commit(batch, CommitDurability.SYNCED);
      log(Files.readAllBytes(directory.resolve("log-0000000000000001")), before);
      store.checkpoint();
      data(Files.readAllBytes(directory.resolve("data.vaquita")));
    }
  }

  private static void log(byte[] log, long before) {
    ByteBuffer b = little(log);
    assertEquals("VAQUILOG", new String(log, 0, 8, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(checksum(log, 12, 4096), b.getInt(8));
    assertEquals(3, b.getInt(12));
    assertEquals(1, b.getLong(32), "number of the segment");
    assertEquals(1, b.getLong(40), "position of its first record");
    assertEquals(log.length, b.getLong(48), "bytes of the segment");
    int record = 4096;
    int length = b.getInt(record + 4);
    assertEquals(checksum(log, record + 4, record + 40), b.getInt(record));
    assertEquals(1, b.getLong(record + 8), "position");
    assertEquals(0, b.getLong(record + 16), "durable before");
    assertEquals(checksum(log, record + 40, record + 40 + length), b.getInt(record + 24));
    assertEquals(1, b.getInt(record + 28), "number of the segment");
    long logged = b.getLong(record + 32);
    assertEquals(
        true, logged >= before && logged <= Environment.system().clock().wallMicros(), "time");
    // put, tree 300 as a varint, key length and key, value length and value
    byte[] first = {1, (byte) (300 & 0x7F | 0x80), 300 >> 7, 1, 1, 3, 7, 8, 9};
    assertArrayEquals(first, Arrays.copyOfRange(log, record + 40, record + 40 + first.length));
  }

  private void data(byte[] file) {
    int newest = little(file).getLong(40) > little(file).getLong(4096 + 40) ? 0 : 4096;
    byte[] meta = Arrays.copyOfRange(file, newest, newest + 4096);
    ByteBuffer b = little(meta);
    assertEquals("VAQUITA\n", new String(meta, 0, 8, java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(checksum(meta, 12, 4096), b.getInt(8));
    assertEquals(2, b.getInt(12), "format");
    assertEquals(8192, b.getInt(32), "bytes of a page");
    assertEquals(UNIT, b.getInt(36), "bytes of a unit");
    assertEquals(newest == 0 ? 0 : 1, b.getLong(40) % 2, "number of the checkpoint");
    assertEquals(1, b.getLong(48), "position");
    assertEquals(1, b.getLong(56), "log segment");
    assertEquals(1, b.getInt(72), "the segment is there");
    assertEquals(1, b.getLong(88), "entries of the tree directory");
    assertEquals(true, b.getLong(104) * UNIT <= file.length, "units of the file");
    long root = directory(at(file, b.getLong(80)), b.getLong(80));
    leaf(file, at(file, root), root);
    space(file, b, root);
  }

  private static void page(byte[] page, long location, int kind) {
    assertEquals(checksum(page, 4, page.length), little(page).getInt(0));
    assertEquals(kind, page[4], "kind");
    assertEquals(location, little(page).getLong(8));
  }

  /** Returns the location of the tree's root. */
  private static long directory(byte[] page, long location) {
    ByteBuffer b = little(page);
    page(page, location, 1);
    assertEquals(1, b.getShort(6), "entries");
    int entry = b.getShort(32);
    assertEquals(4, b.getShort(entry), "bytes of the key");
    assertEquals(16, b.getShort(entry + 2), "bytes of the value");
    assertEquals(TREE, ByteBuffer.wrap(page).getInt(entry + 4), "tree, big-endian");
    assertEquals(2, b.getLong(entry + 16), "entries of the tree");
    return b.getLong(entry + 8);
  }

  private void leaf(byte[] file, byte[] page, long location) {
    ByteBuffer b = little(page);
    page(page, location, 3);
    assertEquals(0, page[5], "level");
    assertEquals(2, b.getShort(6), "entries");
    assertEquals(TREE, b.getInt(16));
    int small = b.getShort(32);
    assertEquals(1, b.getShort(small), "bytes of the key");
    assertEquals(3, b.getShort(small + 2), "bytes of the value");
    assertEquals(1, page[small + 4], "key");
    assertArrayEquals(SMALL, Arrays.copyOfRange(page, small + 5, small + 8));
    int large = b.getShort(34);
    assertEquals((short) 0xFFFF, b.getShort(large + 2), "a large value");
    assertEquals(LARGE.length, b.getInt(large + 5 + 8));
    assertEquals(Math.min(small, large), b.getInt(20), "heap");
    byte[] value = at(file, b.getLong(large + 5));
    assertEquals(checksum(value, 4, 32 + LARGE.length), little(value).getInt(0));
    assertEquals(4, value[4], "kind");
    assertEquals(b.getLong(large + 5), little(value).getLong(8));
    assertEquals(LARGE.length, little(value).getInt(16));
    assertArrayEquals(LARGE, Arrays.copyOfRange(value, 32, 32 + LARGE.length));
  }

  private void space(byte[] file, ByteBuffer meta, long used) {
    long location = meta.getLong(96);
    byte[] index = at(file, location);
    page(index, location, 6);
    assertEquals(1, meta.getInt(76), "chunks");
    long chunkLocation = little(index).getLong(32);
    byte[] chunk = at(file, chunkLocation);
    page(chunk, chunkLocation, 5);
    int unit = (int) (used >>> 24);
    assertEquals(1, chunk[32 + unit / 8] >> unit % 8 & 1, "the root's unit is in use");
    assertEquals(1, chunk[32] & 1, "so is the first meta page's");
  }
}
