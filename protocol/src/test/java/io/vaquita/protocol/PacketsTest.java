package io.vaquita.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Packets: golden bytes, long payloads, every truncation, random bytes. */
final class PacketsTest {
  private static byte[] bytes(PacketAction action) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PacketWriter out = new PacketWriter(bytes::write, 100);
    action.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface PacketAction {
    void write(PacketWriter out) throws IOException;
  }

  private static PacketReader reader(byte[] bytes) {
    return new PacketReader(new ByteArrayInputStream(bytes)::read, 1L << 31);
  }

  private static void assertGolden(String hex, PacketAction action) throws IOException {
    assertEquals(hex.replace(" ", ""), HexFormat.of().formatHex(bytes(action)));
  }

  @Test
  void goldenReplies() throws IOException {
    int caps = Capability.PROTOCOL_41 | Capability.SESSION_TRACK | Capability.DEPRECATE_EOF;
    assertGolden(
        "07000000 00 00 00 0200 0000",
        out -> Reply.writeOk(out, 0, 0, 0, 2, 0, "", Map.of(), caps));
    assertGolden(
        "09000000 00 fa fcfb00 0200 0100",
        out -> Reply.writeOk(out, 0, 250, 251, 2, 1, "", Map.of(), caps));
    assertGolden(
        "09000000 00 01 00 0200 0000 01 78",
        out -> Reply.writeOk(out, 0, 1, 0, 2, 0, "x", Map.of(), Capability.PROTOCOL_41));
    assertGolden(
        "0e000000 00 00 00 0240 0000 00 05 01 03 02 7362",
        out -> Reply.writeOk(out, 0, 0, 0, 2, 0, "", Map.of("", "sb"), caps));
    assertGolden(
        "0a000000 ff 2804 23 3432303030 78",
        out -> Reply.writeError(out, 1064, "42000", "x", true));
    assertGolden("04000000 ff 1004 78", out -> Reply.writeError(out, 1040, "08004", "x", false));
    assertGolden("05000000 fe 0100 2200", out -> Reply.writeEof(out, 0x22, 1));
  }

  @Test
  void messagesAreCutAtACharacter() throws IOException {
    byte[] packet = bytes(out -> Reply.writeError(out, 1, "HY000", "é".repeat(300), true));
    Reply.Err error =
        assertInstanceOf(
            Reply.Err.class, Reply.read(new PayloadReader(packet, 4, packet.length - 4), -1));
    assertEquals("é".repeat(255), error.message());
  }

  @Test
  void lengthEncodedIntegers() throws IOException {
    for (long value :
        new long[] {0, 250, 251, 0xFFFF, 0x10000, 0xFFFFFF, 0x1000000, Long.MAX_VALUE}) {
      byte[] packet =
          bytes(
              out -> {
                out.begin();
                out.lenenc(value);
                out.end();
              });
      assertEquals(value, new PayloadReader(packet, 4, packet.length - 4).lenenc());
    }
  }

  @Test
  void payloadsAroundSixteenMebibytes() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int length :
        new int[] {0, 1, 0xFFFFFE, 0xFFFFFF, 0x1000000, 2 * 0xFFFFFF - 1, 2 * 0xFFFFFF}) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      byte[] packets =
          bytes(
              out -> {
                out.begin();
                out.bytes(payload);
                out.end();
                out.begin();
                out.int1(7);
                out.end();
              });
      PacketReader in = reader(packets);
      assertTrue(in.read());
      assertArrayEquals(
          payload, Arrays.copyOfRange(in.array(), in.offset(), in.offset() + in.length()));
      assertTrue(in.read());
      assertEquals(1, in.length());
      assertEquals(7, in.array()[in.offset()]);
      assertFalse(in.read());
    }
  }

  /** Long values that the writer does not copy give the same packets as those that it copies. */
  @Test
  void longValuesInPlaceAroundSixteenMebibytes() throws IOException {
    byte[] value = new byte[PacketWriter.PAYLOAD_BYTES_MAX + 100];
    new SplittableRandom(3).nextBytes(value);
    int edge = PacketWriter.PAYLOAD_BYTES_MAX - 3 - 9 - 1;
    for (int length : new int[] {1 << 20, edge - 1, edge, edge + 1, value.length - 7}) {
      byte[] copied =
          bytes(
              out -> {
                out.begin();
                out.int3(7).lenencBytes(value, 7, length).int1(8);
                out.end();
              });
      byte[] inPlace =
          bytes(
              out -> {
                out.begin();
                out.int1(1);
                out.end();
                out.beginReply(0);
                out.begin();
                out.int3(7).lenencInPlace(value, 7, length).int1(8);
                out.end();
              });
      assertEquals(-1, Arrays.mismatch(copied, inPlace), "length " + length);
    }
    byte[] two =
        bytes(
            out -> {
              out.begin();
              out.lenencInPlace(value, 0, value.length).lenencInPlace(value, 0, 1 << 20);
              out.end();
              out.begin();
              out.lenencInPlace(value, 0, 1 << 20);
              out.discard();
              out.begin();
              out.int1(5);
              out.end();
            });
    PacketReader in = reader(two);
    assertTrue(in.read());
    PayloadReader payload = new PayloadReader(in.array(), in.offset(), in.length());
    byte[] first = payload.lenencBytes();
    assertEquals(-1, Arrays.mismatch(value, first));
    assertEquals(1 << 20, payload.lenencBytes().length);
    assertFalse(payload.hasRemaining());
    assertTrue(in.read());
    assertEquals(1, in.length());
    assertEquals(5, in.array()[in.offset()]);
  }

  /** A value that makes up most of a payload is not copied, and stays as it is when the reader's array was given away. */
  @Test
  void aLongValueKeepsItsArray() throws IOException {
    byte[] value = new byte[2 << 20];
    new SplittableRandom(4).nextBytes(value);
    PacketReader in =
        reader(
            bytes(
                out -> {
                  out.begin();
                  out.lenencBytes(value);
                  out.end();
                  out.begin();
                  out.bytes(new byte[3 << 20]);
                  out.end();
                }));
    assertTrue(in.read());
    PayloadReader payload = new PayloadReader(in.array(), in.offset(), in.length());
    WireValue.BytesValue read =
        assertInstanceOf(WireValue.BytesValue.class, WireValue.read(payload, WireType.BLOB, false));
    assertTrue(payload.isShared());
    in.giveArrayAway();
    assertTrue(in.read());
    assertEquals(3 << 20, in.length());
    assertArrayEquals(value, read.bytes());
  }

  @Test
  void limitsAndOrder() throws IOException {
    PacketReader limited =
        new PacketReader(new ByteArrayInputStream(new byte[] {4, 0, 0, 0})::read, 4);
    assertEquals(
        ProtocolError.PACKET_TOO_LARGE,
        assertThrows(ProtocolException.class, limited::read).error());
    PacketReader disordered = reader(new byte[] {1, 0, 0, 3, 14});
    assertEquals(
        ProtocolError.PACKETS_OUT_OF_ORDER,
        assertThrows(ProtocolException.class, disordered::read).error());
    PacketReader cut = reader(new byte[] {2, 0, 0, 0, 14});
    assertThrows(EOFException.class, cut::read);
  }

  @Test
  void handshakeThereAndBackAndCutAtEveryByte() throws IOException {
    HandshakeResponse response =
        new HandshakeResponse(
            Capability.SERVER,
            1 << 24,
            255,
            "root",
            new byte[] {1, 2, 3},
            "test",
            AuthenticationPlugin.CACHING_SHA2,
            Map.of("program_name", "x"),
            3);
    byte[] packet = bytes(response::write);
    HandshakeResponse read =
        HandshakeResponse.read(new PayloadReader(packet, 4, packet.length - 4));
    assertEquals(response.user(), read.user());
    assertArrayEquals(response.authentication(), read.authentication());
    assertEquals(response.schema(), read.schema());
    assertEquals(response.plugin(), read.plugin());
    assertEquals(response.attributes(), read.attributes());
    assertEquals(3, read.zstdLevel());
    for (int length = 0; length < packet.length - 4; length++) {
      PayloadReader cut = new PayloadReader(packet, 4, length);
      try {
        HandshakeResponse.read(cut);
      } catch (ProtocolException e) {
        assertEquals(ProtocolError.HANDSHAKE, e.error());
      }
    }
  }

  @Test
  void greetingThereAndBack() throws IOException {
    byte[] scramble = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);
    Greeting greeting =
        new Greeting(
            "8.4.0", -2, scramble, Capability.SERVER_WITH_TLS, 255, 2, "caching_sha2_password");
    byte[] packet = bytes(greeting::write);
    Greeting read = Greeting.read(new PayloadReader(packet, 4, packet.length - 4));
    assertEquals(greeting.serverVersion(), read.serverVersion());
    assertEquals(greeting.connectionId(), read.connectionId());
    assertEquals(greeting.capabilities(), read.capabilities());
    assertArrayEquals(scramble, read.scramble());
  }

  @Test
  void randomPayloadsGiveCommandsOrProtocolErrors() {
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 200_000; i++) {
      byte[] payload = new byte[random.nextInt(40)];
      random.nextBytes(payload);
      if (payload.length > 0) {
        payload[0] = (byte) random.nextInt(0x24);
      }
      try {
        Command command = Command.read(new PayloadReader(payload), Capability.SERVER);
        if (command instanceof Command.Execute execute) {
          StatementExecute.read(
              execute.rest(), Capability.SERVER, random.nextInt(4), null, new BitSet());
        }
      } catch (ProtocolException expected) {
        assertFalse(expected.detail().isEmpty());
      }
    }
  }

  @Test
  void queryAttributes() throws IOException {
    byte[] packet =
        bytes(
            out -> {
              out.begin();
              out.int1(Command.QUERY).lenenc(2).lenenc(1);
              Parameters.write(
                  out,
                  List.of(new WireValue.IntegerValue(5, false), WireValue.Null.NULL),
                  List.of("a", "b"));
              out.restString("SELECT 1");
              out.end();
            });
    Command.Query query =
        assertInstanceOf(
            Command.Query.class,
            Command.read(
                new PayloadReader(packet, 4, packet.length - 4), Capability.QUERY_ATTRIBUTES));
    assertEquals(List.of("a", "b"), query.attributes().names());
    assertEquals("SELECT 1", query.text().restString());
  }

  /** NULL bitmap, no types, then values: what Connector/J sends as long as all parameters have been NULL. */
  @Test
  void typesMayBeLeftOutWhereAllIsNull() {
    Parameters nulls = parameters(new byte[] {3, 0}, null);
    assertEquals(List.of(WireValue.Null.NULL, WireValue.Null.NULL), nulls.values());
    assertThrows(ProtocolException.class, () -> parameters(new byte[] {2, 0, 7}, null));
    assertThrows(ProtocolException.class, () -> parameters(new byte[] {2, 0, 7}, nulls.types()));
    int[] types = {WireType.TINY, WireType.TINY};
    assertEquals(
        List.of(new WireValue.IntegerValue(7, false), WireValue.Null.NULL),
        parameters(new byte[] {2, 0, 7}, types).values());
  }

  private static Parameters parameters(byte[] block, int @Nullable [] previousTypes) {
    return Parameters.read(new PayloadReader(block), 2, false, previousTypes, new BitSet());
  }

  @Test
  void compressedFramesThereAndBack() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    for (Compression compression :
        List.of(new ZlibCompression(), new ZstdCompression(ZstdCompression.LEVEL_DEFAULT))) {
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      CompressedStream sender =
          new CompressedStream((into, offset, length) -> -1, wire::write, compression);
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (int length : new int[] {1, 49, 50, 5000, 100_000}) {
        byte[] piece = new byte[length];
        for (int i = 0; i < length; i++) {
          piece[i] = (byte) random.nextInt(4);
        }
        sender.write(piece, 0, length);
        sent.writeBytes(piece);
      }
      CompressedStream receiver =
          new CompressedStream(
              new ByteArrayInputStream(wire.toByteArray())::read, (f, o, l) -> {}, compression);
      byte[] got = new byte[sent.size()];
      int at = 0;
      while (at < got.length) {
        at += receiver.read(got, at, got.length - at);
      }
      assertArrayEquals(sent.toByteArray(), got);
      assertEquals(-1, receiver.read(got, 0, 1));
    }
  }

  @Test
  void badCompressedFrames() {
    for (Compression compression : List.of(new ZlibCompression(), new ZstdCompression(1))) {
      assertEquals(
          ProtocolError.UNCOMPRESS,
          assertThrows(
                  ProtocolException.class,
                  () -> compression.uncompress(new byte[] {1, 2, 3, 4}, 1000))
              .error());
    }
  }
}
