package io.vaquita.executor;

/** What kind of statement runs: it decides how the tables that it only reads are locked. */
enum StatementKind {
  QUERY,
  INSERT,
  LOAD,
  UPDATE,
  DELETE
}
