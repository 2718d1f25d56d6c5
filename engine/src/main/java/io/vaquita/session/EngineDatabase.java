package io.vaquita.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vaquita.Access;
import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Frontend;
import io.vaquita.JdbcDriver;
import io.vaquita.LockWait;
import io.vaquita.Session;
import io.vaquita.catalog.Catalog;
import io.vaquita.catalog.CatalogSnapshot;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.SchemaDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.environment.Environment;
import io.vaquita.error.MySqlError;
import io.vaquita.introspection.VirtualSchemas;
import io.vaquita.lock.LockOwner;
import io.vaquita.lock.LockTable;
import io.vaquita.lock.WaitEntry;
import io.vaquita.session.variable.GlobalVariables;
import io.vaquita.session.variable.PersistedVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.store.Store;
import io.vaquita.table.Tables;
import io.vaquita.transaction.Reader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A running database over one store. Thread-safe. */
final class EngineDatabase implements Database {
  private final Engine engine;
  private final Object accessLock = new Object();
  private volatile boolean closed;

  @GuardedBy("accessLock")
  private @Nullable Access access;

  private EngineDatabase(Engine engine) {
    this.engine = engine;
  }

  /** Builds everything above a store, which the database owns from then on. */
  static EngineDatabase over(
      Store store, Environment environment, GlobalVariables globals, Path temporaryDirectory) {
    return over(store, environment, globals, PersistedVariables.inMemory(), temporaryDirectory);
  }

  /** The same with what SET PERSIST has kept, and where it is to be kept. */
  static EngineDatabase over(
      Store store,
      Environment environment,
      GlobalVariables globals,
      PersistedVariables persisted,
      Path temporaryDirectory) {
    LockTable locks = new LockTable(environment);
    Catalog catalog =
        new Catalog(store.snapshot(), VirtualSchemas.schemas(), VirtualSchemas.tables());
    Engine engine =
        new Engine(
            environment,
            store,
            locks,
            catalog,
            new Tables(),
            globals,
            persisted,
            temporaryDirectory);
    EngineDatabase database = new EngineDatabase(engine);
    FirstStart.prepare(engine);
    FirstStart.noteRestored(engine);
    return database;
  }

  Engine engine() {
    return engine;
  }

  @Override
  public Session connect(ConnectOptions options) {
    ensureOpen();
    long id = options.connectionId() != 0 ? options.connectionId() : nextConnectionId();
    EngineSession session = new EngineSession(engine, id, options);
    engine.sessions().add(session);
    return session;
  }

  private void ensureOpen() {
    if (closed) {
      throw MySqlError.ER_SERVER_SHUTDOWN.exception();
    }
  }

  @Override
  public long nextConnectionId() {
    return engine.sessions().nextId();
  }

  @Override
  public String globalVariable(String name) {
    SystemVariable variable = SystemVariables.find(name);
    return variable == null ? "" : VariableValues.text(engine.globals().get(variable));
  }

  @Override
  public void addStatusSource(StatusSource source) {
    engine.statusSources().add(source);
  }

  @Override
  public @Nullable LockWait awaitBlocked(
      long connectionId, BooleanSupplier otherwise, Duration atMost) {
    EngineSession session = engine.sessions().find(connectionId);
    if (session == null) {
      return null;
    }
    LockOwner owner = session.owner();
    engine.locks().awaitBlocked(owner, otherwise, atMost.toMillis());
    WaitEntry wait = owner.waitEntry();
    return wait == null
        ? null
        : new LockWait(
            connectionId,
            wait.waiting().target().toString(),
            wait.waiting().modeLabel(),
            wait.blocking().stream().map(b -> b.owner().id()).distinct().toList());
  }

  @Override
  public void attach(@Nullable Frontend frontend) {
    engine.attach(frontend);
  }

  @Override
  public String connectUrl(JdbcDriver driver) {
    return access().url(driver);
  }

  @Override
  public Access.Listener listen(int port) throws IOException {
    return access().listen(port);
  }

  private Access access() {
    synchronized (accessLock) {
      ensureOpen();
      Access present = access;
      if (present == null) {
        present =
            ServiceLoader.load(Access.Provider.class, EngineDatabase.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                    () -> new IllegalStateException("vaquita-server is not on the class path"))
                .open(this);
        access = present;
      }
      return present;
    }
  }

  @Override
  public Database fork() {
    ensureOpen();
    return over(
        engine.store().fork(),
        engine.environment(),
        engine.globals().copy(),
        engine.persisted().copy(),
        Path.of(System.getProperty("java.io.tmpdir")));
  }

  @Override
  public void close() {
    Access opened;
    synchronized (accessLock) {
      if (closed) {
        return;
      }
      closed = true;
      opened = access;
    }
    if (opened != null) {
      opened.close();
    }
    for (EngineSession session : engine.sessions().all()) {
      session.kill();
    }
    engine.locks().close();
    engine.store().close();
  }

  /** What is done before the first session: schemas that every MySQL server has, counters behind what prepared branches have taken. */
  static final class FirstStart {
    private FirstStart() {}

    static void prepare(Engine engine) {
      for (String name : Set.of("mysql")) {
        if (engine.catalog().snapshot().schema(name) == null) {
          Definitions.createSystemSchema(engine, name);
        }
      }
    }

    static void noteRestored(Engine engine) {
      CatalogSnapshot catalog = engine.catalog().snapshot();
      for (Reader branch : engine.transactions().prepared().outcomes()) {
        for (SchemaDefinition schema : catalog.schemas()) {
          for (Relation relation : catalog.relations(schema.name())) {
            if (relation instanceof TableDefinition table) {
              engine.tables().noteRestored(table, branch);
            }
          }
        }
      }
    }
  }
}
