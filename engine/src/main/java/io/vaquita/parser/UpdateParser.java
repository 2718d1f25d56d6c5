package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.DataStatement.Assignment;
import io.vaquita.parser.syntax.DataStatement.UpdateStatement;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.HintedBlock;
import io.vaquita.parser.syntax.QuerySyntax.Limit;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.QuerySyntax.With;
import io.vaquita.parser.syntax.TableReference;
import java.util.List;

/** UPDATE. Confined to one thread. */
final class UpdateParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  UpdateParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  UpdateStatement statement(With with) {
    tokens.expect(Keyword.UPDATE);
    HintedBlock block = grammar.hints.open();
    boolean lowPriority = tokens.accept(Keyword.LOW_PRIORITY);
    boolean ignore = tokens.accept(Keyword.IGNORE);
    TableReference table = grammar.tables.references();
    tokens.expect(Keyword.SET);
    List<Assignment> assignments = InsertParser.assignments(grammar);
    ExpressionSyntax where = tokens.accept(Keyword.WHERE) ? grammar.expressions.expression() : null;
    List<OrderItem> orderBy = grammar.queries.orderBy();
    Limit limit = grammar.queries.limit();
    if (limit != null && limit.offset() != null) {
      throw tokens.error();
    }
    if (table instanceof TableReference.Join) {
      if (!orderBy.isEmpty()) {
        throw MySqlError.ER_WRONG_USAGE.exception("UPDATE", "ORDER BY");
      }
      if (limit != null) {
        throw MySqlError.ER_WRONG_USAGE.exception("UPDATE", "LIMIT");
      }
    }
    grammar.hints.close(block);
    return new UpdateStatement(
        with, block, ignore, lowPriority, table, assignments, where, orderBy, limit);
  }
}
