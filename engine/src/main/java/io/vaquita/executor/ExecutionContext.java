package io.vaquita.executor;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.environment.Environment;
import io.vaquita.expression.StatementContext;
import io.vaquita.table.Tables;
import io.vaquita.transaction.Transaction;
import java.nio.file.Path;

/**
 * What a session gives to run one statement. Confined to the statement's thread.
 *
 * @param tables the database's tables, shared by all sessions
 * @param catalog the definitions that the plan was made from: foreign keys look up the other table in it
 * @param virtualTables the rows of information_schema and its like
 * @param temporaryDirectory where sorts and joins put what does not fit {@code memoryBytesMax}
 * @param locksPlainReads SELECT without a locking clause reads as FOR SHARE does: SERIALIZABLE, inside a transaction or without autocommit
 * @param memoryBytesMax how much one operator may gather in memory
 * @param counters of the session, for SHOW STATUS
 */
public record ExecutionContext(
    StatementContext statement,
    Transaction transaction,
    Tables tables,
    CatalogSnapshot catalog,
    VirtualTables virtualTables,
    Environment environment,
    Path temporaryDirectory,
    boolean locksPlainReads,
    long memoryBytesMax,
    RowCounters counters) {

  /** A good {@link #memoryBytesMax} for one operator of one session. */
  public static final long MEMORY_BYTES_DEFAULT = 64L << 20;
}
