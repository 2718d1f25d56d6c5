package io.vaquita.server;

import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.protocol.Command;
import io.vaquita.protocol.PacketReader;
import io.vaquita.protocol.PacketWriter;
import io.vaquita.protocol.PayloadReader;
import io.vaquita.protocol.ProtocolException;
import io.vaquita.protocol.Reply;
import io.vaquita.value.CharacterSet;
import io.vaquita.value.Encoding;
import io.vaquita.value.Slice;
import io.vaquita.value.SqlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Runs commands on a session and builds their replies in the output buffer. Confined to its connection. */
final class Commands {
  private static final int REFRESH_LOG = 2;
  private static final int REFRESH_HOSTS = 8;
  private static final int REFRESH_STATUS = 16;

  private static final int OPTION_MULTI_STATEMENTS_ON = 0;
  private static final int OPTION_MULTI_STATEMENTS_OFF = 1;

  private final ServerContext context;
  private final Client client;
  private final ConnectionWatch watch;
  private final Session session;
  private final SessionSettings settings;
  private final PacketReader in;
  private final PacketWriter out;
  private final ResultWriter results;
  private final StatementCommands statements;

  Commands(
      ServerContext context,
      Client client,
      ConnectionWatch watch,
      Session session,
      SessionSettings settings,
      Login login) {
    this.context = context;
    this.client = client;
    this.watch = watch;
    this.session = session;
    this.settings = settings;
    this.in = login.in();
    this.out = login.out();
    results = new ResultWriter(out, session, settings, login.capabilities());
    statements =
        new StatementCommands(context, session, settings, in, out, results, login.capabilities());
    settings.onChange(results::forgetColumns);
  }

  /**
   * Runs a command; the reply waits in the output buffer unless it was too long for it.
   *
   * @throws IOException when the client cannot be reached: the connection is over
   */
  void run(Command command) throws IOException {
    try {
      dispatch(command);
    } catch (DatabaseException e) {
      if (e.is(MySqlError.ER_UNKNOWN_ERROR) && e.getCause() != null) {
        logBug(e.getCause());
      }
      error(e);
    } catch (ProtocolException e) {
      error(e.error().number(), e.error().sqlState(), e.error().message());
    } catch (StackOverflowError e) {
      error(MySqlError.ER_STACK_OVERRUN_NEED_MORE.exception(0, 0, 0));
    } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
      logBug(e);
      error(
          MySqlError.ER_UNKNOWN_ERROR.number(),
          MySqlError.ER_UNKNOWN_ERROR.sqlState(),
          "Internal error: " + e);
    }
    settings.refresh();
  }

  private void logBug(Throwable bug) {
    context.log().log(
        LogEvent.INTERNAL_ERROR,
        client.subject(),
        "",
        "a command failed: " + bug + "; statement: " + session.lastStatement(),
        bug);
  }

  /** What the server's end interrupted says so. */
  void error(DatabaseException e) throws IOException {
    DatabaseException said =
        watch.isShuttingDown() && e.is(MySqlError.ER_QUERY_INTERRUPTED)
            ? MySqlError.ER_SERVER_SHUTDOWN.exception()
            : e;
    error(said.number(), said.sqlState(), said.message());
  }

  private void error(int number, String sqlState, String message) throws IOException {
    out.discard();
    Reply.writeError(out, number, sqlState, message, true);
  }

  private void dispatch(Command command) throws IOException {
    switch (command) {
      case Command.Query q -> query(q);
      case Command.Execute e -> statements.execute(e);
      case Command.Prepare p -> statements.prepare(text(p.array(), p.offset(), p.length()));
      case Command.Fetch f -> statements.fetch(f);
      case Command.ResetStatement r -> statements.reset(r);
      case Command.CloseStatement c -> statements.close(c);
      case Command.SendLongData d -> longData(d);
      case Command.Ping ignored -> results.ok();
      case Command.InitDb i -> initDb(i);
      case Command.FieldList f -> fieldList(f);
      case Command.Statistics ignored -> statistics();
      case Command.ProcessInfo ignored -> runText("SHOW PROCESSLIST");
      case Command.ProcessKill k -> runText("KILL " + Integer.toUnsignedString(k.connectionId()));
      case Command.Debug ignored -> results.endOfRows(0, 0);
      case Command.SetOption o -> setOption(o);
      case Command.ResetConnection ignored -> resetConnection();
      case Command.Quit ignored -> throw MySqlError.ER_UNKNOWN_COM_ERROR.exception();
      case Command.ChangeUser ignored -> throw MySqlError.ER_UNKNOWN_COM_ERROR.exception();
      case Command.Refresh r -> refresh(r);
      case Command.Unknown ignored -> throw MySqlError.ER_UNKNOWN_COM_ERROR.exception();
    }
  }

  private String text(byte[] array, int offset, int length) {
    CharacterSet set = settings.clientSet();
    return set == null
        ? SqlText.decode(array, offset, length)
        : Encoding.decode(new Slice(array, offset, length), set).toUtf8();
  }

  private void query(Command.Query query) throws IOException {
    session.setCommand("Query", "");
    PayloadReader text = query.text();
    int bytes = text.remaining();
    String sql = text(text.array(), text.position(), bytes);
    if (bytes >= PacketWriter.IN_PLACE_BYTES_MIN) {
      // A long statement is not to be in memory twice while it runs.
      text.forget();
      in.giveArrayAway();
    }
    runText(sql);
  }

  private void longData(Command.SendLongData command) {
    statements.addLongData(command);
    if (command.data().length() > 0 && command.data().array() == in.array()) {
      in.giveArrayAway();
    }
  }

  private void runText(String sql) throws IOException {
    statements.detachCursors();
    Result result = session.execute(sql);
    while (true) {
      boolean hasMore = send(result);
      if (!hasMore) {
        return;
      }
      settings.refresh();
      result = session.executeNext();
    }
  }

  /** Whether another result follows. */
  private boolean send(Result result) throws IOException {
    try (result) {
      if (result.hasRows()) {
        results.textRows(result);
      }
    }
    boolean hasMore = session.hasNext();
    int moreFlag = ResultWriter.moreFlag(hasMore);
    if (result.hasRows()) {
      results.endOfRows(moreFlag, result.warningCount());
    } else {
      results.ok(result, moreFlag);
    }
    return hasMore;
  }

  /** What old mysqladmin sends for its flush commands. */
  private void refresh(Command.Refresh command) throws IOException {
    if ((command.what() & REFRESH_LOG) != 0) {
      context.log().reopen();
    }
    if ((command.what() & REFRESH_HOSTS) != 0) {
      context.hosts().forget();
    }
    if ((command.what() & REFRESH_STATUS) != 0) {
      runText("FLUSH STATUS");
    } else {
      results.ok();
    }
  }

  private void initDb(Command.InitDb command) throws IOException {
    session.setCommand("Init DB", "");
    session.useSchema(text(command.schema(), 0, command.schema().length));
    results.ok();
  }

  /** The columns of a table that match a pattern: what old clients complete names with. */
  private void fieldList(Command.FieldList command) throws IOException {
    session.setCommand("Field List", "");
    statements.detachCursors();
    String table = text(command.table(), 0, command.table().length);
    Pattern wanted = pattern(text(command.wildcard(), 0, command.wildcard().length));
    try (Result result =
        session.execute("SELECT * FROM `" + table.replace("`", "``") + "` LIMIT 0")) {
      for (Result.Column column : result.columns()) {
        if (wanted.matcher(column.name().toLowerCase(Locale.ROOT)).matches()) {
          ColumnMapping.definition(column, settings).writeWithDefault(out);
        }
      }
    }
    results.endOfRows(0, 0);
  }

  private static Pattern pattern(String wildcard) {
    StringBuilder regex = new StringBuilder();
    String like = wildcard.replace("\0", "");
    for (char c : (like.isEmpty() ? "%" : like.toLowerCase(Locale.ROOT)).toCharArray()) {
      regex.append(c == '%' || c == '*' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** A packet of bare text. */
  private void statistics() throws IOException {
    session.setCommand("Statistics", "");
    ServerSummary summary = ServerSummary.of(context);
    out.begin();
    out.bytes(summary.text().getBytes(StandardCharsets.UTF_8));
    out.end();
  }

  private void setOption(Command.SetOption command) throws IOException {
    switch (command.option()) {
      case OPTION_MULTI_STATEMENTS_ON -> session.allowMultiStatements(true);
      case OPTION_MULTI_STATEMENTS_OFF -> session.allowMultiStatements(false);
      default -> throw MySqlError.ER_UNKNOWN_COM_ERROR.exception();
    }
    results.endOfRows(0, 0);
  }

  private void resetConnection() throws IOException {
    session.setCommand("Reset Connection", "");
    statements.closeAll();
    session.reset();
    results.ok();
  }

  /** After COM_CHANGE_USER. */
  void ok() throws IOException {
    results.ok();
  }

  void closeStatements() {
    statements.closeAll();
  }
}
