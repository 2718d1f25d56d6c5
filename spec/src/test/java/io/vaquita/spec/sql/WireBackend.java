package io.vaquita.spec.sql;

import io.vaquita.protocol.Capability;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Connections of our own small client: nothing between the test and what the server sent. */
final class WireBackend implements Backend {
  private final String host;
  private final int port;
  private final Map<String, WireClient> clients = new ConcurrentHashMap<>();

  WireBackend(String host, int port) {
    this.host = host;
    this.port = port;
  }

  private WireClient client(String connection) throws IOException {
    WireClient client = clients.get(connection);
    if (client == null) {
      client =
          WireClient.connect(
              new InetSocketAddress(host, port),
              "root",
              "",
              null,
              WireClient.CAPABILITIES | Capability.LOCAL_FILES);
      client.localFiles(name -> Files.newInputStream(Path.of(name)));
      clients.put(connection, client);
    }
    return client;
  }

  @Override
  public Outcome run(String connection, String sql) throws IOException {
    WireClient client = client(connection);
    try {
      WireResult result = client.query(sql).getFirst();
      if (!result.hasRows()) {
        return new Outcome.Count(result.end().affectedRows());
      }
      List<List<String>> rows = new ArrayList<>();
      for (int r = 0; r < result.rows().size(); r++) {
        List<String> row = new ArrayList<>();
        for (int c = 0; c < result.columns().size(); c++) {
          row.add(result.text(r, c));
        }
        rows.add(row);
      }
      return new Outcome.Rows(rows);
    } catch (ServerError e) {
      return new Outcome.Failed(e.number(), e.sqlState(), String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long idOf(String connection) throws IOException {
    return Integer.toUnsignedLong(client(connection).connectionId());
  }

  @Override
  public boolean awaitBlocked(String connection, RunningStatement statement) throws Exception {
    return ProcessList.awaitBlocked(this, idOf(connection), statement);
  }

  @Override
  public void reset(String connection) throws IOException {
    client(connection).resetConnection();
  }

  @Override
  public void disconnect(String connection) throws Exception {
    long id = idOf(connection);
    client(connection).close();
    clients.remove(connection);
    ProcessList.awaitGone(this, id);
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public void close() {
    try {
      for (WireClient client : clients.values()) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
