package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Between;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.BooleanLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.BytesLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Case;
import io.vaquita.parser.syntax.ExpressionSyntax.Collate;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.ExpressionSyntax.DecimalLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.DoubleLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Exists;
import io.vaquita.parser.syntax.ExpressionSyntax.InList;
import io.vaquita.parser.syntax.ExpressionSyntax.InSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.IntegerLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Interval;
import io.vaquita.parser.syntax.ExpressionSyntax.Is;
import io.vaquita.parser.syntax.ExpressionSyntax.Like;
import io.vaquita.parser.syntax.ExpressionSyntax.NullLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Parameter;
import io.vaquita.parser.syntax.ExpressionSyntax.Quantified;
import io.vaquita.parser.syntax.ExpressionSyntax.Regexp;
import io.vaquita.parser.syntax.ExpressionSyntax.RowConstructor;
import io.vaquita.parser.syntax.ExpressionSyntax.ScalarSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.StringLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.SystemVariable;
import io.vaquita.parser.syntax.ExpressionSyntax.TemporalLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Unary;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariable;
import io.vaquita.parser.syntax.ExpressionSyntax.UserVariableAssignment;
import io.vaquita.parser.syntax.ExpressionSyntax.When;
import io.vaquita.parser.syntax.QuerySyntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes expressions and queries in MySQL's canonical form, as SHOW CREATE TABLE and SHOW CREATE VIEW print them and as the catalog keeps
 * them. What it writes is read back to the same meaning. Confined to one thread.
 *
 * <p>Conditions are made explicit as MySQL does: where a truth value is asked for, {@code a} becomes {@code (0 <> `a`)}, and NOT is
 * pushed into comparisons.
 */
public final class SyntaxPrinter {
  private final StringBuilder out = new StringBuilder();

  /** Writes {@code _utf8mb4'x'} instead of {@code 'x'}. */
  private final boolean introducers;

  private @Nullable String omittedSchema;

  /** Names of the functions written, in lower case. */
  private final List<String> called = new ArrayList<>(0);

  private final FunctionPrinter functions = new FunctionPrinter(this, out);
  private final QueryPrinter queries = new QueryPrinter(this, out);
  private final ConditionPrinter conditions = new ConditionPrinter(this, out);

  private SyntaxPrinter(boolean introducers) {
    this.introducers = introducers;
  }

  /** An expression of a table's definition: a default, a generated column. */
  public static String expression(ExpressionSyntax expression) {
    SyntaxPrinter printer = new SyntaxPrinter(true);
    printer.write(expression);
    return printer.out.toString();
  }

  /** A CHECK condition. */
  public static String condition(ExpressionSyntax expression) {
    SyntaxPrinter printer = new SyntaxPrinter(true);
    printer.conditions.write(expression, false);
    return printer.out.toString();
  }

  /** The functions of MySQL's own that an expression calls, in lower case, in the order in which they are written. */
  public static List<String> functionsOf(ExpressionSyntax expression) {
    SyntaxPrinter printer = new SyntaxPrinter(true);
    printer.write(expression);
    return List.copyOf(printer.called);
  }

  /** {@link FunctionPrinter} writes a call. */
  void calls(String function) {
    called.add(function);
  }

  /** A query: the text of a view. */
  public static String query(QuerySyntax query) {
    SyntaxPrinter printer = new SyntaxPrinter(false);
    printer.queries.write(query);
    return printer.out.toString();
  }

  /** A query with the names of its tables qualified: what a view means does not hang on who uses it from where. */
  public static String query(QuerySyntax query, @Nullable String schema) {
    SyntaxPrinter printer = new SyntaxPrinter(false);
    printer.queries.defaultSchema = schema;
    printer.queries.write(query);
    return printer.out.toString();
  }

  /** A query as somebody in that schema would write it: its name is left out where it stands before tables and columns. */
  public static String queryWithin(QuerySyntax query, String schema) {
    SyntaxPrinter printer = new SyntaxPrinter(false);
    printer.omittedSchema = schema;
    printer.queries.write(query);
    return printer.out.toString();
  }

  boolean isOmitted(String schema) {
    return schema.equals(omittedSchema);
  }

  /** {@code `name`}, with backticks doubled. */
  public static String identifier(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** {@code 'text'}, with MySQL's escapes. */
  public static String string(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    quoted(text, out);
    return out.toString();
  }

  ConditionPrinter conditions() {
    return conditions;
  }

  QueryPrinter queries() {
    return queries;
  }

  void name(String name) {
    out.append(identifier(name));
  }

  private static void quoted(String text, StringBuilder out) {
    out.append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\0' -> out.append("\\0");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        default -> out.append(c);
      }
    }
    out.append('\'');
  }

  void list(List<ExpressionSyntax> list) {
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(list.get(i));
    }
  }

  void write(ExpressionSyntax expression) {
    switch (expression) {
      case NullLiteral ignored -> out.append("NULL");
      case BooleanLiteral(boolean value) -> out.append(value);
      case IntegerLiteral(var value) -> out.append(value);
      case DecimalLiteral(var value) -> out.append(value.toPlainString());
      case DoubleLiteral(double value) -> out.append(doubleText(value));
      case StringLiteral literal -> string(literal);
      case BytesLiteral literal -> bytes(literal);
      case TemporalLiteral(String kind, String text) -> {
        out.append(kind);
        quoted(text, out);
      }
      case Parameter ignored -> out.append('?');
      case ColumnReference column -> column(column);
      case UserVariable(String name) -> out.append('@').append(identifier(name));
      case UserVariableAssignment(String name, var value) -> {
        out.append("(@").append(identifier(name)).append(":=");
        write(value);
        out.append(')');
      }
      case SystemVariable(String scope, String name) -> {
        out.append("@@");
        if (scope != null) {
          out.append(scope.toLowerCase(Locale.ROOT)).append('.');
        }
        out.append(identifier(name).replace(".", "`.`"));
      }
      case Unary unary -> unary(unary);
      case Binary binary -> binary(binary);
      default -> writeRest(expression);
    }
  }

  private void writeRest(ExpressionSyntax expression) {
    switch (expression) {
      case Like like -> conditions.write(like, false);
      case Regexp regexp -> conditions.write(regexp, false);
      case Between between -> conditions.write(between, false);
      case InList in -> conditions.write(in, false);
      case InSubquery in -> conditions.write(in, false);
      case Is is -> conditions.write(is, false);
      case Exists(QuerySyntax query) -> {
        out.append("exists");
        subquery(query);
      }
      case ScalarSubquery(QuerySyntax query) -> subquery(query);
      case Quantified quantified -> {
        out.append('(');
        write(quantified.operand());
        out.append(' ').append(quantified.operator().symbol());
        out.append(quantified.all() ? " all " : " any ");
        subquery(quantified.query());
        out.append(')');
      }
      case RowConstructor(var elements) -> {
        out.append('(');
        list(elements);
        out.append(')');
      }
      case Case caseExpression -> caseExpression(caseExpression);
      case Collate(var operand, String collation) -> {
        out.append('(');
        write(operand);
        out.append(" collate ").append(collation).append(')');
      }
      case Interval(var amount, String unit) -> {
        out.append("interval ");
        write(amount);
        out.append(' ').append(unit.toLowerCase(Locale.ROOT));
      }
      case ExpressionSyntax.Keyword(String word) -> out.append(word.toLowerCase(Locale.ROOT));
      default -> functions.write(expression);
    }
  }

  // ---- leaves

  static String doubleText(double value) {
    String text = Double.toString(value).replace("E", "e");
    if (text.indexOf('e') < 0) {
      return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + "e0";
    }
    return text.replace(".0e", "e");
  }

  private void string(StringLiteral literal) {
    if (literal.characterSet() != null) {
      out.append('_').append(literal.characterSet());
    } else if (introducers) {
      out.append("_utf8mb4");
    }
    quoted(literal.value(), out);
  }

  private void bytes(BytesLiteral literal) {
    if (literal.characterSet() != null) {
      out.append('_').append(literal.characterSet()).append(' ');
    }
    String digits = HexFormat.of().formatHex(literal.value());
    if (digits.isEmpty()) {
      out.append(literal.isBits() ? "b''" : "x''");
    } else {
      out.append("0x").append(digits.toUpperCase(Locale.ROOT));
    }
  }

  void column(ColumnReference column) {
    if (column.schema() != null && !isOmitted(column.schema())) {
      out.append(identifier(column.schema())).append('.');
    }
    if (column.table() != null) {
      out.append(identifier(column.table())).append('.');
    }
    out.append(identifier(column.column()));
  }

  void subquery(QuerySyntax query) {
    out.append('(');
    queries.writeUnnamed(query);
    out.append(')');
  }

  // ---- operators

  private void unary(Unary unary) {
    switch (unary.operator()) {
      case PLUS -> write(unary.operand());
      case MINUS -> {
        out.append("-(");
        write(unary.operand());
        out.append(')');
      }
      case BIT_NOT -> {
        out.append("~(");
        write(unary.operand());
        out.append(')');
      }
      case NOT -> conditions.write(unary.operand(), true);
    }
  }

  private void binary(Binary binary) {
    switch (binary.operator()) {
      case AND, OR, XOR -> conditions.write(binary, false);
      case JSON_EXTRACT -> call("json_extract", binary.left(), binary.right());
      case JSON_UNQUOTE_EXTRACT -> {
        out.append("json_unquote(");
        call("json_extract", binary.left(), binary.right());
        out.append(')');
      }
      case CONCAT -> call("concat", binary.left(), binary.right());
      case SOUNDS_LIKE -> {
        out.append('(');
        call("soundex", binary.left());
        out.append(" = ");
        call("soundex", binary.right());
        out.append(')');
      }
      case MEMBER_OF -> {
        write(binary.left());
        out.append(" member of (");
        write(binary.right());
        out.append(')');
      }
      default -> infix(binary.left(), binary.operator().symbol(), binary.right());
    }
  }

  void infix(ExpressionSyntax left, String operator, ExpressionSyntax right) {
    out.append('(');
    write(left);
    out.append(' ').append(operator).append(' ');
    write(right);
    out.append(')');
  }

  void call(String name, ExpressionSyntax... arguments) {
    out.append(name).append('(');
    list(Arrays.asList(arguments));
    out.append(')');
  }

  private void caseExpression(Case expression) {
    out.append("(case ");
    if (expression.operand() != null) {
      write(expression.operand());
      out.append(' ');
    }
    for (When when : expression.whens()) {
      out.append("when ");
      if (expression.operand() == null) {
        conditions.write(when.condition(), false);
      } else {
        write(when.condition());
      }
      out.append(" then ");
      write(when.result());
      out.append(' ');
    }
    if (expression.otherwise() != null) {
      out.append("else ");
      write(expression.otherwise());
      out.append(' ');
    }
    out.append("end)");
  }
}
