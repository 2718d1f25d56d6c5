package io.vaquita.value;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Tables of data that come with this package. Stateless. */
final class Resources {
  private Resources() {}

  /** The lines of a table, split at tabs. */
  static List<String[]> rows(String name) {
    List<String[]> rows = new ArrayList<>();
    for (String line : new String(bytes(name), StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        rows.add(line.split("\t", -1));
      }
    }
    return rows;
  }

  static boolean exists(String name) {
    return Resources.class.getResource(name) != null;
  }

  /** A file's bytes, unpacked when its name ends with ".gz". */
  static byte[] bytes(String name) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + name);
      }
      if (!name.endsWith(".gz")) {
        return in.readAllBytes();
      }
      try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
        return unpacked.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
