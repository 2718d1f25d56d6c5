package io.vaquita.executor;

import io.vaquita.value.Slice;
import io.vaquita.value.json.JsonPath;
import io.vaquita.value.json.JsonSeek;
import java.util.List;

/** A path of JSON_TABLE, parsed. Immutable. */
final class JsonTablePath {
  private final JsonPath path;

  JsonTablePath(String text) {
    this.path = JsonPath.parse(Slice.utf8(text));
  }

  List<Slice> all(Slice json) {
    return JsonSeek.all(json, path);
  }

  boolean hasWildcard() {
    return path.hasWildcard();
  }
}
