package io.vaquita.session.variable;

import io.vaquita.value.Value;
import java.util.List;

/**
 * The definition of one system variable (MySQL manual, "Server System Variables"). Immutable.
 *
 * @param index position in the arrays of values
 * @param minimum of integers and numerics, in the variable's unit
 * @param maximum as unsigned 64 bits for integers
 * @param allowed values of enumerations and sets, in MySQL's order; empty for other kinds
 */
public record SystemVariable(
    int index,
    String name,
    Scope scope,
    Kind kind,
    boolean readOnly,
    long minimum,
    long maximum,
    Value initial,
    List<String> allowed) {

  /** Where a variable has values. */
  public enum Scope {
    GLOBAL,
    /** A global value, which new sessions start with, and a session value. */
    SESSION,
    SESSION_ONLY
  }

  /** How SET converts and SHOW shows. */
  public enum Kind {
    BOOLEAN,
    INTEGER,
    NUMERIC,
    STRING,
    ENUMERATION,
    SET
  }

  public SystemVariable {
    allowed = List.copyOf(allowed);
  }

  public boolean hasGlobal() {
    return scope != Scope.SESSION_ONLY;
  }

  public boolean hasSession() {
    return scope != Scope.GLOBAL;
  }
}
