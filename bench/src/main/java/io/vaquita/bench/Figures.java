package io.vaquita.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of several subjects, several rounds each, printed as one Markdown table of medians. Not thread-safe. */
public final class Figures {
  private final List<String> subjects = new ArrayList<>();
  private final Map<String, Map<String, List<Double>>> rows = new LinkedHashMap<>();

  /** An empty table. */
  public Figures() {}

  public void add(String row, String subject, double value) {
    if (!subjects.contains(subject)) {
      subjects.add(subject);
    }
    rows.computeIfAbsent(row, r -> new LinkedHashMap<>())
        .computeIfAbsent(subject, s -> new ArrayList<>())
        .add(value);
    System.err.printf(Locale.ROOT, "  %s, %s: %s%n", subject, row, text(value));
  }

  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
  }

  /** Prints the table on the standard output. */
  public void print(String first) {
    System.out.println("| " + first + " | " + String.join(" | ", subjects) + " |");
    System.out.println("|---|" + "--:|".repeat(subjects.size()));
    rows.forEach(
        (row, values) -> {
          StringBuilder line = new StringBuilder("| " + row + " |");
          for (String subject : subjects) {
            List<Double> found = values.get(subject);
            line.append(' ').append(found == null ? "–" : text(median(found))).append(" |");
          }
          System.out.println(line);
        });
  }

  private static String text(double value) {
    return value >= 100
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }
}
