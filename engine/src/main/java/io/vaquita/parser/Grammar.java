package io.vaquita.parser;

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
  }
}
