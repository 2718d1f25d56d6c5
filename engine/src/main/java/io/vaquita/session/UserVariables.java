package io.vaquita.session;

import io.vaquita.value.Value;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The session's {@code @variables}, names without case. Confined to the session's thread. */
final class UserVariables {
  private final Map<String, Value> values = new HashMap<>();

  Value get(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), Value.NullValue.NULL);
  }

  void set(String name, Value value) {
    values.put(name.toLowerCase(Locale.ROOT), value);
  }

  void clear() {
    values.clear();
  }

  Map<String, Value> all() {
    return Collections.unmodifiableMap(values);
  }
}
