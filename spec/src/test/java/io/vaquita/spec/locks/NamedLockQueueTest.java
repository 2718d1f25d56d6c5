package io.vaquita.spec.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.LockWait;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.TextBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The queue of one named lock: sessions line up one by one, some of them leave by KILL or timeout, and those that stay get the lock in
 * the order in which they came. Prints its seed; the same seed is the same history.
 */
@Timeout(120)
final class NamedLockQueueTest {
  /** A session in the line, with the answer that it will get. */
  private record Waiter(Session session, CompletableFuture<String> answer) {}

  private final Database database = Database.inMemory();

  @Test
  void whoStaysIsServedInTheOrderOfArrival() {
    long seed = Long.getLong("vaquita.seed", ThreadLocalRandom.current().nextLong());
    System.out.println("named lock queue: -Dvaquita.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    try (database) {
      for (int round = 0; round < 60; round++) {
        round(random);
      }
    }
  }

  private void round(SplittableRandom random) {
    Session holder = database.connect(ConnectOptions.local());
    int depth = 1 + random.nextInt(3);
    for (int i = 0; i < depth; i++) {
      assertEquals("1", ask(holder, "SELECT GET_LOCK('line', 0)"));
    }
    List<Waiter> line = new ArrayList<>();
    int arrivals = 2 + random.nextInt(7);
    for (int i = 0; i < arrivals; i++) {
      line.add(lineUp(holder.id()));
      if (random.nextInt(4) == 0) {
        leave(line.remove(random.nextInt(line.size())), random.nextBoolean());
      }
    }
    for (int i = 1; i < depth; i++) {
      ask(holder, "SELECT RELEASE_LOCK('line')");
      assertEquals(holder.id(), Long.parseLong(ask(holder, "SELECT IS_USED_LOCK('line')")));
    }
    Session last = holder;
    for (Waiter next : line) {
      release(last, random.nextInt(4));
      assertEquals("1", next.answer().join());
      assertEquals(
          Long.toString(next.session().id()), ask(next.session(), "SELECT IS_USED_LOCK('line')"));
      last = next.session();
    }
    release(last, 0);
    Session observer = database.connect(ConnectOptions.local());
    assertEquals("1", ask(observer, "SELECT IS_FREE_LOCK('line')"));
    observer.close();
  }

  private Waiter lineUp(long holder) {
    Session session = database.connect(ConnectOptions.local());
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> answer.complete(ask(session, "SELECT GET_LOCK('LINE', -1)")));
    LockWait wait = database.awaitBlocked(session.id(), answer::isDone, Duration.ofSeconds(30));
    assertNotNull(wait, "it should wait");
    assertEquals(List.of(holder), wait.blockedBy());
    assertEquals("user level lock line", wait.target());
    return new Waiter(session, answer);
  }

  private static void leave(Waiter waiter, boolean killsConnection) {
    if (killsConnection) {
      waiter.session().kill();
    } else {
      waiter.session().cancel();
    }
    assertEquals("error 1317", waiter.answer().join());
    waiter.session().close();
  }

  /** All the ways in which a session gives its lock to the next. */
  private static void release(Session session, int way) {
    switch (way) {
      case 0 -> ask(session, "SELECT RELEASE_LOCK('line')");
      case 1 -> ask(session, "SELECT RELEASE_ALL_LOCKS()");
      case 2 -> session.reset();
      default -> session.changeUser(ConnectOptions.local());
    }
    session.close();
  }

  private static String ask(Session session, String sql) {
    try (Result result = session.execute(sql)) {
      result.next();
      if (result.isNull(0)) {
        return "NULL";
      }
      TextBuffer text = new TextBuffer(32);
      result.appendText(0, text);
      return new String(text.toBytes(), StandardCharsets.UTF_8);
    } catch (DatabaseException e) {
      return "error " + e.number();
    }
  }

  @Test
  void whoDoesNotWaitIsNotBlocked() {
    try (database) {
      Session session = database.connect(ConnectOptions.local());
      assertNull(database.awaitBlocked(session.id(), () -> true, Duration.ofSeconds(30)));
      assertNull(database.awaitBlocked(4_000_000_000L, () -> false, Duration.ofSeconds(30)));
      session.close();
    }
  }
}
