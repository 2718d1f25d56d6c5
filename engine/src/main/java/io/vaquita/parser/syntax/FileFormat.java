package io.vaquita.parser.syntax;

import org.jspecify.annotations.Nullable;

/** FIELDS and LINES of LOAD DATA and SELECT INTO OUTFILE, with MySQL's defaults filled in. Immutable. */
public record FileFormat(
    @Nullable String characterSet,
    String fieldsTerminatedBy,
    String enclosedBy,
    boolean optionallyEnclosed,
    String escapedBy,
    String linesStartingBy,
    String linesTerminatedBy) {}
