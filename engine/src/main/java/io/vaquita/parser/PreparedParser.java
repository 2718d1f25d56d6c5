package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariable;
import io.vaquita.parser.syntax.SessionStatement.Deallocate;
import io.vaquita.parser.syntax.SessionStatement.Execute;
import io.vaquita.parser.syntax.SessionStatement.Prepare;
import io.vaquita.parser.syntax.StatementSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** PREPARE, EXECUTE, DEALLOCATE. Confined to one thread. */
final class PreparedParser {
  private final TokenStream tokens;

  PreparedParser(Grammar grammar) {
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    if (tokens.accept(Keyword.PREPARE)) {
      String name = tokens.identifier();
      tokens.expect(Keyword.FROM);
      ExpressionSyntax source =
          tokens.at(TokenKind.USER_VARIABLE)
              ? new UserVariable(variable())
              : new StringLiteral(tokens.string(), null);
      return new Prepare(name, source);
    }
    if (tokens.accept(Keyword.EXECUTE)) {
      String name = tokens.identifier();
      List<String> variables = new ArrayList<>();
      if (tokens.accept(Keyword.USING)) {
        do {
          variables.add(variable());
        } while (tokens.accept(TokenKind.COMMA));
      }
      return new Execute(name, variables);
    }
    tokens.expect(Keyword.DEALLOCATE);
    tokens.expect(Keyword.PREPARE);
    return new Deallocate(tokens.identifier());
  }

  private String variable() {
    return tokens.userVariable().toLowerCase(Locale.ROOT);
  }
}
