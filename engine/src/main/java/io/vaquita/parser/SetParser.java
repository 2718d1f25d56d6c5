package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.AccountStatement.SetDefaultRole;
import io.vaquita.parser.syntax.AccountStatement.SetPassword;
import io.vaquita.parser.syntax.AccountStatement.SetRole;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Default;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import io.vaquita.parser.syntax.SessionStatement.SetStatement;
import io.vaquita.parser.syntax.SetItem;
import io.vaquita.parser.syntax.SetItem.Scope;
import io.vaquita.parser.syntax.StatementSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** SET in all its forms. Confined to one thread. */
final class SetParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  SetParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    int mark = tokens.mark();
    tokens.next();
    if (tokens.at(Keyword.PASSWORD)) {
      return password();
    }
    if (tokens.at(Keyword.RESOURCE, Keyword.GROUP)) {
      tokens.reset(mark);
      return StatementParser.unsupported(tokens);
    }
    if (tokens.at(Keyword.ROLE) && tokens.kind(1) != TokenKind.EQUAL) {
      tokens.next();
      return new SetRole(AccountParser.roleChoice(grammar));
    }
    if (tokens.at(Keyword.DEFAULT, Keyword.ROLE)) {
      tokens.next();
      tokens.next();
      var roles = AccountParser.roleChoice(grammar);
      tokens.expect(Keyword.TO);
      return new SetDefaultRole(roles, grammar.names.accounts());
    }
    SetItem transaction = transactionIfAny();
    if (transaction != null) {
      return new SetStatement(List.of(transaction));
    }
    List<SetItem> items = new ArrayList<>();
    do {
      items.add(item());
    } while (tokens.accept(TokenKind.COMMA));
    return new SetStatement(items);
  }

  private StatementSyntax password() {
    tokens.next();
    AccountName account = null;
    if (tokens.accept(Keyword.FOR)) {
      account = grammar.names.account();
    }
    String text = null;
    if (tokens.accept(Keyword.TO)) {
      tokens.expect(Keyword.RANDOM);
    } else {
      assignment();
      text = tokens.string();
    }
    String replaced = tokens.accept(Keyword.REPLACE) ? tokens.string() : null;
    return new SetPassword(account, text, replaced, AccountParser.retainCurrentPassword(tokens));
  }

  private void assignment() {
    if (!tokens.accept(TokenKind.EQUAL)) {
      tokens.expect(TokenKind.ASSIGN);
    }
  }

  // ---- TRANSACTION

  private @Nullable SetItem transactionIfAny() {
    Scope scope = Scope.DEFAULT;
    if (tokens.keyword(1) == Keyword.TRANSACTION
        && tokens.atAny(Keyword.GLOBAL, Keyword.SESSION, Keyword.LOCAL)) {
      scope = tokens.at(Keyword.GLOBAL) ? Scope.GLOBAL : Scope.SESSION;
      tokens.next();
      tokens.next();
    } else if (tokens.at(Keyword.TRANSACTION)
        && (tokens.keyword(1) == Keyword.ISOLATION || tokens.keyword(1) == Keyword.READ)) {
      tokens.next();
    } else {
      return null;
    }
    String isolation = null;
    Boolean readOnly = null;
    do {
      if (isolation == null && tokens.accept(Keyword.ISOLATION)) {
        tokens.expect(Keyword.LEVEL);
        isolation = isolation();
      } else {
        if (readOnly != null) {
          throw tokens.error();
        }
        tokens.expect(Keyword.READ);
        readOnly = tokens.accept(Keyword.ONLY);
        if (!readOnly) {
          tokens.expect(Keyword.WRITE);
        }
      }
    } while (tokens.accept(TokenKind.COMMA));
    return new SetItem.Transaction(scope, isolation, readOnly);
  }

  private String isolation() {
    if (tokens.accept(Keyword.REPEATABLE)) {
      tokens.expect(Keyword.READ);
      return "REPEATABLE-READ";
    }
    if (tokens.accept(Keyword.SERIALIZABLE)) {
      return "SERIALIZABLE";
    }
    tokens.expect(Keyword.READ);
    if (tokens.accept(Keyword.COMMITTED)) {
      return "READ-COMMITTED";
    }
    tokens.expect(Keyword.UNCOMMITTED);
    return "READ-UNCOMMITTED";
  }

  // ---- assignments

  private SetItem item() {
    if (tokens.at(TokenKind.USER_VARIABLE)) {
      String name = tokens.userVariable().toLowerCase(Locale.ROOT);
      assignment();
      return new SetItem.UserVariable(name, grammar.expressions.expression());
    }
    if (tokens.accept(TokenKind.SYSTEM_VARIABLE)) {
      return systemVariable();
    }
    if (tokens.at(Keyword.NAMES)) {
      return names();
    }
    if (tokens.at(Keyword.CHARSET) && tokens.kind(1) != TokenKind.EQUAL
        || tokens.atAny(Keyword.CHARACTER, Keyword.CHAR)) {
      grammar.names.acceptCharacterSet();
      return new SetItem.CharacterSet(grammar.names.characterSetOrDefault());
    }
    Scope scope = Scope.DEFAULT;
    if (tokens.atAny(
            Keyword.GLOBAL, Keyword.SESSION, Keyword.LOCAL, Keyword.PERSIST, Keyword.PERSIST_ONLY)
        && tokens.isIdentifierAt(1)) {
      scope = scope(tokens.word());
    }
    return variable(scope);
  }

  private static Scope scope(String word) {
    return switch (word) {
      case "GLOBAL" -> Scope.GLOBAL;
      case "PERSIST" -> Scope.PERSIST;
      case "PERSIST_ONLY" -> Scope.PERSIST_ONLY;
      default -> Scope.SESSION;
    };
  }

  /** Behind {@code @@}. */
  private SetItem systemVariable() {
    Scope scope = Scope.DEFAULT;
    if (tokens.kind(1) == TokenKind.DOT) {
      String word = PrimaryParser.variableScope(tokens.tokenText());
      if (word != null) {
        scope = scope(word);
        tokens.next();
        tokens.next();
      }
    }
    return variable(scope);
  }

  private SetItem variable(Scope scope) {
    String name = tokens.identifier();
    String component = null;
    if (tokens.accept(TokenKind.DOT)) {
      component = name;
      name = tokens.identifier();
    }
    assignment();
    return new SetItem.SystemVariable(scope, component, name, value());
  }

  private ExpressionSyntax value() {
    if (tokens.at(Keyword.DEFAULT) && tokens.kind(1) != TokenKind.LEFT_PAREN) {
      tokens.next();
      return new Default(null);
    }
    boolean alone = isEnd(tokens.kind(1));
    if (alone
        && tokens.atAny(Keyword.ON, Keyword.ALL, Keyword.BINARY, Keyword.ROW, Keyword.SYSTEM)) {
      return new StringLiteral(tokens.word(), null);
    }
    return grammar.expressions.expression();
  }

  private static boolean isEnd(TokenKind kind) {
    return kind == TokenKind.END || kind == TokenKind.SEMICOLON || kind == TokenKind.COMMA;
  }

  private SetItem names() {
    tokens.next();
    if (tokens.at(TokenKind.EQUAL) || tokens.at(TokenKind.ASSIGN)) {
      tokens.next();
      grammar.expressions.expression();
      throw tokens.error();
    }
    String characterSet = grammar.names.characterSetOrDefault();
    String collation = null;
    if (characterSet != null && tokens.accept(Keyword.COLLATE)) {
      collation = grammar.names.characterSetOrDefault();
    }
    return new SetItem.Names(characterSet, collation);
  }
}
