package io.vaquita.session;

import io.vaquita.session.ModelTable.Line;
import io.vaquita.session.SqlActor.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts in the id that AUTO_INCREMENT gave to a row when the crash came before the answer. Stateless. */
final class ModelOutcome {
  private ModelOutcome() {}

  static Outcome resolve(Outcome outcome, Map<String, List<String>> found) {
    Map<String, ModelTable> tables = new TreeMap<>(outcome.tables());
    tables.replaceAll((name, table) -> resolve(table, found.getOrDefault(name, List.of())));
    return new Outcome(tables, outcome.prepared());
  }

  private static ModelTable resolve(ModelTable table, List<String> found) {
    Line line = table.rows.get(SqlActor.UNKNOWN_ID);
    if (line == null || found.isEmpty()) {
      return table;
    }
    String last = found.getLast();
    int comma = last.indexOf(',');
    if (comma < 0) {
      return table;
    }
    int id = Integer.parseInt(last.substring(0, comma));
    if (table.rows.containsKey(id)) {
      return table;
    }
    ModelTable resolved = table.copy();
    resolved.rows.remove(SqlActor.UNKNOWN_ID);
    resolved.rows.put(id, line);
    return resolved;
  }
}
