package io.vaquita.parser;

import io.vaquita.parser.syntax.DataStatement.Assignment;
import io.vaquita.parser.syntax.DataStatement.LoadDataStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariable;
import io.vaquita.parser.syntax.FileFormat;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** LOAD DATA. Confined to one thread. */
final class LoadDataParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  LoadDataParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    if (tokens.keyword(1) != Keyword.DATA) {
      if (tokens.keyword(1) == Keyword.XML || tokens.keyword(1) == Keyword.INDEX) {
        return StatementParser.unsupported(tokens);
      }
      tokens.next();
      throw tokens.error();
    }
    tokens.next();
    tokens.next();
    tokens.acceptAny(Keyword.LOW_PRIORITY, Keyword.CONCURRENT);
    boolean local = tokens.accept(Keyword.LOCAL);
    tokens.expect(Keyword.INFILE);
    String file = tokens.string();
    String onDuplicate = null;
    if (tokens.atAny(Keyword.REPLACE, Keyword.IGNORE)) {
      onDuplicate = tokens.word();
    }
    tokens.expect(Keyword.INTO);
    tokens.expect(Keyword.TABLE);
    TableName table = grammar.names.table();
    List<String> partitions = grammar.tables.partitionsIfAny();
    String characterSet = grammar.names.acceptCharacterSet() ? grammar.names.characterSet() : null;
    FileFormat format = new FileFormatParser(grammar).format(characterSet);
    long ignoreLines = 0;
    if (tokens.accept(Keyword.IGNORE)) {
      ignoreLines = tokens.integer();
      tokens.expectAny(Keyword.LINES, Keyword.ROWS);
    }
    List<ExpressionSyntax> targets = targets();
    List<Assignment> assignments =
        tokens.accept(Keyword.SET) ? InsertParser.assignments(grammar) : List.of();
    return new LoadDataStatement(
        local, file, onDuplicate, table, partitions, format, ignoreLines, targets, assignments);
  }

  private List<ExpressionSyntax> targets() {
    List<ExpressionSyntax> targets = new ArrayList<>();
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      if (!tokens.at(TokenKind.RIGHT_PAREN)) {
        do {
          if (tokens.at(TokenKind.USER_VARIABLE)) {
            targets.add(new UserVariable(tokens.userVariable().toLowerCase(Locale.ROOT)));
          } else {
            targets.add(grammar.primaries.columnName());
          }
        } while (tokens.accept(TokenKind.COMMA));
      }
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
    return targets;
  }
}
