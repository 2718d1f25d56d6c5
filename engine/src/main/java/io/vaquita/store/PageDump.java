package io.vaquita.store;

import io.vaquita.environment.Environment;
import io.vaquita.environment.RandomAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/** Describes what stands at a place of a data file, in words, for whoever looks for a fault. Changes nothing. Stateless. */
final class PageDump {
  private static final int SHOWN_BYTES_MAX = 48;

  private PageDump() {}

  static String describe(Path directory, long unit, Environment environment) throws IOException {
    Path path = directory.resolve(PageFile.NAME);
    if (!environment.files().exists(path)) {
      throw StoreErrors.noStore(directory);
    }
    try (RandomAccess data = environment.files().open(path)) {
      MetaPage meta =
          new StoreOpening(directory, StoreOptions.defaults(), environment).readMeta(data);
      PageSizes sizes = new PageSizes(meta.pageBytes(), meta.unitBytes());
      if (unit < Checkpoint.firstUnit(sizes)) {
        return meta.toString();
      }
      byte[] header = new byte[PageLayout.HEADER];
      data.read(unit * sizes.unit(), ByteBuffer.wrap(header));
      long location = PageLayout.i64(header, PageLayout.LOCATION);
      if (Location.unit(location) != unit || Location.count(location) == 0) {
        return "unit " + unit + ": no page begins here";
      }
      PageFile file = new PageFile(data, sizes);
      return switch (header[PageLayout.KIND]) {
        case PageFile.KIND_VALUE -> {
          byte[] value = file.readValue(location);
          yield "value at "
              + Location.describe(location)
              + ", "
              + value.length
              + " bytes: "
              + hex(value, 0, value.length);
        }
        case PageFile.KIND_SPACE_CHUNK ->
            "chunk of the space map at " + Location.describe(location);
        case PageFile.KIND_SPACE_INDEX ->
            "index of the space map at " + Location.describe(location);
        default -> tree(file.readPage(location), location);
      };
    }
  }

  private static String tree(byte[] b, long location) {
    StringBuilder text = new StringBuilder();
    int count = PageLayout.count(b);
    text.append("tree ").append(PageLayout.tree(b));
    text.append(PageLayout.isLeaf(b) ? ", leaf" : ", branch of level " + PageLayout.level(b));
    text.append(" at ").append(Location.describe(location));
    text.append(", ").append(count).append(" entries, ");
    text.append(PageLayout.used(b)).append(" of ").append(b.length).append(" bytes used\n");
    for (int i = 0; i < count; i++) {
      int entry = PageLayout.slot(b, i);
      text.append("  ").append(i).append(" @").append(entry).append("  ");
      text.append(hex(b, PageLayout.keyOffset(b, entry), PageLayout.keyLength(b, entry)));
      text.append("  ->  ").append(target(b, i, entry)).append('\n');
    }
    return text.toString();
  }

  private static String target(byte[] b, int index, int entry) {
    if (!PageLayout.isLeaf(b)) {
      boolean hasLarge = (PageLayout.childCountField(b, index) & PageLayout.OVERFLOW_BELOW) != 0;
      return Location.describe(PageLayout.childLocation(b, index))
          + ", "
          + PageLayout.childCount(b, index)
          + " entries"
          + (hasLarge ? ", large values" : "");
    }
    int length = PageLayout.valueLength(b, entry);
    int offset = PageLayout.valueOffset(b, entry);
    return PageLayout.isOverflow(b, entry)
        ? length + " bytes at " + Location.describe(PageLayout.i64(b, offset))
        : hex(b, offset, length);
  }

  private static String hex(byte[] b, int offset, int length) {
    int n = Math.min(length, SHOWN_BYTES_MAX);
    return HexFormat.of().formatHex(b, offset, offset + n) + (n < length ? "…" : "");
  }
}
