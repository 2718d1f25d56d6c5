package io.vaquita.examples.keylookup;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaquita.client.GuardOptions;
import io.vaquita.client.GuardedDataSource;
import io.vaquita.client.failure.ConnectionLostException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A web service over a table {@code test(`key`, `desc`)}: {@code GET /KEY} answers the value as text/plain, 404 when there is none,
 * 503 with the reason while the database is away. Thread-safe: each request runs on a virtual thread of its own.
 *
 * <pre>
 * java … KeyLookup 8080 jdbc:mysql://127.0.0.1:3306/shop root "" 4
 * </pre>
 */
public final class KeyLookup implements AutoCloseable {
  private static final String QUERY = "SELECT `desc` FROM test WHERE `key` = ?";

  private final GuardedDataSource source;
  private final HttpServer http;
  private final ExecutorService requests;

  private KeyLookup(GuardedDataSource source, HttpServer http, ExecutorService requests) {
    this.source = source;
    this.http = http;
    this.requests = requests;
  }

  /**
   * Starts the service on loopback.
   *
   * @param port 0: a free one, see {@link #port}
   * @param poolSize most database connections at once
   */
  public static KeyLookup start(int port, String url, String user, String password, int poolSize)
      throws IOException {
    MysqlDataSource driver = new MysqlDataSource();
    driver.setUrl(url);
    driver.setUser(user);
    driver.setPassword(password);
    GuardedDataSource source = GuardedDataSource.over(driver, limits(poolSize));
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    KeyLookup service = new KeyLookup(source, http, requests);
    http.createContext("/", service::answer);
    http.setExecutor(requests);
    http.start();
    return service;
  }

  /** Every wait has an end: for a connection of the pool, for the login, for an answer. */
  private static GuardOptions limits(int poolSize) {
    return GuardOptions.builder()
        .maximumSize(poolSize)
        .borrowTimeout(Duration.ofSeconds(10))
        .connectTimeout(Duration.ofSeconds(2))
        .queryTimeout(Duration.ofSeconds(3))
        .socketTimeout(Duration.ofSeconds(5))
        .build();
  }

  public int port() {
    return http.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String key = exchange.getRequestURI().getPath().substring(1);
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "only GET");
      } else if (key.isEmpty()) {
        send(exchange, 404, "give a key: GET /KEY");
      } else {
        lookUp(exchange, key);
      }
    }
  }

  private void lookUp(HttpExchange exchange, String key) throws IOException {
    try {
      String value = findEvenAfterARestart(key);
      send(exchange, value == null ? 404 : 200, value == null ? "no such key" : value);
    } catch (SQLException e) {
      send(exchange, 503, "the database does not answer: " + e.getMessage());
    }
  }

  /** An idle connection may have died with a server that is back by now; asking once more does no harm, for nothing is changed. */
  private @Nullable String findEvenAfterARestart(String key) throws SQLException {
    try {
      return find(key);
    } catch (ConnectionLostException e) {
      return find(key);
    }
  }

  private @Nullable String find(String key) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    requests.close();
    source.close();
  }

  /** PORT URL USER PASSWORD POOL_SIZE. */
  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      System.err.println("usage: KeyLookup PORT JDBC_URL USER PASSWORD POOL_SIZE");
      System.exit(2);
    }
    KeyLookup service =
        start(Integer.parseInt(args[0]), args[1], args[2], args[3], Integer.parseInt(args[4]));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    System.out.println("http://127.0.0.1:" + service.port() + "/KEY");
  }
}
