package io.vaquita.bench.load;

import io.vaquita.bench.load.MisbehavingClient.Kind;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What {@link MisbehavingClient}s have done so far. Confined to the thread that drives them. */
final class MisbehavingCounts {
  private final Map<Kind, Long> opened = new EnumMap<>(Kind.class);
  private long refused;

  void opened(Kind kind) {
    opened.merge(kind, 1L, Long::sum);
  }

  void refused() {
    refused++;
  }

  long of(Kind kind) {
    return opened.getOrDefault(kind, 0L);
  }

  String describe(double seconds) {
    StringBuilder text = new StringBuilder();
    double bad = refused;
    for (Map.Entry<Kind, Long> each : opened.entrySet()) {
      text.append(each.getKey().words()).append(' ').append(each.getValue()).append(", ");
      bad += each.getKey() == Kind.IDLE ? 0 : each.getValue();
    }
    text.append("refused ").append(refused);
    return text.append(String.format(Locale.ROOT, " (%.0f that misbehave a second)", bad / seconds))
        .toString();
  }
}
