package io.vaquita.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a connection that has ended: a row of {@code vaquita.closed_connections}. Immutable.
 *
 * @param lastStatement its values replaced by {@code ?}; empty when none ran
 */
record ClosedConnection(
    long id,
    String account,
    String host,
    @Nullable String program,
    @Nullable String schema,
    Instant connected,
    Instant closed,
    CloseReason reason,
    String detail,
    String lastStatement,
    long commands,
    long bytesReceived,
    long bytesSent) {}
