package io.vaquita.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An object of EXPLAIN's JSON, whose members keep the order in which they were put. Confined to one thread. */
final class ExplainObject {
  private final Map<String, Object> members = new LinkedHashMap<>();

  /** {@code value}: a String, Boolean, Integer, Long, ExplainObject, or a list of one of them. */
  ExplainObject put(String name, Object value) {
    members.put(name, value);
    return this;
  }

  /** A new object as member. */
  ExplainObject object(String name) {
    ExplainObject inner = new ExplainObject();
    members.put(name, inner);
    return inner;
  }

  void putIfAny(String name, List<?> values) {
    if (!values.isEmpty()) {
      put(name, values);
    }
  }

  /** Costs and percentages are strings with two decimals. */
  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Indented by two blanks a level. */
  String text() {
    StringBuilder out = new StringBuilder();
    append(out, 0);
    return out.toString();
  }

  private void append(StringBuilder out, int depth) {
    out.append("{\n");
    List<Map.Entry<String, Object>> all = new ArrayList<>(members.entrySet());
    for (int i = 0; i < all.size(); i++) {
      indent(out, depth + 1);
      quote(out, all.get(i).getKey());
      out.append(": ");
      value(out, all.get(i).getValue(), depth + 1);
      out.append(i + 1 < all.size() ? ",\n" : "\n");
    }
    indent(out, depth);
    out.append('}');
  }

  private static void value(StringBuilder out, Object value, int depth) {
    switch (value) {
      case ExplainObject o -> o.append(out, depth);
      case List<?> list -> {
        out.append("[\n");
        for (int i = 0; i < list.size(); i++) {
          indent(out, depth + 1);
          value(out, list.get(i), depth + 1);
          out.append(i + 1 < list.size() ? ",\n" : "\n");
        }
        indent(out, depth);
        out.append(']');
      }
      case String s -> quote(out, s);
      case Boolean b -> out.append(b.booleanValue());
      case Integer n -> out.append(n.intValue());
      case Long n -> out.append(n.longValue());
      default -> throw new IllegalArgumentException("no JSON value: " + value);
    }
  }

  private static void indent(StringBuilder out, int depth) {
    out.append("  ".repeat(depth));
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
