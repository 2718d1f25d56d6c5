package io.vaquita.client;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What statements may have left behind in the server's session, judged by their text alone: rather too much than too little, since each
 * wrong yes costs a round trip and each wrong no lets one user's settings reach the next. Confined to the lease's caller.
 */
final class SessionTraces {
  /** Something that must be cleaned before the connection may be lent again. */
  enum Trace {
    /** A transaction that was begun by text. */
    TRANSACTION,
    /** GET_LOCK. */
    NAMED_LOCKS,
    /** Variables, the current schema, temporary tables, LOCK TABLES, prepared statements, handlers. */
    SESSION_STATE
  }

  private static final Set<String> TRANSACTION_WORDS = Set.of("BEGIN", "START", "XA");

  /** A CALL may do anything. */
  private static final Set<String> STATE_WORDS =
      Set.of(
          "SET", "USE", "LOCK", "FLUSH", "PREPARE", "HANDLER", "CALL", "XA", "BACKUP", "EXECUTE");

  private final EnumSet<Trace> traces = EnumSet.noneOf(Trace.class);

  boolean has(Trace trace) {
    return traces.contains(trace);
  }

  void add(Trace trace) {
    traces.add(trace);
  }

  void clear() {
    traces.clear();
  }

  /** Looks at one statement's text, before it is sent. */
  void note(String sql) {
    String word = firstWord(sql);
    if (TRANSACTION_WORDS.contains(word)) {
      traces.add(Trace.TRANSACTION);
    }
    if (STATE_WORDS.contains(word) || isTemporary(word, sql) || assigns(sql) || isSeveral(sql)) {
      traces.add(Trace.SESSION_STATE);
    }
    if (contains(sql, "GET_LOCK") || word.equals("CALL") || word.equals("EXECUTE")) {
      traces.add(Trace.NAMED_LOCKS);
    }
  }

  private static boolean isTemporary(String word, String sql) {
    return word.equals("CREATE") && contains(sql, "TEMPORARY");
  }

  private static boolean assigns(String sql) {
    return sql.contains(":=")
        || sql.contains("/*!")
        || sql.indexOf('@') >= 0 && contains(sql, "INTO");
  }

  /** A semicolon with something behind it; one inside a string counts too. */
  private static boolean isSeveral(String sql) {
    int semicolon = sql.indexOf(';');
    return semicolon >= 0 && !sql.substring(semicolon + 1).isBlank();
  }

  private static boolean contains(String sql, String word) {
    int last = sql.length() - word.length();
    for (int i = 0; i <= last; i++) {
      if (sql.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  /** The first word behind white space, comments and parentheses, in capitals. */
  static String firstWord(String sql) {
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == '(') {
        at++;
      } else if (c == '#' || sql.startsWith("--", at)) {
        at = after(sql, "\n", at);
      } else if (sql.startsWith("/*", at)) {
        at = after(sql, "*/", at + 2);
      } else {
        break;
      }
    }
    int end = at;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(at, end).toUpperCase(Locale.ROOT);
  }

  private static int after(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }
}
