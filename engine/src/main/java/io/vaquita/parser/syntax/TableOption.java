package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An option of a table, index, column or account: {@code ENGINE = InnoDB} is ("ENGINE", "InnoDB"). Immutable.
 *
 * @param name upper case, synonyms made one: ENGINE, AUTO_INCREMENT, AVG_ROW_LENGTH, CHARACTER SET, CHECKSUM, COLLATE, COMMENT,
 *     COMPRESSION, CONNECTION, DATA DIRECTORY, DELAY_KEY_WRITE, ENCRYPTION, INDEX DIRECTORY, INSERT_METHOD, KEY_BLOCK_SIZE, MAX_ROWS,
 *     MIN_ROWS, PACK_KEYS, PASSWORD, ROW_FORMAT, STATS_AUTO_RECALC, STATS_PERSISTENT, STATS_SAMPLE_PAGES, TABLESPACE, UNION …
 * @param value the text, without quotes; {@code DEFAULT} for the keyword; of UNION, the tables joined by commas
 */
public record TableOption(String name, String value) {

  /** The value of the last option of that name, or null. */
  public static @Nullable String find(List<TableOption> options, String name) {
    for (int i = options.size() - 1; i >= 0; i--) {
      if (options.get(i).name.equals(name)) {
        return options.get(i).value;
      }
    }
    return null;
  }
}
