package io.vaquita.executor;

/** One window function of a plan. Confined to one operator. */
interface WindowFunction {
  /** Sets the function's column in the results of all rows of the partition. */
  void compute(WindowPartition partition);
}
