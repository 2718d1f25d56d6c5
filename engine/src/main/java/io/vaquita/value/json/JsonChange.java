package io.vaquita.value.json;

import io.vaquita.error.MySqlError;
import io.vaquita.value.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents with one value changed: JSON_SET and its relatives. Stateless; documents are never changed in place. */
public final class JsonChange {
  /** What is done where the path ends. */
  private enum Mode {
    SET,
    INSERT,
    REPLACE,
    REMOVE,
    ARRAY_APPEND,
    ARRAY_INSERT
  }

  private JsonChange() {}

  /** JSON_SET for one path: replaces the value, or adds it where only its parent exists. */
  public static Slice set(Slice json, JsonPath path, Slice value) {
    return change(json, path, 0, value, Mode.SET);
  }

  /** JSON_INSERT for one path: adds, never replaces. */
  public static Slice insert(Slice json, JsonPath path, Slice value) {
    return change(json, path, 0, value, Mode.INSERT);
  }

  /** JSON_REPLACE for one path: replaces, never adds. */
  public static Slice replace(Slice json, JsonPath path, Slice value) {
    return change(json, path, 0, value, Mode.REPLACE);
  }

  /** JSON_REMOVE for one path; 3153 for "$". */
  public static Slice remove(Slice json, JsonPath path) {
    if (path.legs().isEmpty()) {
      throw MySqlError.ER_JSON_VACUOUS_PATH.exception("$");
    }
    if (path.hasWildcard()) {
      throw MySqlError.ER_INVALID_JSON_PATH_WILDCARD.exception();
    }
    JsonPath shorter = withoutOwnCells(json, path);
    return shorter.legs().isEmpty()
        ? json
        : change(json, shorter, 0, JsonBuilder.NULL, Mode.REMOVE);
  }

  /** {@code $.a[0]} where {@code $.a} is no array is {@code $.a}. */
  private static JsonPath withoutOwnCells(Slice json, JsonPath path) {
    JsonPath shorter = path;
    while (!shorter.legs().isEmpty()
        && shorter.legs().getLast() instanceof JsonPath.Leg.Cell cell
        && cell.index() == 0) {
      JsonPath parent = shorter.parent();
      Slice value = JsonSeek.one(json, parent);
      if (value == null || JsonBinary.type(value) == JsonBinary.ARRAY) {
        return shorter;
      }
      shorter = parent;
    }
    return shorter;
  }

  /** JSON_ARRAY_APPEND for one path: a value that is no array becomes one. */
  public static Slice arrayAppend(Slice json, JsonPath path, Slice value) {
    return change(json, path, 0, value, Mode.ARRAY_APPEND);
  }

  /** JSON_ARRAY_INSERT for one path, whose last leg must be a cell (3165). */
  public static Slice arrayInsert(Slice json, JsonPath path, Slice value) {
    if (path.hasWildcard()) {
      throw MySqlError.ER_INVALID_JSON_PATH_WILDCARD.exception();
    }
    if (path.legs().isEmpty() || !(path.legs().getLast() instanceof JsonPath.Leg.Cell)) {
      throw MySqlError.ER_INVALID_JSON_PATH_ARRAY_CELL.exception();
    }
    return change(json, path, 0, value, Mode.ARRAY_INSERT);
  }

  private static Slice change(Slice json, JsonPath path, int index, Slice value, Mode mode) {
    if (path.hasWildcard()) {
      throw MySqlError.ER_INVALID_JSON_PATH_WILDCARD.exception();
    }
    if (index == path.legs().size()) {
      return atEnd(json, value, mode);
    }
    boolean last = index == path.legs().size() - 1;
    return switch (path.legs().get(index)) {
      case JsonPath.Leg.Member m -> changeMember(json, path, index, m.key(), last, value, mode);
      case JsonPath.Leg.Cell c -> changeCell(json, path, index, c, last, value, mode);
      default -> json;
    };
  }

  private static Slice atEnd(Slice json, Slice value, Mode mode) {
    return switch (mode) {
      case SET, REPLACE -> value;
      case INSERT, ARRAY_INSERT, REMOVE -> json;
      case ARRAY_APPEND -> {
        List<Slice> elements = elements(json);
        elements.add(value);
        yield JsonBuilder.array(elements);
      }
    };
  }

  private static Slice changeMember(
      Slice json, JsonPath path, int index, Slice key, boolean last, Slice value, Mode mode) {
    if (JsonBinary.type(json) != JsonBinary.OBJECT) {
      return json;
    }
    int found = JsonBinary.find(json, key);
    if (found < 0) {
      return last && (mode == Mode.SET || mode == Mode.INSERT)
          ? withMember(json, -1 - found, key, value, false)
          : json;
    }
    if (last && mode == Mode.REMOVE) {
      return withMember(json, found, key, null, true);
    }
    Slice old = JsonBinary.member(json, found);
    Slice changed = change(old, path, index + 1, value, mode);
    return changed.equals(old) ? json : withMember(json, found, key, changed, true);
  }

  /** The object with a member put in at {@code index}, or in place of the one there; null takes it out. */
  private static Slice withMember(
      Slice object, int index, Slice key, @Nullable Slice value, boolean inPlace) {
    List<Slice> keys = new ArrayList<>();
    List<Slice> values = new ArrayList<>();
    for (int i = 0; i < JsonBinary.size(object); i++) {
      keys.add(JsonBinary.key(object, i));
      values.add(JsonBinary.member(object, i));
    }
    if (inPlace) {
      keys.remove(index);
      values.remove(index);
    }
    if (value != null) {
      keys.add(index, key);
      values.add(index, value);
    }
    return JsonBuilder.sortedObject(keys, values);
  }

  private static Slice changeCell(
      Slice json,
      JsonPath path,
      int index,
      JsonPath.Leg.Cell cell,
      boolean last,
      Slice value,
      Mode mode) {
    boolean array = JsonBinary.type(json) == JsonBinary.ARRAY;
    if (!array) {
      return changeScalarCell(json, path, index, cell, last, value, mode);
    }
    List<Slice> elements = elements(json);
    int i = cell.fromLast() ? elements.size() - 1 - cell.index() : cell.index();
    if (last && mode == Mode.ARRAY_INSERT) {
      elements.add(Math.clamp(i, 0, elements.size()), value);
      return JsonBuilder.array(elements);
    }
    if (i < 0 || i >= elements.size()) {
      if (!last || mode != Mode.SET && mode != Mode.INSERT) {
        return json;
      }
      elements.add(i < 0 ? 0 : elements.size(), value);
      return JsonBuilder.array(elements);
    }
    if (last && mode == Mode.REMOVE) {
      elements.remove(i);
      return JsonBuilder.array(elements);
    }
    Slice changed = change(elements.get(i), path, index + 1, value, mode);
    if (changed.equals(elements.get(i))) {
      return json;
    }
    elements.set(i, changed);
    return JsonBuilder.array(elements);
  }

  /** A value that is no array is its own cell 0; adding a further one makes an array of both. */
  private static Slice changeScalarCell(
      Slice json,
      JsonPath path,
      int index,
      JsonPath.Leg.Cell cell,
      boolean last,
      Slice value,
      Mode mode) {
    if (cell.index() == 0) {
      return mode == Mode.REMOVE && last || mode == Mode.ARRAY_INSERT && last
          ? json
          : change(json, path, index + 1, value, mode);
    }
    if (last && (mode == Mode.SET || mode == Mode.INSERT)) {
      return JsonBuilder.array(cell.fromLast() ? List.of(value, json) : List.of(json, value));
    }
    return json;
  }

  private static List<Slice> elements(Slice json) {
    List<Slice> elements = new ArrayList<>();
    if (JsonBinary.type(json) != JsonBinary.ARRAY) {
      elements.add(json);
      return elements;
    }
    for (int i = 0; i < JsonBinary.size(json); i++) {
      elements.add(JsonBinary.element(json, i));
    }
    return elements;
  }

  /** JSON_MERGE_PRESERVE of two: arrays are joined, members of the same name are merged. */
  public static Slice mergePreserve(Slice a, Slice b) {
    if (JsonBinary.type(a) == JsonBinary.OBJECT && JsonBinary.type(b) == JsonBinary.OBJECT) {
      List<Slice> keys = new ArrayList<>();
      List<Slice> values = new ArrayList<>();
      for (int i = 0; i < JsonBinary.size(a); i++) {
        keys.add(JsonBinary.key(a, i));
        values.add(JsonBinary.member(a, i));
      }
      for (int i = 0; i < JsonBinary.size(b); i++) {
        Slice old = JsonBinary.member(a, JsonBinary.key(b, i));
        Slice added = JsonBinary.member(b, i);
        keys.add(JsonBinary.key(b, i));
        values.add(old == null ? added : mergePreserve(old, added));
      }
      return JsonBuilder.object(keys, values);
    }
    List<Slice> elements = elements(a);
    elements.addAll(elements(b));
    return JsonBuilder.array(elements);
  }

  /** JSON_MERGE_PATCH of two (RFC 7396): members replace, null takes away. */
  public static Slice mergePatch(Slice target, Slice patch) {
    if (JsonBinary.type(patch) != JsonBinary.OBJECT) {
      return patch;
    }
    List<Slice> keys = new ArrayList<>();
    List<Slice> values = new ArrayList<>();
    boolean object = JsonBinary.type(target) == JsonBinary.OBJECT;
    for (int i = 0; object && i < JsonBinary.size(target); i++) {
      if (JsonBinary.find(patch, JsonBinary.key(target, i)) < 0) {
        keys.add(JsonBinary.key(target, i));
        values.add(JsonBinary.member(target, i));
      }
    }
    Slice empty = JsonBuilder.object(List.of(), List.of());
    for (int i = 0; i < JsonBinary.size(patch); i++) {
      Slice added = JsonBinary.member(patch, i);
      if (JsonBinary.isNull(added)) {
        continue;
      }
      Slice key = JsonBinary.key(patch, i);
      Slice old = object ? JsonBinary.member(target, key) : null;
      keys.add(key);
      values.add(mergePatch(old == null ? empty : old, added));
    }
    return JsonBuilder.object(keys, values);
  }
}
