package io.vaquita.value.temporal;

import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;

/** Dates and times as MySQL prints them. Stateless. */
public final class TemporalText {
  private TemporalText() {}

  /** Appends {@code 2024-01-31}, {@code 2024-01-31 10:20:30.123} or {@code -838:59:59}. */
  public static void append(TextBuffer out, long packed, TypeKind kind, int decimals) {
    if (kind == TypeKind.TIME) {
      appendTime(out, packed, decimals);
      return;
    }
    appendDigits(out, PackedTemporal.year(packed), 4);
    out.append((byte) '-');
    appendDigits(out, PackedTemporal.month(packed), 2);
    out.append((byte) '-');
    appendDigits(out, PackedTemporal.day(packed), 2);
    if (kind != TypeKind.DATE) {
      out.append((byte) ' ');
      appendTime(out, PackedTemporal.timePart(packed), decimals);
    }
  }

  private static void appendTime(TextBuffer out, long packed, int decimals) {
    long abs = packed;
    if (packed < 0) {
      out.append((byte) '-');
      abs = -packed;
    }
    int hour = PackedTemporal.hour(abs);
    appendDigits(out, hour, hour > 99 ? 3 : 2);
    out.append((byte) ':');
    appendDigits(out, PackedTemporal.minute(abs), 2);
    out.append((byte) ':');
    appendDigits(out, PackedTemporal.second(abs), 2);
    if (decimals > 0) {
      out.append((byte) '.');
      appendDigits(out, PackedTemporal.micros(abs) / Fractions.power(6 - decimals), decimals);
    }
  }

  /** Appends {@code number} with leading zeros to {@code width} digits. */
  public static void appendDigits(TextBuffer out, int number, int width) {
    int unit = 1;
    for (int i = 1; i < width; i++) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.append((byte) ('0' + number / unit % 10));
    }
  }

  public static Slice text(long packed, TypeKind kind, int decimals) {
    TextBuffer out = new TextBuffer(28);
    append(out, packed, kind, decimals);
    return out.toSlice();
  }
}
