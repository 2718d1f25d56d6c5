package io.vaquita.parser;

import io.vaquita.parser.syntax.DataStatement.Assignment;
import io.vaquita.parser.syntax.DataStatement.InsertStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT and REPLACE. Confined to one thread. */
final class InsertParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  private List<ColumnReference> columns = List.of();
  private List<List<ExpressionSyntax>> rows = List.of();
  private @Nullable QuerySyntax query;

  InsertParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  InsertStatement statement() {
    boolean replace = tokens.at(Keyword.REPLACE);
    tokens.next();
    HintedBlock block = grammar.hints.open();
    String priority = null;
    if (tokens.atAny(Keyword.LOW_PRIORITY, Keyword.DELAYED)
        || !replace && tokens.at(Keyword.HIGH_PRIORITY)) {
      priority = tokens.word();
    }
    boolean ignore = !replace && tokens.accept(Keyword.IGNORE);
    tokens.accept(Keyword.INTO);
    TableName table = grammar.names.table();
    List<String> partitions = grammar.tables.partitionsIfAny();
    source();
    String rowAlias = null;
    List<String> aliasColumns = List.of();
    if (!replace && query == null && tokens.accept(Keyword.AS)) {
      rowAlias = tokens.identifier();
      if (tokens.at(TokenKind.LEFT_PAREN)) {
        aliasColumns = grammar.names.parenthesisedIdentifiers();
      }
    }
    List<Assignment> onDuplicate = List.of();
    if (!replace && tokens.accept(Keyword.ON)) {
      tokens.expect(Keyword.DUPLICATE);
      tokens.expect(Keyword.KEY);
      tokens.expect(Keyword.UPDATE);
      onDuplicate = assignments();
    }
    grammar.hints.close(block);
    return new InsertStatement(
        block,
        replace,
        ignore,
        priority,
        table,
        partitions,
        columns,
        rows,
        query,
        rowAlias,
        aliasColumns,
        onDuplicate);
  }

  private void source() {
    if (tokens.accept(Keyword.SET)) {
      set();
      return;
    }
    if (tokens.at(TokenKind.LEFT_PAREN) && !grammar.queries.atParenthesisedQuery()) {
      columns = columns();
    }
    if (tokens.at(Keyword.VALUE) || tokens.at(Keyword.VALUES) && tokens.keyword(1) != Keyword.ROW) {
      tokens.next();
      rows = new ArrayList<>();
      do {
        rows.add(grammar.queries.row());
      } while (tokens.accept(TokenKind.COMMA));
    } else if (tokens.at(Keyword.VALUES)) {
      rowConstructors();
    } else {
      grammar.hints.shareNext();
      query = grammar.queries.query();
    }
  }

  /** VALUES ROW(…), … are rows; with ORDER BY or a set operation they are a query. */
  private void rowConstructors() {
    int mark = tokens.mark();
    tokens.next();
    rows = new ArrayList<>();
    do {
      tokens.expect(Keyword.ROW);
      rows.add(grammar.queries.row());
    } while (tokens.accept(TokenKind.COMMA));
    if (tokens.atAny(
        Keyword.ORDER, Keyword.LIMIT, Keyword.UNION, Keyword.EXCEPT, Keyword.INTERSECT)) {
      tokens.reset(mark);
      rows = List.of();
      query = grammar.queries.query();
    }
  }

  private void set() {
    columns = new ArrayList<>();
    List<ExpressionSyntax> row = new ArrayList<>();
    for (Assignment assignment : assignments()) {
      columns.add(assignment.column());
      row.add(assignment.value());
    }
    rows = List.of(row);
  }

  private List<ColumnReference> columns() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<ColumnReference> names = new ArrayList<>();
    if (!tokens.at(TokenKind.RIGHT_PAREN)) {
      do {
        names.add(grammar.primaries.columnName());
      } while (tokens.accept(TokenKind.COMMA));
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return names;
  }

  private List<Assignment> assignments() {
    return assignments(grammar);
  }

  /** {@code column = value, …}; shared with UPDATE and LOAD DATA. */
  static List<Assignment> assignments(Grammar grammar) {
    TokenStream tokens = grammar.tokens;
    List<Assignment> assignments = new ArrayList<>();
    do {
      ColumnReference column = grammar.primaries.columnName();
      if (!tokens.accept(TokenKind.EQUAL)) {
        tokens.expect(TokenKind.ASSIGN);
      }
      assignments.add(new Assignment(column, grammar.queries.valueOrDefault()));
    } while (tokens.accept(TokenKind.COMMA));
    return assignments;
  }
}
