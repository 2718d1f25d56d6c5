package io.vaquita.introspection;

import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What virtual tables show of the running server beyond the catalog: the session implements it over sessions, variables and the lock
 * table. Confined to the asking session's thread; what it answers is a copy.
 */
public interface ServerState {
  CatalogSnapshot catalog();

  /** Rows of a table, as the store counts them. */
  long rowCount(TableDefinition table);

  /** A view's columns with the types that they have now; empty when its query does not fit the tables any more. */
  List<ColumnDefinition> viewColumns(ViewDefinition view);

  /** The next AUTO_INCREMENT value, or 0 for a table without one. */
  long nextAutoIncrement(TableDefinition table);

  List<ProcessEntry> processes();

  /** Name to text as SHOW VARIABLES has it, sorted. */
  Map<String, String> variables(boolean global);

  Map<String, String> status(boolean global);

  List<LockView> locks();

  List<LockWaitView> lockWaits();

  List<DeadlockView> deadlocks();

  /** A moment as a packed DATETIME in the session's time zone. */
  long packedTime(long wallMicros);

  /** Connection attributes by connection id. */
  Map<Long, Map<String, String>> connectAttributes();

  /** Rows of a table that the server before the database fills: String, Long, Instant or null by column name. */
  List<Map<String, @Nullable Object>> frontendRows(String schema, String table);

  long connectionId();

  /** {@code 'root'@'localhost'}: the grantee of privilege tables. */
  String grantee();

  /** One line of the process list. {@code seconds} since the command began. */
  record ProcessEntry(
      long id,
      String user,
      String host,
      @Nullable String schema,
      String command,
      long seconds,
      String state,
      @Nullable String statement) {}

  /**
   * A lock or a request for one.
   *
   * @param kind RECORD, TABLE or a metadata namespace such as USER LEVEL LOCK
   * @param index of a record lock
   * @param data of a record lock: the key in hexadecimal, or {@code supremum pseudo-record}
   */
  record LockView(
      long connectionId,
      String account,
      String kind,
      @Nullable String schema,
      @Nullable String name,
      @Nullable String index,
      @Nullable String data,
      String mode,
      @Nullable String duration,
      boolean granted,
      boolean implicit,
      long ageMillis,
      @Nullable String statement,
      String target) {}

  record LockWaitView(LockView waiting, LockView blocking) {}

  record DeadlockView(long number, long wallMicros, long victim, String cycle) {}
}
