package io.vaquita.spec.frameworks;

import io.vaquita.Database;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A server in memory for a framework's test, with one empty schema. Thread-safe. */
final class FrameworkServer implements AutoCloseable {
  private final Database database = Database.inMemory();
  private final VaquitaServer server;
  private final String url;

  FrameworkServer(String schema) throws IOException, SQLException {
    server =
        VaquitaServer.start(
            database,
            ServerOptions.onFreePort(),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    String start = "jdbc:mysql://127.0.0.1:" + server.port() + "/";
    try (Connection connection = DriverManager.getConnection(start, "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + schema);
    }
    url = start + schema;
  }

  String url() {
    return url;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "root", "");
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
