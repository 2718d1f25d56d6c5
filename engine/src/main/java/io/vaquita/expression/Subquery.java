package io.vaquita.expression;

/**
 * A subquery's plan at run time, put by the executor into {@link Frame#subqueries}. Each {@link #open} runs it anew with the outer
 * rows that the frame holds (or serves a cached result when nothing it depends on changed). Confined to the statement's thread.
 */
public interface Subquery {
  void open(Frame frame);

  /** Moves to the next row: its values are what the plan's output expressions then evaluate to in {@code frame}. */
  boolean next(Frame frame);

  void close(Frame frame);
}
