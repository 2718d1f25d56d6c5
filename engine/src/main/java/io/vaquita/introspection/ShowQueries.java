package io.vaquita.introspection;

import io.vaquita.error.MySqlError;
import io.vaquita.parser.Parser;
import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.ShowStatement.Filter;
import io.vaquita.parser.syntax.TableReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHOW statements as queries over virtual tables, with MySQL's column names. A LIKE filter tests the first column; a WHERE filter sees
 * the columns of the result, so the query becomes a derived table below it. Stateless.
 */
public final class ShowQueries {
  private ShowQueries() {}

  /**
   * The query of a SHOW statement.
   *
   * @param schema the current schema, for statements that name none; 1046 where one is needed
   * @return null for statements that are no query: SHOW CREATE, SHOW WARNINGS, SHOW GRANTS …
   */
  public static @Nullable QuerySyntax of(ShowStatement statement, @Nullable String schema) {
    return switch (statement) {
      case ShowStatement.ShowDatabases show -> databases(show.filter());
      case ShowStatement.ShowTables show -> tables(show, orCurrent(show.schema(), schema));
      case ShowStatement.ShowColumns show ->
          columns(show, orCurrent(show.table().schema(), schema));
      case ShowStatement.ShowIndexes show ->
          indexes(show, orCurrent(show.table().schema(), schema));
      case ShowStatement.ShowTableStatus show ->
          tableStatus(show.filter(), orCurrent(show.schema(), schema));
      case ShowStatement.ShowVariables show ->
          settings(show.global() ? "global_variables" : "session_variables", show.filter());
      case ShowStatement.ShowStatus show ->
          settings(show.global() ? "global_status" : "session_status", show.filter());
      case ShowStatement.ShowCharacterSets show -> characterSets(show.filter());
      case ShowStatement.ShowCollations show -> collations(show.filter());
      case ShowStatement.ShowProcessList show -> processList(show.full());
      case ShowStatement.ShowPlain show -> plain(show.what());
      case ShowStatement.ShowOpenTables show -> empty("Database", "Table", "In_use", "Name_locked");
      case ShowStatement.ShowReplicaStatus show ->
          empty(FixedLists.REPLICA_STATUS.toArray(String[]::new));
      case ShowStatement.ShowLogEvents show ->
          empty("Log_name", "Pos", "Event_type", "Server_id", "End_log_pos", "Info");
      case ShowStatement.ShowProfile show -> empty("Status", "Duration");
      case ShowStatement.ShowRoutineCode show ->
          throw MySqlError.ER_FEATURE_DISABLED.exception(
              "SHOW PROCEDURE|FUNCTION CODE", "--with-debug");
      case ShowStatement.ShowTriggers show -> checked(triggers(), show.filter());
      case ShowStatement.ShowEvents show -> checked(events(), show.filter());
      case ShowStatement.ShowRoutines show -> checked(routines(), show.filter());
      default -> null;
    };
  }

  private static String orCurrent(@Nullable String given, @Nullable String current) {
    if (given != null) {
      return given;
    }
    if (current == null) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    return current;
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static QuerySyntax parse(String sql) {
    return Parser.parseQuery(sql, 0);
  }

  /** The query with its filter: {@code firstColumn} is what LIKE tests. */
  private static QuerySyntax filtered(
      String select, String from, String firstColumn, String order, Filter filter) {
    String condition = from.contains(" WHERE ") ? " AND " : " WHERE ";
    String like =
        filter.like() == null ? "" : condition + firstColumn + " LIKE " + text(filter.like());
    QuerySyntax inner = parse("SELECT " + select + " FROM " + from + like + order);
    ExpressionSyntax where = filter.where();
    return where == null ? inner : outer(inner, where);
  }

  private static QuerySyntax outer(QuerySyntax inner, ExpressionSyntax where) {
    return QuerySyntax.Select.of(
        List.of(new QuerySyntax.Star(null, null)),
        new TableReference.DerivedTable(false, inner, "shown", List.of()),
        where);
  }

  private static String heading(String name, Filter filter) {
    return CreateText.quote(filter.like() == null ? name : name + " (" + filter.like() + ")");
  }

  private static QuerySyntax databases(Filter filter) {
    return filtered(
        "SCHEMA_NAME AS " + heading("Database", filter),
        "information_schema.SCHEMATA",
        "SCHEMA_NAME",
        " ORDER BY 1",
        filter);
  }

  private static QuerySyntax tables(ShowStatement.ShowTables show, String schema) {
    String select = "TABLE_NAME AS " + heading("Tables_in_" + schema, show.filter());
    if (show.full()) {
      select += ", TABLE_TYPE AS Table_type";
    }
    return filtered(
        select,
        "information_schema.TABLES WHERE TABLE_SCHEMA = " + text(schema),
        "TABLE_NAME",
        " ORDER BY 1",
        show.filter());
  }

  private static QuerySyntax columns(ShowStatement.ShowColumns show, String schema) {
    String collation = show.full() ? ", COLLATION_NAME AS `Collation`" : "";
    String rest = show.full() ? ", PRIVILEGES AS `Privileges`, COLUMN_COMMENT AS `Comment`" : "";
    return filtered(
        "COLUMN_NAME AS `Field`, COLUMN_TYPE AS `Type`"
            + collation
            + ", IS_NULLABLE AS `Null`, COLUMN_KEY AS `Key`, COLUMN_DEFAULT AS `Default`, EXTRA AS"
            + " `Extra`"
            + rest,
        "information_schema.COLUMNS WHERE TABLE_SCHEMA = "
            + text(schema)
            + " AND TABLE_NAME = "
            + text(show.table().name()),
        "COLUMN_NAME",
        " ORDER BY ORDINAL_POSITION",
        show.filter());
  }

  private static QuerySyntax indexes(ShowStatement.ShowIndexes show, String schema) {
    return filtered(
        "TABLE_NAME AS `Table`, NON_UNIQUE AS `Non_unique`, INDEX_NAME AS `Key_name`, SEQ_IN_INDEX"
            + " AS `Seq_in_index`, COLUMN_NAME AS `Column_name`, COLLATION AS `Collation`,"
            + " CARDINALITY AS `Cardinality`, SUB_PART AS `Sub_part`, PACKED AS `Packed`, NULLABLE"
            + " AS `Null`, INDEX_TYPE AS `Index_type`, COMMENT AS `Comment`, INDEX_COMMENT AS"
            + " `Index_comment`, IS_VISIBLE AS `Visible`, EXPRESSION AS `Expression`",
        "information_schema.STATISTICS WHERE TABLE_SCHEMA = "
            + text(schema)
            + " AND TABLE_NAME = "
            + text(show.table().name()),
        "INDEX_NAME",
        "",
        new Filter(null, show.where()));
  }

  private static QuerySyntax tableStatus(Filter filter, String schema) {
    return filtered(
        "TABLE_NAME AS `Name`, ENGINE AS `Engine`, VERSION AS `Version`, ROW_FORMAT AS"
            + " `Row_format`, TABLE_ROWS AS `Rows`, AVG_ROW_LENGTH AS `Avg_row_length`, DATA_LENGTH"
            + " AS `Data_length`, MAX_DATA_LENGTH AS `Max_data_length`, INDEX_LENGTH AS"
            + " `Index_length`, DATA_FREE AS `Data_free`, AUTO_INCREMENT AS `Auto_increment`,"
            + " CREATE_TIME AS `Create_time`, UPDATE_TIME AS `Update_time`, CHECK_TIME AS"
            + " `Check_time`, TABLE_COLLATION AS `Collation`, CHECKSUM AS `Checksum`,"
            + " CREATE_OPTIONS AS `Create_options`, TABLE_COMMENT AS `Comment`",
        "information_schema.TABLES WHERE TABLE_SCHEMA = " + text(schema),
        "TABLE_NAME",
        " ORDER BY TABLE_NAME",
        filter);
  }

  private static QuerySyntax settings(String table, Filter filter) {
    return filtered(
        "VARIABLE_NAME AS `Variable_name`, VARIABLE_VALUE AS `Value`",
        "performance_schema." + table,
        "VARIABLE_NAME",
        "",
        filter);
  }

  private static QuerySyntax characterSets(Filter filter) {
    return filtered(
        "CHARACTER_SET_NAME AS `Charset`, DESCRIPTION AS `Description`,"
            + " DEFAULT_COLLATE_NAME AS `Default collation`, MAXLEN AS `Maxlen`",
        "information_schema.CHARACTER_SETS",
        "CHARACTER_SET_NAME",
        " ORDER BY 1",
        filter);
  }

  private static QuerySyntax collations(Filter filter) {
    return filtered(
        "COLLATION_NAME AS `Collation`, CHARACTER_SET_NAME AS `Charset`, ID AS `Id`,"
            + " IS_DEFAULT AS `Default`, IS_COMPILED AS `Compiled`, SORTLEN AS `Sortlen`,"
            + " PAD_ATTRIBUTE AS `Pad_attribute`",
        "information_schema.COLLATIONS",
        "COLLATION_NAME",
        " ORDER BY 1",
        filter);
  }

  private static QuerySyntax processList(boolean full) {
    String info = full ? "INFO" : "LEFT(INFO, 100)";
    return parse(
        "SELECT ID AS `Id`, USER AS `User`, HOST AS `Host`, DB AS `db`, COMMAND AS `Command`,"
            + " TIME AS `Time`, STATE AS `State`, "
            + info
            + " AS `Info` FROM performance_schema.processlist");
  }

  private static @Nullable QuerySyntax plain(ShowStatement.Plain what) {
    return switch (what) {
      case ENGINES ->
          parse(
              "SELECT ENGINE AS `Engine`, SUPPORT AS `Support`, COMMENT AS `Comment`,"
                  + " TRANSACTIONS AS `Transactions`, XA AS `XA`, SAVEPOINTS AS `Savepoints`"
                  + " FROM information_schema.ENGINES");
      case PLUGINS -> empty("Name", "Status", "Type", "Library", "License");
      case PRIVILEGES -> privileges();
      case PROFILES -> empty("Query_ID", "Duration", "Query");
      case BINARY_LOG_STATUS ->
          empty("File", "Position", "Binlog_Do_DB", "Binlog_Ignore_DB", "Executed_Gtid_Set");
      case BINARY_LOGS -> throw MySqlError.ER_NO_BINARY_LOGGING.exception();
      case REPLICAS -> empty("Server_Id", "Host", "Port", "Source_Id", "Replica_UUID");
    };
  }

  /** Of lists that are empty yet: WHERE must name their columns, LIKE changes nothing. */
  private static QuerySyntax checked(QuerySyntax inner, Filter filter) {
    ExpressionSyntax where = filter.where();
    return where == null ? inner : outer(inner, where);
  }

  private static QuerySyntax triggers() {
    return parse(
        "SELECT TRIGGER_NAME AS `Trigger`, EVENT_MANIPULATION AS `Event`,"
            + " EVENT_OBJECT_TABLE AS `Table`, ACTION_STATEMENT AS `Statement`,"
            + " ACTION_TIMING AS `Timing`, CREATED AS `Created`, SQL_MODE AS `sql_mode`,"
            + " DEFINER AS `Definer`, CHARACTER_SET_CLIENT AS `character_set_client`,"
            + " COLLATION_CONNECTION AS `collation_connection`,"
            + " DATABASE_COLLATION AS `Database Collation` FROM information_schema.TRIGGERS");
  }

  private static QuerySyntax events() {
    return parse(
        "SELECT EVENT_SCHEMA AS `Db`, EVENT_NAME AS `Name`, DEFINER AS `Definer`,"
            + " TIME_ZONE AS `Time zone`, EVENT_TYPE AS `Type`, EXECUTE_AT AS `Execute at`,"
            + " INTERVAL_VALUE AS `Interval value`, INTERVAL_FIELD AS `Interval field`,"
            + " STARTS AS `Starts`, ENDS AS `Ends`, STATUS AS `Status`, ORIGINATOR AS `Originator`,"
            + " CHARACTER_SET_CLIENT AS `character_set_client`,"
            + " COLLATION_CONNECTION AS `collation_connection`,"
            + " DATABASE_COLLATION AS `Database Collation` FROM information_schema.EVENTS");
  }

  private static QuerySyntax routines() {
    return parse(
        "SELECT ROUTINE_SCHEMA AS `Db`, ROUTINE_NAME AS `Name`, ROUTINE_TYPE AS `Type`,"
            + " EXTERNAL_LANGUAGE AS `Language`, DEFINER AS `Definer`, LAST_ALTERED AS `Modified`,"
            + " CREATED AS `Created`, SECURITY_TYPE AS `Security_type`, ROUTINE_COMMENT AS"
            + " `Comment`, CHARACTER_SET_CLIENT AS `character_set_client`, COLLATION_CONNECTION AS"
            + " `collation_connection`, DATABASE_COLLATION AS `Database Collation` FROM"
            + " information_schema.ROUTINES");
  }

  private static QuerySyntax privileges() {
    StringBuilder sql = new StringBuilder();
    for (String line : FixedLists.PRIVILEGES) {
      String[] cells = line.split("\\|", -1);
      sql.append(sql.isEmpty() ? "" : " UNION ALL ").append("SELECT ").append(text(cells[0]));
      sql.append(" AS `Privilege`, ").append(text(cells[1])).append(" AS `Context`, ");
      sql.append(text(cells[2])).append(" AS `Comment`");
    }
    return parse(sql.toString());
  }

  /** No rows under these headings: nothing of the kind exists. */
  private static QuerySyntax empty(String... headings) {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < headings.length; i++) {
      sql.append(i > 0 ? ", " : "").append("'' AS ").append(CreateText.quote(headings[i]));
    }
    return parse(sql.append(" FROM information_schema.PLUGINS").toString());
  }
}
