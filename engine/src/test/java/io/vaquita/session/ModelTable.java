package io.vaquita.session;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What one table of {@link SqlCrashTest} should hold: rows by id as SELECT * shows them, and what DDL has changed. Immutable by agreement: a
 * change is made on a copy.
 */
final class ModelTable {
  /** The columns after the id: k, u, v and, when ALTER has added it, x. */
  record Line(String k, String u, String v, String x) {}

  final Kind kind;
  final TreeMap<Integer, Line> rows;
  boolean hasColumnX;
  boolean hasIndexOnV;

  /** How rows are found: by a primary key, by a hidden row id, by a primary key that the server counts. */
  enum Kind {
    KEYED("id INT NOT NULL PRIMARY KEY", "UNIQUE KEY (u)"),
    HIDDEN("id INT NOT NULL", "KEY (id)"),
    COUNTED("id INT NOT NULL AUTO_INCREMENT PRIMARY KEY", "UNIQUE KEY (u)");

    final String id;
    final String key;

    Kind(String id, String key) {
      this.id = id;
      this.key = key;
    }

    String create(String name) {
      return "CREATE TABLE "
          + name
          + " ("
          + id
          + ", k INT, u INT, v LONGTEXT, KEY (k), "
          + key
          + ") CHARACTER SET ascii";
    }
  }

  ModelTable(Kind kind) {
    this(kind, new TreeMap<>());
  }

  private ModelTable(Kind kind, TreeMap<Integer, Line> rows) {
    this.kind = kind;
    this.rows = rows;
  }

  ModelTable copy() {
    ModelTable copy = new ModelTable(kind, new TreeMap<>(rows));
    copy.hasColumnX = hasColumnX;
    copy.hasIndexOnV = hasIndexOnV;
    return copy;
  }

  boolean refusesDuplicateU(String u, int exceptId) {
    return kind != Kind.HIDDEN
        && !u.equals("NULL")
        && rows.entrySet().stream()
            .anyMatch(r -> r.getKey() != exceptId && r.getValue().u.equals(u));
  }

  /** The table as {@link SqlCrashTest} reads it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("column x: " + hasColumnX + ", index on v: " + hasIndexOnV);
    rows.forEach(
        (id, r) ->
            lines.add(id + "," + r.k + "," + r.u + "," + r.v + (hasColumnX ? "," + r.x : "")));
    return lines;
  }
}
