package io.vaquita.planner;

import io.vaquita.value.DataType;
import org.jspecify.annotations.Nullable;

/** The types that variables have as a statement is planned. Confined to the session. */
public interface VariableTypes {
  /** Of the variable's present value; unset: {@link DataType#NULL}. */
  DataType userVariable(String name);

  /** {@code scope} GLOBAL, SESSION or null. 1193 when unknown, 1238 when it has no such scope. */
  DataType systemVariable(@Nullable String scope, String name);
}
