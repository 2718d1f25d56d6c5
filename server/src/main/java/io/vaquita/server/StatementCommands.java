package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.ColumnDefinition;
import io.vaquita.protocol.ColumnFlag;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.Parameters;
import io.vaquita.protocol.Reply;
import io.vaquita.protocol.StatementExecute;
import io.vaquita.protocol.StatusFlag;
import io.vaquita.protocol.WireType;
import io.vaquita.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The binary protocol: prepared statements of one connection, their parameters and cursors. Confined to its connection. */
final class StatementCommands {
  private static final long STATEMENTS_MAX = 16382;

  private final ServerContext context;
  private final Session session;
  private final SessionSettings settings;
  private final PacketReader in;
  private final PacketWriter out;
  private final ResultWriter results;
  private final int capabilities;
  private final Map<Integer, ServerStatement> statements = new HashMap<>();
  private int lastId;

  StatementCommands(
      ServerContext context,
      Session session,
      SessionSettings settings,
      PacketReader in,
      PacketWriter out,
      ResultWriter results,
      int capabilities) {
    this.context = context;
    this.session = session;
    this.settings = settings;
    this.in = in;
    this.out = out;
    this.results = results;
    this.capabilities = capabilities;
  }

  private ServerStatement find(int id, String function) {
    ServerStatement statement = statements.get(id);
    if (statement == null) {
      throw MySqlError.ER_UNKNOWN_STMT_HANDLER.exception(Integer.toUnsignedString(id), function);
    }
    return statement;
  }

  void prepare(String sql) throws IOException {
    session.setCommand("Prepare", "");
    long max = context.globalNumber("max_prepared_stmt_count", STATEMENTS_MAX);
    context.statementCount().take(max);
    Session.Prepared prepared;
    try {
      prepared = session.prepare(sql);
    } catch (RuntimeException | Error e) {
      context.statementCount().giveBack();
      throw e;
    }
    int id = ++lastId;
    statements.put(id, new ServerStatement(id, prepared));
    describe(id, prepared);
  }

  private void describe(int id, Session.Prepared prepared) throws IOException {
    List<Result.Column> columns = prepared.columns();
    int parameters = prepared.parameterCount();
    boolean hasDefinitions = !results.hasOptionalMetadata() || settings.sendsMetadata();
    out.begin();
    out.int1(Reply.OK).int4(id).int2(columns.size()).int2(parameters).int1(0).int2(0);
    if (results.hasOptionalMetadata()) {
      out.int1(hasDefinitions ? 1 : 0);
    }
    out.end();
    if (!hasDefinitions) {
      return;
    }
    for (int i = 0; i < parameters; i++) {
      ColumnDefinition.of(
              "?", ColumnMapping.BINARY_COLLATION, 0, WireType.VAR_STRING, ColumnFlag.BINARY)
          .write(out);
    }
    if (parameters > 0) {
      results.endOfDefinitions(0, 0);
    }
    if (!columns.isEmpty()) {
      results.definitions(columns);
      results.endOfDefinitions(0, 0);
    }
  }

  void execute(Command.Execute command) throws IOException {
    session.setCommand("Execute", "");
    ServerStatement statement = find(command.statementId(), "mysqld_stmt_execute");
    List<Value> values;
    int cursorFlags;
    try {
      StatementExecute execute =
          StatementExecute.read(
              command.rest(),
              capabilities,
              statement.prepared().parameterCount(),
              statement.types(),
              statement.sentBefore());
      cursorFlags = execute.cursorFlags();
      statement.checkLongData();
      values = values(statement, execute.parameters());
    } finally {
      statement.dropLongData();
    }
    if (command.rest().isShared()) {
      command.rest().forget();
      in.giveArrayAway();
    }
    statement.closeCursor();
    detachCursors();
    Result result = statement.prepared().execute(values);
    boolean wantsCursor = (cursorFlags & StatementExecute.CURSOR_READ_ONLY) != 0;
    if (wantsCursor && result.hasRows()) {
      openCursor(statement, result);
    } else {
      sendAll(result);
    }
  }

  private List<Value> values(ServerStatement statement, Parameters parameters) {
    if (parameters.values().isEmpty()) {
      return List.of();
    }
    statement.types(parameters.types());
    List<Value> values = new ArrayList<>(parameters.values().size());
    for (int i = 0; i < parameters.values().size(); i++) {
      values.add(
          statement.sentBefore().get(i)
              ? ParameterMapping.ofBytes(
                  parameters.types()[i] & 0xFF, statement.takeLongData(i), settings)
              : ParameterMapping.value(parameters.values().get(i), settings));
    }
    return values;
  }

  private void sendAll(Result first) throws IOException {
    Result result = first;
    while (true) {
      try (Result open = result) {
        if (open.hasRows()) {
          results.binaryRows(open);
        }
      }
      boolean hasMore = session.hasNext();
      int moreFlag = ResultWriter.moreFlag(hasMore);
      if (result.hasRows()) {
        results.endOfRows(moreFlag, result.warningCount());
      } else {
        results.ok(result, moreFlag);
      }
      if (!hasMore) {
        return;
      }
      result = session.executeNext();
    }
  }

  private void openCursor(ServerStatement statement, Result result) throws IOException {
    statement.cursor(result);
    results.header(result.columns(), StatusFlag.CURSOR_EXISTS);
  }

  void fetch(Command.Fetch command) throws IOException {
    session.setCommand("Fetch", "");
    ServerStatement statement = find(command.statementId(), "mysqld_stmt_fetch");
    Result cursor = statement.cursor();
    if (cursor == null) {
      throw MySqlError.ER_STMT_HAS_NO_OPEN_CURSOR.exception(
          Integer.toUnsignedLong(command.statementId()));
    }
    boolean isAtEnd;
    try {
      isAtEnd = results.fetch(cursor, command.rowCount());
    } catch (DatabaseException e) {
      statement.closeCursor();
      throw e;
    }
    int flag = StatusFlag.CURSOR_EXISTS;
    if (isAtEnd) {
      statement.closeCursor();
      flag = StatusFlag.LAST_ROW_SENT;
    }
    results.endOfRows(flag, 0);
  }

  /**
   * A session runs one statement at a time: cursors that still run theirs take the rest of their rows into memory before another
   * begins.
   */
  void detachCursors() {
    if (statements.isEmpty()) {
      return;
    }
    for (ServerStatement statement : statements.values()) {
      Result cursor = statement.cursor();
      if (cursor != null && !(cursor instanceof MaterialisedRows)) {
        statement.cursor(new MaterialisedRows(cursor));
      }
    }
  }

  void reset(Command.ResetStatement command) throws IOException {
    session.setCommand("Reset stmt", "");
    ServerStatement statement = find(command.statementId(), "mysqld_stmt_reset");
    statement.closeCursor();
    statement.dropLongData();
    results.ok();
  }

  /** Has no reply, and an unknown id is no error. */
  void close(Command.CloseStatement command) {
    ServerStatement statement = statements.remove(command.statementId());
    if (statement != null) {
      context.statementCount().giveBack();
      statement.close();
    }
  }

  /** Has no reply: what is wrong shows when the statement is executed. */
  void addLongData(Command.SendLongData command) {
    ServerStatement statement = statements.get(command.statementId());
    if (statement != null) {
      statement.addLongData(command.parameter(), command.data(), settings.packetBytesMax());
    }
  }

  void closeAll() {
    for (ServerStatement statement : statements.values()) {
      context.statementCount().giveBack();
      statement.close();
    }
    statements.clear();
  }
}
