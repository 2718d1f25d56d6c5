package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Conversion;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonValues;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.LikeMatcher;
import io.vaquita.value.Slice;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import io.vaquita.value.json.JsonBinary;
import io.vaquita.value.json.JsonParser;
import io.vaquita.value.json.JsonPath;
import io.vaquita.value.json.JsonSearch;
import io.vaquita.value.json.JsonSeek;
import io.vaquita.value.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON_EXTRACT, JSON_CONTAINS, JSON_LENGTH and their like: questions to documents. Stateless. */
final class JsonFunctions {
  private static final long TEXT_MAX = 1_073_741_823;

  private JsonFunctions() {}

  static void register() {
    Registry.add("json_extract", 2, Registry.ANY, (n, a, s) -> extract(a));
    Registry.add("json_unquote", 1, (n, a, s) -> unquote(a));
    Registry.add("json_quote", 1, (n, a, s) -> quote(a));
    Registry.add("json_contains", 2, 3, (n, a, s) -> contains(a));
    Registry.add("json_contains_path", 3, Registry.ANY, (n, a, s) -> containsPath(a));
    Registry.add("json_overlaps", 2, (n, a, s) -> overlaps(a));
    Registry.add("json_keys", 1, 2, (n, a, s) -> keys(a));
    Registry.add("json_length", 1, 2, (n, a, s) -> length(a));
    Registry.add("json_depth", 1, (n, a, s) -> depth(a));
    Registry.add("json_type", 1, (n, a, s) -> type(a));
    Registry.add("json_valid", 1, (n, a, s) -> valid(a));
    Registry.add("json_search", 3, Registry.ANY, (n, a, s) -> search(a));
    Registry.add("json_pretty", 1, (n, a, s) -> pretty(a));
    Registry.add("json_storage_size", 1, (n, a, s) -> storageSize(a));
    Registry.add("json_storage_free", 1, (n, a, s) -> storageFree(a));
  }

  /** Text as JSON functions give it: utf8mb4_bin. */
  static DataType text(long characters) {
    return TextTypes.of(characters, Collations.UTF8MB4_BIN);
  }

  static Expression extract(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_extract", a).paths(1, 1, a);
    if (a.size() == 2) {
      return Calls.ofJson(
          Head.of("json_extract", a),
          (f, x) -> {
            Slice document = arguments.document(x, 0, f);
            JsonPath path = document == null ? null : arguments.path(x, 1, f);
            if (document == null || path == null) {
              return null;
            }
            return path.hasWildcard()
                ? JsonSeek.extract(document, List.of(path))
                : JsonSeek.one(document, path);
          });
    }
    return Calls.ofJson(
        Head.of("json_extract", a),
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          List<JsonPath> paths = document == null ? null : paths(arguments, x, 1, f);
          return document == null || paths == null ? null : JsonSeek.extract(document, paths);
        });
  }

  /** All paths from an argument on; null when one is NULL. */
  private static @Nullable List<JsonPath> paths(
      JsonArguments arguments, Expression[] x, int from, Frame frame) {
    List<JsonPath> paths = new ArrayList<>();
    for (int i = from; i < x.length; i++) {
      JsonPath path = arguments.path(x, i, frame);
      if (path == null) {
        return null;
      }
      paths.add(path);
    }
    return paths;
  }

  static Expression unquote(List<Expression> a) {
    Expression e = a.getFirst();
    boolean json = JsonArguments.isJson(e);
    long characters = json ? TEXT_MAX : Types.characters(e);
    return Calls.ofText(
        Head.of("json_unquote", a),
        text(characters),
        (f, x) -> {
          if (json) {
            Slice document = x[0].evaluateJson(f);
            return document == null ? null : unquoted(document);
          }
          Slice text = x[0].evaluateBytes(f);
          boolean quoted =
              text != null
                  && text.length() > 1
                  && text.byteAt(0) == '"'
                  && text.byteAt(text.length() - 1) == '"';
          if (text == null || !quoted) {
            return text;
          }
          return unquoted(Conversion.textToJson(text, text(0), "json_unquote", 1));
        },
        Coercibility.COERCIBLE);
  }

  private static Slice unquoted(Slice json) {
    TextBuffer out = new TextBuffer(json.length() + 16);
    JsonText.appendUnquoted(out, json);
    return out.toSlice();
  }

  private static Expression quote(List<Expression> a) {
    if (!Types.isText(a.getFirst()) && a.getFirst().type().domain() != TypeKind.Domain.NULL) {
      throw MySqlError.ER_INCORRECT_TYPE.exception("1", "json_quote");
    }
    return Calls.ofText(
        Head.of("json_quote", a),
        text(Types.characters(a.getFirst()) * 6 + 2),
        (f, x) -> {
          Slice text = x[0].evaluateBytes(f);
          if (text == null) {
            return null;
          }
          TextBuffer out = new TextBuffer(text.length() + 8);
          JsonText.appendQuoted(out, text);
          return out.toSlice();
        });
  }

  private static Expression contains(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_contains", a).paths(2, 1, a);
    return Calls.ofLong(
        Head.of("json_contains", a),
        Types.BIGINT,
        (f, x) -> {
          Slice target = arguments.document(x, 0, f);
          Slice candidate = target == null ? null : arguments.document(x, 1, f);
          if (target != null && candidate != null && x.length > 2) {
            JsonPath path = arguments.plainPath(x, 2, f);
            target = path == null ? null : JsonSeek.one(target, path);
          }
          f.isNull = target == null || candidate == null;
          return target != null && candidate != null && JsonSeek.contains(target, candidate)
              ? 1
              : 0;
        });
  }

  private static Expression containsPath(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_contains_path", a).paths(2, 1, a);
    return Calls.ofLong(
        Head.of("json_contains_path", a),
        Types.BIGINT,
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          Boolean one = document == null ? null : arguments.one(x, 1, f);
          List<JsonPath> paths = one == null ? null : paths(arguments, x, 2, f);
          if (document == null || one == null || paths == null) {
            f.isNull = true;
            return 0;
          }
          f.isNull = false;
          for (JsonPath path : paths) {
            boolean found = !JsonSeek.all(document, path).isEmpty();
            if (found == one) {
              return one ? 1 : 0;
            }
          }
          return one ? 0 : 1;
        });
  }

  private static Expression overlaps(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_overlaps", a);
    return Calls.ofLong(
        Head.of("json_overlaps", a),
        Types.BIGINT,
        (f, x) -> {
          Slice left = arguments.document(x, 0, f);
          Slice right = left == null ? null : arguments.document(x, 1, f);
          return left != null && right != null && JsonSeek.overlaps(left, right) ? 1 : 0;
        });
  }

  /** {@code value MEMBER OF (array)}. */
  static Expression memberOf(Expression value, Expression array) {
    List<Expression> a = List.of(value, array);
    JsonArguments arguments = new JsonArguments("member of", a);
    return Calls.ofLong(
        Head.of("member of", a),
        Types.bigint(1, false),
        (f, x) -> {
          Slice wanted = JsonValues.of(x[0], f);
          boolean isNull = JsonBinary.isNull(wanted) && !JsonArguments.isJson(x[0]);
          Slice document = arguments.document(x, 1, f);
          if (document == null || isNull) {
            f.isNull = true;
            return 0;
          }
          if (JsonBinary.type(document) != JsonBinary.ARRAY) {
            return Conversion.compareJson(document, wanted) == 0 ? 1 : 0;
          }
          for (int i = 0; i < JsonBinary.size(document); i++) {
            if (Conversion.compareJson(JsonBinary.element(document, i), wanted) == 0) {
              return 1;
            }
          }
          return 0;
        });
  }

  /** The document, or what an optional path names in it; null for NULL and for nothing. */
  private static @Nullable Slice part(JsonArguments arguments, Expression[] x, Frame frame) {
    Slice document = arguments.document(x, 0, frame);
    if (document == null || x.length == 1) {
      return document;
    }
    JsonPath path = arguments.plainPath(x, 1, frame);
    Slice found = path == null ? null : JsonSeek.one(document, path);
    frame.isNull = found == null;
    return found;
  }

  private static Expression keys(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_keys", a).paths(1, 1, a);
    return Calls.ofJson(
        Head.of("json_keys", a),
        (f, x) -> {
          Slice part = part(arguments, x, f);
          return part == null ? null : JsonSeek.keys(part);
        });
  }

  private static Expression length(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_length", a).paths(1, 1, a);
    return Calls.ofLong(
        Head.of("json_length", a),
        Types.BIGINT,
        (f, x) -> {
          Slice part = part(arguments, x, f);
          return part == null ? 0 : JsonSeek.length(part);
        });
  }

  private static Expression depth(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_depth", a);
    return Calls.ofLong(
        Head.of("json_depth", a),
        Types.BIGINT,
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          return document == null ? 0 : JsonBinary.depth(document);
        });
  }

  private static Expression type(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_type", a);
    return Calls.ofText(
        Head.of("json_type", a),
        text(17),
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          return document == null ? null : Slice.utf8(JsonBinary.typeName(document));
        });
  }

  private static Expression valid(List<Expression> a) {
    return Calls.ofLong(
        Head.of("json_valid", a),
        Types.BIGINT,
        (f, x) -> {
          if (JsonArguments.isJson(x[0])) {
            x[0].evaluateJson(f);
            return f.isNull ? 0 : 1;
          }
          Slice text = x[0].evaluateBytes(f);
          if (text == null) {
            return 0;
          }
          return Types.isText(x[0]) && !Types.isBytes(x[0]) && JsonParser.isValid(text) ? 1 : 0;
        });
  }

  private static Expression search(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_search", a).paths(4, 1, a);
    return Calls.ofJson(
        Head.of("json_search", a),
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          Boolean one = document == null ? null : arguments.one(x, 1, f);
          Slice pattern = one == null ? null : x[2].evaluateBytes(f);
          if (document == null || one == null || pattern == null) {
            return null;
          }
          int escape = '\\';
          if (x.length > 3) {
            Slice given = x[3].evaluateBytes(f);
            if (given != null && given.length() > 0) {
              escape = given.toUtf8().codePointAt(0);
            }
          }
          List<JsonPath> paths = paths(arguments, x, 4, f);
          return paths == null
              ? null
              : JsonSearch.search(
                  document, new LikeMatcher(pattern, escape, Collations.UTF8MB4_BIN), one, paths);
        });
  }

  private static Expression pretty(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_pretty", a);
    return Calls.ofText(
        Head.of("json_pretty", a),
        text(67_108_864),
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          if (document == null) {
            return null;
          }
          TextBuffer out = new TextBuffer(document.length() * 2);
          JsonText.appendPretty(out, document);
          return out.toSlice();
        });
  }

  private static Expression storageSize(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_storage_size", a);
    return Calls.ofLong(
        Head.of("json_storage_size", a),
        Types.BIGINT,
        (f, x) -> {
          Slice document = arguments.document(x, 0, f);
          return document == null ? 0 : document.length();
        });
  }

  /** Documents are never changed in place, so that nothing is free in them. */
  private static Expression storageFree(List<Expression> a) {
    JsonArguments arguments = new JsonArguments("json_storage_free", a);
    return Calls.ofLong(
        Head.of("json_storage_free", a),
        Types.BIGINT,
        (f, x) -> {
          arguments.document(x, 0, f);
          return 0;
        });
  }
}
