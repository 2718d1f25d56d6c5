package io.vaquita.spec.isolation;

import io.vaquita.server.client.ServerError;
import io.vaquita.server.client.WireClient;
import io.vaquita.server.client.WireResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers of statements as the specs write them. Stateless. */
final class Answers {
  private Answers() {}

  static String count(long affected) {
    return affected == 0 ? "ok" : affected == 1 ? "1 row" : affected + " rows";
  }

  static String error(int number) {
    return "error " + number;
  }

  static String rows(List<List<String>> rows) {
    if (rows.isEmpty()) {
      return "none";
    }
    return String.join("\n", rows.stream().map(row -> String.join(" ", row)).toList());
  }

  /** A connection that the server closed answers {@code gone}. */
  static String of(WireClient client, String sql) {
    try {
      WireResult result = client.query(sql).getFirst();
      if (!result.hasRows()) {
        return count(result.end().affectedRows());
      }
      List<List<String>> rows = new ArrayList<>();
      for (int r = 0; r < result.rows().size(); r++) {
        List<String> row = new ArrayList<>();
        for (int c = 0; c < result.columns().size(); c++) {
          String text = result.text(r, c);
          row.add(text == null ? "NULL" : text);
        }
        rows.add(row);
      }
      return rows(rows);
    } catch (ServerError e) {
      return error(e.number());
    } catch (IOException e) {
      return "gone";
    }
  }
}
