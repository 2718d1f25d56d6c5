package io.vaquita.parser;

import io.vaquita.parser.syntax.AccountName;
import io.vaquita.parser.syntax.DefinitionStatement.CreateSchema;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableElement.KeyKind;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement.CreateIndex;
import org.jspecify.annotations.Nullable;

/** CREATE: chooses by the object's kind; schemas, indexes and stored programs are read here. Confined to one thread. */
final class CreateParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  CreateParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    int start = tokens.mark();
    int startOffset = tokens.start();
    tokens.next();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case TABLE, TEMPORARY -> new CreateTableParser(grammar).statement();
      case DATABASE, SCHEMA -> schema();
      case UNIQUE, INDEX, FULLTEXT, SPATIAL -> {
        if (keyword == Keyword.SPATIAL && tokens.keyword(1) == Keyword.REFERENCE) {
          tokens.reset(start);
          yield StatementParser.unsupported(tokens);
        }
        yield index();
      }
      case USER, ROLE -> new AccountParser(grammar).create();
      case OR, ALGORITHM, DEFINER, SQL, VIEW, PROCEDURE, FUNCTION, TRIGGER, EVENT ->
          viewOrProgram(startOffset);
      case AGGREGATE, TABLESPACE, UNDO, LOGFILE, SERVER, RESOURCE -> {
        tokens.reset(start);
        yield StatementParser.unsupported(tokens);
      }
      default -> throw tokens.error();
    };
  }

  private StatementSyntax schema() {
    tokens.next();
    boolean ifNotExists = grammar.names.ifNotExists();
    String name = tokens.identifier();
    SchemaOptions options = new SchemaOptions();
    options.read(grammar);
    return new CreateSchema(
        name, ifNotExists, options.characterSet, options.collation, options.encryption);
  }

  private StatementSyntax index() {
    KeyKind kind = KeyKind.INDEX;
    if (tokens.accept(Keyword.UNIQUE)) {
      kind = KeyKind.UNIQUE;
    } else if (tokens.accept(Keyword.FULLTEXT)) {
      kind = KeyKind.FULLTEXT;
    } else if (tokens.accept(Keyword.SPATIAL)) {
      kind = KeyKind.SPATIAL;
    }
    tokens.expect(Keyword.INDEX);
    String name = tokens.identifier();
    IndexParser indexes = new IndexParser(grammar);
    var options = indexes.typeIfAny();
    tokens.expect(Keyword.ON);
    TableName table = grammar.names.table();
    var parts = indexes.parts();
    options.addAll(indexes.options());
    LockAndAlgorithm how = new LockAndAlgorithm();
    how.read(grammar);
    return new CreateIndex(
        table, new TableElement.Key(kind, null, name, parts, options), how.algorithm, how.lock);
  }

  /** OR REPLACE, ALGORITHM, DEFINER and SQL SECURITY may stand before the word that tells what it is. */
  private StatementSyntax viewOrProgram(int startOffset) {
    ViewParser view = new ViewParser(grammar);
    boolean orReplace = tokens.accept(Keyword.OR);
    if (orReplace) {
      tokens.expect(Keyword.REPLACE);
    }
    view.readAttributes();
    if (tokens.at(Keyword.VIEW)) {
      return view.definition(false, orReplace);
    }
    if (orReplace) {
      throw tokens.error();
    }
    return program(startOffset, view.definer());
  }

  private StatementSyntax program(int startOffset, @Nullable AccountName definer) {
    ProgramStatement.Kind kind = programKind(tokens);
    boolean ifNotExists = grammar.names.ifNotExists();
    TableName name = grammar.names.table();
    if (kind == ProgramStatement.Kind.FUNCTION && tokens.at(Keyword.RETURNS)) {
      // CREATE FUNCTION f RETURNS … SONAME: a loadable function.
      StatementParser.skipStatement(tokens);
      return new ProgramStatement.Unsupported(
          "CREATE FUNCTION", tokens.textBetween(startOffset, tokens.previousEnd()));
    }
    if (tokens.atEnd()) {
      throw tokens.error();
    }
    StatementParser.skipStatement(tokens);
    return new ProgramStatement.CreateProgram(
        kind, definer, ifNotExists, name, tokens.textBetween(startOffset, tokens.previousEnd()));
  }

  /** PROCEDURE, FUNCTION, TRIGGER or EVENT. */
  static ProgramStatement.Kind programKind(TokenStream tokens) {
    if (tokens.accept(Keyword.PROCEDURE)) {
      return ProgramStatement.Kind.PROCEDURE;
    }
    if (tokens.accept(Keyword.FUNCTION)) {
      return ProgramStatement.Kind.FUNCTION;
    }
    if (tokens.accept(Keyword.TRIGGER)) {
      return ProgramStatement.Kind.TRIGGER;
    }
    tokens.expect(Keyword.EVENT);
    return ProgramStatement.Kind.EVENT;
  }

  /** Options of CREATE and ALTER DATABASE. */
  static final class SchemaOptions {
    @Nullable String characterSet;
    @Nullable String collation;
    @Nullable String encryption;
    @Nullable Boolean readOnly;
    int count;

    void read(Grammar grammar) {
      TokenStream tokens = grammar.tokens;
      while (!tokens.atEnd()) {
        if (tokens.at(Keyword.READ)) {
          readOnly(tokens);
          count++;
          continue;
        }
        tokens.accept(Keyword.DEFAULT);
        if (grammar.names.acceptCharacterSet()) {
          tokens.accept(TokenKind.EQUAL);
          characterSet = grammar.names.characterSet();
        } else if (tokens.accept(Keyword.COLLATE)) {
          tokens.accept(TokenKind.EQUAL);
          collation = grammar.names.collation();
        } else {
          tokens.expect(Keyword.ENCRYPTION);
          tokens.accept(TokenKind.EQUAL);
          encryption = tokens.string();
        }
        count++;
      }
    }

    private void readOnly(TokenStream tokens) {
      tokens.next();
      tokens.expect(Keyword.ONLY);
      tokens.accept(TokenKind.EQUAL);
      readOnly = tokens.accept(Keyword.DEFAULT) ? null : tokens.integer() != 0;
    }
  }

  /** ALGORITHM = x and LOCK = x behind CREATE and DROP INDEX. */
  static final class LockAndAlgorithm {
    @Nullable String algorithm;
    @Nullable String lock;

    void read(Grammar grammar) {
      while (readOne(grammar)) {
        // each of them is taken; the last one counts
      }
    }

    private static String value(TokenStream tokens) {
      return tokens.at(Keyword.DEFAULT)
          ? tokens.word()
          : tokens.identifier().toUpperCase(java.util.Locale.ROOT);
    }

    boolean readOne(Grammar grammar) {
      TokenStream tokens = grammar.tokens;
      if (tokens.accept(Keyword.ALGORITHM)) {
        tokens.accept(TokenKind.EQUAL);
        algorithm = value(tokens);
        return true;
      }
      if (tokens.accept(Keyword.LOCK)) {
        tokens.accept(TokenKind.EQUAL);
        lock = value(tokens);
        return true;
      }
      return false;
    }
  }
}
