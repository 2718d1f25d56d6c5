package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.ParameterExpression;
import io.vaquita.expression.RowExpression;
import io.vaquita.expression.Variables;
import io.vaquita.expression.function.Functions;
import io.vaquita.expression.operator.ArithmeticOperator;
import io.vaquita.expression.operator.BitOperator;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.BinaryOperator;
import io.vaquita.parser.syntax.ExpressionSyntax.UnaryOperator;
import io.vaquita.value.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds expressions of one query block: names to columns, operators and calls to typed nodes. Confined to one thread. */
final class ExpressionBinder {
  final BlockBinding block;
  final BindSettings settings;
  private final CallBinder calls;
  private final AggregateBinder aggregates;
  private final SubqueryBinder subqueries;

  /** What DEFAULT and VALUES() mean here: only inside INSERT and UPDATE. */
  private final @Nullable ColumnValues columnValues;

  ExpressionBinder(BlockBinding block) {
    this(block, null);
  }

  ExpressionBinder(BlockBinding block, @Nullable ColumnValues columnValues) {
    this.block = block;
    this.settings = block.statement.context.settings();
    this.columnValues = columnValues;
    this.calls = new CallBinder(this);
    this.aggregates = new AggregateBinder(this);
    this.subqueries = new SubqueryBinder(this);
  }

  /** What a statement that changes rows knows about its target's columns. */
  interface ColumnValues {
    /** DEFAULT(column). */
    Expression defaultOf(ExpressionSyntax.ColumnReference column);

    /** VALUES(column). */
    Expression valueToInsert(ExpressionSyntax.ColumnReference column);
  }

  /** Binds in the clause given; the block's clause is as before afterwards. */
  Expression bind(ExpressionSyntax syntax, Clause clause) {
    Clause before = block.clause;
    block.clause = clause;
    try {
      return bind(syntax);
    } finally {
      block.clause = before;
    }
  }

  /** A condition, split at its ANDs. */
  List<Expression> bindCondition(@Nullable ExpressionSyntax syntax, Clause clause) {
    List<Expression> conjuncts = new ArrayList<>();
    if (syntax != null) {
      addConjuncts(syntax, clause, conjuncts);
    }
    return conjuncts;
  }

  private void addConjuncts(ExpressionSyntax syntax, Clause clause, List<Expression> into) {
    if (syntax instanceof ExpressionSyntax.Binary(var operator, var left, var right)
        && operator == BinaryOperator.AND) {
      addConjuncts(left, clause, into);
      addConjuncts(right, clause, into);
      return;
    }
    Conjuncts.split(single(bind(syntax, clause)), into);
  }

  List<Expression> bindAll(List<ExpressionSyntax> syntax) {
    List<Expression> bound = new ArrayList<>(syntax.size());
    for (int i = 0; i < syntax.size(); i++) {
      bound.add(bind(syntax.get(i)));
    }
    return bound;
  }

  /** Binds what must be a single value: 1241 for rows. */
  Expression bindValue(ExpressionSyntax syntax) {
    return single(bind(syntax));
  }

  static Expression single(Expression e) {
    if (e instanceof RowExpression) {
      throw MySqlError.ER_OPERAND_COLUMNS.exception(1);
    }
    return e;
  }

  Expression bind(ExpressionSyntax syntax) {
    if (block.isGrouped() && block.grouping != null && block.grouping.hasExpressions) {
      Expression group = matchGroup(syntax, block.grouping);
      if (group != null) {
        return group;
      }
    }
    Expression bound = bindNode(syntax);
    if (bound.dependence() == Expression.Dependence.EVALUATION) {
      block.isCacheable = false;
    }
    return bound;
  }

  /** Whether the whole expression is one that the block groups by. */
  private @Nullable Expression matchGroup(ExpressionSyntax syntax, GroupingBinding grouping) {
    boolean isRolledUp = grouping.rollup && SyntaxTraits.isLiteral(syntax);
    if (!isRolledUp && !SyntaxTraits.mayBeGroupExpression(syntax)) {
      return null;
    }
    block.aggregateDepth++;
    try {
      return grouping.groupValue(bindNode(syntax));
    } catch (io.vaquita.error.DatabaseException e) {
      return null;
    } finally {
      block.aggregateDepth--;
    }
  }

  private Expression bindNode(ExpressionSyntax syntax) {
    return switch (syntax) {
      case ExpressionSyntax.ColumnReference c -> block.resolve(c);
      case ExpressionSyntax.Parameter p -> parameter(p);
      case ExpressionSyntax.NullLiteral n -> LiteralBinder.bind(n, settings);
      case ExpressionSyntax.BooleanLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.IntegerLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.DecimalLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.DoubleLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.StringLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.BytesLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.TemporalLiteral l -> LiteralBinder.bind(l, settings);
      case ExpressionSyntax.Binary b -> binary(b);
      case ExpressionSyntax.Unary u -> unary(u);
      case ExpressionSyntax.Like l ->
          Operators.like(
              bindValue(l.operand()),
              bindValue(l.pattern()),
              optional(l.escape()),
              l.negated(),
              settings);
      case ExpressionSyntax.Regexp r ->
          Functions.regexp(bindValue(r.operand()), bindValue(r.pattern()), r.negated(), settings);
      case ExpressionSyntax.Between b ->
          Operators.between(
              bindValue(b.operand()),
              bindValue(b.low()),
              bindValue(b.high()),
              b.negated(),
              settings);
      case ExpressionSyntax.InList in ->
          Operators.in(bind(in.operand()), bindAll(in.list()), in.negated(), settings);
      case ExpressionSyntax.Is is -> is(is);
      case ExpressionSyntax.RowConstructor r -> new RowExpression(bindAll(r.elements()));
      case ExpressionSyntax.Case c -> caseWhen(c);
      case ExpressionSyntax.Cast c -> cast(c);
      case ExpressionSyntax.ConvertUsing c ->
          Operators.convertUsing(
              bindValue(c.operand()), CharacterSetNames.characterSet(c.characterSet()), settings);
      case ExpressionSyntax.Collate c ->
          Operators.collate(
              bindValue(c.operand()), CharacterSetNames.collation(c.collation()), settings);
      case ExpressionSyntax.UserVariable v -> {
        block.statement.setNotReusable();
        yield Variables.user(v.name(), block.statement.context.variables().userVariable(v.name()));
      }
      case ExpressionSyntax.UserVariableAssignment a ->
          Variables.assign(a.name(), bindValue(a.value()));
      case ExpressionSyntax.SystemVariable v ->
          Variables.system(
              v.scope(),
              v.name(),
              block.statement.context.variables().systemVariable(v.scope(), v.name()));
      case ExpressionSyntax.FunctionCall call -> calls.bind(call);
      case ExpressionSyntax.Aggregate aggregate -> aggregates.bind(aggregate);
      case ExpressionSyntax.InSubquery s -> subqueries.in(s);
      case ExpressionSyntax.Exists s -> subqueries.exists(s.query(), false);
      case ExpressionSyntax.ScalarSubquery s -> subqueries.scalar(s);
      case ExpressionSyntax.Quantified s -> subqueries.quantified(s);
      case ExpressionSyntax.ValuesOf v -> valuesOf(v);
      case ExpressionSyntax.Default d -> defaultOf(d);
      case ExpressionSyntax.Match ignored ->
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception("FULLTEXT search");
      case ExpressionSyntax.Interval ignored ->
          throw MySqlError.ER_PARSE_ERROR.exception(
              MySqlError.ER_SYNTAX_ERROR.format(), "INTERVAL", 1);
      case ExpressionSyntax.Keyword k ->
          throw MySqlError.ER_PARSE_ERROR.exception(
              MySqlError.ER_SYNTAX_ERROR.format(), k.word(), 1);
    };
  }

  private @Nullable Expression optional(@Nullable ExpressionSyntax syntax) {
    return syntax == null ? null : bindValue(syntax);
  }

  private Expression parameter(ExpressionSyntax.Parameter p) {
    List<DataType> types = block.statement.context.parameterTypes();
    return ParameterExpression.of(
        p.index(), p.index() < types.size() ? types.get(p.index()) : DataType.NULL);
  }

  private Expression unary(ExpressionSyntax.Unary u) {
    if (u.operator() == UnaryOperator.NOT) {
      return not(u.operand());
    }
    if (u.operator() == UnaryOperator.MINUS) {
      Expression literal = LiteralBinder.negative(u.operand());
      return literal != null ? literal : Operators.negate(bindValue(u.operand()), settings);
    }
    Expression operand = bindValue(u.operand());
    return u.operator() == UnaryOperator.PLUS ? operand : Operators.bitNot(operand, settings);
  }

  /** NOT EXISTS, NOT IN become one node, so that they can become anti-joins. */
  private Expression not(ExpressionSyntax operand) {
    return switch (operand) {
      case ExpressionSyntax.Exists e -> subqueries.exists(e.query(), true);
      case ExpressionSyntax.InSubquery s ->
          subqueries.in(new ExpressionSyntax.InSubquery(s.operand(), s.query(), !s.negated()));
      case ExpressionSyntax.InList in ->
          bind(new ExpressionSyntax.InList(in.operand(), in.list(), !in.negated()));
      case ExpressionSyntax.Between b ->
          bind(new ExpressionSyntax.Between(b.operand(), b.low(), b.high(), !b.negated()));
      case ExpressionSyntax.Like l ->
          bind(new ExpressionSyntax.Like(l.operand(), l.pattern(), l.escape(), !l.negated()));
      case ExpressionSyntax.Is is ->
          bind(new ExpressionSyntax.Is(is.operand(), is.test(), !is.negated()));
      default -> Operators.not(bindValue(operand));
    };
  }

  private Expression is(ExpressionSyntax.Is is) {
    Expression operand = bindValue(is.operand());
    return switch (is.test()) {
      case NULL, UNKNOWN -> Operators.isNull(operand, is.negated());
      case TRUE -> Operators.isTruth(operand, true, is.negated());
      case FALSE -> Operators.isTruth(operand, false, is.negated());
    };
  }

  private Expression binary(ExpressionSyntax.Binary b) {
    BinaryOperator operator = b.operator();
    if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
      List<Expression> operands = new ArrayList<>();
      flatten(b, operator, operands);
      return operator == BinaryOperator.AND ? Operators.and(operands) : Operators.or(operands);
    }
    ComparisonOperator comparison = comparison(operator);
    return comparison != null
        ? Operators.compare(comparison, bind(b.left()), bind(b.right()), settings)
        : value(operator, bindValue(b.left()), bindValue(b.right()));
  }

  /** Operands of a chain of one operator: long ORs must not nest as deep as they are long. */
  private void flatten(ExpressionSyntax syntax, BinaryOperator operator, List<Expression> into) {
    List<ExpressionSyntax> rights = new ArrayList<>();
    ExpressionSyntax rest = syntax;
    while (rest instanceof ExpressionSyntax.Binary(var o, var left, var right) && o == operator) {
      rights.add(right);
      rest = left;
    }
    into.add(bindValue(rest));
    for (int i = rights.size() - 1; i >= 0; i--) {
      if (rights.get(i) instanceof ExpressionSyntax.Binary r && r.operator() == operator) {
        flatten(r, operator, into);
      } else {
        into.add(bindValue(rights.get(i)));
      }
    }
  }

  static @Nullable ComparisonOperator comparison(BinaryOperator operator) {
    return switch (operator) {
      case EQUAL -> ComparisonOperator.EQUAL;
      case NULL_SAFE_EQUAL -> ComparisonOperator.NULL_SAFE_EQUAL;
      case NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
      case LESS -> ComparisonOperator.LESS;
      case LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
      case GREATER -> ComparisonOperator.GREATER;
      case GREATER_OR_EQUAL -> ComparisonOperator.GREATER_OR_EQUAL;
      default -> null;
    };
  }

  private Expression value(BinaryOperator operator, Expression left, Expression right) {
    return switch (operator) {
      case PLUS -> arithmetic(ArithmeticOperator.ADD, left, right);
      case MINUS -> arithmetic(ArithmeticOperator.SUBTRACT, left, right);
      case MULTIPLY -> arithmetic(ArithmeticOperator.MULTIPLY, left, right);
      case DIVIDE -> arithmetic(ArithmeticOperator.DIVIDE, left, right);
      case INTEGER_DIVIDE -> arithmetic(ArithmeticOperator.INTEGER_DIVIDE, left, right);
      case MODULO -> arithmetic(ArithmeticOperator.MODULO, left, right);
      case BIT_AND -> Operators.bits(BitOperator.AND, left, right, settings);
      case BIT_OR -> Operators.bits(BitOperator.OR, left, right, settings);
      case BIT_XOR -> Operators.bits(BitOperator.XOR, left, right, settings);
      case SHIFT_LEFT -> Operators.bits(BitOperator.SHIFT_LEFT, left, right, settings);
      case SHIFT_RIGHT -> Operators.bits(BitOperator.SHIFT_RIGHT, left, right, settings);
      case XOR -> Operators.xor(left, right);
      case CONCAT -> Functions.call("concat", List.of(left, right), settings);
      case JSON_EXTRACT -> Functions.jsonArrow(left, right, false, settings);
      case JSON_UNQUOTE_EXTRACT -> Functions.jsonArrow(left, right, true, settings);
      case MEMBER_OF -> Functions.memberOf(left, right, settings);
      case SOUNDS_LIKE -> Functions.soundsLike(left, right, settings);
      case EQUAL,
          NULL_SAFE_EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          AND,
          OR ->
          throw new IllegalStateException(operator.symbol());
    };
  }

  private Expression arithmetic(ArithmeticOperator operator, Expression left, Expression right) {
    return Operators.arithmetic(operator, left, right, settings);
  }

  private Expression caseWhen(ExpressionSyntax.Case c) {
    List<Expression> conditions = new ArrayList<>(c.whens().size());
    List<Expression> results = new ArrayList<>(c.whens().size());
    Expression operand = optional(c.operand());
    for (ExpressionSyntax.When when : c.whens()) {
      conditions.add(bindValue(when.condition()));
      results.add(bindValue(when.result()));
    }
    return Operators.caseWhen(operand, conditions, results, optional(c.otherwise()), settings);
  }

  private Expression cast(ExpressionSyntax.Cast c) {
    Expression operand = bindValue(c.operand());
    if (c.array()) {
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception("CAST(... AS ... ARRAY)");
    }
    if (c.atTimeZone() != null) {
      Integer decimals = c.type().decimals();
      Long length = c.type().length();
      int digits = decimals != null ? decimals : length != null ? length.intValue() : 0;
      return Operators.castAtTimeZone(operand, c.atTimeZone(), digits, settings);
    }
    return Operators.cast(operand, CastTypes.of(c.type(), settings), settings);
  }

  private Expression valuesOf(ExpressionSyntax.ValuesOf v) {
    return columnValues != null
        ? columnValues.valueToInsert(v.column())
        : LiteralBinder.bind(new ExpressionSyntax.NullLiteral(), settings);
  }

  private Expression defaultOf(ExpressionSyntax.Default d) {
    if (d.column() == null) {
      throw MySqlError.ER_PARSE_ERROR.exception(MySqlError.ER_SYNTAX_ERROR.format(), "DEFAULT", 1);
    }
    if (columnValues != null) {
      return columnValues.defaultOf(d.column());
    }
    return DefaultValues.of(block, d.column());
  }
}
