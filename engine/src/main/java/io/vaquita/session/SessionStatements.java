package io.vaquita.session;

import io.vaquita.Frontend;
import io.vaquita.Result;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TransactionStatement;
import io.vaquita.session.variable.PersistedVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.store.Stores;
import io.vaquita.transaction.IsolationLevel;
import io.vaquita.transaction.Transaction;
import io.vaquita.value.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs statements about the session, its transaction and the server. Confined to the session's thread. */
final class SessionStatements {
  private final EngineSession session;
  private final SetStatements sets;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  SessionStatements(EngineSession session) {
    this.session = session;
    this.sets = new SetStatements(session);
  }

  void forgetPrepared() {
    prepared.clear();
  }

  Result run(SessionStatement statement) {
    return switch (statement) {
      case TransactionStatement.Xa xa -> new XaStatements(session).run(xa);
      case TransactionStatement transaction -> {
        transaction(transaction);
        yield ok();
      }
      case SessionStatement.Use use -> {
        session.useSchema(use.schema());
        yield ok();
      }
      case SessionStatement.SetStatement set -> {
        sets.run(set);
        yield ok();
      }
      case SessionStatement.Kill kill -> {
        kill(kill);
        yield ok();
      }
      case SessionStatement.Prepare prepare -> {
        prepare(prepare);
        yield session.runner().ok(0, 0, "Statement prepared");
      }
      case SessionStatement.Execute execute -> execute(execute);
      case SessionStatement.Deallocate deallocate -> deallocate(deallocate.name());
      case SessionStatement.UnlockTables unlock -> {
        session.tableLocks().unlock();
        session.tableLocks().unlockGlobal();
        yield ok();
      }
      case SessionStatement.LockTables lock -> {
        session.tableLocks().lock(lock);
        yield ok();
      }
      case SessionStatement.Flush flush -> {
        session.tableLocks().flush(flush);
        flush(flush);
        yield ok();
      }
      case SessionStatement.Call call ->
          throw MySqlError.ER_SP_DOES_NOT_EXIST.exception(
              "PROCEDURE", qualified(call.procedure().schema(), call.procedure().name()));
      case SessionStatement.LockInstance lock -> {
        session.tableLocks().lockInstance();
        yield ok();
      }
      case SessionStatement.UnlockInstance unlock -> {
        session.tableLocks().unlockInstance();
        yield ok();
      }
      case SessionStatement.Reset reset -> {
        reset(reset);
        yield ok();
      }
      case SessionStatement.HandlerStatement handler -> session.handlers().run(handler);
      case SessionStatement.Help help -> throw unsupported("HELP");
      case SessionStatement.Shutdown shutdown ->
          throw unsupported(shutdown.restart() ? "RESTART" : "SHUTDOWN");
      case SessionStatement.CloneLocal clone -> {
        cloneTo(clone.directory());
        yield ok();
      }
      case SessionStatement.Signal signal -> new ConditionStatements(session).signal(signal);
      case SessionStatement.GetDiagnostics get -> new ConditionStatements(session).get(get);
      case SessionStatement.Binlog binlog -> throw unsupported("BINLOG");
    };
  }

  private Result ok() {
    return session.runner().ok();
  }

  /** A copy of the whole database as of now, for which nobody waits; like MySQL's, it opens as a data directory. */
  private void cloneTo(String directory) {
    if (directory.indexOf('\0') >= 0 || !Path.of(directory).isAbsolute()) {
      throw MySqlError.ER_WRONG_VALUE.exception("path", directory);
    }
    Path target = Path.of(directory);
    Engine engine = session.engine();
    if (engine.environment().files().exists(target)) {
      throw MySqlError.ER_DB_CREATE_EXISTS.exception(directory);
    }
    Stores.backup(engine.store(), target, engine.environment(), session.context()::checkKilled);
  }

  private void reset(SessionStatement.Reset reset) {
    for (String what : reset.what()) {
      switch (what) {
        case "PERSIST" -> resetPersisted(reset.persistName(), reset.ifExists());
        case "REPLICA" -> {
          // there is no replica, so there is nothing that it could forget
        }
        default -> throw MySqlError.ER_FLUSH_MASTER_BINLOG_CLOSED.exception();
      }
    }
  }

  private void resetPersisted(@Nullable String name, boolean ifExists) {
    PersistedVariables persisted = session.engine().persisted();
    if (name == null) {
      persisted.clear();
    } else if (!persisted.remove(name.toLowerCase(Locale.ROOT))) {
      if (!ifExists) {
        throw MySqlError.ER_VAR_DOES_NOT_EXIST.exception(name);
      }
      session.context().warn(MySqlError.ER_VAR_DOES_NOT_EXIST, name);
    }
  }

  private static RuntimeException unsupported(String what) {
    return MySqlError.ER_NOT_SUPPORTED_YET.exception(what);
  }

  private String qualified(@Nullable String schema, String name) {
    String current = session.currentSchema();
    return (schema != null ? schema : current == null ? "" : current) + "." + name;
  }

  private void transaction(TransactionStatement statement) {
    TransactionScope scope = session.transactions();
    switch (statement) {
      case TransactionStatement.Begin begin -> {
        session.tableLocks().unlock();
        scope.begin(begin.consistentSnapshot(), begin.readOnly());
        if (begin.consistentSnapshot()
            && scope.forStatement().isolationLevel() != IsolationLevel.REPEATABLE_READ) {
          session
              .context()
              .warn(
                  WarningSink.Level.WARNING,
                  138,
                  "InnoDB: WITH CONSISTENT SNAPSHOT was ignored because this phrase can only be"
                      + " used with REPEATABLE READ isolation level.");
        }
      }
      case TransactionStatement.Commit commit -> {
        end(commit.chain(), commit.release(), true);
      }
      case TransactionStatement.Rollback rollback -> {
        scope.branch().checkNoBranch();
        end(rollback.chain(), rollback.release(), false);
      }
      case TransactionStatement.Savepoint savepoint -> scope.savepoint(savepoint.name());
      case TransactionStatement.RollbackToSavepoint rollback -> scope.rollbackTo(rollback.name());
      case TransactionStatement.ReleaseSavepoint release -> scope.releaseSavepoint(release.name());
      case TransactionStatement.Xa xa ->
          throw new IllegalStateException("not here: " + xa.action());
    }
  }

  private void end(@Nullable Boolean chainAsked, @Nullable Boolean releaseAsked, boolean commit) {
    TransactionScope scope = session.transactions();
    String completion = session.variables().getText("completion_type");
    boolean chain = chainAsked != null ? chainAsked : completion.equals("CHAIN");
    boolean release = releaseAsked != null ? releaseAsked : completion.equals("RELEASE");
    Transaction before = scope.current();
    IsolationLevel isolation = before == null ? scope.sessionIsolation() : before.isolationLevel();
    boolean readOnly = before != null && before.isReadOnly();
    if (commit) {
      scope.commit();
    } else {
      scope.rollback();
    }
    if (chain) {
      scope.chain(isolation, readOnly);
    }
    if (release) {
      session.kill();
    }
  }

  private void flush(SessionStatement.Flush flush) {
    if (flush.what().contains("STATUS")) {
      session.engine().flushStatus();
    }
    Frontend frontend = session.engine().frontend();
    if (frontend != null
        && (flush.what().contains("LOGS") || flush.what().contains("ERROR LOGS"))) {
      frontend.reopenLogs();
    }
  }

  private void kill(SessionStatement.Kill kill) {
    Value given = session.evaluate(kill.id());
    long id = VariableValues.wholeNumber(given);
    if (given instanceof Value.StringValue s) {
      try {
        id = Long.parseLong(s.bytes().toUtf8().strip());
      } catch (NumberFormatException e) {
        id = 0;
      }
    }
    Frontend frontend = session.engine().frontend();
    if (frontend != null && !kill.queryOnly() && frontend.endArrival(id)) {
      return;
    }
    EngineSession victim = session.engine().sessions().get(id);
    if (kill.queryOnly()) {
      victim.cancel();
    } else {
      victim.kill();
    }
    if (victim.id() == session.id()) {
      throw MySqlError.ER_QUERY_INTERRUPTED.exception();
    }
  }

  private void prepare(SessionStatement.Prepare statement) {
    session.status().command(StatusCounters.STMT_PREPARE);
    prepared.remove(key(statement.name()));
    Value source = session.evaluate(statement.source());
    String sql = VariableValues.text(source);
    if (source.isNull()) {
      sql = "NULL";
    }
    var parsed = Parser.parsePrepared(sql, session.variables().sqlMode());
    refuseUnpreparable(parsed.syntax());
    session.hinted().begin(parsed.hints());
    prepared.put(key(statement.name()), new PreparedStatement(session, sql, parsed));
  }

  /** Statements that only run as text, as in MySQL: 1295. */
  static void refuseUnpreparable(StatementSyntax syntax) {
    if (syntax instanceof SessionStatement.Prepare
        || syntax instanceof SessionStatement.Execute
        || syntax instanceof SessionStatement.Deallocate
        || syntax instanceof SessionStatement.HandlerStatement
        || syntax instanceof ShowStatement.ShowDiagnostics) {
      throw MySqlError.ER_UNSUPPORTED_PS.exception();
    }
  }

  private Result deallocate(String name) {
    session.status().command(StatusCounters.STMT_CLOSE);
    if (prepared.remove(key(name)) == null) {
      throw unknownStatement(name, "DEALLOCATE PREPARE");
    }
    return ok();
  }

  private Result execute(SessionStatement.Execute statement) {
    session.status().command(StatusCounters.STMT_EXECUTE);
    PreparedStatement target = prepared.get(key(statement.name()));
    if (target == null) {
      throw unknownStatement(statement.name(), "EXECUTE");
    }
    if (target.parameterCount() != statement.variables().size()) {
      throw MySqlError.ER_WRONG_ARGUMENTS.exception("EXECUTE");
    }
    Value[] values = new Value[statement.variables().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = session.userVariables().get(statement.variables().get(i));
    }
    return target.run(values);
  }

  private static RuntimeException unknownStatement(String name, String command) {
    return MySqlError.ER_UNKNOWN_STMT_HANDLER.exception(name, command);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
