package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountStatement;
import io.vaquita.parser.syntax.DefinitionStatement.DropSchema;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.SessionStatement.Deallocate;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement.DropIndex;
import io.vaquita.parser.syntax.TableStatement.DropTables;
import io.vaquita.parser.syntax.TableStatement.Rename;
import io.vaquita.parser.syntax.TableStatement.RenameTables;
import io.vaquita.parser.syntax.TableStatement.TruncateTable;
import io.vaquita.parser.syntax.ViewStatement.DropViews;
import java.util.ArrayList;
import java.util.List;

/** DROP of anything, RENAME and TRUNCATE. Confined to one thread. */
final class DropParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  DropParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    int mark = tokens.mark();
    tokens.next();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case TEMPORARY, TABLE, TABLES -> tables();
      case DATABASE, SCHEMA -> {
        tokens.next();
        boolean ifExists = grammar.names.ifExists();
        yield new DropSchema(tokens.identifier(), ifExists);
      }
      case INDEX -> index();
      case VIEW -> {
        tokens.next();
        boolean ifExists = grammar.names.ifExists();
        List<TableName> names = grammar.names.tables();
        tokens.acceptAny(Keyword.RESTRICT, Keyword.CASCADE);
        yield new DropViews(ifExists, names);
      }
      case PROCEDURE, FUNCTION, TRIGGER, EVENT -> {
        ProgramStatement.Kind kind = CreateParser.programKind(tokens);
        boolean ifExists = grammar.names.ifExists();
        yield new ProgramStatement.DropProgram(kind, ifExists, grammar.names.table());
      }
      case USER -> {
        tokens.next();
        boolean ifExists = grammar.names.ifExists();
        yield new AccountStatement.DropUsers(ifExists, grammar.names.accounts());
      }
      case ROLE -> {
        tokens.next();
        boolean ifExists = grammar.names.ifExists();
        yield new AccountStatement.DropRoles(ifExists, grammar.names.accounts());
      }
      case PREPARE -> {
        tokens.next();
        yield new Deallocate(tokens.identifier());
      }
      case TABLESPACE, UNDO, LOGFILE, SERVER, RESOURCE, SPATIAL -> {
        tokens.reset(mark);
        yield StatementParser.unsupported(tokens);
      }
      default -> throw tokens.error();
    };
  }

  private StatementSyntax tables() {
    boolean temporary = tokens.accept(Keyword.TEMPORARY);
    tokens.expectAny(Keyword.TABLE, Keyword.TABLES);
    boolean ifExists = grammar.names.ifExists();
    List<TableName> names = grammar.names.tables();
    tokens.acceptAny(Keyword.RESTRICT, Keyword.CASCADE);
    return new DropTables(temporary, ifExists, names);
  }

  private StatementSyntax index() {
    tokens.next();
    String name = tokens.identifier();
    tokens.expect(Keyword.ON);
    TableName table = grammar.names.table();
    CreateParser.LockAndAlgorithm how = new CreateParser.LockAndAlgorithm();
    how.read(grammar);
    return new DropIndex(table, name, how.algorithm, how.lock);
  }

  StatementSyntax rename() {
    tokens.next();
    if (tokens.accept(Keyword.USER)) {
      List<AccountStatement.UserRename> renames = new ArrayList<>();
      do {
        var from = grammar.names.account();
        tokens.expect(Keyword.TO);
        renames.add(new AccountStatement.UserRename(from, grammar.names.account()));
      } while (tokens.accept(TokenKind.COMMA));
      return new AccountStatement.RenameUsers(renames);
    }
    tokens.expectAny(Keyword.TABLE, Keyword.TABLES);
    List<Rename> renames = new ArrayList<>();
    do {
      TableName from = grammar.names.table();
      tokens.expect(Keyword.TO);
      renames.add(new Rename(from, grammar.names.table()));
    } while (tokens.accept(TokenKind.COMMA));
    return new RenameTables(renames);
  }

  StatementSyntax truncate() {
    tokens.next();
    tokens.accept(Keyword.TABLE);
    return new TruncateTable(grammar.names.table());
  }
}
