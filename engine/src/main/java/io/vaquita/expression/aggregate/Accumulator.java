package io.vaquita.expression.aggregate;

import io.vaquita.expression.Frame;
import io.vaquita.value.Value;

/**
 * The running result of one aggregate over one group. Made by {@link Accumulators}; confined to the statement's thread. Holds no
 * reference to the frame: the caller passes it, positioned on the row that counts.
 */
public abstract class Accumulator {
  /** Takes the current row into account. */
  public abstract void add(Frame frame);

  /** The result so far; {@link #add} may go on afterwards. */
  public abstract Value result(Frame frame);

  /** Back to the state of an empty group. */
  public abstract void reset();
}
