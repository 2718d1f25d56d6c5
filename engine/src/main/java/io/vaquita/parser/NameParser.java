package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of tables, character sets, collations and accounts. Confined to one thread. */
final class NameParser {
  private final TokenStream tokens;

  NameParser(Grammar grammar) {
    this.tokens = grammar.tokens;
  }

  /** {@code [schema.]name}. */
  TableName table() {
    String first = tokens.identifier();
    return tokens.accept(TokenKind.DOT)
        ? new TableName(first, tokens.identifier())
        : new TableName(null, first);
  }

  List<TableName> tables() {
    List<TableName> names = new ArrayList<>();
    do {
      names.add(table());
    } while (tokens.accept(TokenKind.COMMA));
    return names;
  }

  /** {@code (a, b)}. */
  List<String> parenthesisedIdentifiers() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> names = identifiers();
    tokens.expect(TokenKind.RIGHT_PAREN);
    return names;
  }

  List<String> identifiers() {
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.identifier());
    } while (tokens.accept(TokenKind.COMMA));
    return names;
  }

  /** A character set's name, in lower case. */
  String characterSet() {
    if (tokens.accept(Keyword.BINARY)) {
      return "binary";
    }
    return tokens.identifierOrString().toLowerCase(Locale.ROOT);
  }

  /** A character set's name, or null for DEFAULT. */
  @Nullable String characterSetOrDefault() {
    return tokens.accept(Keyword.DEFAULT) ? null : characterSet();
  }

  /** A collation's name, in lower case. */
  String collation() {
    return characterSet();
  }

  /** CHARACTER SET, CHAR SET or CHARSET. */
  boolean acceptCharacterSet() {
    if (tokens.accept(Keyword.CHARSET)) {
      return true;
    }
    if (!tokens.acceptAny(Keyword.CHARACTER, Keyword.CHAR)) {
      return false;
    }
    tokens.expect(Keyword.SET);
    return true;
  }

  /** {@code 'user'@'host'}, a bare user, or CURRENT_USER. */
  AccountName account() {
    if (tokens.accept(Keyword.CURRENT_USER)) {
      if (tokens.accept(TokenKind.LEFT_PAREN)) {
        tokens.expect(TokenKind.RIGHT_PAREN);
      }
      return AccountName.CURRENT_USER;
    }
    String user = tokens.identifierOrString();
    if (!tokens.at(TokenKind.USER_VARIABLE)) {
      return new AccountName(user, "%");
    }
    return new AccountName(user, tokens.userVariable().toLowerCase(Locale.ROOT));
  }

  List<AccountName> accounts() {
    List<AccountName> names = new ArrayList<>();
    do {
      names.add(account());
    } while (tokens.accept(TokenKind.COMMA));
    return names;
  }

  boolean ifExists() {
    if (!tokens.accept(Keyword.IF)) {
      return false;
    }
    tokens.expect(Keyword.EXISTS);
    return true;
  }

  boolean ifNotExists() {
    if (!tokens.accept(Keyword.IF)) {
      return false;
    }
    tokens.expect(Keyword.NOT);
    tokens.expect(Keyword.EXISTS);
    return true;
  }
}
