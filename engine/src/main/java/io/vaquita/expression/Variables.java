package io.vaquita.expression;

import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User variables and system variables as expressions. */
public final class Variables {
  private Variables() {}

  /** {@code @name}; {@code type} is that of the value it holds while binding (LONGTEXT when it holds none yet). */
  public static Expression user(String name, DataType type) {
    return new UserVariable(name, type);
  }

  /** {@code @name := value}. */
  public static Expression assign(String name, Expression value) {
    return new Assignment(name, value);
  }

  /** {@code @@name}; {@code scope} as written, upper case or null. */
  public static Expression system(@Nullable String scope, String name, DataType type) {
    return new SystemVariable(scope, name, type);
  }

  private static final class UserVariable extends ValueExpression {
    private final String name;

    UserVariable(String name, DataType type) {
      super(type, true);
      this.name = name;
    }

    @Override
    public Value evaluate(Frame frame) {
      Value v = frame.statement.userVariable(name);
      frame.isNull = v.isNull();
      return v;
    }

    @Override
    public Dependence dependence() {
      return Dependence.EVALUATION;
    }

    @Override
    public int coercibility() {
      return Coercibility.IMPLICIT;
    }

    @Override
    public String describe() {
      return "(@`" + name + "`)";
    }
  }

  private static final class Assignment extends ValueExpression {
    private final String name;
    private final Expression value;

    Assignment(String name, Expression value) {
      super(value.type(), value.isNullable());
      this.name = name;
      this.value = value;
    }

    @Override
    public Value evaluate(Frame frame) {
      Value v = value.evaluate(frame);
      frame.statement.setUserVariable(name, v);
      frame.isNull = v.isNull();
      return v;
    }

    @Override
    public List<Expression> children() {
      return List.of(value);
    }

    @Override
    public Expression withChildren(List<Expression> children) {
      return new Assignment(name, children.getFirst());
    }

    @Override
    public Dependence dependence() {
      return Dependence.EVALUATION;
    }

    @Override
    public int coercibility() {
      return Coercibility.IMPLICIT;
    }

    @Override
    public String describe() {
      return "(@" + name + ":=" + value.describe() + ")";
    }
  }

  private static final class SystemVariable extends ValueExpression {
    private final @Nullable String scope;
    private final String name;

    SystemVariable(@Nullable String scope, String name, DataType type) {
      super(type, true);
      this.scope = scope;
      this.name = name;
    }

    @Override
    public Value evaluate(Frame frame) {
      Value v = frame.statement.systemVariable(scope, name);
      frame.isNull = v.isNull();
      return v;
    }

    @Override
    public Dependence dependence() {
      return Dependence.STATEMENT;
    }

    @Override
    public int coercibility() {
      return Coercibility.SYSTEM_CONSTANT;
    }

    @Override
    public String describe() {
      return scope == null
          ? "@@" + name
          : "@@" + scope.toLowerCase(java.util.Locale.ROOT) + "." + name;
    }
  }
}
