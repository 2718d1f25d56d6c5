package io.vaquita.server.client;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Results drawn as tables. Stateless. */
final class TableText {
  private TableText() {}

  static void table(WireResult result, PrintWriter out) {
    int columnCount = result.columns().size();
    List<List<String>> lines = new ArrayList<>();
    int[] widths = new int[columnCount];
    for (int i = 0; i < columnCount; i++) {
      widths[i] = width(result.columns().get(i).name());
    }
    for (int row = 0; row < result.rows().size(); row++) {
      List<String> line = new ArrayList<>();
      for (int i = 0; i < columnCount; i++) {
        String text = cell(result, row, i);
        widths[i] = Math.max(widths[i], width(text));
        line.add(text);
      }
      lines.add(line);
    }
    String rule = rule(widths);
    out.println(rule);
    out.println(line(result.columns().stream().map(c -> c.name()).toList(), widths));
    out.println(rule);
    lines.forEach(line -> out.println(line(line, widths)));
    if (!lines.isEmpty()) {
      out.println(rule);
    }
  }

  static void vertical(WireResult result, PrintWriter out) {
    int longest = 0;
    for (var column : result.columns()) {
      longest = Math.max(longest, width(column.name()));
    }
    for (int row = 0; row < result.rows().size(); row++) {
      out.println("*************************** " + (row + 1) + ". row ***************************");
      for (int i = 0; i < result.columns().size(); i++) {
        String name = result.columns().get(i).name();
        out.println(" ".repeat(longest - width(name)) + name + ": " + cell(result, row, i));
      }
    }
  }

  private static String cell(WireResult result, int row, int column) {
    String text = result.text(row, column);
    return text == null ? "NULL" : text;
  }

  /** Characters, wide ones of east Asian scripts counted twice. */
  private static int width(String text) {
    return text.codePoints().map(c -> c >= 0x1100 && isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return c <= 0x115F
        || c >= 0x2E80 && c <= 0xA4CF
        || c >= 0xAC00 && c <= 0xD7A3
        || c >= 0xF900 && c <= 0xFAFF
        || c >= 0xFE30 && c <= 0xFE6F
        || c >= 0xFF00 && c <= 0xFF60
        || c >= 0x1F300 && c <= 0x1FAFF;
  }

  private static String rule(int[] widths) {
    StringBuilder rule = new StringBuilder("+");
    for (int width : widths) {
      rule.append("-".repeat(width + 2)).append('+');
    }
    return rule.toString();
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      line.append(' ').append(cell).append(" ".repeat(widths[i] - width(cell))).append(" |");
    }
    return line.toString();
  }
}
