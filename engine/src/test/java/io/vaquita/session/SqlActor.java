package io.vaquita.session;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.session.ModelTable.Line;
import io.vaquita.store.SeededRandom;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One client of {@link SqlCrashTest}: runs random statements on tables of its own and keeps in mind what they must have led to. Confined to
 * one thread.
 */
final class SqlActor {
  private static final int IDS = 60;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  /** What is durable: the tables, and those that a prepared branch will lead to when it commits. */
  record Outcome(Map<String, ModelTable> tables, @Nullable Map<String, ModelTable> prepared) {}

  final int number;
  private final SeededRandom random;
  private @Nullable Session session;

  /** What was acknowledged. */
  private Outcome known = new Outcome(new TreeMap<>(), null);

  /** What the statement under way leads to when it has an effect, or null. */
  private @Nullable Outcome attempted;

  /** The tables as the open transaction sees them, or null. */
  private @Nullable Map<String, ModelTable> open;

  private int branches;

  SqlActor(int number, SeededRandom random) {
    this.number = number;
    this.random = random;
  }

  void connect(Database database) {
    session = database.connect(ConnectOptions.local());
    open = null;
    execute("CREATE DATABASE IF NOT EXISTS d");
    execute("USE d");
  }

  // ---- what a crash may have left

  List<Outcome> possible() {
    Outcome more = attempted;
    return more == null ? List.of(known) : List.of(known, more);
  }

  /** A look at the database after a crash has shown which one it was. */
  void settle(Outcome found) {
    known = found;
    attempted = null;
    open = null;
  }

  /** Whether the branch that this client prepared last is still to be finished. */
  boolean hasPrepared() {
    return known.prepared != null;
  }

  String branch() {
    return "'b" + number + "-" + branches + "'";
  }

  boolean owns(String table) {
    return table.endsWith("_" + number);
  }

  /** Tables in the form that {@link #read} gives. */
  static Map<String, List<String>> lines(Map<String, ModelTable> tables) {
    Map<String, List<String>> lines = new TreeMap<>();
    tables.forEach((name, table) -> lines.put(name, table.lines()));
    return lines;
  }

  /** This client's tables as the database has them. */
  Map<String, List<String>> read() {
    Map<String, List<String>> found = new TreeMap<>();
    for (String name : query("SHOW TABLES")) {
      if (owns(name)) {
        List<String> lines = new ArrayList<>();
        boolean hasIndex = !query("SHOW INDEX FROM " + name + " WHERE Key_name = 'iv'").isEmpty();
        boolean hasColumn = !query("SHOW COLUMNS FROM " + name + " LIKE 'x'").isEmpty();
        lines.add("column x: " + hasColumn + ", index on v: " + hasIndex);
        lines.addAll(query("SELECT * FROM " + name + " ORDER BY id"));
        found.put(name, lines);
      }
    }
    return found;
  }

  // ---- what it does

  void step() {
    if (known.prepared != null) {
      finishBranch();
    } else if (open == null) {
      begin();
    } else {
      goOn(open);
    }
  }

  private void begin() {
    int choice = random.below(10);
    if (choice < 3) {
      execute("BEGIN");
      open = new TreeMap<>(known.tables);
    } else if (choice < 5) {
      branch(new TreeMap<>(known.tables));
    } else if (choice < 7 || known.tables.isEmpty()) {
      define(new TreeMap<>(known.tables));
    } else {
      Map<String, ModelTable> next = new TreeMap<>(known.tables);
      change(next, true);
    }
  }

  private void goOn(Map<String, ModelTable> tables) {
    int choice = random.below(10);
    if (choice < 6) {
      change(tables, false);
    } else if (choice == 6) {
      execute("SAVEPOINT s");
      Map<String, ModelTable> before = new TreeMap<>(tables);
      change(tables, false);
      change(tables, false);
      if (random.oneIn(2)) {
        execute("ROLLBACK TO s");
        open = before;
      }
    } else if (choice < 9) {
      durable("COMMIT", new Outcome(tables, null));
      open = null;
    } else {
      execute("ROLLBACK");
      open = null;
    }
  }

  private void branch(Map<String, ModelTable> tables) {
    branches++;
    execute("XA START " + branch());
    int changes = 1 + random.below(4);
    for (int i = 0; i < changes; i++) {
      change(tables, false);
    }
    execute("XA END " + branch());
    if (random.oneIn(5)) {
      durable("XA COMMIT " + branch() + " ONE PHASE", new Outcome(tables, null));
    } else {
      durable("XA PREPARE " + branch(), new Outcome(known.tables, tables));
    }
  }

  void finishBranch() {
    Map<String, ModelTable> prepared = known.prepared;
    if (prepared != null && random.oneIn(3)) {
      durable("XA ROLLBACK " + branch(), new Outcome(known.tables, null));
    } else if (prepared != null) {
      durable("XA COMMIT " + branch(), new Outcome(prepared, null));
    }
  }

  private void define(Map<String, ModelTable> next) {
    ModelTable.Kind kind = ModelTable.Kind.values()[random.below(3)];
    String name = kind.name().toLowerCase(java.util.Locale.ROOT) + "_" + number;
    ModelTable table = next.get(name);
    if (table == null) {
      next.put(name, new ModelTable(kind));
      durable(kind.create(name), new Outcome(next, null));
      return;
    }
    ModelTable changed = table.copy();
    next.put(name, changed);
    String sql =
        switch (random.below(8)) {
          case 0 -> {
            next.remove(name);
            yield "DROP TABLE " + name;
          }
          case 1 -> {
            changed.rows.clear();
            yield "TRUNCATE TABLE " + name;
          }
          case 2, 3 -> {
            changed.hasIndexOnV = !table.hasIndexOnV;
            yield "ALTER TABLE "
                + name
                + (table.hasIndexOnV ? " DROP INDEX iv" : " ADD INDEX iv (v(20), k)");
          }
          case 4, 5 -> {
            changed.hasColumnX = !table.hasColumnX;
            changed.rows.replaceAll((id, r) -> new Line(r.k(), r.u(), r.v(), "7"));
            yield "ALTER TABLE "
                + name
                + (table.hasColumnX ? " DROP COLUMN x" : " ADD COLUMN x INT DEFAULT 7");
          }
          case 6 -> "OPTIMIZE TABLE " + name;
          default -> "ALTER TABLE " + name + " FORCE";
        };
    durable(sql, new Outcome(next, null));
  }

  /** One statement that changes rows of one table. */
  private void change(Map<String, ModelTable> tables, boolean isAutocommit) {
    if (tables.isEmpty()) {
      return;
    }
    List<String> names = List.copyOf(tables.keySet());
    String name = names.get(random.below(names.size()));
    ModelTable next = tables.get(name).copy();
    int choice = random.below(10);
    if (choice < 5) {
      insert(tables, name, next, isAutocommit);
      return;
    }
    int from = random.below(IDS);
    int to = from + random.below(random.oneIn(5) ? IDS : 4);
    String where = " WHERE id BETWEEN " + from + " AND " + to;
    String sql;
    if (choice < 7) {
      String v = random.oneIn(3) ? null : text();
      next.rows
          .subMap(from, true, to, true)
          .replaceAll((id, r) -> new Line(plusOne(r.k()), r.u(), v == null ? r.v() : v, r.x()));
      sql = "UPDATE " + name + " SET k = k + 1" + (v == null ? "" : ", v = '" + v + "'") + where;
    } else if (choice == 7 && next.kind == ModelTable.Kind.KEYED && next.rows.containsKey(from)) {
      int id = freeId(next);
      next.rows.put(id, next.rows.remove(from));
      sql = "UPDATE " + name + " SET id = " + id + " WHERE id = " + from;
    } else {
      next.rows.subMap(from, true, to, true).clear();
      sql = "DELETE FROM " + name + where;
    }
    run(sql, tables, name, next, isAutocommit);
  }

  private void run(
      String sql, Map<String, ModelTable> tables, String name, ModelTable next, boolean commits) {
    Map<String, ModelTable> all = new TreeMap<>(tables);
    all.put(name, next);
    if (commits) {
      durable(sql, new Outcome(all, null));
    } else {
      execute(sql);
    }
    tables.put(name, next);
  }

  private static String plusOne(String k) {
    return k.equals("NULL") ? k : Integer.toString(Integer.parseInt(k) + 1);
  }

  private static int freeId(ModelTable table) {
    return table.rows.isEmpty() ? IDS : Math.max(IDS, table.rows.lastKey() + 1);
  }

  /** One to four rows; the statement is refused as a whole when one of them has a key that is there. */
  private void insert(
      Map<String, ModelTable> tables, String name, ModelTable next, boolean isAutocommit) {
    boolean isCounted = next.kind == ModelTable.Kind.COUNTED;
    StringBuilder sql = new StringBuilder("INSERT INTO " + name);
    sql.append(isCounted ? " (k, u, v) VALUES " : " (id, k, u, v) VALUES ");
    int count = isCounted ? 1 : 1 + random.below(4);
    boolean isRefused = false;
    Line line = null;
    for (int i = 0; i < count; i++) {
      int id = random.below(IDS);
      if (next.kind == ModelTable.Kind.HIDDEN && next.rows.containsKey(id)) {
        id = freeId(next);
      }
      String k = random.oneIn(8) ? "NULL" : Integer.toString(random.below(20));
      String u = random.oneIn(3) ? "NULL" : Integer.toString(random.below(400));
      line = new Line(k, u, text(), next.hasColumnX ? "7" : "");
      isRefused |= next.refusesDuplicateU(u, -1) || !isCounted && next.rows.containsKey(id);
      sql.append(i == 0 ? "(" : ", (").append(isCounted ? "" : id + ", ");
      sql.append(k).append(", ").append(u).append(", '").append(line.v()).append("')");
      if (!isCounted) {
        next.rows.put(id, line);
      }
    }
    if (isRefused) {
      expectDuplicate(sql.toString());
    } else if (isCounted) {
      insertCounted(sql.toString(), tables, name, next, line, isAutocommit);
    } else {
      run(sql.toString(), tables, name, next, isAutocommit);
    }
  }

  /** The server says which id it took; it must be a new one. When nobody heard, the row is known by its other columns. */
  private void insertCounted(
      String sql,
      Map<String, ModelTable> tables,
      String name,
      ModelTable next,
      @Nullable Line line,
      boolean isAutocommit) {
    Map<String, ModelTable> all = new TreeMap<>(tables);
    all.put(name, next);
    int expected =
        (int) Long.parseLong(query("SELECT COALESCE(MAX(id), 0) FROM " + name).getFirst());
    if (isAutocommit) {
      ModelTable guess = next.copy();
      guess.rows.put(UNKNOWN_ID, line);
      Map<String, ModelTable> withGuess = new TreeMap<>(tables);
      withGuess.put(name, guess);
      attempted = new Outcome(withGuess, null);
    }
    long id;
    try (Result result = session().execute(sql)) {
      id = result.lastInsertId();
    }
    if (id <= expected) {
      throw new AssertionError("AUTO_INCREMENT gave " + id + " after " + expected);
    }
    next.rows.put((int) id, line);
    tables.put(name, next);
    if (isAutocommit) {
      known = new Outcome(all, null);
      attempted = null;
    }
  }

  /** Stands for an id that the server had no time to tell. */
  static final int UNKNOWN_ID = Integer.MAX_VALUE;

  private void expectDuplicate(String sql) {
    try {
      execute(sql);
    } catch (DatabaseException e) {
      if (e.number() == 1062) {
        return;
      }
      throw e;
    }
    throw new AssertionError("no error 1062 from " + sql);
  }

  private String text() {
    int length = random.oneIn(12) ? random.below(20_000) : random.oneIn(3) ? random.below(300) : 5;
    StringBuilder text = new StringBuilder(length);
    int at = random.below(26);
    int stride = 1 + random.below(5);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt((at + i * stride) % 26));
    }
    return text.toString();
  }

  // ---- the session

  private Session session() {
    Session s = session;
    if (s == null) {
      throw new IllegalStateException("not connected");
    }
    return s;
  }

  /** A statement whose effect is durable when it returns. */
  private void durable(String sql, Outcome outcome) {
    attempted = outcome;
    execute(sql);
    known = outcome;
    attempted = null;
  }

  private void execute(String sql) {
    query(sql);
  }

  List<String> query(String sql) {
    List<String> rows = new ArrayList<>();
    try (Result result = session().execute(sql)) {
      while (result.hasRows() && result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < result.columns().size(); i++) {
          row.append(i == 0 ? "" : ",").append(text(result, i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String text(Result result, int column) {
    if (result.isNull(column)) {
      return "NULL";
    }
    TextBuffer text = new TextBuffer(16);
    result.appendText(column, text);
    return text.toSlice().toUtf8();
  }
}
