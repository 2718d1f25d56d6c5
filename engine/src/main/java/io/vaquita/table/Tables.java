package io.vaquita.table;

/** placeholder */
public final class Tables {}
