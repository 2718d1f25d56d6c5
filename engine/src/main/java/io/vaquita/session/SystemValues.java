package io.vaquita.session;

import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.planner.VariableTypes;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.value.Collation;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import io.vaquita.value.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @@name} reads in one session: values of variables, and the few that are computed. Confined to the session's thread.
 */
final class SystemValues implements VariableTypes {
  private final EngineSession session;

  SystemValues(EngineSession session) {
    this.session = session;
  }

  /**
   * @param scope GLOBAL, SESSION, LOCAL or null: the session's value where there is one
   * @throws io.vaquita.error.DatabaseException 1193 when unknown, 1238 when it has no such scope
   */
  Value get(@Nullable String scope, String name) {
    SystemVariable variable = find(scope, name);
    if (isGlobal(scope)) {
      return session.engine().globals().get(variable);
    }
    Value computed = computed(variable.name());
    return computed != null ? computed : session.variables().get(variable);
  }

  private static boolean isGlobal(@Nullable String scope) {
    return scope != null && scope.equalsIgnoreCase("GLOBAL");
  }

  static SystemVariable find(@Nullable String scope, String name) {
    SystemVariable variable = SystemVariables.find(name);
    if (variable == null) {
      throw MySqlError.ER_UNKNOWN_SYSTEM_VARIABLE.exception(name);
    }
    if (isGlobal(scope) && !variable.hasGlobal()) {
      throw MySqlError.ER_INCORRECT_GLOBAL_LOCAL_VAR.exception(variable.name(), "SESSION");
    }
    if (scope != null && !isGlobal(scope) && !variable.hasSession()) {
      throw MySqlError.ER_INCORRECT_GLOBAL_LOCAL_VAR.exception(variable.name(), "GLOBAL");
    }
    return variable;
  }

  private @Nullable Value computed(String name) {
    return switch (name) {
      case "last_insert_id", "identity" -> Value.ofUnsigned(session.lastInsertId());
      case "warning_count" -> Value.ofUnsigned(session.diagnostics().count());
      case "error_count" -> Value.ofUnsigned(session.diagnostics().errorCount());
      case "pseudo_thread_id" -> Value.ofUnsigned(session.id());
      case "timestamp" -> Value.of(session.context().statementMicros() / 1_000_000.0);
      case "character_set_database" ->
          SystemVariables.text(databaseCollation().characterSet().name());
      case "collation_database" -> SystemVariables.text(databaseCollation().name());
      default -> null;
    };
  }

  private Collation databaseCollation() {
    String schema = session.currentSchema();
    SchemaDefinition definition =
        schema == null ? null : session.engine().catalog().snapshot().schema(schema);
    return definition == null ? session.engine().serverCollation() : definition.collation();
  }

  @Override
  public DataType userVariable(String name) {
    return typeOf(session.userVariables().get(name));
  }

  @Override
  public DataType systemVariable(@Nullable String scope, String name) {
    SystemVariable variable = find(scope, name.toLowerCase(Locale.ROOT));
    return switch (variable.kind()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case INTEGER -> variable.minimum() < 0 ? DataType.BIGINT : DataType.UNSIGNED_BIGINT;
      case NUMERIC -> DataType.DOUBLE;
      case STRING, ENUMERATION, SET ->
          DataType.varchar(65535 / 4, session.variables().connectionCollation());
    };
  }

  /** The type with which a user variable's value takes part in expressions. */
  static DataType typeOf(Value value) {
    return switch (value) {
      case Value.NullValue n -> DataType.NULL;
      case Value.LongValue l -> l.unsigned() ? DataType.UNSIGNED_BIGINT : DataType.BIGINT;
      case Value.DoubleValue d -> DataType.DOUBLE;
      case Value.DecimalValue d ->
          DataType.decimal(65, Math.min(30, Math.max(0, d.value().scale())), false);
      case Value.StringValue s ->
          new DataType(
              s.bytes().length() > 16383 ? TypeKind.LONGTEXT : TypeKind.VARCHAR,
              s.bytes().length() > 16383 ? 4294967295L : 16383,
              0,
              false,
              false,
              s.collation(),
              List.of());
      case Value.TemporalValue t ->
          switch (t.kind()) {
            case DATE -> DataType.DATE;
            case TIME -> DataType.time(t.decimals());
            default -> DataType.datetime(t.decimals());
          };
      case Value.JsonValue j -> DataType.JSON;
    };
  }
}
