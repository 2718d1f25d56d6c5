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

  /** The temporary tables of all sessions. */
  List<TemporaryTableEntry> temporaryTables();

  /** Name to text as SHOW VARIABLES has it, sorted. */
  Map<String, String> variables(boolean global);

  /** What SET PERSIST has kept. */
  Map<String, String> persistedVariables();

  Map<String, String> status(boolean global);

  List<LockView> locks();

  /** How many of {@link #locks} on rows and tables each connection has been granted. */
  List<HeldView> heldLocks();

  List<LockWaitView> lockWaits();

  List<DeadlockView> deadlocks();

  /** The last statement that a foreign key refused, or null. */
  @Nullable ForeignKeyFailure foreignKeyFailure();

  /** The number that the next transaction gets that writes or locks. */
  long nextTransactionNumber();

  /** How the files stand; null of a database in memory. */
  @Nullable StoreView store();

  /** Transactions that have read, written or locked something. */
  List<TransactionView> transactions();

  /** The statements that sessions run or ran last, or the last ten that ended of each session. */
  List<StatementView> statements(boolean history);

  /**
   * What a connection holds of InnoDB's locks.
   *
   * @param structs locks on records and tables, counted as InnoDB's lock structs
   * @param tables modes held on tables: what InnoDB calls tables locked
   */
  record HeldView(long connectionId, long records, long structs, long tables) {
    public static HeldView none(long connectionId) {
      return new HeldView(connectionId, 0, 0, 0);
    }

    /** Of a connection with two owners of locks, such as one that runs DDL. */
    HeldView plus(HeldView other) {
      return new HeldView(
          connectionId, records + other.records, structs + other.structs, tables + other.tables);
    }
  }

  /** The wall clock. */
  long nowMicros();

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
   * A statement; times since the server's start.
   *
   * @param endMicros negative: it runs
   * @param errorNumber 0: none
   */
  record StatementView(
      long connectionId,
      long number,
      String command,
      String text,
      @Nullable String schema,
      long beginMicros,
      long endMicros,
      long nowMicros,
      int errorNumber,
      @Nullable String sqlState,
      @Nullable String message,
      int warnings,
      long rowsAffected) {}

  record TemporaryTableEntry(long connectionId, long id, int columns) {}

  /**
   * A lock or a request for one.
   *
   * @param kind RECORD, TABLE_LOCK or a metadata namespace such as USER LEVEL LOCK
   * @param index of a record lock
   * @param data of a record lock: the key's values, or {@code supremum pseudo-record}
   * @param depth of a user-level lock: how often its session took it
   * @param target what the lock table calls it, for what has no name
   */
  record LockView(
      long connectionId,
      String account,
      @Nullable String program,
      String kind,
      @Nullable String schema,
      @Nullable String name,
      @Nullable String index,
      @Nullable String data,
      String mode,
      @Nullable String duration,
      boolean granted,
      boolean implicit,
      int depth,
      long ageMillis,
      @Nullable String statement,
      String target) {

    /** Names where they are known, otherwise what the lock table calls it. */
    String place() {
      return place(data);
    }

    private String place(@Nullable String shown) {
      if (name == null) {
        return target;
      }
      StringBuilder text = new StringBuilder();
      if (schema != null && !schema.isEmpty()) {
        text.append(schema).append('.');
      }
      text.append(name);
      if (index != null) {
        text.append('.').append(index);
      }
      if (shown != null) {
        text.append(" (").append(shown).append(')');
      }
      return text.isEmpty() ? target : text.toString();
    }

    /** Such as {@code X,REC_NOT_GAP on shop.item.PRIMARY (7)}. */
    public String describe() {
      return describe(place());
    }

    /** For logs, which hold no values of rows. */
    public String describeWithoutData() {
      return describe(place(null));
    }

    private String describe(String place) {
      boolean named = !kind.equals("RECORD") && !kind.equals("TABLE_LOCK") && !kind.equals("TABLE");
      return mode + " on " + (named && !place.equals(target) ? kind + " " : "") + place;
    }

    boolean isData() {
      return kind.equals("RECORD") || kind.equals("TABLE_LOCK");
    }
  }

  record LockWaitView(LockView waiting, LockView blocking) {}

  /**
   * A cycle that was found and broken.
   *
   * @param participants each waits for a lock of the next, the last for one of the first
   * @param victim index of the participant whose wait was ended
   */
  record DeadlockView(
      long number, long wallMicros, int victim, List<ParticipantView> participants) {
    public DeadlockView {
      participants = List.copyOf(participants);
    }

    /** One session in the cycle, as it was then. */
    public record ParticipantView(
        long connectionId,
        String account,
        @Nullable String program,
        @Nullable String statement,
        LockView waitsFor,
        LockView blockedBy,
        long rowsWritten,
        HeldView held,
        @Nullable WorkView work) {}

    /**
     * A transaction as it was then.
     *
     * @param client {@code host user}
     */
    public record WorkView(
        long transaction,
        long startMicros,
        @Nullable String operation,
        String client,
        String state,
        long statementNumber) {}

    /** The cycle as lines of text. */
    public String cycle() {
      StringBuilder text = new StringBuilder(400);
      for (int i = 0; i < participants.size(); i++) {
        ParticipantView p = participants.get(i);
        text.append("*** (").append(i + 1).append(") connection ").append(p.connectionId);
        text.append(", ").append(p.account);
        if (p.program != null) {
          text.append(", ").append(p.program);
        }
        text.append(", ").append(p.rowsWritten).append(" row(s) written\n    statement: ");
        text.append(p.statement == null ? "(none)" : p.statement);
        text.append("\n    waits since ").append(p.waitsFor.ageMillis).append(" ms for ");
        text.append(p.waitsFor.describe()).append("\n    which connection ");
        text.append(p.blockedBy.connectionId);
        text.append(p.blockedBy.granted ? " holds as " : " waits for before it as ");
        text.append(p.blockedBy.mode).append('\n');
      }
      text.append("*** WE ROLL BACK (").append(victim + 1).append(")\n");
      return text.toString();
    }
  }

  /**
   * A statement that a foreign key refused, with its transaction as it was then.
   *
   * @param table that has the constraint, quoted
   * @param constraint {@code CONSTRAINT … FOREIGN KEY … REFERENCES …}
   * @param ofChild a row without a parent, not a parent with children
   */
  record ForeignKeyFailure(
      long wallMicros,
      long connectionId,
      @Nullable String statement,
      String table,
      String constraint,
      boolean ofChild,
      long rowsWritten,
      HeldView held,
      DeadlockView.@Nullable WorkView work) {}

  /**
   * The store's files and what of them is in memory.
   *
   * @param position of the newest commit
   * @param checkpointPosition of the last commit in the data file
   * @param budgetBytes of the page cache
   * @param cachedBytes of pages that are in the data file, too
   * @param dirtyBytes of pages in memory only
   */
  record StoreView(
      long position,
      long checkpointPosition,
      long logSyncs,
      long budgetBytes,
      long cachedBytes,
      long dirtyBytes,
      long pagesRead,
      long pagesWritten) {}

  /**
   * A session's transaction.
   *
   * @param number as in ENGINE_TRANSACTION_ID of the lock tables
   * @param rowsModified counted as InnoDB's undo records are
   * @param operation what it does in the tables, in InnoDB's words
   * @param statementNumber of the session's statements: the one that runs or ran last
   * @param plainRead a SELECT without locks that is a transaction of its own
   */
  record TransactionView(
      long connectionId,
      long number,
      long startMicros,
      long rowsModified,
      String isolation,
      boolean readOnly,
      boolean waits,
      @Nullable String statement,
      @Nullable String operation,
      long statementNumber,
      boolean uniqueChecks,
      boolean foreignKeyChecks,
      boolean plainRead) {}
}
