package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.function.Functions;
import io.vaquita.expression.function.JsonValueCall;
import io.vaquita.expression.operator.ArithmeticOperator;
import io.vaquita.expression.operator.BitOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import java.util.List;
import java.util.Locale;

/** Binds function calls, those with keywords and those that need the block around them included. Confined to one thread. */
final class CallBinder {
  private final ExpressionBinder expressions;

  CallBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  Expression bind(FunctionCall call) {
    List<ExpressionSyntax> a = call.arguments();
    if (call.schema() != null) {
      throw MySqlError.ER_SP_DOES_NOT_EXIST.exception(
          "FUNCTION", call.schema() + "." + call.name());
    }
    return switch (call.name().toUpperCase(Locale.ROOT)) {
      case "DATE_ADD", "ADDDATE" -> dateArithmetic(call, false);
      case "DATE_SUB", "SUBDATE" -> dateArithmetic(call, true);
      case "EXTRACT" -> Functions.extract(keyword(call, 0), value(a.get(1)), expressions.settings);
      case "TIMESTAMPADD" ->
          Functions.timestampAdd(
              keyword(call, 0), value(a.get(1)), value(a.get(2)), expressions.settings);
      case "TIMESTAMPDIFF" ->
          Functions.timestampDiff(
              keyword(call, 0), value(a.get(1)), value(a.get(2)), expressions.settings);
      case "GET_FORMAT" ->
          Functions.getFormat(keyword(call, 0), value(a.get(1)), expressions.settings);
      case "TRIM" -> trim(call);
      case "WEIGHT_STRING" -> weightString(call);
      case "CHAR" -> charUsing(a);
      case "GROUPING" -> grouping(call);
      case "JSON_VALUE" -> jsonValue(a);
      case "ANY_VALUE" -> anyValue(call);
      default -> plain(call);
    };
  }

  private Expression plain(FunctionCall call) {
    return Functions.call(call.name(), values(call.arguments()), expressions.settings);
  }

  private List<Expression> values(List<ExpressionSyntax> syntax) {
    List<Expression> bound = expressions.bindAll(syntax);
    bound.forEach(ExpressionBinder::single);
    return bound;
  }

  private Expression value(ExpressionSyntax syntax) {
    return expressions.bindValue(syntax);
  }

  private static String keyword(FunctionCall call, int argument) {
    if (call.arguments().get(argument) instanceof ExpressionSyntax.Keyword(String word)) {
      return word;
    }
    throw MySqlError.ER_WRONG_PARAMETERS_TO_NATIVE_FCT.exception(call.name());
  }

  /** ADDDATE(d, n) without INTERVAL counts days. */
  private Expression dateArithmetic(FunctionCall call, boolean subtract) {
    if (call.arguments().size() != 2) {
      throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(call.name());
    }
    Expression date = value(call.arguments().get(0));
    return call.arguments().get(1) instanceof ExpressionSyntax.Interval(var amount, String unit)
        ? Functions.dateAdd(date, value(amount), unit, subtract, expressions.settings)
        : Functions.dateAdd(
            date, value(call.arguments().get(1)), "DAY", subtract, expressions.settings);
  }

  /** TRIM(text), or TRIM(side, remove, text) with a keyword first and NULL where nothing is named. */
  private Expression trim(FunctionCall call) {
    List<ExpressionSyntax> a = call.arguments();
    if (!(a.getFirst() instanceof ExpressionSyntax.Keyword(String side))) {
      return Functions.trim("BOTH", null, value(a.getFirst()), expressions.settings);
    }
    boolean removes = a.size() == 3;
    return Functions.trim(
        side, removes ? value(a.get(1)) : null, value(a.getLast()), expressions.settings);
  }

  /** WEIGHT_STRING(text), or with a keyword CHAR or BINARY and a length. */
  private Expression weightString(FunctionCall call) {
    List<ExpressionSyntax> a = call.arguments();
    boolean binary = a.size() > 1 && keyword(call, 1).equals("BINARY");
    int length =
        a.size() > 2 && a.get(2) instanceof ExpressionSyntax.IntegerLiteral(var n)
            ? n.intValue()
            : 0;
    return Functions.weightString(value(a.getFirst()), binary, length, expressions.settings);
  }

  /** CHAR(n, …), with the character set of USING as a keyword at the end. */
  private Expression charUsing(List<ExpressionSyntax> a) {
    if (!a.isEmpty() && a.getLast() instanceof ExpressionSyntax.Keyword(String characterSet)) {
      return Functions.charUsing(
          values(a.subList(0, a.size() - 1)),
          characterSet.toLowerCase(Locale.ROOT),
          expressions.settings);
    }
    return Functions.charUsing(values(a), null, expressions.settings);
  }

  /** One bit for each argument, the last one lowest: 1 where it is rolled up. */
  private Expression jsonValue(List<ExpressionSyntax> a) {
    return JsonValueCall.of(
        value(a.get(0)),
        value(a.get(1)),
        a.get(2) instanceof ExpressionSyntax.Keyword ? null : value(a.get(2)).type(),
        jsonValueAction(a.get(3)),
        jsonValueAction(a.get(4)));
  }

  private JsonValueCall.Action jsonValueAction(ExpressionSyntax action) {
    return action instanceof ExpressionSyntax.Keyword(String word)
        ? word.equals("ERROR") ? new JsonValueCall.Action(true, null) : JsonValueCall.Action.NULL
        : new JsonValueCall.Action(false, value(action));
  }

  private Expression grouping(FunctionCall call) {
    GroupingBinding grouping = expressions.block.grouping;
    if (grouping == null || !grouping.rollup) {
      throw MySqlError.ER_INVALID_GROUP_FUNC_USE.exception();
    }
    Expression result = null;
    for (ExpressionSyntax argument : call.arguments()) {
      Expression bit = groupingBit(grouping, groupIndex(grouping, argument));
      result =
          result == null
              ? bit
              : Operators.arithmetic(
                  ArithmeticOperator.ADD,
                  Operators.arithmetic(
                      ArithmeticOperator.MULTIPLY, result, Literals.of(2), expressions.settings),
                  bit,
                  expressions.settings);
    }
    if (result == null) {
      throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(call.name());
    }
    return result;
  }

  private int groupIndex(GroupingBinding grouping, ExpressionSyntax argument) {
    expressions.block.aggregateDepth++;
    try {
      Expression source = expressions.bindValue(argument);
      for (int i = 0; i < grouping.groupBy.size(); i++) {
        if (Same.expression(grouping.groupBy.get(i), source)) {
          return i;
        }
      }
    } finally {
      expressions.block.aggregateDepth--;
    }
    throw MySqlError.ER_FIELD_IN_GROUPING_NOT_GROUP_BY.exception(1);
  }

  private Expression groupingBit(GroupingBinding grouping, int index) {
    Expression shifted =
        Operators.bits(
            BitOperator.SHIFT_RIGHT,
            grouping.rollupBits(),
            Literals.of(index),
            expressions.settings);
    Expression bit = Operators.bits(BitOperator.AND, shifted, Literals.of(1), expressions.settings);
    return Operators.convertTo(bit, io.vaquita.value.DataType.BIGINT);
  }

  /** ANY_VALUE lifts the rule of ONLY_FULL_GROUP_BY; by itself it groups nothing. */
  private Expression anyValue(FunctionCall call) {
    if (call.arguments().size() != 1) {
      throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(call.name());
    }
    ExpressionSyntax argument = call.arguments().getFirst();
    BlockBinding block = expressions.block;
    GroupingBinding grouping = block.grouping;
    if (grouping == null || !block.isGrouped() || SyntaxTraits.hasAggregate(argument)) {
      return value(argument);
    }
    block.aggregateDepth++;
    try {
      Expression source = value(argument);
      return grouping.aggregate(
          new io.vaquita.planner.physical.PhysicalNode.AggregateCall(
              "ANY_VALUE", false, List.of(source), List.of(), "", source.type()),
          true);
    } finally {
      block.aggregateDepth--;
    }
  }
}
