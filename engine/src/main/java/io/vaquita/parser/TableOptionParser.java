package io.vaquita.parser;

import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Options of CREATE and ALTER TABLE. Confined to one thread. */
final class TableOptionParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  TableOptionParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** Options with blanks or commas between them. */
  List<TableOption> options() {
    List<TableOption> options = new ArrayList<>();
    TableOption option = optionIfAny();
    while (option != null) {
      options.add(option);
      boolean comma = tokens.accept(TokenKind.COMMA);
      option = optionIfAny();
      if (comma && option == null) {
        throw tokens.error();
      }
    }
    return options;
  }

  @Nullable TableOption optionIfAny() {
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      return null;
    }
    switch (keyword) {
      case DEFAULT, CHARSET, CHARACTER, CHAR, COLLATE -> {
        return characterSetOrCollation();
      }
      case ENGINE, SECONDARY_ENGINE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        return new TableOption(
            keyword.name(), tokens.accept(Keyword.NULL) ? "NULL" : tokens.identifierOrString());
      }
      case AUTO_INCREMENT,
          AVG_ROW_LENGTH,
          MAX_ROWS,
          MIN_ROWS,
          KEY_BLOCK_SIZE,
          CHECKSUM,
          TABLE_CHECKSUM,
          DELAY_KEY_WRITE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        String name = keyword == Keyword.TABLE_CHECKSUM ? "CHECKSUM" : keyword.name();
        return new TableOption(name, number());
      }
      case PACK_KEYS, STATS_AUTO_RECALC, STATS_PERSISTENT, STATS_SAMPLE_PAGES -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        return new TableOption(
            keyword.name(), tokens.accept(Keyword.DEFAULT) ? "DEFAULT" : number());
      }
      case COMMENT,
          COMPRESSION,
          ENCRYPTION,
          CONNECTION,
          PASSWORD,
          ENGINE_ATTRIBUTE,
          SECONDARY_ENGINE_ATTRIBUTE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        return new TableOption(keyword.name(), tokens.string());
      }
      default -> {
        return rare(keyword);
      }
    }
  }

  private @Nullable TableOption rare(Keyword keyword) {
    switch (keyword) {
      case ROW_FORMAT, INSERT_METHOD -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        return new TableOption(keyword.name(), tokens.word());
      }
      case DATA, INDEX -> {
        tokens.next();
        tokens.expect(Keyword.DIRECTORY);
        tokens.accept(TokenKind.EQUAL);
        return new TableOption(keyword.name() + " DIRECTORY", tokens.string());
      }
      case TABLESPACE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        return new TableOption("TABLESPACE", tokens.identifier());
      }
      case STORAGE -> {
        tokens.next();
        return new TableOption("STORAGE", tokens.word());
      }
      case AUTOEXTEND_SIZE -> {
        tokens.next();
        tokens.accept(TokenKind.EQUAL);
        String size = tokens.tokenText().toUpperCase(Locale.ROOT);
        tokens.next();
        return new TableOption("AUTOEXTEND_SIZE", size);
      }
      case START -> {
        tokens.next();
        tokens.expect(Keyword.TRANSACTION);
        return new TableOption("START TRANSACTION", "");
      }
      case UNION -> {
        return union();
      }
      default -> {
        return null;
      }
    }
  }

  private TableOption union() {
    if (tokens.kind(1) != TokenKind.EQUAL && tokens.kind(1) != TokenKind.LEFT_PAREN) {
      throw tokens.error();
    }
    tokens.next();
    tokens.accept(TokenKind.EQUAL);
    tokens.expect(TokenKind.LEFT_PAREN);
    StringBuilder names = new StringBuilder();
    for (TableName name : grammar.names.tables()) {
      names.append(names.isEmpty() ? "" : ",").append(name.name());
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
    return new TableOption("UNION", names.toString());
  }

  private @Nullable TableOption characterSetOrCollation() {
    if (tokens.at(Keyword.DEFAULT)) {
      tokens.next();
    }
    String name;
    if (grammar.names.acceptCharacterSet()) {
      name = "CHARACTER SET";
    } else if (tokens.accept(Keyword.COLLATE)) {
      name = "COLLATE";
    } else if (tokens.accept(Keyword.ENCRYPTION)) {
      tokens.accept(TokenKind.EQUAL);
      return new TableOption("ENCRYPTION", tokens.string());
    } else {
      throw tokens.error();
    }
    tokens.accept(TokenKind.EQUAL);
    return new TableOption(name, grammar.names.characterSet());
  }

  private String number() {
    if (!tokens.at(TokenKind.INTEGER) && !tokens.at(TokenKind.HEX)) {
      throw tokens.error();
    }
    String text = tokens.tokenText();
    boolean isHex = tokens.at(TokenKind.HEX);
    tokens.next();
    return isHex
        ? new java.math.BigInteger(1, LiteralParser.hex(text.replaceAll("^0x|^[xX]'|'$", "")))
            .toString()
        : text;
  }
}
