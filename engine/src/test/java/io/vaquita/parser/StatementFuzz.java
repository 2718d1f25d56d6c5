package io.vaquita.parser;

import io.vaquita.error.DatabaseException;
import java.nio.charset.StandardCharsets;

/**
 * What a fuzzer calls with a statement's text: the parser gives a tree or refuses it with MySQL's error. Stateless. Without Jazzer {@link
 * StatementFuzzTest} goes through mutations of seeds; with it: {@code spec/fuzz}.
 */
public final class StatementFuzz {
  private StatementFuzz() {}

  /** Jazzer's entry. */
  public static void fuzzerTestOneInput(byte[] data) {
    String sql = new String(data, StandardCharsets.UTF_8);
    try {
      ParsedStatement parsed = Parser.parse(sql, 0);
      while (parsed.next() >= 0) {
        parsed = Parser.parse(sql, parsed.next(), 0);
      }
      Parser.parsePrepared(sql, 0);
    } catch (DatabaseException refused) {
      // as it should be
    }
  }
}
