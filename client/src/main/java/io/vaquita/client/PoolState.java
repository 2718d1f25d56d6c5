package io.vaquita.client;

/**
 * A look at a pool, for tests and monitoring. Immutable.
 *
 * <pre>{@code
 * metrics.gauge("connections.lent", () -> source.state().lent());
 * }</pre>
 *
 * @param lent connections in use
 * @param idle connections that wait to be borrowed
 * @param waiting borrowers in the queue
 * @param isClosed whether the data source was closed
 */
public record PoolState(int lent, int idle, int waiting, boolean isClosed) {}
