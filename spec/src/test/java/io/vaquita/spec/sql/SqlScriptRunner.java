package io.vaquita.spec.sql;

import io.vaquita.Database;
import io.vaquita.DatabaseOptions;
import io.vaquita.spec.sql.Backend.Outcome;
import io.vaquita.spec.sql.SqlScript.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a script on a backend and gathers what differs. Stateless. */
final class SqlScriptRunner {
  private static final Pattern CONNECTION_ID = Pattern.compile("\\$id\\((\\w+)\\)");

  private SqlScriptRunner() {}

  /** Runs the script files given on the library in memory and prints the differences: for work on a script. */
  public static void main(String[] args) throws Exception {
    for (String file : args) {
      SqlScript script = SqlScript.parse(file, Files.readString(Path.of(file)));
      try (Backend backend =
          new LibraryBackend(Database.open(LibraryBackend.withFiles(DatabaseOptions.inMemory())))) {
        List<String> differences = run(script, backend);
        differences.forEach(System.out::println);
        System.out.println(
            file + ": " + differences.size() + " of " + script.steps().size() + " differ");
      }
    }
  }

  /** One line a difference; empty when all is as the script says. */
  static List<String> run(SqlScript script, Backend backend) throws Exception {
    List<String> differences = new ArrayList<>();
    Map<String, RunningStatement> waiting = new HashMap<>();
    try (ScriptFiles files = ScriptFiles.create()) {
      for (Step step : script.steps()) {
        String wrong = run(step, backend, waiting, files);
        if (!wrong.isEmpty()) {
          differences.add(
              script.name() + ":" + step.line() + ": " + step.sql().strip() + "\n    " + wrong);
        }
      }
    }
    waiting.keySet().forEach(c -> differences.add(script.name() + ": " + c + " still waits"));
    return differences;
  }

  private static String run(
      Step step, Backend backend, Map<String, RunningStatement> waiting, ScriptFiles files)
      throws Exception {
    String connection = step.connection();
    if (!step.ends() && waiting.containsKey(connection)) {
      return connection + " still waits";
    }
    String sql = withIds(step.sql(), backend);
    return switch (step.kind()) {
      case OK, COUNT, ERROR, QUERY -> {
        RunningStatement running = step.ends() ? waiting.remove(connection) : null;
        if (step.ends() && running == null) {
          yield connection + " does not wait";
        }
        Outcome outcome = running == null ? files.run(backend, connection, sql) : running.await();
        yield check(step, outcome, backend);
      }
      case WAITS -> {
        backend.idOf(connection);
        RunningStatement running = new RunningStatement(backend, connection, files.located(sql));
        if (backend.awaitBlocked(connection, running)) {
          waiting.put(connection, running);
          yield "";
        }
        yield "expected to wait, got " + describe(running.await());
      }
      case FILE -> {
        files.write(step.expected().getFirst(), step.sql());
        yield "";
      }
      case RESET -> {
        backend.reset(connection);
        yield "";
      }
      case DISCONNECT -> {
        backend.disconnect(connection);
        yield "";
      }
    };
  }

  /** {@code $id(b)}: the id of connection b. */
  static String withIds(String text, Backend backend) throws Exception {
    StringBuilder out = new StringBuilder();
    Matcher place = CONNECTION_ID.matcher(text);
    while (place.find()) {
      place.appendReplacement(out, Long.toString(backend.idOf(place.group(1))));
    }
    return place.appendTail(out).toString();
  }

  private static String check(Step step, Outcome outcome, Backend backend) throws Exception {
    return switch (step.kind()) {
      case COUNT ->
          outcome instanceof Outcome.Count c
                  && c.affected() == Long.parseLong(step.expected().getFirst())
              ? ""
              : "expected "
                  + step.expected().getFirst()
                  + " rows changed, got "
                  + describe(outcome);
      case ERROR -> checkError(step, outcome, backend.isExact());
      case QUERY -> checkRows(step, outcome, backend);
      case OK, WAITS, RESET, DISCONNECT, FILE ->
          outcome instanceof Outcome.Failed f ? "failed: " + describe(f) : "";
    };
  }

  private static String checkError(Step step, Outcome outcome, boolean exact) {
    List<String> wanted = step.expected();
    if (!(outcome instanceof Outcome.Failed failed)) {
      return "expected error " + wanted + ", got " + describe(outcome);
    }
    boolean number =
        wanted.get(0).isEmpty() || wanted.get(0).equals(Integer.toString(failed.number()));
    boolean state = !exact || wanted.get(1).isEmpty() || wanted.get(1).equals(failed.sqlState());
    boolean message = wanted.size() < 3 || failed.message().contains(wanted.get(2));
    return number && state && message
        ? ""
        : "expected error " + wanted + ", got " + describe(failed);
  }

  private static String checkRows(Step step, Outcome outcome, Backend backend) throws Exception {
    if (!(outcome instanceof Outcome.Rows rows)) {
      return "expected rows, got " + describe(outcome);
    }
    List<String> got = new ArrayList<>(lines(rows));
    List<String> wanted = new ArrayList<>();
    for (String line : step.expected()) {
      wanted.add(withIds(line, backend));
    }
    if (step.sorted()) {
      got.sort(null);
      wanted.sort(null);
    }
    return got.equals(wanted)
        ? ""
        : "expected\n      "
            + String.join("\n      ", wanted)
            + "\n    got\n      "
            + String.join("\n      ", got);
  }

  static List<String> lines(Outcome.Rows rows) {
    return rows.rows().stream()
        .map(r -> String.join("\t", r.stream().map(SqlScriptRunner::cell).toList()))
        .toList();
  }

  private static String cell(String value) {
    if (value == null) {
      return "NULL";
    }
    return value.isEmpty()
        ? "(empty)"
        : value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
  }

  static String describe(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Rows rows -> "rows " + lines(rows);
      case Outcome.Count count -> count.affected() + " rows changed";
      case Outcome.Failed f -> f.number() + " (" + f.sqlState() + ") " + f.message();
    };
  }
}
