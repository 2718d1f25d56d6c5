package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.AccountStatement.Account;
import io.vaquita.parser.syntax.AccountStatement.AlterUsers;
import io.vaquita.parser.syntax.AccountStatement.CreateRoles;
import io.vaquita.parser.syntax.AccountStatement.CreateUsers;
import io.vaquita.parser.syntax.AccountStatement.RoleChoice;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CREATE and ALTER USER, CREATE ROLE. Confined to one thread. */
final class AccountParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  AccountParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** At USER or ROLE behind CREATE. */
  StatementSyntax create() {
    boolean role = tokens.at(Keyword.ROLE);
    tokens.next();
    boolean ifNotExists = grammar.names.ifNotExists();
    if (role) {
      return new CreateRoles(ifNotExists, grammar.names.accounts());
    }
    List<Account> accounts = accounts();
    List<AccountName> roles = List.of();
    if (tokens.at(Keyword.DEFAULT, Keyword.ROLE)) {
      tokens.next();
      tokens.next();
      roles = grammar.names.accounts();
    }
    return new CreateUsers(ifNotExists, accounts, roles, options());
  }

  /** At USER behind ALTER. */
  StatementSyntax alter() {
    tokens.next();
    boolean ifExists = grammar.names.ifExists();
    if (tokens.at(Keyword.USER) && tokens.kind(1) == TokenKind.LEFT_PAREN) {
      tokens.next();
      tokens.next();
      tokens.expect(TokenKind.RIGHT_PAREN);
      Account current = identification(AccountName.CURRENT_USER);
      return new AlterUsers(ifExists, List.of(current), null, options());
    }
    List<Account> accounts = accounts();
    RoleChoice roles = null;
    if (tokens.at(Keyword.DEFAULT, Keyword.ROLE)) {
      tokens.next();
      tokens.next();
      roles = roleChoice(grammar);
    }
    return new AlterUsers(ifExists, accounts, roles, options());
  }

  /** NONE, ALL [EXCEPT …], DEFAULT or a list of roles. */
  static RoleChoice roleChoice(Grammar grammar) {
    TokenStream tokens = grammar.tokens;
    if (tokens.accept(Keyword.NONE)) {
      return new RoleChoice.None();
    }
    if (tokens.accept(Keyword.DEFAULT)) {
      return new RoleChoice.Default();
    }
    if (tokens.accept(Keyword.ALL)) {
      return new RoleChoice.All(
          tokens.accept(Keyword.EXCEPT) ? grammar.names.accounts() : List.of());
    }
    return new RoleChoice.Named(grammar.names.accounts());
  }

  private List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    do {
      accounts.add(identification(grammar.names.account()));
    } while (tokens.accept(TokenKind.COMMA));
    return accounts;
  }

  private Account identification(AccountName name) {
    String plugin = null;
    String password = null;
    String hash = null;
    boolean random = false;
    String replaced = null;
    if (tokens.accept(Keyword.IDENTIFIED)) {
      if (tokens.accept(Keyword.WITH)) {
        plugin = tokens.identifierOrString().toLowerCase(Locale.ROOT);
        if (tokens.accept(Keyword.AS)) {
          hash = hash();
        }
      } else if (!tokens.at(Keyword.BY)) {
        throw tokens.error();
      }
      if (hash == null && tokens.accept(Keyword.BY)) {
        random = tokens.accept(Keyword.RANDOM);
        if (random) {
          tokens.expect(Keyword.PASSWORD);
        } else {
          password = tokens.string();
        }
      }
    }
    if (tokens.accept(Keyword.REPLACE)) {
      replaced = tokens.string();
    }
    boolean retain = retainCurrentPassword(tokens);
    boolean discard = false;
    if (tokens.accept(Keyword.DISCARD)) {
      tokens.expect(Keyword.OLD);
      tokens.expect(Keyword.PASSWORD);
      discard = true;
    }
    return new Account(name, plugin, password, hash, random, replaced, retain, discard);
  }

  static boolean retainCurrentPassword(TokenStream tokens) {
    if (!tokens.accept(Keyword.RETAIN)) {
      return false;
    }
    tokens.expect(Keyword.CURRENT);
    tokens.expect(Keyword.PASSWORD);
    return true;
  }

  /** A string, or its bytes in hex digits. */
  private String hash() {
    if (tokens.at(TokenKind.STRING)) {
      return tokens.string();
    }
    return new String(grammar.literals.byteText(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  // ---- options

  private List<TableOption> options() {
    List<TableOption> options = new ArrayList<>();
    if (tokens.accept(Keyword.REQUIRE)) {
      require(options);
    }
    if (tokens.accept(Keyword.WITH)) {
      do {
        if (!tokens.atAny(
            Keyword.MAX_QUERIES_PER_HOUR, Keyword.MAX_UPDATES_PER_HOUR,
            Keyword.MAX_CONNECTIONS_PER_HOUR, Keyword.MAX_USER_CONNECTIONS)) {
          throw tokens.error();
        }
        String name = tokens.word();
        options.add(new TableOption(name, Long.toString(tokens.integer())));
      } while (tokens.atAny(
          Keyword.MAX_QUERIES_PER_HOUR, Keyword.MAX_UPDATES_PER_HOUR,
          Keyword.MAX_CONNECTIONS_PER_HOUR, Keyword.MAX_USER_CONNECTIONS));
    }
    while (!tokens.atEnd()) {
      passwordOrLock(options);
    }
    return options;
  }

  private void require(List<TableOption> options) {
    if (tokens.atAny(Keyword.NONE, Keyword.SSL, Keyword.X509)) {
      options.add(new TableOption("REQUIRE", tokens.word()));
      return;
    }
    do {
      if (!tokens.atAny(Keyword.SUBJECT, Keyword.ISSUER, Keyword.CIPHER)) {
        throw tokens.error();
      }
      String name = tokens.word();
      options.add(new TableOption(name, tokens.string()));
      tokens.accept(Keyword.AND);
    } while (tokens.atAny(Keyword.SUBJECT, Keyword.ISSUER, Keyword.CIPHER));
  }

  private void passwordOrLock(List<TableOption> options) {
    if (tokens.accept(Keyword.ACCOUNT)) {
      if (!tokens.atAny(Keyword.LOCK, Keyword.UNLOCK)) {
        throw tokens.error();
      }
      options.add(new TableOption("ACCOUNT", tokens.word()));
    } else if (tokens.atAny(Keyword.COMMENT, Keyword.ATTRIBUTE)) {
      String name = tokens.word();
      options.add(new TableOption(name, tokens.string()));
    } else if (tokens.atAny(Keyword.FAILED_LOGIN_ATTEMPTS, Keyword.PASSWORD_LOCK_TIME)) {
      String name = tokens.word();
      options.add(new TableOption(name, numberOrWord()));
    } else {
      tokens.expect(Keyword.PASSWORD);
      password(options);
    }
  }

  private void password(List<TableOption> options) {
    if (tokens.accept(Keyword.EXPIRE)) {
      String value = "";
      if (tokens.accept(Keyword.INTERVAL)) {
        value = Long.toString(tokens.integer());
        tokens.expect(Keyword.DAY);
      } else if (tokens.atAny(Keyword.DEFAULT, Keyword.NEVER)) {
        value = tokens.word();
      }
      options.add(new TableOption("PASSWORD EXPIRE", value));
    } else if (tokens.accept(Keyword.HISTORY)) {
      options.add(new TableOption("PASSWORD HISTORY", numberOrWord()));
    } else if (tokens.accept(Keyword.REUSE)) {
      tokens.expect(Keyword.INTERVAL);
      String value = numberOrWord();
      tokens.accept(Keyword.DAY);
      options.add(new TableOption("PASSWORD REUSE INTERVAL", value));
    } else {
      tokens.expect(Keyword.REQUIRE);
      tokens.expect(Keyword.CURRENT);
      String value = tokens.atAny(Keyword.DEFAULT, Keyword.OPTIONAL) ? tokens.word() : "";
      options.add(new TableOption("PASSWORD REQUIRE CURRENT", value));
    }
  }

  private String numberOrWord() {
    return tokens.at(TokenKind.INTEGER) ? Long.toString(tokens.integer()) : tokens.word();
  }
}
