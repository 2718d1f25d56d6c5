package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.catalog.ColumnDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink.Level;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.value.DataType;
import io.vaquita.value.TextBuffer;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * CHECKSUM TABLE: the same number for the same rows, in whatever order they lie. The numbers are not MySQL's, whose checksum hangs on
 * how its rows look in memory. Confined to one statement.
 */
final class TableChecksum {
  private static final byte[] NULL_MARK = {0};
  private static final byte[] VALUE_MARK = {1};

  private final EngineSession session;

  TableChecksum(EngineSession session) {
    this.session = session;
  }

  Result run(TableStatement.MaintainTables statement) {
    boolean isQuick = statement.options().contains("QUICK");
    List<Value[]> rows = new ArrayList<>();
    for (TableName name : statement.tables()) {
      String schema = DefinitionStatements.schemaOf(session, name);
      Value sum = isQuick ? Value.NullValue.NULL : checksum(schema, name.name());
      rows.add(new Value[] {SystemVariables.text(schema + "." + name.name()), sum});
    }
    DataType text = DataType.varchar(128, session.variables().connectionCollation());
    return new ListResult(
        session, List.of("Table", "Checksum"), List.of(text, DataType.UNSIGNED_BIGINT), rows);
  }

  /** NULL for a table that is not there, with the error among the warnings. */
  private Value checksum(String schema, String name) {
    Relation temporary = session.temporaryTables().find(schema, name);
    Relation relation = temporary != null ? temporary : session.metadata().relation(schema, name);
    if (!(relation instanceof TableDefinition table)) {
      session
          .context()
          .warn(
              Level.ERROR,
              MySqlError.ER_NO_SUCH_TABLE.number(),
              MySqlError.ER_NO_SUCH_TABLE.format(schema, name));
      return Value.NullValue.NULL;
    }
    String columns =
        table.columns().stream()
            .map(ColumnDefinition::name)
            .map(TableChecksum::quoted)
            .collect(Collectors.joining(","));
    String sql = "SELECT " + columns + " FROM " + quoted(schema) + "." + quoted(name);
    DataStatement select =
        (DataStatement) Parser.parse(sql, 0, session.variables().sqlMode()).syntax();
    try (Result result = session.runner().data().run(select, new Value[0])) {
      return Value.ofUnsigned(sum(result));
    }
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static long sum(Result result) {
    TextBuffer text = new TextBuffer(256);
    CRC32 row = new CRC32();
    long sum = 0;
    while (result.next()) {
      row.reset();
      for (int i = 0; i < result.columns().size(); i++) {
        if (result.isNull(i)) {
          row.update(NULL_MARK);
        } else {
          text.clear();
          result.appendText(i, text);
          row.update(VALUE_MARK);
          row.update(text.array(), 0, text.length());
        }
      }
      sum += row.getValue();
    }
    return sum & 0xFFFF_FFFFL;
  }
}
