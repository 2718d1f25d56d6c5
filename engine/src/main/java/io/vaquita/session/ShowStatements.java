package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.DataType;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs SHOW: what only the session knows here, the rest as queries over virtual tables. Confined to the session's thread. */
final class ShowStatements {
  private final EngineSession session;

  ShowStatements(EngineSession session) {
    this.session = session;
  }

  Result run(ShowStatement statement) {
    return switch (statement) {
      case ShowStatement.ShowDiagnostics show -> diagnostics(show);
      case ShowStatement.ShowDiagnosticsCount show -> diagnosticsCount(show.errorsOnly());
      default ->
          throw MySqlError.ER_NOT_SUPPORTED_YET.exception(statement.getClass().getSimpleName());
    };
  }

  private Result diagnostics(ShowStatement.ShowDiagnostics show) {
    List<Value[]> rows = new ArrayList<>();
    for (Diagnostics.Condition condition : session.diagnostics().conditions()) {
      if (!show.errorsOnly() || condition.level() == WarningSink.Level.ERROR) {
        rows.add(
            new Value[] {
              SystemVariables.text(condition.level().text()),
              Value.ofUnsigned(condition.number()),
              SystemVariables.text(condition.message())
            });
      }
    }
    DataType level = DataType.varchar(7, session.variables().connectionCollation());
    DataType message = DataType.varchar(512, session.variables().connectionCollation());
    return new ListResult(
        session,
        List.of("Level", "Code", "Message"),
        List.of(level, DataType.UNSIGNED_BIGINT, message),
        limited(rows, show.limit()));
  }

  private List<Value[]> limited(List<Value[]> rows, QuerySyntax.@Nullable Limit limit) {
    if (limit == null) {
      return rows;
    }
    long offset =
        limit.offset() == null ? 0 : VariableValues.wholeNumber(session.evaluate(limit.offset()));
    long count = VariableValues.wholeNumber(session.evaluate(limit.count()));
    int from = (int) Math.min(offset, rows.size());
    int to = (int) Math.min(from + Math.min(count, Integer.MAX_VALUE), rows.size());
    return rows.subList(from, to);
  }

  private Result diagnosticsCount(boolean errorsOnly) {
    long count = errorsOnly ? session.diagnostics().errorCount() : session.diagnostics().count();
    return new ListResult(
        session,
        List.of(errorsOnly ? "@@session.error_count" : "@@session.warning_count"),
        List.of(DataType.UNSIGNED_BIGINT),
        List.<Value[]>of(new Value[] {Value.ofUnsigned(count)}));
  }
}
