package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.DerivedTable;
import io.vaquita.parser.syntax.TableReference.IndexHint;
import io.vaquita.parser.syntax.TableReference.Join;
import io.vaquita.parser.syntax.TableReference.JoinKind;
import io.vaquita.parser.syntax.TableReference.NamedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands after FROM: tables, joins, derived tables. Confined to one thread. */
final class TableReferenceParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  TableReferenceParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code reference, reference, …}. */
  TableReference references() {
    TableReference left = reference();
    int count = 0;
    while (tokens.accept(TokenKind.COMMA)) {
      if (++count > 1000) {
        throw TokenStream.tooDeep();
      }
      left = new Join(JoinKind.CROSS, false, left, reference(), null, List.of());
    }
    return left;
  }

  TableReference reference() {
    tokens.enter();
    TableReference result = joins(factor());
    tokens.leave();
    return result;
  }

  // ---- joins

  private boolean atJoin() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return false;
    }
    return switch (keyword) {
      case JOIN, INNER, CROSS, LEFT, RIGHT, NATURAL, STRAIGHT_JOIN -> true;
      default -> false;
    };
  }

  /**
   * The joins that follow a table. {@code a JOIN b JOIN c ON x} without a condition of its own for the first join is
   * {@code (a CROSS JOIN b) JOIN c ON x}; {@code a LEFT JOIN b LEFT JOIN c ON x ON y} nests to the right.
   */
  private TableReference joins(TableReference first) {
    TableReference left = first;
    int count = 0;
    while (atJoin()) {
      if (++count > 1000) {
        throw TokenStream.tooDeep();
      }
      boolean natural = tokens.accept(Keyword.NATURAL);
      JoinKind kind = joinKind(natural);
      TableReference table = factor();
      if (natural) {
        left = new Join(kind, true, left, table, null, List.of());
        continue;
      }
      TableReference right = table;
      if (atJoin()) {
        tokens.enter();
        right = joins(table);
        tokens.leave();
      }
      if (tokens.accept(Keyword.ON)) {
        ExpressionSyntax on = grammar.expressions.expression();
        left = new Join(kind, false, left, right, on, List.of());
      } else if (tokens.accept(Keyword.USING)) {
        left = new Join(kind, false, left, right, null, grammar.names.parenthesisedIdentifiers());
      } else if (kind == JoinKind.LEFT || kind == JoinKind.RIGHT) {
        throw tokens.error();
      } else {
        left = crossed(right, table, left, kind);
      }
    }
    return left;
  }

  /** Puts {@code kind JOIN} of {@code left} before the first table of {@code tree}. */
  @SuppressWarnings("ReferenceEquality") // the very node that began the tree, not one like it
  private static TableReference crossed(
      TableReference tree, TableReference first, TableReference left, JoinKind kind) {
    if (tree != first && tree instanceof Join join) {
      return new Join(
          join.kind(),
          join.natural(),
          crossed(join.left(), first, left, kind),
          join.right(),
          join.on(),
          join.using());
    }
    return new Join(kind, false, left, tree, null, List.of());
  }

  private JoinKind joinKind(boolean natural) {
    if (tokens.accept(Keyword.STRAIGHT_JOIN)) {
      if (natural) {
        throw tokens.error();
      }
      return JoinKind.STRAIGHT;
    }
    JoinKind kind = JoinKind.INNER;
    if (tokens.at(Keyword.LEFT) || tokens.at(Keyword.RIGHT)) {
      kind = tokens.at(Keyword.LEFT) ? JoinKind.LEFT : JoinKind.RIGHT;
      tokens.next();
      tokens.accept(Keyword.OUTER);
    } else if (!natural && tokens.accept(Keyword.CROSS)) {
      kind = JoinKind.CROSS;
    } else {
      tokens.accept(Keyword.INNER);
    }
    tokens.expect(Keyword.JOIN);
    return kind;
  }

  // ---- tables

  private TableReference factor() {
    return switch (tokens.kind()) {
      case LEFT_PAREN -> {
        if (grammar.queries.atParenthesisedQuery()) {
          yield derived(false);
        }
        tokens.next();
        tokens.enter();
        TableReference inner = references();
        tokens.leave();
        tokens.expect(TokenKind.RIGHT_PAREN);
        yield inner;
      }
      case LEFT_BRACE -> {
        tokens.next();
        tokens.expect(Keyword.OJ);
        TableReference inner = reference();
        tokens.expect(TokenKind.RIGHT_BRACE);
        yield inner;
      }
      default -> {
        if (tokens.accept(Keyword.LATERAL)) {
          yield derived(true);
        }
        if (tokens.at(Keyword.JSON_TABLE)) {
          yield new JsonTableParser(grammar).table();
        }
        yield named();
      }
    };
  }

  private TableReference derived(boolean lateral) {
    QuerySyntax query = grammar.queries.parenthesised();
    String alias = aliasIfAny();
    if (alias == null) {
      throw MySqlError.ER_DERIVED_MUST_HAVE_ALIAS.exception();
    }
    List<String> columns =
        tokens.at(TokenKind.LEFT_PAREN) ? grammar.names.parenthesisedIdentifiers() : List.of();
    return new DerivedTable(lateral, query, alias, columns);
  }

  @Nullable String aliasIfAny() {
    if (tokens.accept(Keyword.AS)) {
      return tokens.identifier();
    }
    return tokens.atIdentifier() ? tokens.identifier() : null;
  }

  NamedTable named() {
    TableName name = grammar.names.table();
    List<String> partitions = partitionsIfAny();
    String alias = aliasIfAny();
    return new NamedTable(name, alias, partitions, indexHints());
  }

  List<String> partitionsIfAny() {
    return tokens.accept(Keyword.PARTITION) ? grammar.names.parenthesisedIdentifiers() : List.of();
  }

  private List<IndexHint> indexHints() {
    List<IndexHint> hints = List.of();
    while (tokens.atAny(Keyword.USE, Keyword.FORCE, Keyword.IGNORE)) {
      if (hints.isEmpty()) {
        hints = new ArrayList<>();
      }
      hints.add(indexHint());
    }
    return hints;
  }

  private IndexHint indexHint() {
    String kind = tokens.word();
    tokens.expectAny(Keyword.INDEX, Keyword.KEY);
    String purpose = null;
    if (tokens.accept(Keyword.FOR)) {
      if (tokens.accept(Keyword.JOIN)) {
        purpose = "JOIN";
      } else {
        purpose = tokens.at(Keyword.ORDER) ? "ORDER BY" : "GROUP BY";
        tokens.expectAny(Keyword.ORDER, Keyword.GROUP);
        tokens.expect(Keyword.BY);
      }
    }
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> indexes = new ArrayList<>();
    if (!tokens.at(TokenKind.RIGHT_PAREN) || !kind.equals("USE")) {
      do {
        if (tokens.accept(Keyword.PRIMARY)) {
          indexes.add("PRIMARY");
        } else {
          indexes.add(tokens.identifier());
        }
      } while (tokens.accept(TokenKind.COMMA));
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new IndexHint(kind, purpose, indexes);
  }
}
