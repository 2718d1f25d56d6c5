package io.vaquita.parser;

import io.vaquita.error.DatabaseException;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.StatementSyntax;

/**
 * The way into the parser: text to syntax tree. Stateless. Every method throws 1064 with MySQL's text where the text does not fit
 * MySQL's grammar, and takes time and stack bounded by the text's length.
 */
public final class Parser {
  private Parser() {}

  /** The first statement of a text of the text protocol. 1065 when there is none. */
  public static ParsedStatement parse(String sql, long sqlMode) {
    return parse(sql, 0, sqlMode);
  }

  /** The first statement from an offset on: the {@link ParsedStatement#next} of the one before. */
  public static ParsedStatement parse(String sql, int from, long sqlMode) {
    return parse(sql, from, sqlMode, Parameters.none());
  }

  /** A statement to prepare, with {@code ?} for its parameters. Several statements are an error. */
  public static ParsedStatement parsePrepared(String sql, long sqlMode) {
    int to = trimmedEnd(sql);
    int from = skipBlanks(sql, 0, to);
    Grammar grammar = new Grammar(new TokenStream(sql, from, to, sqlMode), Parameters.marks());
    int start = grammar.tokens.start();
    grammar.hints.setStandalone(isQuery(grammar.tokens));
    StatementSyntax syntax = new StatementParser(grammar).statement();
    grammar.tokens.accept(TokenKind.SEMICOLON);
    if (!grammar.tokens.at(TokenKind.END)) {
      throw grammar.tokens.error();
    }
    grammar.throwDeferred();
    return new ParsedStatement(
        syntax,
        start,
        grammar.tokens.previousEnd(),
        -1,
        grammar.parameters.count(),
        grammar.hints.end());
  }

  /**
   * The statement of a digest, with its literals as parameters. Should the grammar use one of them as something else, the statement
   * keeps all of them and has no parameters: it must not be cached by the digest then.
   */
  public static ParsedStatement parse(String sql, Digest digest, long sqlMode) {
    Parameters parameters = Parameters.literals(digest.offsets());
    ParsedStatement statement = parse(sql, digest.start(), sqlMode, parameters);
    return parameters.areAllUsed() ? statement : parse(sql, digest.start(), sqlMode);
  }

  private static ParsedStatement parse(
      String sql, int offset, long sqlMode, Parameters parameters) {
    int to = trimmedEnd(sql);
    int from = skipBlanks(sql, offset, to);
    Grammar grammar = new Grammar(new TokenStream(sql, from, to, sqlMode), parameters);
    TokenStream tokens = grammar.tokens;
    int start = tokens.start();
    grammar.hints.setStandalone(isQuery(tokens));
    StatementSyntax syntax = new StatementParser(grammar).statement();
    int end = tokens.previousEnd();
    int next = -1;
    if (tokens.accept(TokenKind.SEMICOLON)) {
      next = tokens.at(TokenKind.END) ? -1 : tokens.start();
    } else if (!tokens.at(TokenKind.END)) {
      throw tokens.error();
    }
    grammar.throwDeferred();
    return new ParsedStatement(syntax, start, end, next, parameters.count(), grammar.hints.end());
  }

  private static boolean isQuery(TokenStream tokens) {
    return tokens.at(TokenKind.LEFT_PAREN)
        || tokens.atAny(
            Keyword.SELECT, Keyword.WITH, Keyword.EXPLAIN, Keyword.DESCRIBE, Keyword.DESC);
  }

  /** The error of a text that goes on at an offset where it should have ended. */
  public static DatabaseException unexpectedAt(String sql, int offset) {
    int to = trimmedEnd(sql);
    return SyntaxErrors.near(sql, skipBlanks(sql, 0, to), offset, to);
  }

  /** One expression: a default, a CHECK condition, a generated column. */
  public static ExpressionSyntax parseExpression(String sql, long sqlMode) {
    Grammar grammar =
        new Grammar(new TokenStream(sql, 0, sql.length(), sqlMode), Parameters.none());
    ExpressionSyntax expression = grammar.expressions.expression();
    if (!grammar.tokens.at(TokenKind.END)) {
      throw grammar.tokens.error();
    }
    grammar.throwDeferred();
    return expression;
  }

  /** One query: the text of a view. */
  public static QuerySyntax parseQuery(String sql, long sqlMode) {
    Grammar grammar =
        new Grammar(new TokenStream(sql, 0, sql.length(), sqlMode), Parameters.none());
    QuerySyntax query = grammar.queries.query();
    if (!grammar.tokens.at(TokenKind.END)) {
      throw grammar.tokens.error();
    }
    grammar.throwDeferred();
    return query;
  }

  /** MySQL cuts blanks and semicolons off the end before it parses; so "near" is empty there. */
  static int trimmedEnd(String sql) {
    int end = sql.length();
    while (end > 0 && (sql.charAt(end - 1) == ';' || CharacterClass.isSpace(sql.charAt(end - 1)))) {
      end--;
    }
    return end;
  }

  static int skipBlanks(String sql, int from, int to) {
    int start = from;
    while (start < to && CharacterClass.isSpace(sql.charAt(start))) {
      start++;
    }
    return start;
  }
}
