package io.vaquita.spec.isolation;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import io.vaquita.server.client.WireClient;
import io.vaquita.value.TextBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A database in this process, reached in the library or over the wire; its lock table says what waits. */
final class EngineSessions implements Sessions {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int LOOKS = 120;

  private final Database database;
  private final @Nullable VaquitaServer server;
  private final Client own;

  private EngineSessions(Database database, @Nullable VaquitaServer server) {
    this.database = database;
    this.server = server;
    this.own = connect();
  }

  static EngineSessions inLibrary() {
    return new EngineSessions(Database.inMemory(), null);
  }

  static EngineSessions overTheWire() throws IOException {
    Database database = Database.inMemory();
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new EngineSessions(
        database, VaquitaServer.start(database, ServerOptions.onFreePort(), nowhere));
  }

  @Override
  public Client connect() {
    VaquitaServer running = server;
    if (running == null) {
      return new LibraryClient(database.connect(ConnectOptions.local()));
    }
    return WireSessionClient.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), running.port()));
  }

  @Override
  public boolean isBlocked(Client client, CompletableFuture<?> statement) {
    for (int looks = 0; looks < LOOKS; looks++) {
      // null also when the wait was granted just now: then the statement goes on, and so does the
      // looking
      if (database.awaitBlocked(client.connectionId(), statement::isDone, PATIENCE) != null) {
        return true;
      }
      if (isDoneSoon(statement)) {
        return false;
      }
    }
    throw new IllegalStateException("neither blocked nor done: " + client.connectionId());
  }

  /** A session that was killed is gone a moment before its client has read why: then there is nobody left to look at. */
  private static boolean isDoneSoon(CompletableFuture<?> statement) {
    try {
      statement.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return true;
  }

  @Override
  public String ask(String sql) {
    return own.run(sql);
  }

  @Override
  public void close() {
    own.vanish();
    own.release();
    if (server != null) {
      server.close();
    }
    database.close();
  }

  private record LibraryClient(Session session) implements Client {
    @Override
    public long connectionId() {
      return session.id();
    }

    @Override
    public long threadId() {
      return session.id();
    }

    @Override
    public String run(String sql) {
      try (Result result = session.execute(sql)) {
        if (!result.hasRows()) {
          return Answers.count(result.affectedRows());
        }
        List<List<String>> rows = new ArrayList<>();
        TextBuffer buffer = new TextBuffer(64);
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 0; i < result.columns().size(); i++) {
            buffer.clear();
            if (!result.isNull(i)) {
              result.appendText(i, buffer);
            }
            row.add(
                result.isNull(i)
                    ? "NULL"
                    : new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8));
          }
          rows.add(row);
        }
        return Answers.rows(rows);
      } catch (DatabaseException e) {
        return Answers.error(e.number());
      }
    }

    @Override
    public void vanish() {
      session.kill();
    }

    @Override
    public void release() {
      session.close();
    }
  }

  /** Our own client: it ends its socket without a word, which drivers cannot. */
  static final class WireSessionClient implements Client {
    private final WireClient client;
    private final long threadId;

    private WireSessionClient(WireClient client, long threadId) {
      this.client = client;
      this.threadId = threadId;
    }

    static WireSessionClient connect(InetSocketAddress address) {
      try {
        WireClient client = WireClient.connect(address, "root", "", null);
        return new WireSessionClient(client, Integer.toUnsignedLong(client.connectionId()));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    WireSessionClient withThreadId(long id) {
      return new WireSessionClient(client, id);
    }

    @Override
    public long connectionId() {
      return Integer.toUnsignedLong(client.connectionId());
    }

    @Override
    public long threadId() {
      return threadId;
    }

    @Override
    public String run(String sql) {
      return Answers.of(client, sql);
    }

    @Override
    public void vanish() {
      try {
        client.channel().close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
