package io.vaquita.value.json;

import io.vaquita.value.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finding values in a document. Stateless. A value that is no array counts as an array of itself for cells. */
public final class JsonSeek {
  private JsonSeek() {}

  /** The value that a path without wildcards names, or null. */
  public static @Nullable Slice one(Slice json, JsonPath path) {
    Slice value = json;
    for (JsonPath.Leg leg : path.legs()) {
      Slice next =
          switch (leg) {
            case JsonPath.Leg.Member m ->
                JsonBinary.type(value) == JsonBinary.OBJECT
                    ? JsonBinary.member(value, m.key())
                    : null;
            case JsonPath.Leg.Cell c -> cell(value, c.index(), c.fromLast());
            default -> throw new IllegalArgumentException("path with wildcard");
          };
      if (next == null) {
        return null;
      }
      value = next;
    }
    return value;
  }

  private static @Nullable Slice cell(Slice value, int index, boolean fromLast) {
    boolean array = JsonBinary.type(value) == JsonBinary.ARRAY;
    int size = array ? JsonBinary.size(value) : 1;
    int i = fromLast ? size - 1 - index : index;
    if (i < 0 || i >= size) {
      return null;
    }
    return array ? JsonBinary.element(value, i) : value;
  }

  /** All values that a path names, each once, in document order. */
  public static List<Slice> all(Slice json, JsonPath path) {
    List<Slice> found = new ArrayList<>();
    seek(json, path.legs(), 0, found);
    return found;
  }

  private static void seek(Slice value, List<JsonPath.Leg> legs, int index, List<Slice> found) {
    if (index == legs.size()) {
      addOnce(value, found);
      return;
    }
    switch (legs.get(index)) {
      case JsonPath.Leg.Member m -> {
        if (JsonBinary.type(value) == JsonBinary.OBJECT) {
          Slice member = JsonBinary.member(value, m.key());
          if (member != null) {
            seek(member, legs, index + 1, found);
          }
        }
      }
      case JsonPath.Leg.Cell c -> {
        Slice element = cell(value, c.index(), c.fromLast());
        if (element != null) {
          seek(element, legs, index + 1, found);
        }
      }
      case JsonPath.Leg.Range r -> seekRange(value, r, legs, index, found);
      case JsonPath.Leg.AnyMember any -> {
        if (JsonBinary.type(value) == JsonBinary.OBJECT) {
          seekChildren(value, legs, index + 1, found);
        }
      }
      case JsonPath.Leg.AnyCell any -> {
        if (JsonBinary.type(value) == JsonBinary.ARRAY) {
          seekChildren(value, legs, index + 1, found);
        }
      }
      case JsonPath.Leg.Ellipsis e -> {
        seek(value, legs, index + 1, found);
        if (JsonBinary.isContainer(value)) {
          seekChildren(value, legs, index, found);
        }
      }
    }
  }

  private static void seekRange(
      Slice value,
      JsonPath.Leg.Range range,
      List<JsonPath.Leg> legs,
      int index,
      List<Slice> found) {
    boolean array = JsonBinary.type(value) == JsonBinary.ARRAY;
    int size = array ? JsonBinary.size(value) : 1;
    int from = Math.max(0, range.fromIsLast() ? size - 1 - range.from() : range.from());
    int to = Math.min(size - 1, range.toIsLast() ? size - 1 - range.to() : range.to());
    for (int i = from; i <= to; i++) {
      seek(array ? JsonBinary.element(value, i) : value, legs, index + 1, found);
    }
  }

  private static void seekChildren(
      Slice container, List<JsonPath.Leg> legs, int index, List<Slice> found) {
    boolean object = JsonBinary.type(container) == JsonBinary.OBJECT;
    for (int i = 0; i < JsonBinary.size(container); i++) {
      seek(
          object ? JsonBinary.member(container, i) : JsonBinary.element(container, i),
          legs,
          index,
          found);
    }
  }

  /** Two ellipses can reach one place twice; places are told apart by where their bytes stand. */
  @SuppressWarnings("ReferenceEquality")
  private static void addOnce(Slice value, List<Slice> found) {
    for (Slice other : found) {
      if (other.array() == value.array() && other.offset() == value.offset()) {
        return;
      }
    }
    found.add(value);
  }

  /**
   * JSON_EXTRACT: with one path without wildcards the value itself, otherwise an array of all that was found; null when nothing was.
   */
  public static @Nullable Slice extract(Slice json, List<JsonPath> paths) {
    if (paths.size() == 1 && !paths.getFirst().hasWildcard()) {
      return one(json, paths.getFirst());
    }
    List<Slice> found = new ArrayList<>();
    for (JsonPath path : paths) {
      found.addAll(all(json, path));
    }
    return found.isEmpty() ? null : JsonBuilder.array(found);
  }

  /** JSON_CONTAINS: whether {@code candidate} is contained in {@code target}. */
  public static boolean contains(Slice target, Slice candidate) {
    byte t = JsonBinary.type(target);
    byte c = JsonBinary.type(candidate);
    if (t == JsonBinary.OBJECT && c == JsonBinary.OBJECT) {
      for (int i = 0; i < JsonBinary.size(candidate); i++) {
        Slice member = JsonBinary.member(target, JsonBinary.key(candidate, i));
        if (member == null || !contains(member, JsonBinary.member(candidate, i))) {
          return false;
        }
      }
      return true;
    }
    if (t == JsonBinary.ARRAY) {
      if (c != JsonBinary.ARRAY) {
        return anyContains(target, candidate);
      }
      for (int i = 0; i < JsonBinary.size(candidate); i++) {
        if (!anyContains(target, JsonBinary.element(candidate, i))) {
          return false;
        }
      }
      return true;
    }
    return t != JsonBinary.OBJECT && JsonOrder.compare(target, candidate) == 0;
  }

  private static boolean anyContains(Slice array, Slice candidate) {
    for (int i = 0; i < JsonBinary.size(array); i++) {
      if (contains(JsonBinary.element(array, i), candidate)) {
        return true;
      }
    }
    return false;
  }

  /** JSON_OVERLAPS. */
  public static boolean overlaps(Slice a, Slice b) {
    byte s = JsonBinary.type(a);
    byte t = JsonBinary.type(b);
    if (s == JsonBinary.OBJECT && t == JsonBinary.OBJECT) {
      for (int i = 0; i < JsonBinary.size(a); i++) {
        Slice other = JsonBinary.member(b, JsonBinary.key(a, i));
        if (other != null && JsonOrder.compare(JsonBinary.member(a, i), other) == 0) {
          return true;
        }
      }
      return false;
    }
    if (s != JsonBinary.ARRAY && t != JsonBinary.ARRAY) {
      return JsonOrder.compare(a, b) == 0;
    }
    if (s != JsonBinary.ARRAY) {
      return overlaps(b, a);
    }
    for (int i = 0; i < JsonBinary.size(a); i++) {
      Slice element = JsonBinary.element(a, i);
      if (t != JsonBinary.ARRAY) {
        if (JsonOrder.compare(element, b) == 0) {
          return true;
        }
        continue;
      }
      for (int j = 0; j < JsonBinary.size(b); j++) {
        if (JsonOrder.compare(element, JsonBinary.element(b, j)) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** JSON_LENGTH: members or elements, 1 for scalars. */
  public static int length(Slice json) {
    return JsonBinary.isContainer(json) ? JsonBinary.size(json) : 1;
  }

  /** JSON_KEYS, or null for what is no object. */
  public static @Nullable Slice keys(Slice json) {
    if (JsonBinary.type(json) != JsonBinary.OBJECT) {
      return null;
    }
    List<Slice> keys = new ArrayList<>();
    for (int i = 0; i < JsonBinary.size(json); i++) {
      keys.add(JsonBuilder.ofString(JsonBinary.key(json, i)));
    }
    return JsonBuilder.array(keys);
  }
}
