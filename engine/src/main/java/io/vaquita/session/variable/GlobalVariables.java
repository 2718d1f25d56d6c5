package io.vaquita.session.variable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.value.Value;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * The global values of all system variables. Thread-safe: readers see an array that nobody writes; a change replaces it, so that a
 * new session takes all its starting values by taking one reference.
 */
public final class GlobalVariables {
  private final ReentrantLock writing = new ReentrantLock();
  private final CopyOnWriteArrayList<BiConsumer<SystemVariable, Value>> listeners =
      new CopyOnWriteArrayList<>();
  private volatile Value[] values;

  public GlobalVariables() {
    Value[] initial = new Value[SystemVariables.count()];
    for (SystemVariable variable : SystemVariables.all()) {
      initial[variable.index()] = variable.initial();
    }
    values = initial;
  }

  /** The same values, which change apart from these from now on; without listeners. */
  public GlobalVariables copy() {
    GlobalVariables copy = new GlobalVariables();
    copy.values = values;
    return copy;
  }

  public Value get(SystemVariable variable) {
    return values[variable.index()];
  }

  public Value get(String name) {
    return get(SystemVariables.get(name));
  }

  public long getLong(String name) {
    return VariableValues.wholeNumber(get(name));
  }

  public String getText(String name) {
    return VariableValues.text(get(name));
  }

  /** Sets a value that has been converted. Also for read-only variables: options of the start and facts of the machine. */
  public void set(SystemVariable variable, Value value) {
    writing.lock();
    try {
      replace(variable, value);
    } finally {
      writing.unlock();
    }
    for (BiConsumer<SystemVariable, Value> listener : listeners) {
      listener.accept(variable, value);
    }
  }

  public void set(String name, Value value) {
    set(SystemVariables.get(name), value);
  }

  /** Tells {@code listener} of every later change, on the changing thread, with no lock held. */
  public void onChange(BiConsumer<SystemVariable, Value> listener) {
    listeners.add(listener);
  }

  @GuardedBy("writing")
  private void replace(SystemVariable variable, Value value) {
    Value[] next = values.clone();
    next[variable.index()] = value;
    values = next;
  }

  /** The values as they are now; must not be written. */
  Value[] shared() {
    return values;
  }
}
