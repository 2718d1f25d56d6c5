package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.ByteRange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pieces that become one value again, in memory or by way of a file. */
class LongParameterTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  private final List<FileChannel> opened = new ArrayList<>();

  private FileChannel open() throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("parameter" + opened.size()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    opened.add(channel);
    return channel;
  }

  private static byte[] value(int bytes) {
    byte[] value = new byte[bytes];
    new SplittableRandom(9).nextBytes(value);
    return value;
  }

  /** Every piece stands somewhere in an array of its own, as in a packet. */
  private static void send(LongParameter parameter, byte[] value, int pieceBytes) {
    for (int at = 0; at < value.length; at += pieceBytes) {
      int n = Math.min(pieceBytes, value.length - at);
      byte[] packet = new byte[n + 7];
      System.arraycopy(value, at, packet, 7, n);
      assertTrue(parameter.add(new ByteRange(packet, 7, n), Integer.MAX_VALUE));
    }
  }

  private static byte[] bytes(ByteRange range) {
    return Arrays.copyOfRange(range.array(), range.offset(), range.offset() + range.length());
  }

  @Test
  void aShortOneStaysInMemory() {
    LongParameter parameter = new LongParameter(this::open);
    byte[] value = value(3 * MIB);
    send(parameter, value, 1000);
    assertArrayEquals(value, bytes(parameter.take()));
    assertEquals(0, parameter.take().length());
    assertEquals(List.of(), opened);
  }

  @Test
  void aLongOneWaitsInAFile() throws IOException {
    LongParameter parameter = new LongParameter(this::open);
    byte[] value = value(40 * MIB + 11);
    send(parameter, value, 3 * MIB + 5);
    assertEquals(1, opened.size());
    assertTrue(opened.getFirst().size() > 32 * MIB);
    assertArrayEquals(value, bytes(parameter.take()));
    assertFalse(opened.getFirst().isOpen());
    send(parameter, value, 20 * MIB);
    assertArrayEquals(value, bytes(parameter.take()));
    assertEquals(2, opened.size());
  }

  @Test
  void theFileOfTheSystemHasNoNameAndHoldsTheValue() {
    LongParameter parameter = new LongParameter();
    byte[] value = value(17 * MIB);
    send(parameter, value, MIB);
    assertArrayEquals(value, bytes(parameter.take()));
  }

  @Test
  void whatWouldBeTooLongIsRefused() {
    LongParameter parameter = new LongParameter(this::open);
    ByteRange piece = ByteRange.of(value(12 * MIB));
    assertTrue(parameter.add(piece, 30 * MIB));
    assertTrue(parameter.add(piece, 30 * MIB));
    assertFalse(parameter.add(piece, 30 * MIB));
    assertEquals(24 * MIB, parameter.take().length());
  }

  @Test
  void withoutAFileItStaysInMemory() {
    LongParameter parameter =
        new LongParameter(
            () -> {
              throw new IOException("no space");
            });
    byte[] value = value(40 * MIB);
    send(parameter, value, 5 * MIB);
    assertArrayEquals(value, bytes(parameter.take()));
  }

  @Test
  void aFileThatCannotBeReadIsAnError() throws IOException {
    LongParameter parameter = new LongParameter(this::open);
    send(parameter, value(20 * MIB), 5 * MIB);
    opened.getFirst().truncate(MIB);
    DatabaseException e = assertThrows(DatabaseException.class, parameter::take);
    assertEquals(MySqlError.ER_ERROR_ON_READ.number(), e.number());
    parameter.close();
    assertFalse(opened.getFirst().isOpen());
  }

  @Test
  void droppingItClosesTheFile() {
    LongParameter parameter = new LongParameter(this::open);
    send(parameter, value(20 * MIB), 5 * MIB);
    parameter.close();
    assertFalse(opened.getFirst().isOpen());
    assertEquals(0, parameter.take().length());
  }
}
