package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaquita.protocol.WireType;
import io.vaquita.protocol.WireValue;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values that take a good part of a server's heap: on their way in, into the files, through recovery and back out they are there as a
 * whole no more often than the heap of these servers allows. {@code -Dvaquita.largeValueMiB=N} for the size of the slow run.
 */
class LargeValuesTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void aValueOfAThirdOfTheHeap() throws Exception {
    travel(48, 48 * 3 + 40);
  }

  /** On its way in, through the files and a restart, and out: the heap has room for one and a half. */
  @Test
  void aValueThatComesInPiecesIsOnTheHeapOnce() throws Exception {
    int mib = 64;
    int heapMib = mib * 3 / 2 + 48;
    byte[] value = new byte[mib * MIB - 1000];
    new SplittableRandom(20_261_201).nextBytes(value);
    String[] options = {"--set", "max_allowed_packet=1073741824"};
    try (ServerProcess server = ServerProcess.serve(heapMib, directory, options)) {
      try (WireClient client = server.connect(null)) {
        client.query("CREATE DATABASE d");
        client.query("CREATE TABLE d.t (id INT PRIMARY KEY, n INT, v LONGBLOB)");
        insertInPieces(client, value);
        client.query("UPDATE d.t SET n = n + 1");
        WireClient.Statement select = client.prepare("SELECT v FROM d.t WHERE n = ?");
        List<WireValue> one = List.of(new WireValue.IntegerValue(1, false));
        assertIsValue(value, client.execute(select, one).getFirst());
      }
      server.kill();
    }
    try (ServerProcess server = ServerProcess.serve(heapMib, directory, options)) {
      try (WireClient client = server.connect(null)) {
        assertIsValue(value, client.query("SELECT v FROM d.t WHERE id = 2").getFirst());
      }
      server.stop();
    }
  }

  /** The client of this test holds the value twice: beyond 512 MiB it needs more heap than tests have. */
  @Test
  @Tag("slow")
  void aVeryLargeValue() throws Exception {
    int mib = Integer.getInteger("vaquita.largeValueMiB", 512);
    travel(mib, mib * 4 + 40);
  }

  private void travel(int mib, int heapMib) throws Exception {
    byte[] value = new byte[mib * MIB - 1000];
    new SplittableRandom(20_261_130).nextBytes(value);
    String[] options = {"--set", "max_allowed_packet=1073741824"};
    try (ServerProcess server = ServerProcess.serve(heapMib, directory, options)) {
      try (WireClient client = server.connect(null)) {
        client.query("CREATE DATABASE d");
        client.query("CREATE TABLE d.t (id INT PRIMARY KEY, n INT, v LONGBLOB)");
        insert(client, value);
        insertInPieces(client, value);
        client.query("UPDATE d.t SET n = n + 1");
        verify(client, value, 1);
      }
      server.kill();
    }
    try (ServerProcess server = ServerProcess.serve(heapMib, directory, options)) {
      try (WireClient client = server.connect(null)) {
        verify(client, value, 1);
        client.query("UPDATE d.t SET n = n + 1, v = REVERSE(v) WHERE id = 1");
        client.query("UPDATE d.t SET v = REVERSE(v) WHERE id = 1");
        client.query("UPDATE d.t SET n = n + 1 WHERE id = 2");
        client.query("CREATE TABLE d.copy SELECT * FROM d.t");
        assertEquals("OK", client.query("CHECK TABLE d.t").getFirst().text(0, 3));
        verify(client, value, 2);
      }
      server.stop();
    }
    ServerProcess.Outcome checked = ServerProcess.run(heapMib, "check", directory.toString());
    assertEquals(0, checked.code(), checked.text());
  }

  private static void insert(WireClient client, byte[] value) throws IOException {
    WireClient.Statement insert = client.prepare("INSERT INTO d.t VALUES (?, 0, ?)");
    client.execute(
        insert,
        List.of(
            new WireValue.IntegerValue(1, false), new WireValue.BytesValue(WireType.BLOB, value)));
    client.closeStatement(insert);
  }

  private static void insertInPieces(WireClient client, byte[] value) throws IOException {
    WireClient.Statement insert = client.prepare("INSERT INTO d.t VALUES (?, 0, ?)");
    for (int at = 0; at < value.length; at += MIB) {
      client.sendLongData(
          insert, 1, Arrays.copyOfRange(value, at, Math.min(value.length, at + MIB)));
    }
    client.execute(
        insert,
        List.of(
            new WireValue.IntegerValue(2, false),
            new WireValue.BytesValue(WireType.BLOB, new byte[0])));
    client.closeStatement(insert);
  }

  private static void verify(WireClient client, byte[] value, int n) throws IOException {
    assertEquals(
        "2", client.query("SELECT COUNT(*) FROM d.t WHERE n = " + n).getFirst().text(0, 0));
    assertIsValue(value, client.query("SELECT v FROM d.t WHERE id = 1").getFirst());
    WireClient.Statement select = client.prepare("SELECT v FROM d.t WHERE id = ?");
    assertIsValue(
        value, client.execute(select, List.of(new WireValue.IntegerValue(2, false))).getFirst());
    client.closeStatement(select);
  }

  private static void assertIsValue(byte[] value, WireResult result) {
    var range = ((WireValue.BytesValue) result.rows().getFirst().getFirst()).range();
    assertEquals(value.length, range.length());
    assertEquals(
        -1,
        Arrays.mismatch(
            value,
            0,
            value.length,
            range.array(),
            range.offset(),
            range.offset() + range.length()));
  }

  @Test
  void aLongTextStatement() throws Exception {
    int mib = 24;
    try (ServerProcess server = ServerProcess.serve(mib * 6 + 40, directory);
        WireClient client = server.connect(null)) {
      client.query("CREATE DATABASE d");
      client.query("CREATE TABLE d.t (id INT PRIMARY KEY, v LONGTEXT)");
      String value = "abcdefgh".repeat(mib * MIB / 8);
      client.query(
          ("INSERT INTO d.t VALUES (1, '" + value + "')").getBytes(StandardCharsets.UTF_8));
      client.query("UPDATE d.t SET v = CONCAT('x', v)");
      WireResult read = client.query("SELECT v FROM d.t").getFirst();
      assertEquals("x" + value, read.text(0, 0));
    }
  }

  @Test
  void manyUpdatesOfLargeValuesInASmallHeap() throws Exception {
    try (ServerProcess server = ServerProcess.serve(300, directory);
        WireClient client = server.connect(null)) {
      client.query("CREATE DATABASE d");
      client.query("CREATE TABLE d.t (id INT PRIMARY KEY, v LONGBLOB)");
      int bytes = 40 * MIB;
      for (int i = 0; i < 6; i++) {
        client.query("INSERT INTO d.t VALUES (" + i + ", REPEAT('a', " + bytes + "))");
      }
      for (int round = 0; round < 2; round++) {
        client.query("UPDATE d.t SET v = CONCAT(SUBSTR(v, 2), 'b')");
      }
      WireResult read =
          client
              .query("SELECT COUNT(*) FROM d.t WHERE LENGTH(v) = " + bytes + " AND v LIKE '%abb'")
              .getFirst();
      assertEquals("6", read.text(0, 0));
    }
  }

  @Test
  void whatComesInPiecesEndsAtTheLongestPacket() throws Exception {
    try (ServerProcess server =
            ServerProcess.serve(directory, "--set", "max_allowed_packet=1048576");
        WireClient client = server.connect(null)) {
      client.query("SET GLOBAL max_allowed_packet = 1048576");
      WireClient.Statement select = client.prepare("SELECT CONCAT(?, 'd')");
      List<WireValue> none = List.of(new WireValue.BytesValue(WireType.BLOB, new byte[0]));
      for (int i = 0; i < 3; i++) {
        client.sendLongData(select, 0, new byte[400_000]);
      }
      ServerError error = assertThrows(ServerError.class, () -> client.execute(select, none));
      assertEquals(1105, error.number());
      client.sendLongData(select, 0, "abc".getBytes(StandardCharsets.UTF_8));
      assertEquals("abcd", client.execute(select, none).getFirst().text(0, 0));
    }
  }
}
