package io.vaquita.value.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.value.Collations;
import io.vaquita.value.LikeMatcher;
import io.vaquita.value.Slice;
import io.vaquita.value.TestData;
import io.vaquita.value.TextBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** JSON text, paths, changes and order, compared with the reference server. */
class JsonTest {
  private static final int LIMIT = Integer.getInteger("limit", 30);

  @Test
  void answersAsTheReferenceServer() {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> perOperation = new TreeMap<>();
    for (String[] row : TestData.rows("/io/vaquita/value/json.tsv")) {
      for (int i = 0; i < row.length; i++) {
        row[i] = unescape(row[i]);
      }
      String expected = row[row.length - 1];
      String actual;
      try {
        actual = answer(row);
      } catch (DatabaseException e) {
        actual = "E" + e.number() + " " + e.message();
      } catch (JsonParseException e) {
        actual =
            "E3141 "
                + MySqlError.ER_INVALID_JSON_TEXT_IN_PARAM.format(
                    1, "cast_as_json", e.reason(), e.position(), "");
      }
      if (!actual.equals(expected)) {
        wrong.add(String.join(" , ", row) + "\n   actual " + actual);
        perOperation.merge(row[0], 1, Integer::sum);
      }
    }
    assertTrue(
        wrong.isEmpty(),
        () ->
            wrong.size()
                + " "
                + perOperation
                + "\n"
                + String.join("\n", wrong.subList(0, Math.min(LIMIT, wrong.size()))));
  }

  private static String unescape(String s) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c == '\\' && i + 1 < s.length()) {
        char n = s.charAt(++i);
        out.append(n == 'n' ? '\n' : n == 't' ? '\t' : n);
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static Slice parse(String text) throws JsonParseException {
    return JsonParser.parse(Slice.utf8(text));
  }

  private static JsonPath path(String text) {
    return JsonPath.parse(Slice.utf8(text));
  }

  private static String answer(String[] row) throws JsonParseException {
    Slice a = parse(row[1]);
    return switch (row[0]) {
      case "parse" -> text(a);
      case "type" -> JsonBinary.typeName(a);
      case "depth" -> Integer.toString(JsonBinary.depth(a));
      case "length" -> Integer.toString(JsonSeek.length(a));
      case "keys" -> text(JsonSeek.keys(a));
      case "pretty" -> {
        TextBuffer out = new TextBuffer(32);
        JsonText.appendPretty(out, a);
        yield out.toSlice().toUtf8();
      }
      case "unquote" -> {
        TextBuffer out = new TextBuffer(32);
        JsonText.appendUnquoted(out, a);
        yield out.toSlice().toUtf8();
      }
      case "extract" -> text(JsonSeek.extract(a, List.of(path(row[2]))));
      case "set" -> text(JsonChange.set(a, path(row[2]), parse(row[3])));
      case "insert" -> text(JsonChange.insert(a, path(row[2]), parse(row[3])));
      case "replace" -> text(JsonChange.replace(a, path(row[2]), parse(row[3])));
      case "array_append" -> text(JsonChange.arrayAppend(a, path(row[2]), parse(row[3])));
      case "array_insert" -> text(JsonChange.arrayInsert(a, path(row[2]), parse(row[3])));
      case "remove" -> text(JsonChange.remove(a, path(row[2])));
      case "merge_patch" -> text(JsonChange.mergePatch(a, parse(row[2])));
      case "merge_preserve" -> text(JsonChange.mergePreserve(a, parse(row[2])));
      case "contains" -> JsonSeek.contains(a, parse(row[2])) ? "1" : "0";
      case "overlaps" -> JsonSeek.overlaps(a, parse(row[2])) ? "1" : "0";
      case "compare" -> {
        int order = JsonOrder.compare(a, parse(row[2]));
        yield order < 0 ? "<" : order == 0 ? "=" : ">";
      }
      default ->
          text(
              JsonSearch.search(
                  a,
                  new LikeMatcher(Slice.utf8(row[3]), '\\', Collations.UTF8MB4_BIN),
                  row[2].equals("one"),
                  row[4].isEmpty() ? List.of() : List.of(path(row[4]))));
    };
  }

  private static String text(@Nullable Slice json) {
    return json == null ? "NULL" : JsonText.text(json).toUtf8();
  }

  @Test
  void tooDeep() {
    String deep = "[".repeat(101) + "]".repeat(101);
    DatabaseException e =
        org.junit.jupiter.api.Assertions.assertThrows(DatabaseException.class, () -> parse(deep));
    assertEquals(3157, e.number());
  }
}
