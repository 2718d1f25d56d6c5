package io.vaquita.value.json;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import io.vaquita.value.Utf8;
import java.util.ArrayList;
import java.util.List;

/** A path into a document: {@code $.a[0]}, {@code $[last-1]}, {@code $[1 to 3]}, {@code $.*}, {@code $[*]}, {@code $**.b}. Immutable. */
public final class JsonPath {
  /** One step of a path. */
  public sealed interface Leg {
    /** The member of an object. */
    record Member(Slice key) implements Leg {}

    /** An element of an array; {@code fromLast}: counted from the last one backwards. */
    record Cell(int index, boolean fromLast) implements Leg {}

    /** Elements from one to another, both included. */
    record Range(int from, boolean fromIsLast, int to, boolean toIsLast) implements Leg {}

    record AnyMember() implements Leg {}

    record AnyCell() implements Leg {}

    /** {@code **}: here and everything below. */
    record Ellipsis() implements Leg {}
  }

  private final List<Leg> legs;
  private final boolean wildcard;

  private JsonPath(List<Leg> legs) {
    this.legs = List.copyOf(legs);
    boolean any = false;
    for (Leg leg : legs) {
      any |= !(leg instanceof Leg.Member) && !(leg instanceof Leg.Cell);
    }
    wildcard = any;
  }

  public List<Leg> legs() {
    return legs;
  }

  /** The path without its last leg. */
  JsonPath parent() {
    return new JsonPath(legs.subList(0, legs.size() - 1));
  }

  /** Whether it can name more than one value: {@code *}, {@code **} or a range. */
  public boolean hasWildcard() {
    return wildcard;
  }

  /** Throws 3143 for what is no path. */
  public static JsonPath parse(Slice text) {
    return new Parser(text).path();
  }

  /** Confined to one call. */
  private static final class Parser {
    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    Parser(Slice text) {
      bytes = text.array();
      start = text.offset();
      end = start + text.length();
      at = start;
    }

    private DatabaseException error() {
      return MySqlError.ER_INVALID_JSON_PATH.exception(at - start, "");
    }

    /** The error, counted with the character that is wrong. */
    private DatabaseException errorAfter() {
      at = Math.min(at + 1, end);
      return error();
    }

    private int peek() {
      return at < end ? bytes[at] : -1;
    }

    private void skipSpace() {
      while (at < end && (bytes[at] == ' ' || bytes[at] >= 9 && bytes[at] <= 13)) {
        at++;
      }
    }

    JsonPath path() {
      skipSpace();
      if (peek() != '$') {
        throw errorAfter();
      }
      at++;
      List<Leg> legs = new ArrayList<>();
      skipSpace();
      while (at < end) {
        legs.add(leg());
        skipSpace();
      }
      if (!legs.isEmpty() && legs.getLast() instanceof Leg.Ellipsis) {
        throw error();
      }
      return new JsonPath(legs);
    }

    private Leg leg() {
      return switch (peek()) {
        case '.' -> memberLeg();
        case '[' -> cellLeg();
        case '*' -> ellipsis();
        default -> throw error();
      };
    }

    private Leg ellipsis() {
      at++;
      if (peek() != '*') {
        throw error();
      }
      at++;
      if (at == end || peek() == '*') {
        throw error();
      }
      return new Leg.Ellipsis();
    }

    private Leg memberLeg() {
      at++;
      skipSpace();
      if (peek() == '*') {
        at++;
        return new Leg.AnyMember();
      }
      return new Leg.Member(peek() == '"' ? quotedKey() : plainKey());
    }

    private Slice quotedKey() {
      int from = at;
      at++;
      while (at < end && bytes[at] != '"') {
        at += bytes[at] == '\\' ? 2 : 1;
      }
      if (at >= end) {
        at = end;
        throw error();
      }
      at++;
      try {
        return JsonBinary.stringValue(JsonParser.parse(new Slice(bytes, from, at - from)));
      } catch (JsonParseException e) {
        at = from;
        throw error();
      }
    }

    /** A name as ECMAScript has it: letters, digits, $ and _. */
    private Slice plainKey() {
      int from = at;
      while (at < end) {
        int c = Utf8.codePoint(bytes, at, end);
        boolean part =
            at == from
                ? c >= 0 && (Character.isUnicodeIdentifierStart(c) || c == '$' || c == '_')
                : c >= 0
                    && (Character.isUnicodeIdentifierPart(c) || c == '$' || c == '_')
                    && c >= ' ';
        if (!part) {
          break;
        }
        at += Utf8.width(bytes[at]);
      }
      if (at == from) {
        while (at < end && ".[*".indexOf(bytes[at]) < 0) {
          at++;
        }
        throw error();
      }
      return new Slice(bytes, from, at - from);
    }

    private Leg cellLeg() {
      at++;
      skipSpace();
      if (peek() == '*') {
        at++;
        closeCell();
        return new Leg.AnyCell();
      }
      boolean fromLast = isLast();
      int from = index(fromLast);
      int afterIndex = at;
      skipSpace();
      if (at > afterIndex && end - at > 3 && bytes[at] == 't' && bytes[at + 1] == 'o') {
        at += 2;
        if (peek() != ' ') {
          throw error();
        }
        skipSpace();
        boolean toLast = isLast();
        int to = index(toLast);
        if (fromLast == toLast && (fromLast ? from < to : from > to)) {
          throw error();
        }
        closeCell();
        return new Leg.Range(from, fromLast, to, toLast);
      }
      closeCell();
      return new Leg.Cell(from, fromLast);
    }

    private boolean isLast() {
      if (end - at >= 4
          && bytes[at] == 'l'
          && bytes[at + 1] == 'a'
          && bytes[at + 2] == 's'
          && bytes[at + 3] == 't') {
        at += 4;
        return true;
      }
      return false;
    }

    private int index(boolean afterLast) {
      if (afterLast) {
        int here = at;
        skipSpace();
        if (peek() != '-') {
          at = here;
          return 0;
        }
        at++;
        skipSpace();
      }
      int from = at;
      long value = 0;
      while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
        value = value * 10 + bytes[at++] - '0';
        if (value > 0xffffffffL) {
          throw error();
        }
      }
      if (at == from) {
        throw error();
      }
      return (int) Math.min(value, Integer.MAX_VALUE);
    }

    private void closeCell() {
      skipSpace();
      if (peek() != ']') {
        throw errorAfter();
      }
      at++;
    }
  }
}
