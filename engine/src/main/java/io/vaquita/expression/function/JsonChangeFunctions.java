package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.JsonValues;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Slice;
import io.vaquita.value.json.JsonBinary;
import io.vaquita.value.json.JsonBuilder;
import io.vaquita.value.json.JsonChange;
import io.vaquita.value.json.JsonPath;
import java.util.ArrayList;
import java.util.List;

/** JSON_ARRAY, JSON_OBJECT, JSON_SET, JSON_REMOVE, JSON_MERGE_PATCH and their like: documents made and changed. Stateless. */
final class JsonChangeFunctions {
  private JsonChangeFunctions() {}

  /** One path's change of a document. */
  private interface Change {
    Slice of(Slice document, JsonPath path, Slice value);
  }

  /** Two documents made one. */
  private interface Merge {
    Slice of(Slice left, Slice right);
  }

  static void register() {
    Registry.add("json_array", 0, Registry.ANY, (n, a, s) -> array(a));
    Registry.add("json_object", 0, Registry.ANY, JsonChangeFunctions::object);
    addChange("json_set", JsonChange::set);
    addChange("json_insert", JsonChange::insert);
    addChange("json_replace", JsonChange::replace);
    addChange("json_array_append", JsonChange::arrayAppend);
    addChange("json_array_insert", JsonChange::arrayInsert);
    Registry.add("json_remove", 2, Registry.ANY, (n, a, s) -> remove(a));
    addMerge("json_merge_preserve", JsonChange::mergePreserve);
    addMerge("json_merge", JsonChange::mergePreserve);
    Registry.add("json_merge_patch", 2, Registry.ANY, (n, a, s) -> mergePatch(a));
  }

  private static Expression array(List<Expression> a) {
    return Calls.ofJson(
        Head.of("json_array", a),
        (f, x) -> {
          List<Slice> elements = new ArrayList<>(x.length);
          for (Expression e : x) {
            elements.add(JsonValues.of(e, f));
          }
          return JsonBuilder.array(elements);
        });
  }

  private static Expression object(
      String name, List<Expression> a, io.vaquita.expression.BindSettings settings) {
    if (a.size() % 2 != 0) {
      throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(name);
    }
    return Calls.ofJson(
        Head.of(name, a),
        (f, x) -> {
          List<Slice> keys = new ArrayList<>();
          List<Slice> values = new ArrayList<>();
          for (int i = 0; i < x.length; i += 2) {
            Slice key = x[i].evaluateBytes(f);
            if (key == null) {
              throw MySqlError.ER_JSON_DOCUMENT_NULL_KEY.exception();
            }
            keys.add(key);
            values.add(JsonValues.of(x[i + 1], f));
          }
          return JsonBuilder.object(keys, values);
        });
  }

  private static void addChange(String name, Change change) {
    Registry.add(
        name,
        3,
        Registry.ANY,
        (n, a, s) -> {
          if (a.size() % 2 == 0) {
            throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(n);
          }
          JsonArguments arguments = new JsonArguments(n, a).paths(1, 2, a);
          return Calls.ofJson(
              Head.of(n, a),
              (f, x) -> {
                Slice document = arguments.document(x, 0, f);
                for (int i = 1; document != null && i < x.length; i += 2) {
                  JsonPath path = arguments.plainPath(x, i, f);
                  document =
                      path == null ? null : change.of(document, path, JsonValues.of(x[i + 1], f));
                }
                return document == null ? null : JsonBuilder.checkDepth(document);
              });
        });
  }

  private static Expression remove(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_remove", a).paths(1, 1, a);
    return Calls.ofJson(
        Head.of("json_remove", a),
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          for (int i = 1; document != null && i < x.length; i++) {
            JsonPath path = arguments.plainPath(x, i, f);
            document = path == null ? null : JsonChange.remove(document, path);
          }
          return document;
        });
  }

  private static void addMerge(String name, Merge merge) {
    Registry.add(
        name,
        2,
        Registry.ANY,
        (n, a, s) -> {
          JsonArguments arguments = new JsonArguments(n, a);
          return Calls.ofJson(
              Head.of(n, a),
              (f, x) -> {
                Slice merged = arguments.document(x, 0, f);
                for (int i = 1; merged != null && i < x.length; i++) {
                  Slice next = arguments.document(x, i, f);
                  merged = next == null ? null : merge.of(merged, next);
                }
                return merged;
              });
        });
  }

  /** NULL among the arguments counts until a later one that is no object replaces everything. */
  private static Expression mergePatch(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_merge_patch", a);
    return Calls.ofJson(
        Head.of("json_merge_patch", a),
        (f, x) -> {
          Slice merged = arguments.document(x, 0, f);
          for (int i = 1; i < x.length; i++) {
            Slice next = arguments.document(x, i, f);
            if (next == null) {
              merged = null;
            } else if (merged != null) {
              merged = JsonChange.mergePatch(merged, next);
            } else if (JsonBinary.type(next) != JsonBinary.OBJECT) {
              merged = next;
            }
          }
          return merged;
        });
  }
}
