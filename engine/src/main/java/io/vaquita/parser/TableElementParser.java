package io.vaquita.parser;

import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableElement.ForeignKey;
import io.vaquita.parser.syntax.TableElement.KeyKind;
import io.vaquita.parser.syntax.TableOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns, keys and constraints of CREATE and ALTER TABLE. Confined to one thread. */
final class TableElementParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  TableElementParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** {@code (element, element, …)}. */
  List<TableElement> elements() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<TableElement> elements = new ArrayList<>();
    do {
      elements.add(element());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.RIGHT_PAREN);
    return elements;
  }

  TableElement element() {
    TableElement key = keyIfAny();
    return key == null ? column() : key;
  }

  TableElement.Column column() {
    String name = tokens.identifier();
    return new ColumnParser(grammar).definition(name);
  }

  /** A key or constraint, or null when it is none. */
  @Nullable TableElement keyIfAny() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    return switch (keyword) {
      case CONSTRAINT -> {
        tokens.next();
        String name = tokens.atIdentifier() ? tokens.identifier() : null;
        yield constraint(name);
      }
      case PRIMARY, UNIQUE, FOREIGN, CHECK -> constraint(null);
      case KEY, INDEX -> {
        tokens.next();
        yield key(KeyKind.INDEX, null);
      }
      case FULLTEXT, SPATIAL -> {
        tokens.next();
        tokens.acceptAny(Keyword.KEY, Keyword.INDEX);
        yield key(keyword == Keyword.FULLTEXT ? KeyKind.FULLTEXT : KeyKind.SPATIAL, null);
      }
      default -> null;
    };
  }

  private TableElement constraint(@Nullable String name) {
    if (tokens.accept(Keyword.PRIMARY)) {
      tokens.expect(Keyword.KEY);
      return key(KeyKind.PRIMARY, name);
    }
    if (tokens.accept(Keyword.UNIQUE)) {
      tokens.acceptAny(Keyword.KEY, Keyword.INDEX);
      return key(KeyKind.UNIQUE, name);
    }
    if (tokens.at(Keyword.CHECK)) {
      return new ColumnParser(grammar).check(name);
    }
    tokens.expect(Keyword.FOREIGN);
    tokens.expect(Keyword.KEY);
    String indexName = tokens.atIdentifier() ? tokens.identifier() : null;
    List<String> columns = foreignKeyColumns();
    return new ForeignKey(name, indexName, columns, new ColumnParser(grammar).references());
  }

  private List<String> foreignKeyColumns() {
    List<String> columns = new ArrayList<>();
    for (var part : new IndexParser(grammar).parts()) {
      if (part.column() == null) {
        throw tokens.error();
      }
      columns.add(part.column());
    }
    return columns;
  }

  private TableElement key(KeyKind kind, @Nullable String constraint) {
    String name = tokens.atIdentifier() && !atType() ? tokens.identifier() : null;
    IndexParser indexes = new IndexParser(grammar);
    List<TableOption> options = indexes.typeIfAny();
    var parts = indexes.parts();
    options.addAll(indexes.options());
    return new TableElement.Key(kind, constraint, name, parts, options);
  }

  /** TYPE BTREE instead of a name. */
  private boolean atType() {
    return tokens.at(Keyword.TYPE) && tokens.kind(1) != TokenKind.LEFT_PAREN;
  }
}
