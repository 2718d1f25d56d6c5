package io.vaquita.lock;

/** What happens when a lock is not to be had at once. */
public enum WaitPolicy {
  /** Wait until it is granted or the wait ends with an error. */
  WAIT,
  /** Give up: the request answers false. */
  TRY
}
