package io.vaquita.table;

/** All tables of a database as the executor reads and writes them: cached by version, with their counters. Thread-safe. */
public final class Tables {}
