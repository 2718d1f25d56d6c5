package io.vaquita.spec.sql;

import io.vaquita.spec.sql.Backend.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<String> out = new ArrayList<>();
    try (Backend backend = new WireBackend(host, port)) {
      dropLeftovers(backend);
      String connection = "default";
      boolean keep = false;
      List<String> lines = Files.readAllLines(file);
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
        if (block.getFirst().startsWith("connection ")) {
          connection = block.getFirst().substring("connection ".length()).strip();
          out.addAll(block);
        } else if (keep) {
          out.addAll(block);
        } else {
          out.addAll(recorded(block, backend, connection));
        }
        keep = false;
      }
      dropLeftovers(backend);
    }
    Files.write(file, out);
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

  private static List<String> recorded(List<String> block, Backend backend, String connection)
      throws Exception {
    List<String> sql = new ArrayList<>();
    for (String line : block.subList(1, block.size())) {
      if (line.equals("----")) {
        break;
      }
      if (!line.startsWith(": ")) {
        sql.add(line);
      }
    }
    List<String> out = new ArrayList<>();
    switch (backend.run(connection, String.join("\n", sql))) {
      case Outcome.Rows rows -> {
        out.add(block.getFirst().startsWith("query") ? block.getFirst() : "query");
        out.addAll(sql);
        out.add("----");
        out.addAll(SqlScriptRunner.lines(rows));
      }
      case Outcome.Count count -> {
        boolean counts = count.affected() > 0 || block.getFirst().startsWith("statement count");
        out.add(counts ? "statement count " + count.affected() : "statement ok");
        out.addAll(sql);
      }
      case Outcome.Failed failed -> {
        out.add("statement error " + failed.number() + " " + failed.sqlState());
        out.addAll(sql);
        if (!failed.message().contains("\n")) {
          out.add(": " + failed.message());
        }
      }
    }
    return out;
  }
}
