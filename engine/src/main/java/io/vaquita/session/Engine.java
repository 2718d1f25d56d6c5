package io.vaquita.session;

import io.vaquita.Database.StatusSource;
import io.vaquita.Frontend;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.environment.Environment;
import io.vaquita.introspection.ServerState.ForeignKeyFailure;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.OwnerInfo;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.session.variable.PersistedVariables;
import io.vaquita.store.Store;
import io.vaquita.table.Tables;
import io.vaquita.transaction.Transaction;
import io.vaquita.transaction.TransactionOptions;
import io.vaquita.transaction.TransactionSystem;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What all sessions of one database share. Thread-safe: every part is. */
final class Engine {
  private final Environment environment;
  private final Store store;
  private final LockTable locks;
  private final TransactionSystem transactions;
  private final Catalog catalog;
  private final Tables tables;
  private final GlobalVariables globals;
  private final PersistedVariables persisted;
  private final SessionRegistry sessions = new SessionRegistry();
  private final StoreStatistics statistics;
  private final PlanCache plans = new PlanCache();
  private final Counters counters = new Counters();
  private final StatusTotals statusTotals = new StatusTotals();
  private final RunQueue runQueue;
  private final List<StatusSource> statusSources = new CopyOnWriteArrayList<>();
  private final Path temporaryDirectory;
  private final AtomicLong transactionNumbers = new AtomicLong();
  private final long startedMicros;
  private volatile long statusFlushedMicros;
  private final Reports reports = new Reports();
  private volatile @Nullable Frontend frontend;
  private volatile @Nullable ForeignKeyFailure foreignKeyFailure;
  private volatile BiConsumer<EngineSession, ReleaseStep> releaseObserver = (session, step) -> {};

  Engine(
      Environment environment,
      Store store,
      LockTable locks,
      Catalog catalog,
      Tables tables,
      GlobalVariables globals,
      PersistedVariables persisted,
      Path temporaryDirectory) {
    this.environment = environment;
    this.store = store;
    this.locks = locks;
    this.transactions = new TransactionSystem(store, locks);
    this.catalog = catalog;
    this.tables = tables;
    this.statistics = new StoreStatistics(store::snapshot, tables);
    this.globals = globals;
    this.persisted = persisted;
    this.temporaryDirectory = temporaryDirectory;
    this.runQueue = RunQueue.forCarriers(environment.clock());
    this.startedMicros = environment.clock().wallMicros();
    this.statusFlushedMicros = startedMicros;
    locks.onDeadlock(deadlock -> reports.deadlock(new LockViews(this).view(deadlock)));
  }

  Environment environment() {
    return environment;
  }

  Store store() {
    return store;
  }

  LockTable locks() {
    return locks;
  }

  TransactionSystem transactions() {
    return transactions;
  }

  Catalog catalog() {
    return catalog;
  }

  Tables tables() {
    return tables;
  }

  GlobalVariables globals() {
    return globals;
  }

  PersistedVariables persisted() {
    return persisted;
  }

  SessionRegistry sessions() {
    return sessions;
  }

  /** The last statement that a foreign key refused, or null. */
  @Nullable ForeignKeyFailure foreignKeyFailure() {
    return foreignKeyFailure;
  }

  void failed(ForeignKeyFailure failure) {
    foreignKeyFailure = failure;
  }

  StoreStatistics statistics() {
    return statistics;
  }

  PlanCache plans() {
    return plans;
  }

  RunQueue runQueue() {
    return runQueue;
  }

  /** Of sessions that have ended. */
  StatusTotals statusTotals() {
    return statusTotals;
  }

  Counters counters() {
    return counters;
  }

  List<StatusSource> statusSources() {
    return statusSources;
  }

  /** The server before this database; null when it is embedded. */
  @Nullable Frontend frontend() {
    return frontend;
  }

  void attach(@Nullable Frontend newFrontend) {
    frontend = newFrontend;
    reports.attach(newFrontend);
  }

  Reports reports() {
    return reports;
  }

  /** Called by each session's own thread after each step of its release; the session goes on when it returns. */
  void onRelease(BiConsumer<EngineSession, ReleaseStep> observer) {
    releaseObserver = observer;
  }

  void released(EngineSession session, ReleaseStep step) {
    releaseObserver.accept(session, step);
  }

  /** The last number that a transaction got; see {@link TransactionScope#number}. */
  AtomicLong transactionNumbers() {
    return transactionNumbers;
  }

  long startedMicros() {
    return startedMicros;
  }

  long statusFlushedMicros() {
    return statusFlushedMicros;
  }

  /** FLUSH STATUS. */
  void flushStatus() {
    sessions().all().forEach(s -> s.status().flush());
    statusSources().forEach(StatusSource::flush);
    statusFlushedMicros = environment.clock().wallMicros();
  }

  /** The next AUTO_INCREMENT value of a table; 0 for a table without such a column. */
  long nextAutoIncrement(TableDefinition table) {
    Transaction transaction =
        transactions.begin(
            TransactionOptions.of(locks.newOwner(0, OwnerInfo.internal("introspection"))));
    try {
      return tables.accessor(table).nextAutoIncrement(transaction.currentView());
    } finally {
      transaction.rollback();
    }
  }

  /** Where sorts and joins put what does not fit memory. */
  Path temporaryDirectory() {
    return temporaryDirectory;
  }

  /** {@code @@collation_server}: what schemas get that name none. */
  Collation serverCollation() {
    Collation collation = Collations.byName(globals.getText("collation_server"));
    return Objects.requireNonNullElse(collation, Collations.BINARY);
  }
}
