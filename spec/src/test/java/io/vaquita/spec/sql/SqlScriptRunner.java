package io.vaquita.spec.sql;

import io.vaquita.Database;
import io.vaquita.spec.sql.Backend.Outcome;
import io.vaquita.spec.sql.SqlScript.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a script on a backend and gathers what differs. Stateless. */
final class SqlScriptRunner {
  private SqlScriptRunner() {}

  /** Runs the script files given on the library in memory and prints the differences: for work on a script. */
  public static void main(String[] args) throws Exception {
    for (String file : args) {
      SqlScript script = SqlScript.parse(file, Files.readString(Path.of(file)));
      try (Backend backend = new LibraryBackend(Database.inMemory())) {
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
    for (Step step : script.steps()) {
      Outcome outcome = backend.run(step.connection(), step.sql());
      String wrong = check(step, outcome, backend.isExact());
      if (!wrong.isEmpty()) {
        differences.add(
            script.name() + ":" + step.line() + ": " + step.sql().strip() + "\n    " + wrong);
      }
    }
    return differences;
  }

  private static String check(Step step, Outcome outcome, boolean exact) {
    return switch (step.kind()) {
      case OK -> outcome instanceof Outcome.Failed f ? "failed: " + describe(f) : "";
      case COUNT ->
          outcome instanceof Outcome.Count c
                  && c.affected() == Long.parseLong(step.expected().getFirst())
              ? ""
              : "expected "
                  + step.expected().getFirst()
                  + " rows changed, got "
                  + describe(outcome);
      case ERROR -> checkError(step, outcome, exact);
      case QUERY -> checkRows(step, outcome);
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

  private static String checkRows(Step step, Outcome outcome) {
    if (!(outcome instanceof Outcome.Rows rows)) {
      return "expected rows, got " + describe(outcome);
    }
    List<String> got = new ArrayList<>(lines(rows));
    List<String> wanted = new ArrayList<>(step.expected());
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
