package io.vaquita.session;

import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client with CLIENT_SESSION_TRACK is told after a statement. Confined to the session's thread. */
final class TrackedChanges {
  private static final String SCHEMA = "";

  private final Map<String, String> changes = new LinkedHashMap<>();

  /**
   * @param tracked the names that {@code session_track_system_variables} lists, or {@code *}
   */
  void changed(SystemVariable variable, Value value, String tracked) {
    if (isAmong(tracked, variable.name())) {
      changes.put(variable.name(), VariableValues.show(variable, value));
    }
  }

  private static boolean isAmong(String tracked, String name) {
    if (tracked.equals("*")) {
      return true;
    }
    for (String each : tracked.split(",")) {
      if (each.strip().toLowerCase(Locale.ROOT).equals(name)) {
        return true;
      }
    }
    return false;
  }

  void schemaChanged(@Nullable String name) {
    changes.put(SCHEMA, name == null ? "" : name);
  }

  /** As {@link io.vaquita.Session#takeTrackedChanges}. */
  Map<String, String> take() {
    if (changes.isEmpty()) {
      return Map.of();
    }
    Map<String, String> taken = new LinkedHashMap<>(changes);
    changes.clear();
    return taken;
  }

  void clear() {
    changes.clear();
  }
}
