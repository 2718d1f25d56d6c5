package io.vaquita.lock;

/**
 * Counters since the lock table began: Innodb_row_lock_current_waits, _waits, _time and _time_max; and of metadata waits. Immutable.
 */
public record LockStatistics(
    long rowWaitsNow,
    long rowWaits,
    long rowWaitMillis,
    long rowWaitMillisMax,
    long metadataWaits,
    long timeouts) {}
