package io.vaquita.executor;

import io.vaquita.expression.Frame;

/**
 * One running node of a physical plan. Confined to the statement's thread.
 *
 * <pre>
 *   open ──► next … next ──► close
 *     ▲        │ (true: the node's slots in the frame hold a row)
 *     └────────┘  open again at any time: starts anew with the outer rows of that moment
 * </pre>
 *
 * <p>{@link #close} gives back what the garbage collector would not (files); it is idempotent and may come at any time.
 */
abstract class Operator {
  final Execution execution;
  final Frame frame;

  Operator(Execution execution) {
    this.execution = execution;
    this.frame = execution.frame;
  }

  abstract void open();

  /** Moves to the next row; false at the end, and again when called once more. */
  abstract boolean next();

  abstract void close();
}
