package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.AccountStatement.Grant;
import io.vaquita.parser.syntax.AccountStatement.GrantProxy;
import io.vaquita.parser.syntax.AccountStatement.GrantRoles;
import io.vaquita.parser.syntax.AccountStatement.Privilege;
import io.vaquita.parser.syntax.AccountStatement.PrivilegeTarget;
import io.vaquita.parser.syntax.AccountStatement.Revoke;
import io.vaquita.parser.syntax.AccountStatement.RevokeAll;
import io.vaquita.parser.syntax.AccountStatement.RevokeProxy;
import io.vaquita.parser.syntax.AccountStatement.RevokeRoles;
import io.vaquita.parser.syntax.StatementSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** GRANT and REVOKE of privileges, roles and PROXY. Confined to one thread. */
final class GrantParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  /** What stands before ON or TO: privileges, or roles when no ON follows. */
  private final List<Privilege> privileges = new ArrayList<>();

  private final List<AccountName> roles = new ArrayList<>();

  GrantParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax grant() {
    tokens.next();
    if (tokens.at(Keyword.PROXY, Keyword.ON)) {
      tokens.next();
      tokens.next();
      AccountName on = grammar.names.account();
      tokens.expect(Keyword.TO);
      return new GrantProxy(on, grammar.names.accounts(), withOption(Keyword.GRANT));
    }
    privilegesOrRoles();
    if (tokens.accept(Keyword.ON)) {
      PrivilegeTarget target = target();
      tokens.expect(Keyword.TO);
      List<AccountName> to = grammar.names.accounts();
      boolean option = withOption(Keyword.GRANT);
      if (tokens.accept(Keyword.AS)) {
        grammar.names.account();
        if (tokens.accept(Keyword.WITH)) {
          tokens.expect(Keyword.ROLE);
          AccountParser.roleChoice(grammar);
        }
      }
      return new Grant(privileges, target, to, option);
    }
    tokens.expect(Keyword.TO);
    requireRoles();
    return new GrantRoles(roles, grammar.names.accounts(), withOption(Keyword.ADMIN));
  }

  StatementSyntax revoke() {
    tokens.next();
    boolean ifExists = grammar.names.ifExists();
    if (tokens.at(Keyword.PROXY, Keyword.ON)) {
      tokens.next();
      tokens.next();
      AccountName on = grammar.names.account();
      tokens.expect(Keyword.FROM);
      return new RevokeProxy(ifExists, on, grammar.names.accounts(), ignoreUnknownUser());
    }
    if (tokens.at(Keyword.ALL)) {
      int mark = tokens.mark();
      tokens.next();
      tokens.accept(Keyword.PRIVILEGES);
      if (tokens.accept(TokenKind.COMMA)) {
        tokens.expect(Keyword.GRANT);
        tokens.expect(Keyword.OPTION);
        tokens.expect(Keyword.FROM);
        return new RevokeAll(ifExists, grammar.names.accounts(), ignoreUnknownUser());
      }
      tokens.reset(mark);
    }
    privilegesOrRoles();
    if (tokens.accept(Keyword.ON)) {
      PrivilegeTarget target = target();
      tokens.expect(Keyword.FROM);
      return new Revoke(
          ifExists, privileges, target, grammar.names.accounts(), ignoreUnknownUser());
    }
    tokens.expect(Keyword.FROM);
    requireRoles();
    return new RevokeRoles(ifExists, roles, grammar.names.accounts(), ignoreUnknownUser());
  }

  private void requireRoles() {
    if (roles.size() != privileges.size()) {
      throw tokens.error();
    }
  }

  private boolean withOption(Keyword which) {
    boolean found = false;
    while (tokens.at(Keyword.WITH, which)) {
      tokens.next();
      tokens.next();
      tokens.expect(Keyword.OPTION);
      found = true;
    }
    return found;
  }

  private boolean ignoreUnknownUser() {
    if (!tokens.accept(Keyword.IGNORE)) {
      return false;
    }
    tokens.expect(Keyword.UNKNOWN);
    tokens.expect(Keyword.USER);
    return true;
  }

  private void privilegesOrRoles() {
    if (tokens.accept(Keyword.ALL)) {
      tokens.accept(Keyword.PRIVILEGES);
      privileges.add(new Privilege("ALL", List.of()));
      return;
    }
    do {
      one();
    } while (tokens.accept(TokenKind.COMMA));
  }

  /** Words up to a comma, a parenthesis, ON, TO or FROM; or a role's name. */
  private void one() {
    boolean mayBeRole = tokens.atIdentifier() || tokens.at(TokenKind.STRING);
    if (mayBeRole
        && (tokens.at(TokenKind.STRING)
            || tokens.at(TokenKind.QUOTED_IDENTIFIER)
            || tokens.kind(1) == TokenKind.USER_VARIABLE)) {
      AccountName role = grammar.names.account();
      roles.add(role);
      privileges.add(new Privilege(role.user().toUpperCase(Locale.ROOT), List.of()));
      return;
    }
    StringBuilder name = new StringBuilder();
    String first = tokens.tokenText();
    int words = 0;
    while ((tokens.at(TokenKind.KEYWORD) || tokens.at(TokenKind.IDENTIFIER))
        && !tokens.atAny(Keyword.ON, Keyword.TO, Keyword.FROM)) {
      name.append(words == 0 ? "" : " ").append(tokens.word());
      words++;
    }
    if (words == 0) {
      throw tokens.error();
    }
    if (words == 1 && mayBeRole) {
      roles.add(new AccountName(first, "%"));
    }
    List<String> columns =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
    privileges.add(new Privilege(name.toString(), columns));
  }

  private PrivilegeTarget target() {
    String type = "TABLE";
    if (tokens.atAny(Keyword.TABLE, Keyword.FUNCTION, Keyword.PROCEDURE)) {
      type = tokens.word();
    }
    if (tokens.accept(TokenKind.STAR)) {
      if (tokens.accept(TokenKind.DOT)) {
        tokens.expect(TokenKind.STAR);
        return new PrivilegeTarget(type, "*", "*");
      }
      return new PrivilegeTarget(type, null, "*");
    }
    String first = tokens.identifier();
    if (!tokens.accept(TokenKind.DOT)) {
      return new PrivilegeTarget(type, null, first);
    }
    return new PrivilegeTarget(
        type, first, tokens.accept(TokenKind.STAR) ? "*" : tokens.identifier());
  }
}
