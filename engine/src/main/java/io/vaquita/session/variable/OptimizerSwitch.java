package io.vaquita.session.variable;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The flags of {@code optimizer_switch}: what SET gives changes some of them and leaves the others. Stateless. */
final class OptimizerSwitch {
  private OptimizerSwitch() {}

  /**
   * @param given a list of {@code flag=on|off|default} and {@code default}, or a number, a bit a flag
   * @param current the value before
   * @throws io.vaquita.error.DatabaseException 1231 for what is not known or comes twice, 1232 for a wrong type
   */
  static String changed(SystemVariable variable, Value given, Value current) {
    Map<String, String> defaults = flags(VariableValues.text(variable.initial()));
    if (given instanceof Value.LongValue l) {
      return ofBits(defaults, l.value());
    }
    if (given.isNull()) {
      throw wrong("NULL");
    }
    if (!(given instanceof Value.StringValue s)) {
      throw MySqlError.ER_WRONG_TYPE_FOR_VAR.exception(variable.name());
    }
    Map<String, String> flags = flags(VariableValues.text(current));
    String text = s.bytes().toUtf8();
    Set<String> seen = new HashSet<>();
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      if (part.equalsIgnoreCase("default")) {
        flags.putAll(defaults);
        continue;
      }
      String[] sides = part.toLowerCase(Locale.ROOT).split("=", -1);
      String usual = defaults.get(sides[0]);
      boolean known = usual != null && sides.length == 2 && seen.add(sides[0]);
      if (usual == null || !known) {
        throw wrong(part);
      }
      switch (sides[1]) {
        case "on", "off" -> flags.put(sides[0], sides[1]);
        case "default" -> flags.put(sides[0], usual);
        default -> throw wrong(part);
      }
    }
    return text(flags);
  }

  private static String ofBits(Map<String, String> defaults, long bits) {
    if (bits >>> defaults.size() != 0) {
      throw wrong(Long.toUnsignedString(bits));
    }
    Map<String, String> flags = new LinkedHashMap<>(defaults);
    int bit = 0;
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      flag.setValue((bits >>> bit++ & 1) != 0 ? "on" : "off");
    }
    return text(flags);
  }

  private static Map<String, String> flags(String text) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String part : text.split(",")) {
      int sign = part.indexOf('=');
      flags.put(part.substring(0, sign), part.substring(sign + 1));
    }
    return flags;
  }

  private static String text(Map<String, String> flags) {
    StringBuilder text = new StringBuilder();
    flags.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : ",").append(name).append('=').append(value));
    return text.toString();
  }

  private static RuntimeException wrong(String value) {
    return MySqlError.ER_WRONG_VALUE_FOR_VAR.exception("optimizer_switch", value);
  }
}
