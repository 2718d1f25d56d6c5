package io.vaquita.session.variable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.environment.Environment;
import io.vaquita.environment.FileSystem;
import io.vaquita.environment.RandomAccess;
import io.vaquita.error.MySqlError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What SET PERSIST keeps for the next start: texts by variable, in a file of the data directory, or as long as the process in a database
 * without one. The file is read before anything else of the directory, for options of the store may be in it. Thread-safe.
 *
 * <pre>
 *   # Vaquita: what SET PERSIST has kept; written by the server
 *   max_connections=200          a line a variable, sorted; \n and \\ stand for a line break and a backslash in a value
 * </pre>
 */
public final class PersistedVariables {
  public static final String FILE = "vaquita-auto.cnf";

  private static final String HEAD =
      "# Vaquita: what SET PERSIST has kept; written by the server\n";

  private final ReentrantLock lock = new ReentrantLock();
  private final @Nullable FileSystem files;
  private final @Nullable Path directory;

  @GuardedBy("lock")
  private final TreeMap<String, String> values = new TreeMap<>();

  private PersistedVariables(@Nullable FileSystem files, @Nullable Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /** None yet, and no file. */
  public static PersistedVariables inMemory() {
    return new PersistedVariables(null, null);
  }

  /**
   * Those of a data directory, which need not be there yet.
   *
   * @throws IOException when the file is there and cannot be read, or is none of ours
   */
  public static PersistedVariables open(Path directory, Environment environment)
      throws IOException {
    PersistedVariables persisted = new PersistedVariables(environment.files(), directory);
    Path file = directory.resolve(FILE);
    if (environment.files().exists(file)) {
      persisted.read(environment.files(), file);
    }
    return persisted;
  }

  /** The same, which change apart from these from now on; without a file. */
  public PersistedVariables copy() {
    PersistedVariables copy = inMemory();
    copy.putAll(all());
    return copy;
  }

  private void putAll(Map<String, String> more) {
    lock.lock();
    try {
      values.putAll(more);
    } finally {
      lock.unlock();
    }
  }

  /** A copy, sorted by name. */
  public Map<String, String> all() {
    lock.lock();
    try {
      return new TreeMap<>(values);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Keeps a value; durable when it returns.
   *
   * @throws io.vaquita.error.DatabaseException 3 when the file cannot be written; then nothing has changed
   */
  public void set(String name, String text) {
    lock.lock();
    try {
      TreeMap<String, String> changed = new TreeMap<>(values);
      changed.put(name, text);
      replace(changed);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets one; false when it was not kept. */
  public boolean remove(String name) {
    lock.lock();
    try {
      TreeMap<String, String> changed = new TreeMap<>(values);
      boolean was = changed.remove(name) != null;
      if (was) {
        replace(changed);
      }
      return was;
    } finally {
      lock.unlock();
    }
  }

  public void clear() {
    lock.lock();
    try {
      if (!values.isEmpty()) {
        replace(new TreeMap<>());
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void replace(TreeMap<String, String> changed) {
    FileSystem system = files;
    Path place = directory;
    if (system != null && place != null) {
      try {
        write(system, place, changed);
      } catch (IOException e) {
        throw MySqlError.EE_WRITE.exception(FILE, 5, String.valueOf(e.getMessage()));
      }
    }
    values.clear();
    values.putAll(changed);
  }

  /** Beside the old file, then in its place: a crash leaves the one or the other. */
  private static void write(FileSystem files, Path directory, Map<String, String> values)
      throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    values.forEach(
        (name, value) ->
            text.append(name)
                .append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    Path fresh = directory.resolve(FILE + ".new");
    try (RandomAccess file = files.open(fresh)) {
      file.resize(bytes.length);
      file.write(0, ByteBuffer.wrap(bytes));
      file.sync(true);
    }
    files.rename(fresh, directory.resolve(FILE));
    files.syncDirectory(directory);
  }

  private void read(FileSystem files, Path file) throws IOException {
    ByteBuffer bytes;
    try (RandomAccess access = files.open(file)) {
      bytes = ByteBuffer.allocate((int) access.size());
      access.read(0, bytes);
    }
    String text = new String(bytes.array(), StandardCharsets.UTF_8);
    if (!text.startsWith(HEAD)) {
      throw new IOException(file + " is no file of persisted variables");
    }
    TreeMap<String, String> found = new TreeMap<>();
    for (String line : text.substring(HEAD.length()).split("\n")) {
      int sign = line.indexOf('=');
      if (sign > 0) {
        found.put(line.substring(0, sign), unescaped(line.substring(sign + 1)));
      }
    }
    putAll(found);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        plain.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
