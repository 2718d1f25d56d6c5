package io.vaquita.session;

import org.jspecify.annotations.Nullable;

/**
 * What a session does, as the process list shows it. Immutable; the session replaces it, any thread reads it.
 *
 * @param command as in the process list: Sleep, Query, Execute, …
 * @param state such as {@code executing}; empty for none
 * @param statement the running statement, or null
 * @param sinceMicros wall clock when the command began
 */
record Activity(String command, String state, @Nullable String statement, long sinceMicros) {}
