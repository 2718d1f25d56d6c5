package io.vaquita.parser;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Types of columns and casts. Confined to one thread. */
final class TypeParser {
  private final Grammar grammar;
  private final TokenStream tokens;

  // The type being read.
  private @Nullable Long length;
  private @Nullable Integer decimals;
  private boolean unsigned;
  private boolean zerofill;
  private boolean binary;
  private @Nullable String characterSet;
  private @Nullable String collation;

  TypeParser(Grammar grammar) {
    this.grammar = grammar;
    this.tokens = grammar.tokens;
  }

  /** The type of {@code BINARY expr}. */
  static TypeSyntax binary() {
    return new TypeSyntax("BINARY", null, null, false, false, false, null, null, List.of());
  }

  private void begin() {
    length = null;
    decimals = null;
    unsigned = false;
    zerofill = false;
    binary = false;
    characterSet = null;
    collation = null;
  }

  private TypeSyntax type(String name, List<String> members) {
    return new TypeSyntax(
        name, length, decimals, unsigned, zerofill, binary, characterSet, collation, members);
  }

  private TypeSyntax type(String name) {
    return type(name, List.of());
  }

  /** A column's type. */
  TypeSyntax columnType() {
    begin();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case INT,
          INTEGER,
          TINYINT,
          SMALLINT,
          MEDIUMINT,
          BIGINT,
          INT1,
          INT2,
          INT3,
          INT4,
          INT8,
          MIDDLEINT,
          YEAR -> {
        tokens.next();
        lengthIfAny();
        numericAttributes();
        yield type(keyword.name());
      }
      case DECIMAL, DEC, NUMERIC, FIXED, FLOAT, FLOAT4, FLOAT8, REAL, DOUBLE -> {
        tokens.next();
        if (keyword == Keyword.DOUBLE) {
          tokens.accept(Keyword.PRECISION);
        }
        precisionIfAny(keyword);
        numericAttributes();
        yield type(realName(keyword));
      }
      case BIT, BINARY, VARBINARY, DATETIME, TIMESTAMP, TIME, BLOB -> {
        tokens.next();
        lengthIfAny();
        if (keyword == Keyword.VARBINARY && length == null) {
          throw tokens.error();
        }
        yield type(keyword.name());
      }
      case BOOL, BOOLEAN, DATE, TINYBLOB, MEDIUMBLOB, LONGBLOB, JSON, SERIAL -> {
        tokens.next();
        yield type(keyword.name());
      }
      case GEOMETRY,
          POINT,
          LINESTRING,
          POLYGON,
          MULTIPOINT,
          MULTILINESTRING,
          MULTIPOLYGON,
          GEOMETRYCOLLECTION,
          GEOMCOLLECTION -> {
        tokens.next();
        yield type(keyword.name());
      }
      case ENUM, SET -> {
        tokens.next();
        List<String> members = members();
        textAttributes();
        yield type(keyword.name(), members);
      }
      default -> {
        yield textType(keyword);
      }
    };
  }

  private String realName(Keyword keyword) {
    return switch (keyword) {
      case REAL -> tokens.hasMode(ParserMode.REAL_AS_FLOAT) ? "FLOAT" : "DOUBLE";
      case FLOAT4 -> "FLOAT";
      case FLOAT8 -> "DOUBLE";
      default -> keyword.name();
    };
  }

  private TypeSyntax textType(Keyword keyword) {
    return switch (keyword) {
      case CHAR, CHARACTER, VARCHAR, VARCHARACTER -> {
        tokens.next();
        boolean varying =
            keyword == Keyword.VARCHAR
                || keyword == Keyword.VARCHARACTER
                || tokens.accept(Keyword.VARYING);
        yield characters(varying, false);
      }
      case NCHAR -> {
        tokens.next();
        boolean varying = tokens.acceptAny(Keyword.VARYING, Keyword.VARCHAR);
        yield characters(varying, true);
      }
      case NVARCHAR -> {
        tokens.next();
        yield characters(true, true);
      }
      case NATIONAL -> {
        tokens.next();
        boolean varying = tokens.acceptAny(Keyword.VARCHAR, Keyword.VARCHARACTER);
        if (!varying) {
          tokens.expectAny(Keyword.CHAR, Keyword.CHARACTER);
          varying = tokens.accept(Keyword.VARYING);
        }
        yield characters(varying, true);
      }
      case TINYTEXT, MEDIUMTEXT, LONGTEXT -> {
        tokens.next();
        textAttributes();
        yield type(keyword.name());
      }
      case TEXT -> {
        tokens.next();
        lengthIfAny();
        textAttributes();
        yield type("TEXT");
      }
      case LONG -> {
        tokens.next();
        if (tokens.accept(Keyword.VARBINARY)) {
          yield type("MEDIUMBLOB");
        }
        if (tokens.acceptAny(Keyword.CHAR, Keyword.CHARACTER)) {
          tokens.expect(Keyword.VARYING);
        } else {
          tokens.acceptAny(Keyword.VARCHAR, Keyword.VARCHARACTER);
        }
        textAttributes();
        yield type("MEDIUMTEXT");
      }
      default -> throw tokens.error();
    };
  }

  private TypeSyntax characters(boolean varying, boolean national) {
    lengthIfAny();
    if (varying && length == null) {
      throw tokens.error();
    }
    textAttributes();
    if (national && characterSet == null) {
      characterSet = "utf8mb3";
    }
    return type(varying ? "VARCHAR" : "CHAR");
  }

  private void lengthIfAny() {
    if (tokens.accept(TokenKind.LEFT_PAREN)) {
      length = tokens.integer();
      tokens.expect(TokenKind.RIGHT_PAREN);
    }
  }

  private void precisionIfAny(Keyword keyword) {
    if (!tokens.accept(TokenKind.LEFT_PAREN)) {
      return;
    }
    length = tokens.integer();
    boolean needsBoth =
        keyword == Keyword.DOUBLE || keyword == Keyword.REAL || keyword == Keyword.FLOAT8;
    if (needsBoth && !tokens.at(TokenKind.COMMA)) {
      throw tokens.error();
    }
    if (tokens.accept(TokenKind.COMMA)) {
      decimals = (int) Math.min(tokens.integer(), Integer.MAX_VALUE);
    }
    tokens.expect(TokenKind.RIGHT_PAREN);
  }

  private void numericAttributes() {
    while (true) {
      if (tokens.accept(Keyword.UNSIGNED)) {
        unsigned = true;
      } else if (tokens.accept(Keyword.ZEROFILL)) {
        zerofill = true;
        unsigned = true;
      } else if (!tokens.accept(Keyword.SIGNED)) {
        return;
      }
    }
  }

  private List<String> members() {
    tokens.expect(TokenKind.LEFT_PAREN);
    List<String> members = new ArrayList<>();
    do {
      members.add(member());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.RIGHT_PAREN);
    return members;
  }

  /** Hex and bit literals may name members, too. */
  private String member() {
    if (tokens.at(TokenKind.HEX) || tokens.at(TokenKind.BITS)) {
      return new String(grammar.literals.byteText(), java.nio.charset.StandardCharsets.UTF_8);
    }
    return tokens.string();
  }

  /** CHARACTER SET, COLLATE, BINARY, ASCII, UNICODE, BYTE behind a text type. */
  private void textAttributes() {
    while (true) {
      if (tokens.accept(Keyword.BINARY)) {
        binary = true;
      } else if (tokens.accept(Keyword.ASCII)) {
        characterSet = "latin1";
      } else if (tokens.accept(Keyword.UNICODE)) {
        characterSet = "ucs2";
      } else if (tokens.accept(Keyword.BYTE)) {
        characterSet = "binary";
      } else if (grammar.names.acceptCharacterSet()) {
        characterSet = grammar.names.characterSet();
      } else if (tokens.at(Keyword.COLLATE)) {
        tokens.next();
        collation = grammar.names.collation();
      } else {
        return;
      }
    }
  }

  /** A type of CAST and CONVERT. */
  TypeSyntax castType() {
    begin();
    Keyword keyword = tokens.keyword();
    if (keyword == null) {
      throw tokens.error();
    }
    return switch (keyword) {
      case BINARY, TIME, DATETIME -> {
        tokens.next();
        lengthIfAny();
        yield type(keyword.name());
      }
      case CHAR, CHARACTER -> {
        tokens.next();
        lengthIfAny();
        textAttributes();
        yield type("CHAR");
      }
      case NCHAR -> {
        tokens.next();
        lengthIfAny();
        characterSet = "utf8mb3";
        yield type("CHAR");
      }
      case SIGNED, UNSIGNED -> {
        tokens.next();
        unsigned = keyword == Keyword.UNSIGNED;
        tokens.acceptAny(Keyword.INT, Keyword.INTEGER);
        yield type(keyword.name());
      }
      case DECIMAL, DEC, FLOAT, DOUBLE, REAL -> {
        yield castNumber(keyword);
      }
      case DATE,
          YEAR,
          JSON,
          POINT,
          LINESTRING,
          POLYGON,
          MULTIPOINT,
          MULTILINESTRING,
          MULTIPOLYGON,
          GEOMETRYCOLLECTION,
          GEOMCOLLECTION -> {
        tokens.next();
        yield type(keyword.name());
      }
      default -> throw tokens.error();
    };
  }

  private TypeSyntax castNumber(Keyword keyword) {
    tokens.next();
    return switch (keyword) {
      case DECIMAL, DEC -> {
        precisionIfAny(keyword);
        yield type("DECIMAL");
      }
      case FLOAT -> {
        lengthIfAny();
        if (length != null && length > 53) {
          throw MySqlError.ER_TOO_BIG_PRECISION.exception(length, "CAST", 53L);
        }
        yield type("FLOAT");
      }
      case REAL -> {
        yield type(tokens.hasMode(ParserMode.REAL_AS_FLOAT) ? "FLOAT" : "DOUBLE");
      }
      default -> {
        tokens.accept(Keyword.PRECISION);
        yield type("DOUBLE");
      }
    };
  }
}
