package io.vaquita.parser;

import io.vaquita.parser.syntax.DefinitionStatement.AlterSchema;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableName;

/** ALTER of anything: chooses by the object's kind. Confined to one thread. */
final class AlterParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  AlterParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  StatementSyntax statement() {
    int mark = tokens.mark();
    int start = tokens.start();
    tokens.next();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case TABLE -> {
        tokens.next();
        yield new AlterTableParser(grammar).statement();
      }
      case DATABASE, SCHEMA -> schema();
      case USER -> new AccountParser(grammar).alter();
      case ALGORITHM, DEFINER, SQL, VIEW -> {
        ViewParser view = new ViewParser(grammar);
        view.readAttributes();
        yield tokens.at(Keyword.VIEW) ? view.definition(true, false) : program(start);
      }
      case PROCEDURE, FUNCTION, EVENT -> program(start);
      case TABLESPACE, UNDO, LOGFILE, SERVER, INSTANCE, RESOURCE -> {
        tokens.reset(mark);
        yield StatementParser.unsupported(tokens);
      }
      default -> throw tokens.error();
    };
  }

  private StatementSyntax schema() {
    tokens.next();
    String name = null;
    if (tokens.atIdentifier() && !atSchemaOption()) {
      name = tokens.identifier();
    }
    CreateParser.SchemaOptions options = new CreateParser.SchemaOptions();
    options.read(grammar);
    if (options.count == 0) {
      throw tokens.error();
    }
    return new AlterSchema(
        name, options.characterSet, options.collation, options.encryption, options.readOnly);
  }

  /** CHARSET and ENCRYPTION may be names of schemas as well. */
  private boolean atSchemaOption() {
    return tokens.atAny(Keyword.CHARSET, Keyword.ENCRYPTION) && tokens.kind(1) != TokenKind.KEYWORD;
  }

  private StatementSyntax program(int start) {
    ProgramStatement.Kind kind = CreateParser.programKind(tokens);
    TableName name = grammar.names.table();
    StatementParser.skipStatement(tokens);
    return new ProgramStatement.AlterProgram(
        kind, name, tokens.textBetween(start, tokens.previousEnd()));
  }
}
