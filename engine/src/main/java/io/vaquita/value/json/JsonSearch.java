package io.vaquita.value.json;

import io.vaquita.value.LikeMatcher;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON_SEARCH: the paths of strings that match a LIKE pattern. Confined to one call. */
public final class JsonSearch {
  private final LikeMatcher pattern;
  private final boolean firstOnly;
  private final List<Slice> found = new ArrayList<>();

  private JsonSearch(LikeMatcher pattern, boolean firstOnly) {
    this.pattern = pattern;
    this.firstOnly = firstOnly;
  }

  /**
   * A path as a JSON string, an array of them where there are several, or null.
   *
   * @param paths where to search; empty: everywhere
   */
  public static @Nullable Slice search(
      Slice json, LikeMatcher pattern, boolean firstOnly, List<JsonPath> paths) {
    JsonSearch search = new JsonSearch(pattern, firstOnly);
    if (paths.isEmpty()) {
      search.walk(json, "$", List.of(), 0);
    }
    for (JsonPath path : paths) {
      search.walk(json, "$", path.legs(), 0);
    }
    List<Slice> found = search.found;
    return found.isEmpty()
        ? null
        : firstOnly || found.size() == 1 ? found.getFirst() : JsonBuilder.array(found);
  }

  /** Follows the legs of a path, then searches everything below. */
  private void walk(Slice json, String place, List<JsonPath.Leg> legs, int index) {
    if (firstOnly && !found.isEmpty()) {
      return;
    }
    if (index == legs.size()) {
      below(json, place);
      return;
    }
    JsonPath.Leg leg = legs.get(index);
    if (leg instanceof JsonPath.Leg.Ellipsis) {
      walk(json, place, legs, index + 1);
    }
    boolean array = JsonBinary.type(json) == JsonBinary.ARRAY;
    if (!JsonBinary.isContainer(json)) {
      boolean itself =
          leg instanceof JsonPath.Leg.Cell c && c.index() == 0
              || leg instanceof JsonPath.Leg.Range r && r.from() == 0 && !r.fromIsLast();
      if (itself) {
        walk(json, place, legs, index + 1);
      }
      return;
    }
    for (int i = 0; i < JsonBinary.size(json); i++) {
      if (leg instanceof JsonPath.Leg.Ellipsis) {
        walk(child(json, i), place + step(json, i), legs, index);
      } else if (array ? takesCell(leg, i, JsonBinary.size(json)) : takesMember(leg, json, i)) {
        walk(child(json, i), place + step(json, i), legs, index + 1);
      }
    }
  }

  private static Slice child(Slice json, int i) {
    return JsonBinary.type(json) == JsonBinary.ARRAY
        ? JsonBinary.element(json, i)
        : JsonBinary.member(json, i);
  }

  private static boolean takesMember(JsonPath.Leg leg, Slice object, int i) {
    return leg instanceof JsonPath.Leg.AnyMember
        || leg instanceof JsonPath.Leg.Member m && m.key().equals(JsonBinary.key(object, i));
  }

  private static boolean takesCell(JsonPath.Leg leg, int i, int size) {
    return switch (leg) {
      case JsonPath.Leg.AnyCell any -> true;
      case JsonPath.Leg.Cell c -> i == (c.fromLast() ? size - 1 - c.index() : c.index());
      case JsonPath.Leg.Range r ->
          i >= (r.fromIsLast() ? size - 1 - r.from() : r.from())
              && i <= (r.toIsLast() ? size - 1 - r.to() : r.to());
      default -> false;
    };
  }

  private void below(Slice json, String place) {
    if (firstOnly && !found.isEmpty()) {
      return;
    }
    if (JsonBinary.isContainer(json)) {
      for (int i = 0; i < JsonBinary.size(json); i++) {
        below(child(json, i), place + step(json, i));
      }
    } else if (JsonBinary.type(json) == JsonBinary.STRING
        && pattern.matches(JsonBinary.stringValue(json))) {
      Slice text = JsonBuilder.ofString(Slice.utf8(place));
      if (!found.contains(text)) {
        found.add(text);
      }
    }
  }

  private static String step(Slice container, int i) {
    return JsonBinary.type(container) == JsonBinary.ARRAY
        ? "[" + i + "]"
        : "." + keyText(JsonBinary.key(container, i));
  }

  /** The key as a path writes it: in quotes where it is no plain name. */
  static String keyText(Slice key) {
    String text = key.toUtf8();
    boolean plain =
        !text.isEmpty()
            && (Character.isUnicodeIdentifierStart(text.charAt(0))
                || text.charAt(0) == '_'
                || text.charAt(0) == '$');
    for (int i = 1; i < text.length() && plain; i++) {
      char c = text.charAt(i);
      plain = Character.isUnicodeIdentifierPart(c) || c == '_' || c == '$';
    }
    if (plain) {
      return text;
    }
    TextBuffer out = new TextBuffer(key.length() + 8);
    JsonText.appendQuoted(out, key);
    return out.toSlice().toUtf8();
  }
}
