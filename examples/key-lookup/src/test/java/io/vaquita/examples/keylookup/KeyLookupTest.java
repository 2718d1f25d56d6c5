package io.vaquita.examples.keylookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Session;
import io.vaquita.server.ServerOptions;
import io.vaquita.server.VaquitaServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service against a real server, all virtual threads on one carrier (see the module's surefire settings). */
final class KeyLookupTest {
  private static final int KEYS = 200;

  private final PrintStream quiet = new PrintStream(OutputStream.nullOutputStream());
  private final HttpClient client = HttpClient.newHttpClient();

  private Database database;
  private VaquitaServer server;
  private KeyLookup service;

  @BeforeEach
  void start() throws Exception {
    database = Database.inMemory();
    try (Session session = database.connect(ConnectOptions.local())) {
      session.execute("CREATE DATABASE shop").close();
      session
          .execute("CREATE TABLE shop.test (`key` VARCHAR(64) PRIMARY KEY, `desc` TEXT)")
          .close();
      for (int i = 0; i < KEYS; i++) {
        session
            .execute("INSERT INTO shop.test VALUES ('key" + i + "', 'value of " + i + "')")
            .close();
      }
    }
    server = VaquitaServer.start(database, ServerOptions.onFreePort(), quiet);
    service =
        KeyLookup.start(
            0,
            "jdbc:mysql://127.0.0.1:"
                + server.port()
                + "/shop?sslMode=DISABLED&allowPublicKeyRetrieval=true",
            "root",
            "",
            1);
  }

  @AfterEach
  void stop() {
    service.close();
    server.close();
    database.close();
    client.close();
  }

  @Test
  void oneCarrierIsOneCarrier() {
    assertEquals("1", System.getProperty("jdk.virtualThreadScheduler.parallelism"));
  }

  @Test
  void absentKeysAreNotFound() throws Exception {
    assertEquals(404, get("nothing").statusCode());
    HttpResponse<String> found = get("key7");
    assertEquals(200, found.statusCode());
    assertEquals("value of 7", found.body());
    assertTrue(found.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
  }

  @Test
  void manyRequestsThroughOneConnectionGetTheirOwnAnswers() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 5 * KEYS; i++) {
        int key = i % KEYS;
        answers.add(threads.submit(() -> get("key" + key)));
      }
      for (int i = 0; i < answers.size(); i++) {
        HttpResponse<String> answer = answers.get(i).get();
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals("value of " + i % KEYS, answer.body());
      }
    }
  }

  @Test
  void saysWhyWhileTheDatabaseIsAwayAndRecovers() throws Exception {
    assertEquals(200, get("key1").statusCode());
    int port = server.port();
    server.close();
    HttpResponse<String> away = get("key1");
    assertEquals(503, away.statusCode());
    assertTrue(away.body().contains("does not answer"), away::body);
    server = VaquitaServer.start(database, ServerOptions.builder().port(port).build(), quiet);
    assertEquals(200, get("key1").statusCode());
  }

  private HttpResponse<String> get(String key) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + "/" + key))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
