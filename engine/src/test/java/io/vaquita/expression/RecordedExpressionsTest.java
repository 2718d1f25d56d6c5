package io.vaquita.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.value.Collations;
import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.TypeKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions whose results, types and warnings were recorded from a real MySQL 9.7, one file for each family. A row has four fields
 * with tabs between them: the expression, its text (or {@code ERROR number message}), its type on the wire, its warnings.
 */
class RecordedExpressionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"arithmetic", "comparison", "cast", "string", "temporal", "json", "numeric"})
  void agreesWithMySql(String family) throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> actual = new ArrayList<>();
    try (Database database = Database.inMemory();
        Session session = database.connect(ConnectOptions.local())) {
      for (String setup :
          List.of(
              "CREATE DATABASE vq_expr",
              "USE vq_expr",
              "SET time_zone = '+00:00'",
              "SET timestamp = 1700000000.123456")) {
        session.execute(setup).close();
      }
      for (String row : rows(family)) {
        String[] fields = row.split("\t", -1);
        String found = evaluate(session, fields[0]);
        String wanted = fields[1] + "\t" + fields[2] + "\t" + fields[3];
        if (!matches(wanted, found)) {
          expected.add(fields[0] + "\t" + wanted);
          actual.add(fields[0] + "\t" + found);
        }
      }
    }
    assertEquals(String.join("\n", expected), String.join("\n", actual));
  }

  /** A type of "-" is not compared. */
  private static boolean matches(String wanted, String found) {
    String[] a = wanted.split("\t", -1);
    String[] b = found.split("\t", -1);
    return a[0].equals(b[0])
        && a[2].equals(b[2])
        && (a[1].startsWith("-") || a[1].isEmpty() || b[1].startsWith(a[1]));
  }

  private static List<String> rows(String family) throws IOException {
    try (InputStream in = RecordedExpressionsTest.class.getResourceAsStream(family + ".tsv")) {
      if (in == null) {
        throw new IOException(family);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private static String evaluate(Session session, String expression) {
    String value;
    DataType type;
    try (Result result = session.execute("select " + expression)) {
      type = result.columns().getFirst().type();
      result.next();
      value = result.isNull(0) ? "NULL" : text(result, type);
    } catch (DatabaseException e) {
      return "ERROR " + e.number() + " " + e.getMessage() + "\t\t";
    }
    return value + "\t" + wireType(type) + "\t" + warnings(session);
  }

  private static String text(Result result, DataType type) {
    TextBuffer out = new TextBuffer(64);
    result.appendText(0, out);
    byte[] bytes = out.toBytes();
    boolean binary =
        type.collation().equals(Collations.BINARY)
            && (type.domain() == TypeKind.Domain.STRING || type.kind() == TypeKind.BIT);
    if (binary) {
      for (byte b : bytes) {
        if (b < 32 || b > 126) {
          return "0x" + HexFormat.of().formatHex(bytes);
        }
      }
    }
    return new String(bytes, StandardCharsets.UTF_8)
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  private static String warnings(Session session) {
    StringBuilder out = new StringBuilder();
    try (Result result = session.execute("show warnings")) {
      while (result.next()) {
        TextBuffer text = new TextBuffer(64);
        result.appendText(1, text);
        text.append((byte) ' ');
        result.appendText(2, text);
        out.append(out.isEmpty() ? "!" : " !").append(text.toSlice().toUtf8());
      }
    }
    return out.toString();
  }

  private static String wireType(DataType type) {
    String name =
        switch (type.kind()) {
          case TINYINT -> "TINY";
          case SMALLINT -> "SHORT";
          case MEDIUMINT -> "INT24";
          case INT -> "LONG";
          case BIGINT -> "LONGLONG";
          case DECIMAL -> "NEWDECIMAL";
          case CHAR, BINARY, ENUM, SET -> "STRING";
          case VARCHAR, VARBINARY -> "VAR_STRING";
          case NULL, YEAR, BIT, FLOAT, DOUBLE, DATE, TIME, DATETIME, TIMESTAMP, JSON ->
              type.kind().name();
          default -> "BLOB";
        };
    boolean hasDecimals =
        switch (type.kind()) {
          case DECIMAL, TIME, DATETIME -> true;
          default -> false;
        };
    return name + (hasDecimals ? " " + type.decimals() : "") + (type.unsigned() ? " U" : "");
  }
}
