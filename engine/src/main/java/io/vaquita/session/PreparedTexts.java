package io.vaquita.session;

import io.vaquita.Session.Prepared;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The statements that a session prepared for texts with values, the latest used ones. Confined to the session's thread. */
final class PreparedTexts {
  private static final int STATEMENTS_MAX = 64;

  /** A text means something else in another sql_mode. */
  private record Key(String sql, long sqlMode) {}

  private final Map<Key, Prepared> statements =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Prepared> eldest) {
          return size() > STATEMENTS_MAX;
        }
      };

  /** The statement of a text, prepared where it is not known. */
  Prepared get(String sql, long sqlMode, Function<String, Prepared> prepare) {
    Key key = new Key(sql, sqlMode);
    Prepared known = statements.get(key);
    if (known == null) {
      known = prepare.apply(sql);
      statements.put(key, known);
    }
    return known;
  }

  void clear() {
    statements.clear();
  }
}
