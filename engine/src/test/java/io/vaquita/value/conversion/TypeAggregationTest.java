package io.vaquita.value.conversion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TestData;
import io.vaquita.value.TypeKind;
import io.vaquita.value.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The type of COALESCE of every pair of column types, compared with the reference server's CREATE TABLE ... SELECT. */
class TypeAggregationTest {
  private static final Collation COLLATION = Collations.UTF8MB4_0900_AI_CI;

  @Test
  void pairsAsTheReferenceServer() {
    List<String> wrong = new ArrayList<>();
    for (String[] row : TestData.rows("/io/vaquita/value/type-aggregation.tsv")) {
      DataType merged = TypeAggregation.aggregate(List.of(type(row[0]), type(row[1])), COLLATION);
      String actual = TypeNames.columnType(merged);
      if (!isExempt(row) && !actual.equals(row[2]) && !asTable(actual).equals(row[2])) {
        wrong.add(row[0] + " + " + row[1] + ": " + actual + ", not " + row[2]);
      }
    }
    assertTrue(
        wrong.isEmpty(),
        () ->
            wrong.size() + "\n" + String.join("\n", wrong.subList(0, Math.min(60, wrong.size()))));
  }

  /**
   * Where the server's answers are those of CREATE TABLE (BIT becomes INT, widths of DOUBLE(M,D), INT instead of BIGINT; UNION shows
   * BIGINT), of the function (equal string types become VARCHAR only in COALESCE), or depend on the order (FLOAT with BIGINT).
   */
  private static boolean isExempt(String[] row) {
    String both = row[0] + " " + row[1];
    return both.contains("bit(")
        || row[0].equals(row[1]) && type(row[0]).domain() == TypeKind.Domain.STRING
        || type(row[0]).kind().isInteger()
            && type(row[1]).kind().isInteger()
            && both.matches("(.* )?int unsigned( .*)?")
        || both.contains("double(8,3)")
        || both.contains("float") && (both.contains("bigint") || both.contains("year"));
  }

  /** CREATE TABLE makes INT of narrower results. */
  private static String asTable(String type) {
    return type.replaceFirst("^(tinyint|smallint|mediumint)\\b", "int")
        .replace("int(4)", "int")
        .replace("int(1)", "int");
  }

  private static DataType type(String text) {
    int open = text.indexOf('(');
    boolean unsigned = text.endsWith(" unsigned");
    String name = (open < 0 ? text : text.substring(0, open)).replace(" unsigned", "");
    TypeKind kind = TypeKind.valueOf(name.toUpperCase(Locale.ROOT));
    String[] arguments =
        open < 0 ? new String[0] : text.substring(open + 1, text.indexOf(')')).split(",");
    Collation collation = text.endsWith("latin1") ? latin1() : COLLATION;
    return switch (kind) {
      case DECIMAL ->
          DataType.decimal(
              Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), unsigned);
      case FLOAT, DOUBLE ->
          new DataType(
              kind,
              22,
              arguments.length == 0 ? DataType.NOT_FIXED : 3,
              false,
              false,
              Collations.BINARY,
              List.of());
      case TIME, DATETIME, TIMESTAMP ->
          new DataType(
              kind,
              0,
              arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]),
              false,
              false,
              Collations.BINARY,
              List.of());
      case ENUM, SET -> new DataType(kind, 1, 0, false, false, collation, List.of("a", "bb"));
      case CHAR, VARCHAR ->
          new DataType(kind, Integer.parseInt(arguments[0]), 0, false, false, collation, List.of());
      case TINYTEXT, TEXT, LONGTEXT ->
          new DataType(kind, 255, 0, false, false, collation, List.of());
      default ->
          new DataType(
              kind,
              arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]),
              0,
              unsigned,
              false,
              Collations.BINARY,
              List.of());
    };
  }

  private static Collation latin1() {
    Collation found = Collations.byName("latin1_swedish_ci");
    if (found == null) {
      throw new IllegalStateException();
    }
    return found;
  }

  @Test
  void names() {
    assertEquals("int unsigned", TypeNames.columnType(type("int unsigned")));
    assertEquals("enum('a','bb')", TypeNames.columnType(type("enum('a','bb')")));
    assertEquals("tinyint(1)", TypeNames.columnType(DataType.of(TypeKind.TINYINT, 1)));
    assertEquals("datetime(6)", TypeNames.columnType(DataType.datetime(6)));
    assertEquals("decimal(10,2)", TypeNames.columnType(DataType.decimal(10, 2, false)));
  }
}
