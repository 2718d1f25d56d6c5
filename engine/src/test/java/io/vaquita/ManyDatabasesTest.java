package io.vaquita;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Databases that were opened, used and closed leave no thread, no memory and no open file. */
@Timeout(300)
final class ManyDatabasesTest {
  private static final int FILES_LEEWAY = 5;

  @TempDir private Path directory;

  private static void use(Database database, List<WeakReference<Database>> seen) {
    seen.add(new WeakReference<>(database));
    try (Session session = database.connect()) {
      session.execute("CREATE DATABASE d").close();
      session.execute("CREATE TABLE d.t (id INT PRIMARY KEY, v TEXT, KEY (v(10)))").close();
      session.execute("INSERT INTO d.t VALUES (?, ?)", 1, "one").close();
      assertEquals(
          List.of("one"),
          session.execute("SELECT v FROM d.t ORDER BY v").toList(row -> row.getString(0)));
    }
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static void assertNothingIsLeft(
      Set<Thread> threads, long files, List<WeakReference<Database>> seen) {
    for (int i = 0; i < 50 && seen.stream().anyMatch(r -> r.get() != null); i++) {
      System.gc();
    }
    assertEquals(0, seen.stream().filter(r -> r.get() != null).count(), "databases in memory");
    Set<Thread> more = new HashSet<>(Thread.getAllStackTraces().keySet());
    more.removeAll(threads);
    assertEquals(
        List.of(),
        more.stream().map(Thread::getName).filter(n -> n.startsWith("vaquita")).toList());
    assertTrue(openFiles() <= files + FILES_LEEWAY, () -> files + " and then " + openFiles());
  }

  @Test
  void aThousandInMemory() {
    List<WeakReference<Database>> seen = new ArrayList<>();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    long files = openFiles();
    for (int i = 0; i < 1000; i++) {
      try (Database database = Database.inMemory()) {
        use(database, seen);
        try (Database fork = database.fork()) {
          seen.add(new WeakReference<>(fork));
        }
      }
    }
    assertNothingIsLeft(threads, files, seen);
  }

  @Test
  void someOnFiles() throws IOException {
    List<WeakReference<Database>> seen = new ArrayList<>();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    long files = openFiles();
    for (int i = 0; i < 20; i++) {
      try (Database database =
          Database.builder()
              .directory(directory.resolve("data" + i))
              .durability(Durability.LAZY)
              .open()) {
        use(database, seen);
      }
      try (Stream<Path> temporary = Files.list(directory.resolve("data" + i))) {
        assertTrue(temporary.noneMatch(p -> p.endsWith("tmp") && hasFiles(p)));
      }
    }
    assertNothingIsLeft(threads, files, seen);
  }

  private static boolean hasFiles(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findAny().isPresent();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
