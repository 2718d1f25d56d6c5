package io.vaquita.spec.history;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connection over which a history is made, in the library or over the wire. Used by one thread. */
interface HistoryClient {
  /** A statement's error. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final int number;

    Refused(int number, Throwable cause) {
      super(cause);
      this.number = number;
    }
  }

  /** Makes connections to the database that is there at the moment. */
  interface Connector {
    /** IOException when there is none. */
    HistoryClient connect() throws IOException;
  }

  long id();

  void run(String sql) throws Refused, IOException;

  /** The result's rows of a number and a list. */
  Map<Integer, List<Integer>> lists(String sql) throws Refused, IOException;

  /** Goes without a word where there is a wire, whatever is open. */
  void disconnect();

  static Connector to(Database database) {
    return () -> inLibrary(database.connect(ConnectOptions.local()));
  }

  static Connector to(int port) {
    return () ->
        overTheWire(WireClient.connect(new InetSocketAddress("127.0.0.1", port), "root", "", null));
  }

  private static List<Integer> list(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  private static HistoryClient inLibrary(Session session) {
    return new HistoryClient() {
      @Override
      public long id() {
        return session.id();
      }

      @Override
      public void run(String sql) throws Refused {
        try {
          session.execute(sql).close();
        } catch (DatabaseException e) {
          throw new Refused(e.number(), e);
        }
      }

      @Override
      public Map<Integer, List<Integer>> lists(String sql) throws Refused {
        try (Result result = session.execute(sql)) {
          Map<Integer, List<Integer>> lists = new HashMap<>();
          while (result.next()) {
            lists.put(Integer.valueOf(text(result, 0)), list(text(result, 1)));
          }
          return lists;
        } catch (DatabaseException e) {
          throw new Refused(e.number(), e);
        }
      }

      private static String text(Result result, int column) {
        TextBuffer buffer = new TextBuffer(64);
        result.appendText(column, buffer);
        return new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
      }

      @Override
      public void disconnect() {
        session.close();
      }
    };
  }

  private static HistoryClient overTheWire(WireClient client) {
    return new HistoryClient() {
      @Override
      public long id() {
        return Integer.toUnsignedLong(client.connectionId());
      }

      @Override
      public void run(String sql) throws Refused, IOException {
        query(sql);
      }

      @Override
      public Map<Integer, List<Integer>> lists(String sql) throws Refused, IOException {
        WireResult result = query(sql);
        Map<Integer, List<Integer>> lists = new HashMap<>();
        for (int row = 0; row < result.rows().size(); row++) {
          lists.put(Integer.valueOf(text(result, row, 0)), list(text(result, row, 1)));
        }
        return lists;
      }

      private static String text(WireResult result, int row, int column) {
        String text = result.text(row, column);
        if (text == null) {
          throw new AssertionError("no column of a history is NULL");
        }
        return text;
      }

      private WireResult query(String sql) throws Refused, IOException {
        try {
          return client.query(sql).getFirst();
        } catch (ServerError e) {
          throw new Refused(e.number(), e);
        }
      }

      @Override
      public void disconnect() {
        try {
          client.channel().close();
        } catch (IOException e) {
          // It is gone, which is what was wanted.
        }
      }
    };
  }
}
