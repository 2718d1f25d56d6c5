package io.vaquita.expression.function;

import io.vaquita.expression.Coercibility;
import io.vaquita.expression.DecimalExpression;
import io.vaquita.expression.Describe;
import io.vaquita.expression.DoubleExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Frame;
import io.vaquita.expression.JsonExpression;
import io.vaquita.expression.LongExpression;
import io.vaquita.expression.StringExpression;
import io.vaquita.expression.TemporalExpression;
import io.vaquita.value.DataType;
import io.vaquita.value.Slice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions: a class for each domain of results, over a body that is a static method of a function family. Immutable; the
 * bodies are stateless.
 */
final class Calls {
  private Calls() {}

  /** Name, arguments and what else all calls have. */
  record Head(
      String name, List<Expression> arguments, boolean nullable, Expression.Dependence dependence) {
    Head {
      arguments = List.copyOf(arguments);
    }

    static Head of(String name, List<Expression> arguments) {
      return new Head(name, arguments, true, Expression.Dependence.OPERANDS);
    }

    /** NULL only when an argument is. */
    static Head strict(String name, List<Expression> arguments) {
      boolean nullable = false;
      for (Expression e : arguments) {
        nullable |= e.isNullable();
      }
      return new Head(name, arguments, nullable, Expression.Dependence.OPERANDS);
    }

    Head notNull() {
      return new Head(name, arguments, false, dependence);
    }

    Head depending(Expression.Dependence on) {
      return new Head(name, arguments, nullable, on);
    }

    private Head with(List<Expression> newArguments) {
      return new Head(name, newArguments, nullable, dependence);
    }
  }

  /** What a call computes. Leaves {@link Frame#isNull} as the result needs it; the arguments read last have set it. */
  interface LongBody {
    long evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofLong(Head head, DataType type, LongBody body) {
    return new OfLong(head, type, body);
  }

  private static final class OfLong extends LongExpression {
    private final Head head;
    private final LongBody body;
    private final Expression[] arguments;

    OfLong(Head head, DataType type, LongBody body) {
      super(type, head.nullable());
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    public long evaluateLong(Frame frame) {
      return body.evaluate(frame, arguments);
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfLong(head.with(children), type(), body);
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** What a call computes. Leaves {@link Frame#isNull} as the result needs it; the arguments read last have set it. */
  interface DoubleBody {
    double evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofDouble(Head head, DataType type, DoubleBody body) {
    return new OfDouble(head, type, body);
  }

  private static final class OfDouble extends DoubleExpression {
    private final Head head;
    private final DoubleBody body;
    private final Expression[] arguments;

    OfDouble(Head head, DataType type, DoubleBody body) {
      super(type, head.nullable());
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    public double evaluateDouble(Frame frame) {
      return body.evaluate(frame, arguments);
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfDouble(head.with(children), type(), body);
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** What a call computes. Returns null for NULL. */
  interface DecimalBody {
    @Nullable BigDecimal evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofDecimal(Head head, DataType type, DecimalBody body) {
    return new OfDecimal(head, type, body);
  }

  private static final class OfDecimal extends DecimalExpression {
    private final Head head;
    private final DecimalBody body;
    private final Expression[] arguments;

    OfDecimal(Head head, DataType type, DecimalBody body) {
      super(type, head.nullable());
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    public @Nullable BigDecimal evaluateDecimal(Frame frame) {
      @Nullable BigDecimal v = body.evaluate(frame, arguments);
      frame.isNull = v == null;
      return v;
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfDecimal(head.with(children), type(), body);
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** What a call computes. Returns null for NULL. */
  interface TextBody {
    @Nullable Slice evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofText(Head head, DataType type, TextBody body, int coercibility) {
    return new OfText(head, type, body, coercibility);
  }

  private static final class OfText extends StringExpression {
    private final Head head;
    private final TextBody body;
    private final Expression[] arguments;

    OfText(Head head, DataType type, TextBody body, int coercibility) {
      super(type, head.nullable(), coercibility);
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    public @Nullable Slice evaluateBytes(Frame frame) {
      @Nullable Slice v = body.evaluate(frame, arguments);
      frame.isNull = v == null;
      return v;
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfText(head.with(children), type(), body, coercibility());
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** What a call computes. Leaves {@link Frame#isNull} as the result needs it; the arguments read last have set it. */
  interface TemporalBody {
    long evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofTemporal(Head head, DataType type, TemporalBody body) {
    return new OfTemporal(head, type, body);
  }

  private static final class OfTemporal extends TemporalExpression {
    private final Head head;
    private final TemporalBody body;
    private final Expression[] arguments;

    OfTemporal(Head head, DataType type, TemporalBody body) {
      super(type, head.nullable());
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    protected long evaluatePacked(Frame frame) {
      return body.evaluate(frame, arguments);
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfTemporal(head.with(children), type(), body);
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** What a call computes. Returns null for NULL. */
  interface JsonBody {
    @Nullable Slice evaluate(Frame frame, Expression[] arguments);
  }

  static Expression ofJson(Head head, JsonBody body) {
    return new OfJson(head, body);
  }

  private static final class OfJson extends JsonExpression {
    private final Head head;
    private final JsonBody body;
    private final Expression[] arguments;

    OfJson(Head head, JsonBody body) {
      super(head.nullable());
      this.head = head;
      this.body = body;
      this.arguments = head.arguments().toArray(Expression[]::new);
    }

    @Override
    public @Nullable Slice evaluateJson(Frame frame) {
      @Nullable Slice v = body.evaluate(frame, arguments);
      frame.isNull = v == null;
      return v;
    }

    @Override
    public List<Expression> children() {
      return head.arguments();
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new OfJson(head.with(children), body);
    }

    @Override
    public Dependence dependence() {
      return head.dependence();
    }

    @Override
    public String describe() {
      return Describe.call(head.name(), head.arguments());
    }
  }

  /** Text with the coercibility of literals. */
  static Expression ofText(Head head, DataType type, TextBody body) {
    return ofText(head, type, body, Coercibility.COERCIBLE);
  }
}
