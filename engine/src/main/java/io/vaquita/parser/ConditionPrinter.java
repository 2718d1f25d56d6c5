package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Between;
import io.vaquita.parser.syntax.ExpressionSyntax.Binary;
import io.vaquita.parser.syntax.ExpressionSyntax.BinaryOperator;
import io.vaquita.parser.syntax.ExpressionSyntax.BooleanLiteral;
import io.vaquita.parser.syntax.ExpressionSyntax.Exists;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.InList;
import io.vaquita.parser.syntax.ExpressionSyntax.InSubquery;
import io.vaquita.parser.syntax.ExpressionSyntax.Is;
import io.vaquita.parser.syntax.ExpressionSyntax.Like;
import io.vaquita.parser.syntax.ExpressionSyntax.Match;
import io.vaquita.parser.syntax.ExpressionSyntax.Quantified;
import io.vaquita.parser.syntax.ExpressionSyntax.Regexp;
import io.vaquita.parser.syntax.ExpressionSyntax.TruthTest;
import io.vaquita.parser.syntax.ExpressionSyntax.Unary;
import io.vaquita.parser.syntax.ExpressionSyntax.UnaryOperator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes conditions in canonical form, with NOT pushed into them: part of {@link SyntaxPrinter}. Confined to one thread.
 */
final class ConditionPrinter {
  private final SyntaxPrinter printer;
  private final StringBuilder out;

  ConditionPrinter(SyntaxPrinter printer, StringBuilder out) {
    this.printer = printer;
    this.out = out;
  }

  /** Writes an expression whose truth is asked for, or that of its negation. */
  void write(ExpressionSyntax expression, boolean negated) {
    switch (expression) {
      case Unary(UnaryOperator operator, ExpressionSyntax operand)
          when operator == UnaryOperator.NOT ->
          write(operand, !negated);
      case Binary binary when isLogical(binary.operator()) -> logical(binary, negated);
      case Binary binary when negation(binary.operator()) != null -> {
        String symbol =
            negated ? String.valueOf(negation(binary.operator())) : binary.operator().symbol();
        printer.infix(binary.left(), symbol, binary.right());
      }
      case Between between -> between(between, between.negated() != negated);
      case InList in -> inList(in, in.negated() != negated);
      case InSubquery in -> inSubquery(in, in.negated() != negated);
      case Is is -> is(is, is.negated() != negated);
      case Like like -> maybeNot(like.negated() != negated, () -> like(like));
      case Regexp regexp ->
          maybeNot(
              regexp.negated() != negated,
              () -> printer.call("regexp_like", regexp.operand(), regexp.pattern()));
      default -> {
        if (isTruthValue(expression)) {
          maybeNot(negated, () -> printer.write(expression));
        } else {
          out.append(negated ? "(0 = " : "(0 <> ");
          printer.write(expression);
          out.append(')');
        }
      }
    }
  }

  private void maybeNot(boolean negated, Runnable inner) {
    out.append(negated ? "(not(" : "");
    inner.run();
    out.append(negated ? "))" : "");
  }

  private static boolean isLogical(BinaryOperator operator) {
    return operator == BinaryOperator.AND
        || operator == BinaryOperator.OR
        || operator == BinaryOperator.XOR;
  }

  /** The operator that means the opposite, also with NULLs; null when there is none. */
  private static @Nullable String negation(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL -> "<>";
      case NOT_EQUAL -> "=";
      case LESS -> ">=";
      case LESS_OR_EQUAL -> ">";
      case GREATER -> "<=";
      case GREATER_OR_EQUAL -> "<";
      default -> null;
    };
  }

  private static boolean isTruthValue(ExpressionSyntax expression) {
    return switch (expression) {
      case BooleanLiteral ignored -> true;
      case Exists ignored -> true;
      case Quantified ignored -> true;
      case Match ignored -> true;
      case Binary(BinaryOperator operator, var left, var right) ->
          operator == BinaryOperator.NULL_SAFE_EQUAL
              || operator == BinaryOperator.MEMBER_OF
              || operator == BinaryOperator.SOUNDS_LIKE;
      case FunctionCall call ->
          switch (call.name().toLowerCase(Locale.ROOT)) {
            case "json_contains",
                "json_contains_path",
                "json_overlaps",
                "json_valid",
                "regexp_like",
                "isnull",
                "strcmp",
                "is_uuid",
                "json_schema_valid" ->
                call.schema() == null;
            default -> false;
          };
      default -> false;
    };
  }

  /** AND, OR and XOR; a chain of one operator has one pair of parentheses. De Morgan's laws hold with NULLs, too. */
  private void logical(Binary binary, boolean negated) {
    BinaryOperator operator = binary.operator();
    if (operator == BinaryOperator.XOR) {
      out.append('(');
      write(binary.left(), negated);
      out.append(" xor ");
      write(binary.right(), false);
      out.append(')');
      return;
    }
    boolean and = (operator == BinaryOperator.AND) != negated;
    out.append('(');
    operands(binary, operator, negated, and ? " and " : " or ");
    out.append(')');
  }

  private void operands(Binary binary, BinaryOperator operator, boolean negated, String separator) {
    operand(binary.left(), operator, negated, separator);
    out.append(separator);
    operand(binary.right(), operator, negated, separator);
  }

  private void operand(
      ExpressionSyntax operand, BinaryOperator operator, boolean negated, String separator) {
    if (operand instanceof Binary nested && nested.operator() == operator) {
      operands(nested, operator, negated, separator);
    } else {
      write(operand, negated);
    }
  }

  // ---- predicates

  private void like(Like like) {
    out.append('(');
    printer.write(like.operand());
    out.append(" like ");
    printer.write(like.pattern());
    if (like.escape() != null) {
      out.append(" escape ");
      printer.write(like.escape());
    }
    out.append(')');
  }

  private void between(Between between, boolean negated) {
    out.append('(');
    printer.write(between.operand());
    out.append(negated ? " not between " : " between ");
    printer.write(between.low());
    out.append(" and ");
    printer.write(between.high());
    out.append(')');
  }

  /** {@code a in (x)} is an equality. */
  private void inList(InList in, boolean negated) {
    if (in.list().size() == 1) {
      printer.infix(in.operand(), negated ? "<>" : "=", in.list().getFirst());
      return;
    }
    out.append('(');
    printer.write(in.operand());
    out.append(negated ? " not in (" : " in (");
    printer.list(in.list());
    out.append("))");
  }

  private void inSubquery(InSubquery in, boolean negated) {
    out.append('(');
    printer.write(in.operand());
    out.append(negated ? " not in " : " in ");
    printer.subquery(in.query());
    out.append(')');
  }

  private void is(Is is, boolean negated) {
    out.append('(');
    if (is.test() == TruthTest.NULL) {
      printer.write(is.operand());
    } else {
      write(is.operand(), false);
    }
    out.append(negated ? " is not " : " is ");
    out.append(is.test().name().toLowerCase(Locale.ROOT)).append(')');
  }
}
