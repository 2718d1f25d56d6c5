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
import org.jspecify.annotations.Nullable;

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

  /** A privilege's words with its columns, or a role. */
  private void one() {
    String privilege = privilegeIfAny();
    if (privilege != null) {
      List<String> columns =
          tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
      privileges.add(new Privilege(privilege, columns));
      return;
    }
    AccountName role = grammar.names.account();
    roles.add(role);
    privileges.add(new Privilege(role.user().toUpperCase(Locale.ROOT), List.of()));
  }

  private @Nullable String privilegeIfAny() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    switch (keyword) {
      case SELECT,
          INSERT,
          UPDATE,
          DELETE,
          REFERENCES,
          USAGE,
          INDEX,
          ALTER,
          CREATE,
          DROP,
          GRANT,
          SHOW,
          LOCK -> {
        tokens.next();
        return secondWord(keyword);
      }
      case EXECUTE, RELOAD, SHUTDOWN, PROCESS, FILE, SUPER, EVENT, TRIGGER -> {
        tokens.next();
        return keyword.name();
      }
      case REPLICATION -> {
        if (tokens.keyword(1) != Keyword.SLAVE && tokens.keyword(1) != Keyword.CLIENT) {
          return null;
        }
        tokens.next();
        return "REPLICATION " + tokens.word();
      }
      default -> {
        return null;
      }
    }
  }

  private String secondWord(Keyword first) {
    switch (first) {
      case CREATE -> {
        if (tokens.accept(Keyword.TEMPORARY)) {
          tokens.expect(Keyword.TABLES);
          return "CREATE TEMPORARY TABLES";
        }
        if (tokens.atAny(
            Keyword.VIEW, Keyword.ROUTINE, Keyword.USER, Keyword.TABLESPACE, Keyword.ROLE)) {
          return "CREATE " + tokens.word();
        }
      }
      case ALTER -> {
        if (tokens.at(Keyword.ROUTINE)) {
          return "ALTER " + tokens.word();
        }
      }
      case DROP -> {
        if (tokens.at(Keyword.ROLE)) {
          return "DROP " + tokens.word();
        }
      }
      case GRANT -> {
        tokens.expect(Keyword.OPTION);
        return "GRANT OPTION";
      }
      case LOCK -> {
        tokens.expect(Keyword.TABLES);
        return "LOCK TABLES";
      }
      case SHOW -> {
        if (tokens.accept(Keyword.DATABASES)) {
          return "SHOW DATABASES";
        }
        tokens.expect(Keyword.VIEW);
        return "SHOW VIEW";
      }
      default -> {}
    }
    return first.name();
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
