package io.vaquita.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelFileTest {
  @TempDir Path directory;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] read(RandomAccess file, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    file.read(position, buffer);
    return buffer.array();
  }

  @Test
  void anInterruptedThreadReadsWritesAndSyncsAndKeepsItsInterrupt() throws Exception {
    try (RandomAccess file = new ChannelFile(directory.resolve("f"))) {
      file.write(0, ByteBuffer.wrap(bytes("abcdef")));
      FutureTask<Boolean> interrupted =
          new FutureTask<>(
              () -> {
                Thread.currentThread().interrupt();
                assertArrayEquals(bytes("cd"), read(file, 2, 2));
                file.write(6, ByteBuffer.wrap(bytes("gh")));
                file.sync(false);
                return Thread.interrupted();
              });
      Thread.ofPlatform().start(interrupted);
      assertTrue(interrupted.get());
      assertArrayEquals(bytes("abcdefgh"), read(file, 0, 8));
    }
  }

  /** Interrupts hit at any moment, also between the check and the access, or in it; nobody else notices. */
  @Test
  void interruptsInTheMidstOfAccessReachNobodyElse() throws Exception {
    try (RandomAccess file = new ChannelFile(directory.resolve("f"))) {
      byte[] block = new byte[1 << 16];
      block[4711] = 42;
      file.write(0, ByteBuffer.wrap(block));
      AtomicBoolean isEnded = new AtomicBoolean();
      FutureTask<Integer> victim =
          new FutureTask<>(
              () -> {
                int interrupts = 0;
                while (interrupts < 200) {
                  assertEquals(42, read(file, 0, block.length)[4711]);
                  file.write(1 << 16, ByteBuffer.wrap(block));
                  interrupts += Thread.interrupted() ? 1 : 0;
                }
                isEnded.set(true);
                return interrupts;
              });
      FutureTask<Integer> other =
          new FutureTask<>(
              () -> {
                int reads = 0;
                while (!isEnded.get()) {
                  assertEquals(42, read(file, 4711, 1)[0]);
                  reads++;
                }
                return reads;
              });
      Thread thread = Thread.ofPlatform().start(victim);
      Thread.ofPlatform().start(other);
      while (!victim.isDone()) {
        thread.interrupt();
        Thread.onSpinWait();
      }
      isEnded.set(true);
      assertEquals(200, victim.get());
      assertTrue(other.get() > 0);
    }
  }

  @Test
  void aClosedFileStaysClosed() throws Exception {
    RandomAccess file = new ChannelFile(directory.resolve("f"));
    file.write(0, ByteBuffer.wrap(bytes("a")));
    file.close();
    assertThrows(ClosedChannelException.class, () -> read(file, 0, 1));
    assertThrows(ClosedChannelException.class, () -> file.write(0, ByteBuffer.wrap(bytes("b"))));
    assertThrows(ClosedChannelException.class, () -> file.sync(true));
  }

  @Test
  void aReadBehindTheEndNamesIt() throws Exception {
    try (RandomAccess file = new ChannelFile(directory.resolve("f"))) {
      file.write(0, ByteBuffer.wrap(bytes("abc")));
      EOFException e = assertThrows(EOFException.class, () -> read(file, 1, 5));
      assertEquals("file ends at 3, wanted 6", e.getMessage());
      file.resize(10);
      assertEquals(10, file.size());
      file.resize(2);
      assertArrayEquals(bytes("ab"), read(file, 0, 2));
    }
  }
}
