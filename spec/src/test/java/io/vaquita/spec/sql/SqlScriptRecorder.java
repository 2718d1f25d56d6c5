package io.vaquita.spec.sql;

import io.vaquita.spec.sql.Backend.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rewrites the expectations of scripts with what a real MySQL answers, for review like code. Arguments: host:port (account root, no
 * password), then script files. Where 8.4 and the server at hand differ, write the step by hand and mark it {@code # keep} in the line
 * before.
 */
final class SqlScriptRecorder {
  private SqlScriptRecorder() {}

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i++) {
      record(args[0], Path.of(args[i]));
    }
  }

  private static void record(String server, Path file) throws Exception {
    int colon = server.indexOf(':');
    String host = server.substring(0, colon);
    int port = Integer.parseInt(server.substring(colon + 1));
    try (Backend backend = new WireBackend(host, port);
        ScriptFiles files = ScriptFiles.create()) {
      dropLeftovers(backend);
      Files.write(file, new Recording(backend, files).record(Files.readAllLines(file)));
      dropLeftovers(backend);
    }
  }

  /** Scripts live in schemas that begin with {@code spec}. */
  private static void dropLeftovers(Backend backend) throws Exception {
    Outcome schemas = backend.run("cleaner", "SHOW DATABASES LIKE 'spec%'");
    if (schemas instanceof Outcome.Rows rows) {
      for (List<String> row : rows.rows()) {
        backend.run("cleaner", "DROP DATABASE `" + row.getFirst() + "`");
      }
    }
  }

  /** One script on its way through a server. Confined to one thread. */
  private static final class Recording {
    private final Backend backend;
    private final ScriptFiles files;
    private final Map<String, RunningStatement> waiting = new HashMap<>();
    private String connection = "default";

    Recording(Backend backend, ScriptFiles files) {
      this.backend = backend;
      this.files = files;
    }

    List<String> record(List<String> lines) throws Exception {
      List<String> out = new ArrayList<>();
      boolean keep = false;
      int i = 0;
      while (i < lines.size()) {
        String line = lines.get(i);
        if (line.isBlank() || line.startsWith("#")) {
          keep = line.strip().equals("# keep") || keep && line.startsWith("#");
          out.add(line);
          i++;
          continue;
        }
        List<String> block = new ArrayList<>();
        while (i < lines.size() && !lines.get(i).isBlank()) {
          block.add(lines.get(i++));
        }
        try {
          out.addAll(keep ? block : recorded(block));
        } catch (AssertionError e) {
          throw new AssertionError("before line " + (i + 1) + ": " + block, e);
        }
        keep = false;
      }
      return out;
    }

    private List<String> recorded(List<String> block) throws Exception {
      String head = block.getFirst();
      String sql = sqlOf(block);
      if (head.startsWith("connection ")) {
        connection = head.substring("connection ".length()).strip();
        return block;
      }
      if (head.startsWith("file ")) {
        files.write(
            head.substring("file ".length()).strip(),
            String.join("\n", block.subList(1, block.size())));
        return block;
      }
      if (head.equals("reset") || head.equals("disconnect")) {
        if (head.equals("reset")) {
          backend.reset(connection);
        } else {
          backend.disconnect(connection);
        }
        return block;
      }
      if (head.equals("statement waits")) {
        backend.idOf(connection);
        String located = files.located(SqlScriptRunner.withIds(sql, backend));
        RunningStatement running = new RunningStatement(backend, connection, located);
        if (backend.awaitBlocked(connection, running)) {
          waiting.put(connection, running);
          return block;
        }
        return written(head, sql, running.await(), "");
      }
      if (head.startsWith("ends ")) {
        Outcome end = Objects.requireNonNull(waiting.remove(connection)).await();
        return written(head.substring("ends ".length()), "", end, "ends ");
      }
      Outcome outcome = files.run(backend, connection, SqlScriptRunner.withIds(sql, backend));
      return written(head, sql, outcome, "");
    }

    private static String sqlOf(List<String> block) {
      List<String> sql = new ArrayList<>();
      for (String line : block.subList(1, block.size())) {
        if (line.equals("----")) {
          break;
        }
        if (!line.startsWith(": ")) {
          sql.add(line);
        }
      }
      return String.join("\n", sql);
    }

    private List<String> written(String head, String sql, Outcome outcome, String prefix)
        throws Exception {
      List<String> out = new ArrayList<>();
      List<String> behind = new ArrayList<>();
      switch (outcome) {
        case Outcome.Rows rows -> {
          out.add(prefix + (head.startsWith("query") ? head : "query"));
          behind.add("----");
          for (String line : SqlScriptRunner.lines(rows)) {
            behind.add(withNames(line));
          }
        }
        case Outcome.Count count -> {
          boolean counts = count.affected() > 0 || head.startsWith("statement count");
          out.add(prefix + (counts ? "statement count " + count.affected() : "statement ok"));
        }
        case Outcome.Failed failed -> {
          out.add(prefix + "statement error " + failed.number() + " " + failed.sqlState());
          if (!failed.message().contains("\n")) {
            behind.add(": " + failed.message());
          }
        }
      }
      if (!sql.isEmpty()) {
        out.addAll(sql.lines().toList());
      }
      out.addAll(behind);
      return out;
    }

    /** Ids of connections, which are large and so are nothing else, become their names. */
    private String withNames(String line) throws Exception {
      List<String> cells = new ArrayList<>(List.of(line.split("\t", -1)));
      for (String name : List.of("default", "a", "b", "c")) {
        String id = Long.toString(backend.idOf(name));
        cells.replaceAll(c -> c.equals(id) ? "$id(" + name + ")" : c);
      }
      return String.join("\t", cells);
    }
  }
}
