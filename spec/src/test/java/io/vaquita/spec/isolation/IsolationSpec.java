package io.vaquita.spec.isolation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A scene of a file of {@code spec/src/test/resources/isolation}: sessions with named steps, and orders in which the steps run. The form is that of
 * PostgreSQL's isolation tester, with the outcome beside each permutation instead of in a file of its own:
 *
 * <pre>
 * setup { CREATE TABLE t (…); INSERT … }      once before each permutation, in an empty schema
 * levels RC RR                                run each permutation at these isolation levels (default: RR)
 *
 * session a { SET innodb_lock_wait_timeout = 1 }
 * step a1 { UPDATE t SET n = 1 }
 * step al locks                               performance_schema.data_locks, by session
 * step ak kill b                              also: kill query b, disconnect b, await b, states, metadata
 *
 * permutation a1 b1 a2
 * differs: why Vaquita's outcome is another    only where it is
 * expect at RC                                 or: at RC of MySQL, at RC of Vaquita
 *   a1: 1 row
 *   b1: waits
 *   …
 * </pre>
 *
 * Steps of a session that waits are reported when they end, after the step that let them go on. Immutable but for the outcomes, which
 * the recorder replaces.
 */
final class IsolationSpec {
  enum Level {
    RU("READ UNCOMMITTED"),
    RC("READ COMMITTED"),
    RR("REPEATABLE READ"),
    S("SERIALIZABLE");

    final String sql;

    Level(String sql) {
      this.sql = sql;
    }
  }

  /** A named step: a statement of its session, or a command of the runner. */
  record Step(String name, String session, @Nullable String sql, List<String> command) {}

  record SessionSpec(String name, List<String> setup) {}

  /** One order of steps and what must come of it at each level. */
  static final class Permutation {
    final List<String> steps;
    final List<String> comments = new ArrayList<>();
    final Map<Level, List<String>> mysql = new EnumMap<>(Level.class);
    final Map<Level, List<String>> vaquita = new EnumMap<>(Level.class);
    @Nullable String differs;

    Permutation(List<String> steps) {
      this.steps = steps;
    }

    @Override
    public String toString() {
      return String.join(" ", steps);
    }
  }

  final Path file;
  final List<String> setup = new ArrayList<>();
  final Set<Level> levels = EnumSet.noneOf(Level.class);
  final Map<String, SessionSpec> sessions = new LinkedHashMap<>();
  final Map<String, Step> steps = new LinkedHashMap<>();
  final List<Permutation> permutations = new ArrayList<>();

  /** The lines before the first permutation, which the recorder keeps as they are. */
  final List<String> head = new ArrayList<>();

  IsolationSpec(Path file) {
    this.file = file;
  }

  /** The whole scene again, outcomes that several levels share written once. */
  List<String> lines() {
    List<String> out = new ArrayList<>(head);
    for (Permutation permutation : permutations) {
      while (!out.isEmpty() && out.getLast().isBlank()) {
        out.removeLast();
      }
      out.add("");
      out.addAll(permutation.comments);
      out.add("permutation " + permutation);
      if (permutation.differs != null) {
        out.add("differs: " + permutation.differs);
      }
      Map<List<String>, Set<Level>> common = new LinkedHashMap<>();
      Map<List<String>, Set<Level>> ofMySql = new LinkedHashMap<>();
      Map<List<String>, Set<Level>> ofVaquita = new LinkedHashMap<>();
      for (Level level : levels) {
        List<String> mysql = permutation.mysql.getOrDefault(level, List.of());
        List<String> vaquita = permutation.vaquita.getOrDefault(level, List.of());
        boolean same = mysql.equals(vaquita);
        add(same ? common : ofMySql, mysql, level);
        if (!same) {
          add(ofVaquita, vaquita, level);
        }
      }
      write(out, common, "");
      write(out, ofMySql, " of MySQL");
      write(out, ofVaquita, " of Vaquita");
    }
    return out;
  }

  private static void add(Map<List<String>, Set<Level>> to, List<String> outcome, Level level) {
    to.computeIfAbsent(outcome, o -> EnumSet.noneOf(Level.class)).add(level);
  }

  private void write(List<String> out, Map<List<String>, Set<Level>> outcomes, String whose) {
    outcomes.forEach(
        (outcome, at) -> {
          String levelNames = String.join(" ", at.stream().map(Level::name).toList());
          out.add("expect" + (levels.size() == 1 ? "" : " at " + levelNames) + whose);
          outcome.forEach(line -> out.add("  " + line));
        });
  }
}
