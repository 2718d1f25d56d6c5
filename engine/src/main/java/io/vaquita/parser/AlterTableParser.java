package io.vaquita.parser;

import io.vaquita.parser.syntax.AlterTableAction;
import io.vaquita.parser.syntax.AlterTableAction.Position;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax.OrderItem;
import io.vaquita.parser.syntax.TableElement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableOption;
import io.vaquita.parser.syntax.TableStatement.AlterTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ALTER TABLE. Confined to one thread. */
final class AlterTableParser {
  private final Grammar grammar;
  private final TokenStream tokens;
  private final TableElementParser elements;
  private final List<AlterTableAction> actions = new ArrayList<>();
  private final CreateParser.LockAndAlgorithm how = new CreateParser.LockAndAlgorithm();

  AlterTableParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
    this.elements = new TableElementParser(grammar);
  }

  /** Behind ALTER TABLE. */
  AlterTable statement() {
    TableName name = grammar.names.table();
    if (!tokens.atEnd()) {
      do {
        action();
      } while (tokens.accept(TokenKind.COMMA));
    }
    if (tokens.at(Keyword.PARTITION, Keyword.BY) || tokens.at(Keyword.REMOVE)) {
      other();
    }
    return new AlterTable(name, actions, how.algorithm, how.lock);
  }

  private void action() {
    if (how.readOne(grammar)) {
      return;
    }
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    switch (keyword) {
      case ADD -> add();
      case DROP -> drop();
      case CHANGE -> {
        tokens.next();
        tokens.accept(Keyword.COLUMN);
        String old = tokens.identifier();
        TableElement.Column column = elements.column();
        actions.add(new AlterTableAction.ChangeColumn(old, column, position()));
      }
      case MODIFY -> {
        tokens.next();
        tokens.accept(Keyword.COLUMN);
        TableElement.Column column = elements.column();
        actions.add(new AlterTableAction.ChangeColumn(column.name(), column, position()));
      }
      case ALTER -> {
        tokens.next();
        alter();
      }
      case RENAME -> {
        tokens.next();
        rename();
      }
      case CONVERT -> convert();
      case ORDER -> actions.add(new AlterTableAction.OrderBy(order()));
      case ENABLE, DISABLE -> {
        tokens.next();
        tokens.expect(Keyword.KEYS);
        actions.add(new AlterTableAction.EnableKeys(keyword == Keyword.ENABLE));
      }
      case FORCE -> {
        tokens.next();
        actions.add(new AlterTableAction.Force());
      }
      case WITH, WITHOUT -> {
        tokens.next();
        tokens.expect(Keyword.VALIDATION);
        actions.add(new AlterTableAction.Validation(keyword == Keyword.WITH));
      }
      default -> optionOrOther(keyword);
    }
  }

  private void optionOrOther(Keyword keyword) {
    switch (keyword) {
      case DISCARD,
          IMPORT,
          COALESCE,
          TRUNCATE,
          REORGANIZE,
          EXCHANGE,
          ANALYZE,
          CHECK,
          OPTIMIZE,
          REPAIR,
          REBUILD,
          REMOVE,
          PARTITION,
          SECONDARY_LOAD,
          SECONDARY_UNLOAD,
          UPGRADE ->
          other();
      default -> {
        TableOption option = new TableOptionParser(grammar).optionIfAny();
        if (option == null) {
          throw tokens.error();
        }
        while (option != null) {
          actions.add(new AlterTableAction.SetOption(option));
          option = new TableOptionParser(grammar).optionIfAny();
        }
      }
    }
  }

  private void other() {
    actions.add(new AlterTableAction.Other(StatementParser.unsupported(tokens).name()));
  }

  private List<OrderItem> order() {
    return grammar.queries.orderBy();
  }

  private @Nullable Position position() {
    if (tokens.accept(Keyword.FIRST)) {
      return new Position.First();
    }
    return tokens.accept(Keyword.AFTER) ? new Position.After(tokens.identifier()) : null;
  }

  // ---- ADD

  private void add() {
    tokens.next();
    if (tokens.at(Keyword.PARTITION)) {
      StatementParser.skipStatement(tokens);
      actions.add(new AlterTableAction.Other("ADD PARTITION"));
      return;
    }
    boolean column = tokens.accept(Keyword.COLUMN);
    if (tokens.at(TokenKind.LEFT_PAREN)) {
      for (TableElement element : elements.elements()) {
        actions.add(
            element instanceof TableElement.Column c
                ? new AlterTableAction.AddColumn(c, null)
                : new AlterTableAction.AddElement(element));
      }
      return;
    }
    TableElement key = column ? null : elements.keyIfAny();
    if (key != null) {
      actions.add(new AlterTableAction.AddElement(key));
    } else {
      TableElement.Column definition = elements.column();
      actions.add(new AlterTableAction.AddColumn(definition, position()));
    }
  }

  // ---- DROP

  private void drop() {
    tokens.next();
    Keyword keyword = tokens.keyword();
    if (keyword != null) {
      switch (keyword) {
        case PRIMARY -> {
          tokens.next();
          tokens.expect(Keyword.KEY);
          actions.add(new AlterTableAction.DropPrimaryKey());
          return;
        }
        case KEY, INDEX -> {
          tokens.next();
          actions.add(dropIndex(indexName()));
          return;
        }
        case FOREIGN -> {
          tokens.next();
          tokens.expect(Keyword.KEY);
          actions.add(new AlterTableAction.DropForeignKey(tokens.identifier()));
          return;
        }
        case CHECK -> {
          tokens.next();
          actions.add(new AlterTableAction.DropCheck(tokens.identifier()));
          return;
        }
        case CONSTRAINT -> {
          tokens.next();
          actions.add(new AlterTableAction.DropConstraint(tokens.identifier()));
          return;
        }
        case PARTITION -> {
          StatementParser.skipStatement(tokens);
          actions.add(new AlterTableAction.Other("DROP PARTITION"));
          return;
        }
        default -> tokens.accept(Keyword.COLUMN);
      }
    }
    actions.add(new AlterTableAction.DropColumn(tokens.identifier()));
    tokens.acceptAny(Keyword.RESTRICT, Keyword.CASCADE);
  }

  private static AlterTableAction dropIndex(String name) {
    return name.equals("PRIMARY")
        ? new AlterTableAction.DropPrimaryKey()
        : new AlterTableAction.DropIndex(name);
  }

  private String indexName() {
    return tokens.identifier();
  }

  // ---- ALTER

  private void alter() {
    if (tokens.accept(Keyword.INDEX)) {
      String name = tokens.identifier();
      actions.add(new AlterTableAction.AlterIndexVisibility(name, visible()));
    } else if (tokens.acceptAny(Keyword.CHECK, Keyword.CONSTRAINT)) {
      String name = tokens.identifier();
      boolean not = tokens.accept(Keyword.NOT);
      tokens.expect(Keyword.ENFORCED);
      actions.add(new AlterTableAction.AlterCheck(name, !not));
    } else {
      tokens.accept(Keyword.COLUMN);
      column(tokens.identifier());
    }
  }

  private boolean visible() {
    if (tokens.accept(Keyword.VISIBLE)) {
      return true;
    }
    tokens.expect(Keyword.INVISIBLE);
    return false;
  }

  private void column(String name) {
    if (tokens.accept(Keyword.DROP)) {
      tokens.expect(Keyword.DEFAULT);
      actions.add(new AlterTableAction.AlterColumnDefault(name, null, false));
      return;
    }
    tokens.expect(Keyword.SET);
    if (tokens.accept(Keyword.DEFAULT)) {
      boolean isExpression = tokens.at(TokenKind.LEFT_PAREN);
      ExpressionSyntax value = ColumnParser.defaultValue(grammar);
      actions.add(new AlterTableAction.AlterColumnDefault(name, value, isExpression));
    } else {
      actions.add(new AlterTableAction.AlterColumnVisibility(name, visible()));
    }
  }

  // ---- RENAME, CONVERT

  private void rename() {
    if (tokens.accept(Keyword.COLUMN)) {
      String from = tokens.identifier();
      tokens.expect(Keyword.TO);
      actions.add(new AlterTableAction.RenameColumn(from, tokens.identifier()));
    } else if (tokens.acceptAny(Keyword.INDEX, Keyword.KEY)) {
      String from = tokens.identifier();
      tokens.expect(Keyword.TO);
      actions.add(new AlterTableAction.RenameIndex(from, tokens.identifier()));
    } else {
      if (!tokens.accept(Keyword.TO) && !tokens.accept(Keyword.AS)) {
        tokens.accept(TokenKind.EQUAL);
      }
      actions.add(new AlterTableAction.RenameTo(grammar.names.table()));
    }
  }

  private void convert() {
    tokens.next();
    tokens.expect(Keyword.TO);
    if (!grammar.names.acceptCharacterSet()) {
      throw tokens.error();
    }
    String characterSet = grammar.names.characterSetOrDefault();
    String collation = tokens.accept(Keyword.COLLATE) ? grammar.names.collation() : null;
    actions.add(new AlterTableAction.ConvertTo(characterSet, collation));
  }
}
