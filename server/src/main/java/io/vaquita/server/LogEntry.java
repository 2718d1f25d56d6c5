package io.vaquita.server;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One line of the error log. Immutable. What peers chose (user names, program names, texts) never begins a line of its own.
 *
 * @param connectionId 0 when the event belongs to no connection
 * @param account {@code root@localhost}; empty before the client is known
 * @param host the client as the process list shows it; empty for events of the server itself
 */
record LogEntry(
    Instant time, LogEvent event, long connectionId, String account, String host, String detail) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** {@code 2026-01-02T03:04:05.123456Z 17 [Warning] [connection-closed] [root@localhost] [localhost:4711] detail}. */
  String text() {
    return TIME.format(time)
        + ' '
        + connectionId
        + " ["
        + event.level().text()
        + "] ["
        + event.word()
        + "] "
        + data();
  }

  /** Who and what: the line behind time, level and event. */
  String data() {
    String who = host.isEmpty() ? "" : "[" + oneLine(account) + "] [" + oneLine(host) + "] ";
    return who + oneLine(detail);
  }

  String json() {
    StringBuilder line = new StringBuilder(200 + detail.length());
    line.append("{\"time\":\"").append(TIME.format(time));
    line.append("\",\"level\":\"").append(event.level().text());
    line.append("\",\"connection\":").append(connectionId);
    member(line, "account", account);
    member(line, "host", host);
    member(line, "event", event.word());
    member(line, "code", event.code());
    member(line, "detail", detail);
    return line.append('}').toString();
  }

  private static void member(StringBuilder line, String name, String value) {
    line.append(",\"").append(name).append("\":\"");
    line.append(oneLine(value).replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) ? '?' : c);
    }
    return line.toString();
  }
}
