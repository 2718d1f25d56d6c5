package io.vaquita.examples.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.client.GuardOptions;
import io.vaquita.client.GuardedDataSource;
import io.vaquita.client.LeaderElection;
import io.vaquita.client.NamedLocks;
import io.vaquita.client.Transactions;
import io.vaquita.testkit.VaquitaTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The examples with many threads at once. */
@Timeout(120)
@VaquitaTest(preparation = Schema.class)
final class ExamplesTest {
  private static final int WORKERS = 8;

  private static GuardedDataSource pool(DataSource source) {
    return GuardedDataSource.over(source, GuardOptions.builder().maximumSize(WORKERS).build());
  }

  private static <T> List<T> allAtOnce(int count, Callable<T> work) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(work));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  @Test
  void eachJobIsDoneOnce(DataSource source) throws Exception {
    try (GuardedDataSource pool = pool(source)) {
      JobQueue queue = new JobQueue(Transactions.over(pool));
      Set<String> done = ConcurrentHashMap.newKeySet();
      assertThrows(
          IllegalStateException.class,
          () ->
              queue.doNext(
                  task -> {
                    throw new IllegalStateException("a worker dies");
                  }));
      allAtOnce(
          WORKERS,
          () -> {
            while (queue.doNext(task -> assertTrue(done.add(task), task))) {
              Thread.yield();
            }
            return null;
          });
      assertEquals(Schema.JOBS, done.size());
    }
  }

  @Test
  void noPieceIsSoldTwiceOrLost(DataSource source) throws Exception {
    try (GuardedDataSource pool = pool(source)) {
      Stock stock = new Stock(Transactions.over(pool));
      long careful = sold(allAtOnce(Schema.PIECES + 5, () -> stock.sellPessimistically(1)));
      long hopeful = sold(allAtOnce(Schema.PIECES + 5, () -> stock.sellOptimistically(2)));
      assertEquals(Schema.PIECES, careful);
      assertEquals(Schema.PIECES, hopeful);
      assertEquals("0", Schema.one(source, "SELECT SUM(pieces) FROM stock"));
    }
  }

  private static long sold(List<Boolean> sales) {
    return sales.stream().filter(sale -> sale).count();
  }

  @Test
  void aLeaderThatWasReplacedCannotWriteAnyMore(DataSource source) throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    NightlyReport report = new NightlyReport(source);
    try (LeaderElection election = report.campaign(NamedLocks.over(source), lines)) {
      lines.add("first");
      while (!"first".equals(Schema.one(source, "SELECT line FROM report"))) {
        Thread.onSpinWait();
      }
      assertTrue(election.isLeader());
      long token = Long.parseLong(Schema.one(source, "SELECT token FROM report"));
      assertTrue(report.write(token + 1, "of the next leader"));
      assertFalse(report.write(token, "of the old one"));
    }
    assertEquals("of the next leader", Schema.one(source, "SELECT line FROM report"));
  }
}
