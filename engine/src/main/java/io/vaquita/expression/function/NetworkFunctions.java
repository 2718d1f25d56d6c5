package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.Frame;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** INET_ATON, INET6_NTOA, UUID and their like. Stateless but for the counters behind UUID, which are thread-safe. */
final class NetworkFunctions {
  /** 100-nanosecond steps between 1582-10-15 and 1970-01-01. */
  private static final long UUID_EPOCH = 0x01B21DD213814000L;

  private static final int UUID_LENGTH = 36;
  private static final int UUID_BYTES = 16;

  /** The last time stamp given out, so that none comes twice. */
  private static final AtomicLong LAST_UUID = new AtomicLong();

  private static final AtomicLong SHORT_UUID = new AtomicLong();

  private NetworkFunctions() {}

  static void register() {
    Registry.add("inet_aton", 1, NetworkFunctions::inetAton);
    Registry.add("inet_ntoa", 1, NetworkFunctions::inetNtoa);
    Registry.add("inet6_aton", 1, NetworkFunctions::inet6Aton);
    Registry.add("inet6_ntoa", 1, NetworkFunctions::inet6Ntoa);
    addTest("is_ipv4", s -> InternetAddress.parseV4(s.toUtf8()) != null);
    addTest("is_ipv6", s -> InternetAddress.parseV6(s.toUtf8()) != null);
    addTest("is_ipv4_compat", s -> InternetAddress.isV4Compatible(s));
    addTest("is_ipv4_mapped", s -> InternetAddress.isV4Mapped(s));
    addTest("is_uuid", s -> parseUuid(s.toUtf8()) != null);
    Registry.add("uuid", 0, NetworkFunctions::uuid);
    Registry.add("uuid_short", 0, NetworkFunctions::uuidShort);
    Registry.add("uuid_to_bin", 1, 2, NetworkFunctions::uuidToBin);
    Registry.add("bin_to_uuid", 1, 2, NetworkFunctions::binToUuid);
  }

  /** A yes or no about a string. */
  private interface Test {
    boolean of(Slice s);
  }

  private static void addTest(String name, Test test) {
    Registry.add(
        name,
        1,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a),
                Types.bigint(1, false),
                (f, x) -> {
                  Slice v = x[0].evaluateBytes(f);
                  return v != null && test.of(v) ? 1 : 0;
                }));
  }

  private static Expression inetAton(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a),
        Types.UNSIGNED,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return 0;
          }
          long address = InternetAddress.shortV4(s.toUtf8());
          if (address < 0) {
            f.statement.warn(MySqlError.ER_WRONG_VALUE_FOR_TYPE, "string", x[0].describe(), name);
            f.isNull = true;
            return 0;
          }
          return address;
        });
  }

  private static Expression inetNtoa(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        31,
        settings,
        (f, x) -> {
          long v = x[0].evaluateLong(f);
          if (f.isNull) {
            return null;
          }
          if (v < 0 || v > 0xFFFFFFFFL) {
            f.statement.warn(MySqlError.ER_WRONG_VALUE_FOR_TYPE, "integer", x[0].describe(), name);
            return null;
          }
          return Slice.utf8(InternetAddress.v4Text(v));
        });
  }

  private static Expression inet6Aton(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        DataType.varbinary(16),
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          byte[] bytes = InternetAddress.parseV4(s.toUtf8());
          if (bytes == null) {
            bytes = InternetAddress.parseV6(s.toUtf8());
          }
          if (bytes == null) {
            f.statement.warn(MySqlError.ER_WRONG_VALUE_FOR_TYPE, "string", x[0].describe(), name);
            return null;
          }
          return Slice.of(bytes);
        });
  }

  private static Expression inet6Ntoa(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        39,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          if (!Types.isBytes(x[0]) || s.length() != 4 && s.length() != 16) {
            f.statement.warn(MySqlError.ER_WRONG_VALUE_FOR_TYPE, "string", x[0].describe(), name);
            return null;
          }
          return Slice.utf8(InternetAddress.text(s));
        });
  }

  private static Expression uuid(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a).notNull().depending(Dependence.EVALUATION),
        UUID_LENGTH,
        settings,
        (f, x) -> Slice.utf8(uuid(f)));
  }

  /** Version 1: time, a clock sequence and a node that are chosen by the server once. */
  private static String uuid(Frame frame) {
    long now = UUID_EPOCH + frame.statement.currentMicros() * 10;
    long time = LAST_UUID.updateAndGet(last -> Math.max(last + 1, now));
    long node = NODE;
    return String.format(
        Locale.ROOT,
        "%08x-%04x-%04x-%04x-%012x",
        time & 0xFFFFFFFFL,
        time >>> 32 & 0xFFFF,
        time >>> 48 & 0xFFF | 0x1000,
        node >>> 48 & 0x3FFF | 0x8000,
        node & 0xFFFFFFFFFFFFL | 0x010000000000L);
  }

  private static final long NODE = new java.security.SecureRandom().nextLong();

  private static Expression uuidShort(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a).notNull().depending(Dependence.EVALUATION),
        Types.UNSIGNED,
        (f, x) -> {
          long start = f.statement.currentMicros() / 1_000_000 << 24 | 1L << 56;
          f.isNull = false;
          return SHORT_UUID.updateAndGet(last -> last == 0 ? start : last + 1);
        });
  }

  /** 32 digits, alone, with dashes, or with dashes in braces. */
  private static byte @Nullable [] parseUuid(String text) {
    String t = text;
    if (t.length() == UUID_LENGTH + 2 && t.startsWith("{") && t.endsWith("}")) {
      t = t.substring(1, UUID_LENGTH + 1);
    }
    if (t.length() == UUID_LENGTH) {
      if (t.charAt(8) != '-' || t.charAt(13) != '-' || t.charAt(18) != '-' || t.charAt(23) != '-') {
        return null;
      }
      t = t.replace("-", "");
    }
    if (t.length() != UUID_BYTES * 2) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(t);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean swaps(Expression[] x, Frame frame) {
    return x.length > 1 && x[1].evaluateBoolean(frame);
  }

  private static Expression uuidToBin(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofText(
        Head.of(name, a),
        DataType.varbinary(UUID_BYTES),
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          byte[] b = parseUuid(s.toUtf8());
          if (b == null) {
            throw MySqlError.ER_WRONG_VALUE_FOR_TYPE.exception("string", s.toUtf8(), name);
          }
          if (!swaps(x, f)) {
            return Slice.of(b);
          }
          TextBuffer out = new TextBuffer(UUID_BYTES);
          out.append(b, 6, 2);
          out.append(b, 4, 2);
          out.append(b, 0, 4);
          out.append(b, 8, 8);
          return out.toSlice();
        });
  }

  private static Expression binToUuid(String name, List<Expression> a, BindSettings settings) {
    return StringFunctions.ascii(
        Head.of(name, a),
        UUID_LENGTH,
        settings,
        (f, x) -> {
          Slice s = x[0].evaluateBytes(f);
          if (s == null) {
            return null;
          }
          if (s.length() != UUID_BYTES) {
            throw MySqlError.ER_WRONG_VALUE_FOR_TYPE.exception("string", s.toUtf8(), name);
          }
          byte[] b = s.toBytes();
          if (swaps(x, f)) {
            TextBuffer out = new TextBuffer(UUID_BYTES);
            out.append(b, 4, 4);
            out.append(b, 2, 2);
            out.append(b, 0, 2);
            out.append(b, 8, 8);
            b = out.toBytes();
          }
          String h = HexFormat.of().formatHex(b);
          return Slice.utf8(
              h.substring(0, 8)
                  + "-"
                  + h.substring(8, 12)
                  + "-"
                  + h.substring(12, 16)
                  + "-"
                  + h.substring(16, 20)
                  + "-"
                  + h.substring(20));
        });
  }
}
