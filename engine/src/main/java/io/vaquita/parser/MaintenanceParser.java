package io.vaquita.parser;

import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement.MaintainTables;
import io.vaquita.parser.syntax.TableStatement.MaintenanceKind;
import java.util.ArrayList;
import java.util.List;

/** ANALYZE, CHECK, OPTIMIZE, REPAIR and CHECKSUM TABLE. Confined to one thread. */
final class MaintenanceParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  MaintenanceParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  MaintainTables statement(MaintenanceKind kind) {
    tokens.next();
    List<String> options = new ArrayList<>();
    if (tokens.atAny(Keyword.NO_WRITE_TO_BINLOG, Keyword.LOCAL)) {
      tokens.next();
      options.add("LOCAL");
    }
    tokens.expectAny(Keyword.TABLE, Keyword.TABLES);
    List<TableName> tables = grammar.names.tables();
    List<String> columns = List.of();
    if (kind == MaintenanceKind.ANALYZE && tokens.atAny(Keyword.UPDATE, Keyword.DROP)) {
      options.add(tokens.word() + " HISTOGRAM");
      tokens.expect(Keyword.HISTOGRAM);
      tokens.expect(Keyword.ON);
      columns = grammar.names.identifiers();
      if (tokens.accept(Keyword.WITH)) {
        tokens.integer();
        tokens.expect(Keyword.BUCKETS);
      }
      if (tokens.acceptAny(Keyword.AUTO, Keyword.MANUAL)) {
        tokens.expect(Keyword.UPDATE);
      }
    } else {
      while (tokens.atAny(
          Keyword.QUICK,
          Keyword.EXTENDED,
          Keyword.FAST,
          Keyword.MEDIUM,
          Keyword.CHANGED,
          Keyword.USE_FRM,
          Keyword.FOR)) {
        String word = tokens.word();
        if (word.equals("FOR")) {
          tokens.expect(Keyword.UPGRADE);
          word = "FOR UPGRADE";
        }
        options.add(word);
      }
    }
    return new MaintainTables(kind, tables, options, columns);
  }
}
