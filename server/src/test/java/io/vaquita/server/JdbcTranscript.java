package io.vaquita.server;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a JDBC driver sees of a server, as text: every statement of spec/clients/statements.sql and what JDBC has beside them. The
 * text of a real MySQL is kept, that of Vaquita compared with it. Confined to its test.
 */
final class JdbcTranscript {
  private static final int LONG = 17 << 20;

  private static final List<String> MANY_ROWS =
      List.of(
          "INSERT INTO numbers (v) VALUES ('a'), ('b'), ('c')",
          "INSERT INTO numbers (id, v) VALUES (50, 'd'), (51, 'e')",
          "INSERT INTO numbers (id, v) VALUES (NULL, 'f'), (90, 'g'), (NULL, 'h')",
          "INSERT IGNORE INTO numbers (v) VALUES ('a'), ('i'), ('b'), ('j')",
          "INSERT INTO numbers (v) VALUES ('a'), ('k') ON DUPLICATE KEY UPDATE v = CONCAT(v, v)",
          "INSERT INTO numbers (v) VALUES ('c') ON DUPLICATE KEY UPDATE id = LAST_INSERT_ID(id)",
          "REPLACE INTO numbers (v) VALUES ('e'), ('l')",
          "INSERT INTO numbers (v) SELECT CONCAT(v, 2) FROM numbers WHERE v IN ('f', 'g')",
          "UPDATE numbers SET v = 'z' WHERE v = 'h'",
          "SET @@auto_increment_increment = 5",
          "INSERT INTO numbers (v) VALUES ('m'), ('n'), ('o')");

  private final Connection connection;
  private final String schema;
  private final boolean isPrepared;
  private final StringBuilder text = new StringBuilder();

  JdbcTranscript(Connection connection, String schema, boolean isPrepared) {
    this.connection = connection;
    this.schema = schema;
    this.isPrepared = isPrepared;
  }

  String run(Path statements) throws IOException, SQLException {
    execute("DROP DATABASE IF EXISTS " + schema);
    String sql = Files.readString(statements).replace("{schema}", schema);
    for (String statement : sql.replaceAll("(?m)^--.*\n", "").split(";\n", 0)) {
      run(statement.strip());
    }
    parameters();
    severalResults();
    generatedKeys();
    big();
    metadata();
    execute("DROP DATABASE " + schema);
    return text.toString();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void run(String sql) {
    line("> " + sql.replaceAll("\\s+", " "));
    // what tells of the statement before is only asked for as text
    boolean asText = !isPrepared || sql.startsWith("SHOW ") || sql.contains("@@warning_count");
    try (Statement statement =
        asText ? connection.createStatement() : connection.prepareStatement(sql)) {
      boolean hasRows =
          statement instanceof PreparedStatement prepared
              ? prepared.execute()
              : statement.execute(sql, Statement.RETURN_GENERATED_KEYS);
      results(statement, hasRows);
    } catch (SQLException e) {
      error(e);
    }
  }

  private void results(Statement statement, boolean first) throws SQLException {
    boolean hasRows = first;
    while (hasRows || statement.getUpdateCount() >= 0) {
      if (hasRows) {
        try (ResultSet rows = statement.getResultSet()) {
          rows(rows);
        }
      } else {
        line("ok: affected " + statement.getUpdateCount());
      }
      for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
        line("  warning " + w.getErrorCode() + " " + w.getSQLState() + " " + w.getMessage());
      }
      hasRows = statement.getMoreResults();
    }
  }

  private void error(SQLException e) {
    String message = Objects.requireNonNullElse(e.getMessage(), "");
    line(
        "error: "
            + e.getClass().getSimpleName()
            + " "
            + e.getErrorCode()
            + " "
            + e.getSQLState()
            + " "
            // MariaDB's driver puts the connection's number before the server's text
            + message.replaceFirst("^\\(conn=\\d+\\) ", ""));
  }

  private void rows(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      line("  column " + column(columns, i));
    }
    while (rows.next()) {
      StringBuilder row = new StringBuilder("  row");
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        row.append(i == 1 ? " " : " | ").append(value(rows, i));
      }
      line(row.toString());
    }
  }

  private String column(ResultSetMetaData columns, int i) throws SQLException {
    String plain =
        columns.getColumnLabel(i)
            + ": "
            + columns.getColumnType(i)
            + " "
            + columns.getColumnTypeName(i);
    // lengths and the like of expressions differ between MySQL's versions
    return !columns.getCatalogName(i).equals(schema)
        ? plain
        : plain
            + " "
            + columns.getColumnClassName(i)
            + " of "
            + columns.getTableName(i)
            + "."
            + columns.getColumnName(i)
            + " precision "
            + columns.getPrecision(i)
            + " scale "
            + columns.getScale(i)
            + " size "
            + columns.getColumnDisplaySize(i)
            + (columns.isSigned(i) ? " signed" : "")
            + (columns.isAutoIncrement(i) ? " auto_increment" : "")
            + (columns.isNullable(i) == ResultSetMetaData.columnNullable ? " nullable" : "");
  }

  private static String value(ResultSet rows, int i) throws SQLException {
    String string = rows.getString(i);
    if (string == null) {
      return "null";
    }
    Object object;
    try {
      object = rows.getObject(i);
    } catch (SQLException | IllegalArgumentException e) {
      // MariaDB's driver and YEAR
      object = "no object";
    }
    String shown =
        object instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(object);
    String kind = object == null ? "null" : object.getClass().getSimpleName();
    boolean isReadable = string.chars().allMatch(c -> c >= ' ' || c == '\n');
    String asText =
        isReadable && !string.equals(shown) && !(object instanceof byte[])
            ? " as text " + string
            : "";
    return kind + " " + (isReadable || object instanceof byte[] ? shown : hex(string)) + asText;
  }

  private static String hex(String string) {
    StringBuilder hex = new StringBuilder("characters");
    string.chars().forEach(c -> hex.append(' ').append(Integer.toHexString(c)));
    return hex.toString();
  }

  private void parameters() throws SQLException {
    line("# parameters");
    execute(
        """
        CREATE TABLE parameters (id INT AUTO_INCREMENT PRIMARY KEY, ti TINYINT, si SMALLINT, i INT, bi BIGINT,
          biu BIGINT UNSIGNED, de DECIMAL(65,30), fl FLOAT, db DOUBLE, bo BOOL, b64 BIT(64), ch CHAR(10),
          vc VARCHAR(100), vb VARBINARY(300), tx TEXT, lb LONGBLOB, en ENUM('a','ü'), se SET('a','b'),
          da DATE, tm TIME(6), dt DATETIME(6), ts TIMESTAMP(6) NULL, ye YEAR, js JSON)\
        """);
    String sql =
        "INSERT INTO parameters (ti, si, i, bi, biu, de, fl, db, bo, b64, ch, vc, vb, tx, lb, en, se, da, tm,"
            + " dt, ts, ye, js) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    List<Object> values =
        List.of(
            Byte.MIN_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MIN_VALUE,
            new BigDecimal("18446744073709551615"),
            new BigDecimal("-12345678901234567890123456789012345.123456789012345678901234567890"),
            -1.5e10f,
            Double.MIN_VALUE,
            true,
            255L,
            "日本 🐬",
            "' \" \\ \n % é",
            bytes,
            "🐬".repeat(5000),
            bytes,
            "ü",
            "a,b",
            // as text: MariaDB's driver writes a LocalDate in a form that MySQL refuses
            "9999-12-31",
            "-838:59:58.999999",
            LocalDateTime.parse("1000-01-01T00:00:00.000001"),
            LocalDateTime.parse("2038-01-19T03:14:07.999999"),
            2155,
            "{\"a\": [1, \"é🐬\"]}");
    try (PreparedStatement insert =
        connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < values.size(); i++) {
        insert.setObject(i + 1, values.get(i));
      }
      line("ok: affected " + insert.executeUpdate());
      for (int i = 0; i < values.size(); i++) {
        insert.setNull(i + 1, Types.VARCHAR);
      }
      insert.addBatch();
      insert.addBatch();
      int[] counts = insert.executeBatch();
      line("batch: " + counts.length);
      keys(insert);
    }
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT * FROM parameters WHERE vc = ? OR id > ? ORDER BY id")) {
      select.setString(1, "' \" \\ \n % é");
      select.setInt(2, 2);
      select.setFetchSize(1);
      try (ResultSet rows = select.executeQuery()) {
        rows(rows);
      }
    }
  }

  private void keys(Statement statement) throws SQLException {
    try (ResultSet keys = statement.getGeneratedKeys()) {
      while (keys.next()) {
        line("  key " + keys.getLong(1));
      }
    }
  }

  private void severalResults() {
    line("# several results");
    run("SELECT 1; UPDATE parameters SET i = 5; SELECT 2, 'x'");
    if (!isPrepared) {
      // MariaDB's driver waits for ever for one more reply after such an error, also of a real
      // MySQL
      run("SELECT 1; SELECT * FROM missing; SELECT 3");
    }
    run("SELECT 'after'");
  }

  private void generatedKeys() throws SQLException {
    numbers();
    line("# generated keys and transactions");
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      String sql = "INSERT INTO parameters (ti) VALUES (1), (2), (3)";
      line("affected " + statement.executeUpdate(sql, Statement.RETURN_GENERATED_KEYS));
      keys(statement);
    }
    connection.rollback();
    run("SELECT COUNT(*), MAX(id) FROM parameters");
    connection.setAutoCommit(true);
    connection.setReadOnly(true);
    run("DELETE FROM parameters");
    connection.setReadOnly(false);
  }

  /** The keys that a driver reckons from the first one and the count of rows, whatever became of the rows. */
  private void numbers() throws SQLException {
    line("# generated keys of several rows");
    execute("CREATE TABLE numbers (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20) UNIQUE)");
    for (String sql : MANY_ROWS) {
      line("> " + sql);
      try (PreparedStatement insert =
          connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
        line("affected " + insert.executeUpdate());
        keys(insert);
      }
    }
    execute("SET @@auto_increment_increment = 1");
    try (PreparedStatement pairs =
        connection.prepareStatement(
            "INSERT INTO numbers (v) VALUES (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
      for (int i = 0; i < 3; i++) {
        pairs.setString(1, "left " + i);
        pairs.setString(2, "right " + i);
        pairs.addBatch();
      }
      line("batch of pairs: " + Arrays.toString(pairs.executeBatch()));
      keys(pairs);
    }
    try (Statement texts = connection.createStatement()) {
      texts.addBatch("INSERT INTO numbers (v) VALUES ('one'), ('two')");
      texts.addBatch("INSERT INTO numbers (v) VALUES ('three')");
      line("batch of texts: " + Arrays.toString(texts.executeBatch()));
      keys(texts);
    }
    run("SELECT id, v FROM numbers ORDER BY id");
  }

  private void big() throws SQLException {
    byte[] bytes = new byte[LONG];
    for (int i = 0; i < LONG; i++) {
      bytes[i] = (byte) (i * 31);
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE parameters SET lb = ? WHERE id = 1")) {
      update.setBytes(1, bytes);
      update.executeUpdate();
    }
    try (PreparedStatement select =
            connection.prepareStatement("SELECT lb FROM parameters WHERE id = 1");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      line("more than 16 MiB: " + Arrays.equals(bytes, rows.getBytes(1)));
    }
  }

  private void metadata() throws SQLException {
    line("# metadata");
    DatabaseMetaData metadata = connection.getMetaData();
    list(metadata.getTables(schema, null, "%", new String[] {"TABLE", "VIEW"}), "TABLE_NAME");
    list(
        metadata.getColumns(schema, null, "keyed", "%"),
        "COLUMN_NAME DATA_TYPE TYPE_NAME COLUMN_SIZE DECIMAL_DIGITS NULLABLE COLUMN_DEF IS_AUTOINCREMENT");
    list(metadata.getPrimaryKeys(schema, null, "keyed"), "COLUMN_NAME KEY_SEQ PK_NAME");
    list(
        metadata.getIndexInfo(schema, null, "keyed", false, false),
        "INDEX_NAME NON_UNIQUE ORDINAL_POSITION COLUMN_NAME ASC_OR_DESC");
    list(
        metadata.getImportedKeys(schema, null, "keyed"),
        "PKTABLE_NAME PKCOLUMN_NAME FKTABLE_NAME FKCOLUMN_NAME KEY_SEQ UPDATE_RULE DELETE_RULE FK_NAME");
  }

  private void list(ResultSet rows, String columns) throws SQLException {
    line("  " + columns);
    // in an order of our own: drivers sort some lists by what differs between servers
    TreeMap<String, Integer> sorted = new TreeMap<>();
    try (rows) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder("   ");
        for (String column : columns.split(" ")) {
          row.append(' ').append(rows.getString(column));
        }
        sorted.merge(row.toString(), 1, Integer::sum);
      }
    }
    sorted.forEach((row, count) -> line(row));
  }
}
