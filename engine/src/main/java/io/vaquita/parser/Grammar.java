package io.vaquita.parser;

import io.vaquita.error.DatabaseException;
import org.jspecify.annotations.Nullable;

/**
 * The parser classes of one statement, which call each other by it: one class for each family of the grammar over one token stream.
 * Confined to one thread.
 */
final class Grammar {
  final TokenStream tokens;
  final Parameters parameters;
  final NameParser names;
  final LiteralParser literals;
  final TypeParser types;
  final FunctionParser functions;
  final SpecialFunctionParser specialFunctions;
  final AggregateParser aggregates;
  final PrimaryParser primaries;
  final ExpressionParser expressions;
  final QueryParser queries;
  final SelectParser selects;
  final TableReferenceParser tables;
  final HintCollector hints;

  /** An error that MySQL finds only when the whole statement fits the grammar: a syntax error behind it comes first. */
  private @Nullable DatabaseException deferred;

  Grammar(TokenStream tokens, Parameters parameters) {
    this.tokens = tokens;
    this.parameters = parameters;
    names = new NameParser(this);
    literals = new LiteralParser(this);
    types = new TypeParser(this);
    functions = new FunctionParser(this);
    specialFunctions = new SpecialFunctionParser(this);
    aggregates = new AggregateParser(this);
    primaries = new PrimaryParser(this);
    expressions = new ExpressionParser(this);
    queries = new QueryParser(this);
    selects = new SelectParser(this);
    tables = new TableReferenceParser(this);
    hints = new HintCollector(tokens);
  }

  void defer(DatabaseException error) {
    if (deferred == null) {
      deferred = error;
    }
  }

  /** To be called when the whole text has been read. */
  void throwDeferred() {
    if (deferred != null) {
      throw deferred;
    }
  }
}
