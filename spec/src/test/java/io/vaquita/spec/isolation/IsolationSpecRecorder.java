package io.vaquita.spec.isolation;

import io.vaquita.spec.isolation.IsolationSpec.Level;
import io.vaquita.spec.isolation.IsolationSpec.Permutation;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites the outcomes in isolation specs with what a real MySQL and this Vaquita answer, for review like code. Where they differ, a
 * line {@code differs: ?} asks for the reason. Arguments: host:port of MySQL (account root, no password) or {@code -} to keep its
 * outcomes, then the files.
 */
final class IsolationSpecRecorder {
  private IsolationSpecRecorder() {}

  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i++) {
      record(args[0], Path.of(args[i]));
    }
  }

  private static void record(String mysql, Path file) throws Exception {
    List<IsolationSpec> scenes = IsolationSpecParser.parse(file);
    if (!mysql.equals("-")) {
      int colon = mysql.lastIndexOf(':');
      int port = Integer.parseInt(mysql.substring(colon + 1));
      InetSocketAddress address = new InetSocketAddress(mysql.substring(0, colon), port);
      try (Sessions server = new MySqlSessions(address)) {
        for (IsolationSpec scene : scenes) {
          for (Permutation permutation : scene.permutations) {
            replace(permutation.mysql, scene, permutation, server);
          }
        }
        server.ask("DROP DATABASE " + IsolationRun.SCHEMA);
      }
    }
    try (Sessions server = EngineSessions.inLibrary()) {
      for (IsolationSpec scene : scenes) {
        for (Permutation permutation : scene.permutations) {
          replace(permutation.vaquita, scene, permutation, server);
          boolean same = permutation.mysql.equals(permutation.vaquita);
          permutation.differs =
              same ? null : permutation.differs == null ? "?" : permutation.differs;
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (IsolationSpec scene : scenes) {
      if (!lines.isEmpty()) {
        lines.add("---");
      }
      lines.addAll(scene.lines());
    }
    Files.write(file, lines);
  }

  private static void replace(
      Map<Level, List<String>> outcomes,
      IsolationSpec spec,
      Permutation permutation,
      Sessions server) {
    Map<Level, List<String>> fresh = new EnumMap<>(Level.class);
    for (Level level : spec.levels) {
      fresh.put(level, IsolationRun.run(spec, permutation, level, server));
    }
    outcomes.clear();
    outcomes.putAll(fresh);
  }
}
