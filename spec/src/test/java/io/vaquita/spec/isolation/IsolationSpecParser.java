package io.vaquita.spec.isolation;

import io.vaquita.spec.isolation.IsolationSpec.Level;
import io.vaquita.spec.isolation.IsolationSpec.Permutation;
import io.vaquita.spec.isolation.IsolationSpec.SessionSpec;
import io.vaquita.spec.isolation.IsolationSpec.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads {@link IsolationSpec} files. Confined to one thread. */
final class IsolationSpecParser {
  private final IsolationSpec spec;
  private final List<String> lines;
  private final List<String> comments = new ArrayList<>();
  private int at;
  private String session = "";

  private IsolationSpecParser(Path file, List<String> lines) {
    this.spec = new IsolationSpec(file);
    this.lines = lines;
  }

  /** The scenes of a file; {@code ---} begins another one. */
  static List<IsolationSpec> parse(Path file) throws IOException {
    List<IsolationSpec> scenes = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.equals("---")) {
        scenes.add(new IsolationSpecParser(file, lines).parse());
        lines = new ArrayList<>();
      } else {
        lines.add(line);
      }
    }
    scenes.add(new IsolationSpecParser(file, lines).parse());
    return scenes;
  }

  private IsolationSpec parse() {
    while (at < lines.size() && !lines.get(at).startsWith("permutation ")) {
      String line = lines.get(at);
      int from = at;
      if (line.isBlank() || line.startsWith("#")) {
        at++;
      } else {
        declaration(line);
      }
      spec.head.addAll(lines.subList(from, at));
    }
    moveCommentsOfFirstPermutation();
    if (spec.levels.isEmpty()) {
      spec.levels.add(Level.RR);
    }
    while (at < lines.size()) {
      String line = lines.get(at++);
      if (line.startsWith("#")) {
        comments.add(line);
      } else if (line.startsWith("permutation ")) {
        permutation(line);
      } else if (!line.isBlank()) {
        throw unexpected(line);
      }
    }
    return spec;
  }

  /** Comments directly above the first permutation are its own, not the head's. */
  private void moveCommentsOfFirstPermutation() {
    while (!spec.head.isEmpty() && spec.head.getLast().startsWith("#")) {
      comments.addFirst(spec.head.removeLast());
    }
  }

  private void declaration(String line) {
    String[] words = line.split("\\s+");
    switch (words[0]) {
      case "levels" -> {
        at++;
        spec.levels.addAll(levels(words, 1));
      }
      case "setup" -> spec.setup.addAll(statements(block()));
      case "session" -> {
        session = words[1];
        List<String> setup = line.contains("{") ? statements(block()) : List.of();
        at += line.contains("{") ? 0 : 1;
        spec.sessions.put(session, new SessionSpec(session, setup));
      }
      case "step" -> {
        Step step;
        if (line.contains("{")) {
          step = new Step(words[1], session, block().strip(), List.of());
        } else {
          at++;
          step = new Step(words[1], session, null, Arrays.asList(words).subList(2, words.length));
        }
        if (spec.steps.put(words[1], step) != null) {
          throw unexpected("second step " + words[1]);
        }
      }
      default -> throw unexpected(line);
    }
  }

  private static Set<Level> levels(String[] words, int from) {
    Set<Level> levels = EnumSet.noneOf(Level.class);
    for (int i = from; i < words.length && !words[i].equals("of"); i++) {
      levels.add(Level.valueOf(words[i]));
    }
    return levels;
  }

  /** The text between braces; the closing one is the last character of its line. */
  private String block() {
    StringBuilder text = new StringBuilder();
    String line = lines.get(at++);
    String rest = line.substring(line.indexOf('{') + 1);
    while (!rest.stripTrailing().endsWith("}")) {
      text.append(rest).append('\n');
      if (at == lines.size()) {
        throw unexpected("no end of the block");
      }
      rest = lines.get(at++);
    }
    rest = rest.stripTrailing();
    return text.append(rest, 0, rest.length() - 1).toString();
  }

  private static List<String> statements(String block) {
    return Arrays.stream(block.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private void permutation(String line) {
    List<String> steps = List.of(line.substring("permutation ".length()).strip().split("\\s+"));
    for (String step : steps) {
      if (!spec.steps.containsKey(step)) {
        throw unexpected("step " + step);
      }
    }
    Permutation permutation = new Permutation(steps);
    permutation.comments.addAll(comments);
    comments.clear();
    if (at < lines.size() && lines.get(at).startsWith("differs:")) {
      permutation.differs = lines.get(at++).substring("differs:".length()).strip();
    }
    while (at < lines.size() && lines.get(at).startsWith("expect")) {
      String[] words = lines.get(at++).split("\\s+");
      Set<Level> levels =
          words.length > 1 && words[1].equals("at") ? levels(words, 2) : spec.levels;
      List<String> outcome = new ArrayList<>();
      while (at < lines.size() && lines.get(at).startsWith("  ")) {
        outcome.add(lines.get(at++).substring(2));
      }
      String whose = words.length > 1 ? words[words.length - 1] : "";
      for (Level level : levels) {
        if (!whose.equals("Vaquita")) {
          permutation.mysql.put(level, outcome);
        }
        if (!whose.equals("MySQL")) {
          permutation.vaquita.put(level, outcome);
        }
      }
    }
    spec.permutations.add(permutation);
  }

  private IllegalArgumentException unexpected(String what) {
    return new IllegalArgumentException(
        spec.file + ", line " + at + " of its scene: unexpected " + what);
  }
}
