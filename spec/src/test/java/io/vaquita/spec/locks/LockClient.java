package io.vaquita.spec.locks;

import io.vaquita.ConnectOptions;
import io.vaquita.Database;
import io.vaquita.Result;
import io.vaquita.Session;
import io.vaquita.error.DatabaseException;
import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import io.vaquita.value.TextBuffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that takes and gives back named locks, in the library or over the wire. Used by one thread at a time. */
interface LockClient extends AutoCloseable {
  /** An answer of the server's other than a result. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final int number;

    Refused(int number, @Nullable String message) {
      super(number + ": " + message);
      this.number = number;
    }
  }

  long id();

  /** The first value of a result, null for NULL; "" where there is no result. */
  @Nullable String ask(String sql) throws Refused, IOException;

  @Override
  void close() throws IOException;

  static LockClient inLibrary(Database database) {
    Session session = database.connect(ConnectOptions.local());
    return new LockClient() {
      @Override
      public long id() {
        return session.id();
      }

      @Override
      public @Nullable String ask(String sql) throws Refused {
        try (Result result = session.execute(sql)) {
          if (!result.hasRows() || !result.next()) {
            return "";
          }
          TextBuffer text = new TextBuffer(32);
          String value = null;
          if (!result.isNull(0)) {
            result.appendText(0, text);
            value = new String(text.toBytes(), StandardCharsets.UTF_8);
          }
          while (result.next()) {
            text.clear();
          }
          return value;
        } catch (DatabaseException e) {
          throw new Refused(e.number(), e.message());
        }
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  static LockClient overTheWire(int port) throws IOException {
    WireClient client =
        WireClient.connect(new InetSocketAddress("127.0.0.1", port), "root", "", null);
    return new LockClient() {
      @Override
      public long id() {
        return Integer.toUnsignedLong(client.connectionId());
      }

      @Override
      public @Nullable String ask(String sql) throws Refused, IOException {
        try {
          List<WireResult> results = client.query(sql);
          WireResult result = results.getFirst();
          return result.hasRows() && !result.rows().isEmpty() ? result.text(0, 0) : "";
        } catch (ServerError e) {
          throw new Refused(e.number(), e.getMessage());
        }
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }
}
