package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.protocol.Command;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.StatementExecute;
import io.vaquita.protocol.WireType;
import io.vaquita.protocol.WireValue;
import io.vaquita.server.client.WireClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes that are no packets, packets that end early, lengths that lie: the server lives and nothing is left of them. */
final class HostileBytesTest {
  private static byte[] executePacket() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PacketWriter out = new PacketWriter(bytes::write, 1 << 16);
    StatementExecute.write(
        out,
        1,
        0,
        List.of(
            new WireValue.BytesValue(WireType.BLOB, new byte[300]),
            new WireValue.DateTimeValue(WireType.DATETIME, 2024, 1, 2, 3, 4, 5, 6, true),
            new WireValue.IntegerValue(1, false)),
        WireClient.CAPABILITIES);
    out.flush();
    return bytes.toByteArray();
  }

  private static void send(SocketChannel channel, byte[] bytes) {
    try {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException ignored) {
      // the server had enough of it
    }
  }

  @Test
  void randomBytesInsteadOfALogin() throws IOException {
    SplittableRandom random = new SplittableRandom(20240601);
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      for (int i = 0; i < 300; i++) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 40 && i % 2 == 0) {
          // a header that fits, so that the decoder is reached
          bytes[0] = (byte) (bytes.length - 4);
          bytes[1] = 0;
          bytes[2] = 0;
          bytes[3] = 1;
          bytes[5] |= 2;
        }
        try (SocketChannel channel = SocketChannel.open(fixture.address())) {
          send(channel, bytes);
        }
      }
      fixture.awaitNoSessions();
      fixture.connect().close();
    }
  }

  @Test
  void randomCommands() throws IOException {
    SplittableRandom random = new SplittableRandom(20240602);
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      for (int i = 0; i < 300; i++) {
        WireClient client = fixture.connect();
        byte[] bytes = new byte[5 + random.nextInt(60)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (bytes.length - 4);
        bytes[1] = 0;
        bytes[2] = 0;
        bytes[3] = 0;
        bytes[4] = (byte) (random.nextInt(0x22));
        send(client.channel(), bytes);
        client.channel().close();
      }
      fixture.awaitNoSessions();
      fixture.connect().close();
    }
  }

  @Test
  void packetCutAtEveryByte() throws IOException {
    byte[] whole = executePacket();
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      for (int length = 0; length < whole.length; length++) {
        WireClient client = fixture.connect();
        client.prepare("echo ?,?,?");
        send(client.channel(), Arrays.copyOf(whole, length));
        client.channel().close();
      }
      fixture.awaitNoSessions();
      fixture.connect().close();
    }
  }

  @Test
  void payloadCutAtEveryByteIsAnsweredAndTheConnectionGoesOn() throws IOException {
    byte[] whole = executePacket();
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort());
        WireClient client = fixture.connect()) {
      client.prepare("echo ?,?,?");
      for (int length = 5; length < whole.length; length++) {
        byte[] packet = Arrays.copyOf(whole, length);
        int payload = length - 4;
        packet[0] = (byte) payload;
        packet[1] = (byte) (payload >> 8);
        packet[2] = (byte) (payload >> 16);
        send(client.channel(), packet);
        ByteBuffer reply = ByteBuffer.allocate(512);
        client.channel().read(reply);
        assertEquals((byte) 0xFF, reply.get(4), "an error for a payload of " + payload + " bytes");
      }
      client.ping();
    }
  }

  @Test
  void lengthsThatLieDoNotCostMemory() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("max_allowed_packet", Integer.toString(1 << 30));
      WireClient[] clients = new WireClient[100];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = fixture.connect();
        send(
            clients[i].channel(),
            new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, Command.QUERY, 'x'});
      }
      ServerFixture.await(() -> fixture.database.openSessions.get() == clients.length);
      fixture.connect().close();
      for (WireClient client : clients) {
        client.channel().close();
      }
      fixture.awaitNoSessions();
    }
  }

  @Test
  void stalledLoginEnds() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("connect_timeout", "1");
      try (SocketChannel channel = SocketChannel.open(fixture.address())) {
        ServerFixture.await(() -> fixture.server.connectionCount() == 1);
        ServerFixture.await(() -> fixture.server.connectionCount() == 0);
        channel.read(ByteBuffer.allocate(512));
      }
      assertEquals("1", fixture.server.counter("Aborted_connects"));
    }
  }

  @Test
  void halfPacketTimesOut() throws IOException {
    try (ServerFixture fixture = new ServerFixture(ServerOptions.onFreePort())) {
      fixture.database.set("net_read_timeout", "1");
      try (WireClient client = fixture.connect()) {
        send(client.channel(), new byte[] {100, 0, 0, 0, Command.QUERY, 'x'});
        ByteBuffer reply = ByteBuffer.allocate(512);
        client.channel().read(reply);
        assertEquals(1159, Short.toUnsignedInt(Short.reverseBytes(reply.getShort(5))));
        fixture.awaitNoSessions();
      }
    }
  }
}
