package io.vaquita.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.server.client.WireClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which kind of thread a connection has, and that it goes over to the other kind whole. */
final class ConnectionThreadsTest {
  /** A connection of few words: each command is answered by the kind of its thread; "end" ends it. */
  private static final class Talk implements ConnectionThreads.Work {
    private final ConnectionThreads threads;
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    Talk(ConnectionThreads threads, int id) {
      this.threads = threads;
      threads.start(id, this);
    }

    @Override
    public boolean run() {
      try {
        boolean moves = false;
        while (!moves) {
          if (commands.take().equals("end")) {
            answers.add("ended");
            return false;
          }
          Thread thread = Thread.currentThread();
          moves = threads.isMoveDue();
          answers.add(thread.getName() + (thread.isVirtual() ? " virtual" : " platform"));
        }
        return true;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    String asksUnchecked() {
      try {
        return ask("hello");
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    String ask(String command) throws InterruptedException {
      commands.add(command);
      return String.valueOf(answers.poll(1, TimeUnit.MINUTES));
    }
  }

  @Test
  void allGoOverWhenManyAreActiveAndBackWhenFewAre() throws InterruptedException {
    ConnectionThreads threads = new ConnectionThreads(4, 4);
    List<Talk> talks = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      talks.add(new Talk(threads, i));
      assertEquals("vaquita-connection-" + i + " platform", talks.getLast().ask("hello"));
    }
    Talk fifth = new Talk(threads, 5);
    assertEquals("vaquita-connection-5 virtual", fifth.ask("hello"));
    Talk first = talks.getFirst();
    // idle ones do not count
    assertEquals("vaquita-connection-1 platform", first.ask("hello"));
    threads.active(5);
    // each finishes what it does where it is
    assertEquals("vaquita-connection-1 platform", first.ask("hello"));
    assertEquals("vaquita-connection-1 virtual", first.ask("hello"));

    // one that comes and goes at the limit does not make them all move each time
    threads.active(4);
    assertEquals("vaquita-connection-1 virtual", first.ask("hello"));
    assertEquals("vaquita-connection-1 virtual", first.ask("hello"));
    threads.active(3);
    // once the first one's former thread has ended
    ServerFixture.await(() -> fifth.asksUnchecked().equals("vaquita-connection-5 platform"));
    // and now there is no place
    assertEquals("vaquita-connection-1 virtual", first.ask("hello"));
    assertEquals("vaquita-connection-1 virtual", first.ask("hello"));
    assertEquals("ended", fifth.ask("end"));
    ServerFixture.await(() -> threads.count() == 4);
    ServerFixture.await(() -> first.asksUnchecked().endsWith("platform"));
    for (Talk talk : talks) {
      assertEquals("ended", talk.ask("end"));
    }
    ServerFixture.await(() -> threads.count() == 0);
  }

  @Test
  void aConnectionTakesAllItHasAlong() throws IOException {
    ServerOptions options = ServerOptions.builder().platformConnections(3).build();
    try (EngineFixture fixture = new EngineFixture(options)) {
      WireClient client = fixture.connect();
      client.query("SET @x = 41");
      client.query("CREATE TEMPORARY TABLE mine (n INT)");
      client.query("BEGIN");
      client.query("INSERT INTO mine VALUES (1)");
      client.query("SELECT GET_LOCK('held', 0)");
      client.query("PREPARE p FROM 'SELECT COUNT(*) + @x FROM mine WHERE n = ?'");
      client.query("SET @one = 1");
      int id = client.connectionId();
      assertTrue(isPlatform(id));
      List<WireClient> others = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        others.add(fixture.connect());
      }
      ServerFixture.await(
          () -> {
            others.forEach(other -> assertEquals("1", only(other, "SELECT 1")));
            assertEquals("42", only(client, "EXECUTE p USING @one"));
            return !isPlatform(id);
          });
      assertEquals("1", only(client, "SELECT IS_USED_LOCK('held') = CONNECTION_ID()"));
      assertEquals("1", fixture.value("SELECT COUNT(*) FROM information_schema.innodb_trx"));
      others.removeLast().close();
      // the others are idle now
      ServerFixture.await(
          () -> {
            assertEquals("42", only(client, "EXECUTE p USING @one"));
            return isPlatform(id);
          });
      client.query("ROLLBACK");
      assertEquals("41", only(client, "EXECUTE p USING @one"));
      client.close();
      fixture.awaitGone(id);
      assertEquals("1", fixture.value("SELECT IS_FREE_LOCK('held')"));
      for (WireClient other : others) {
        other.close();
      }
    }
  }

  /** Of those that want one lock a single one runs: they are few, however many they are. */
  @Test
  void thoseThatWaitForLocksAreNotActive() throws IOException {
    ServerOptions options = ServerOptions.builder().platformConnections(3).build();
    try (EngineFixture fixture = new EngineFixture(options)) {
      List<WireClient> waiters = new ArrayList<>();
      List<Integer> ids = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        waiters.add(fixture.connect());
        ids.add(waiters.getLast().connectionId());
      }
      WireClient holder = fixture.connect();
      int id = holder.connectionId();
      assertEquals("1", only(holder, "SELECT GET_LOCK('wanted', 0)"));
      ServerFixture.await(
          () -> {
            waiters.forEach(waiter -> assertEquals("1", only(waiter, "SELECT 1")));
            assertEquals("0", only(holder, "SELECT IS_FREE_LOCK('wanted')"));
            return !isPlatform(id);
          });
      for (WireClient waiter : waiters) {
        waiter.sendQuery("SELECT GET_LOCK('wanted', -1)");
      }
      ServerFixture.await(
          () -> {
            assertEquals("0", only(holder, "SELECT IS_FREE_LOCK('wanted')"));
            return isPlatform(id);
          });
      for (int waiter : ids) {
        holder.query("KILL " + waiter);
      }
      for (int waiter : ids) {
        fixture.awaitGone(waiter);
      }
      for (WireClient waiter : waiters) {
        waiter.close();
      }
      holder.close();
    }
  }

  private static String only(WireClient client, String sql) {
    try {
      return EngineFixture.rows(client.query(sql).getFirst()).getFirst().getFirst();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Virtual threads have no place among these. */
  private static boolean isPlatform(int connectionId) {
    Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
    return all.keySet().stream()
        .anyMatch(t -> t.getName().equals("vaquita-connection-" + connectionId));
  }
}
