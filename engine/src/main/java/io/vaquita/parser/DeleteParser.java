package io.vaquita.parser;

import io.vaquita.parser.syntax.DataStatement.DeleteStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DELETE in its three forms: FROM t; t1, t2 FROM …; FROM t1, t2 USING …. Confined to one thread. */
final class DeleteParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  DeleteParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  DeleteStatement statement(With with) {
    tokens.expect(Keyword.DELETE);
    HintedBlock block = grammar.hints.open();
    boolean lowPriority = false;
    boolean quick = false;
    boolean ignore = false;
    while (true) {
      if (tokens.accept(Keyword.LOW_PRIORITY)) {
        lowPriority = true;
      } else if (tokens.at(Keyword.QUICK)
          && tokens.kind(1) != TokenKind.COMMA
          && tokens.kind(1) != TokenKind.DOT) {
        tokens.next();
        quick = true;
      } else if (tokens.accept(Keyword.IGNORE)) {
        ignore = true;
      } else {
        break;
      }
    }
    List<TableName> targets = List.of();
    TableReference from;
    List<OrderItem> orderBy = List.of();
    Limit limit = null;
    ExpressionSyntax where;
    if (tokens.accept(Keyword.FROM)) {
      int mark = tokens.mark();
      List<TableName> names = targets();
      if (tokens.accept(Keyword.USING)) {
        targets = names;
        from = grammar.tables.references();
        where = whereIfAny();
      } else {
        tokens.reset(mark);
        from = single();
        where = whereIfAny();
        orderBy = grammar.queries.orderBy();
        limit = grammar.queries.limit();
        if (limit != null && limit.offset() != null) {
          throw tokens.error();
        }
      }
    } else {
      targets = targets();
      tokens.expect(Keyword.FROM);
      from = grammar.tables.references();
      where = whereIfAny();
    }
    grammar.hints.close(block);
    return new DeleteStatement(
        with, block, ignore, lowPriority, quick, targets, from, where, orderBy, limit);
  }

  private @Nullable ExpressionSyntax whereIfAny() {
    return tokens.accept(Keyword.WHERE) ? grammar.expressions.expression() : null;
  }

  /** Names, each perhaps with {@code .*} behind it. */
  private List<TableName> targets() {
    List<TableName> names = new ArrayList<>();
    do {
      String first = tokens.identifier();
      String second = null;
      if (tokens.at(TokenKind.DOT) && tokens.kind(1) != TokenKind.STAR) {
        tokens.next();
        second = tokens.identifier();
      }
      if (tokens.accept(TokenKind.DOT)) {
        tokens.expect(TokenKind.STAR);
      }
      names.add(second == null ? new TableName(null, first) : new TableName(first, second));
    } while (tokens.accept(TokenKind.COMMA));
    return names;
  }

  /** The alias stands before PARTITION here. */
  private NamedTable single() {
    TableName name = grammar.names.table();
    String alias = grammar.tables.aliasIfAny();
    return new NamedTable(name, alias, grammar.tables.partitionsIfAny(), List.of());
  }
}
