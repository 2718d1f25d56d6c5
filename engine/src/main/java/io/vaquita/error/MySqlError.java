package io.vaquita.error;

import java.util.HashMap;
import java.util.Map;

/**
 * Every error and warning that Vaquita sends, with MySQL 8.4's number, SQLSTATE and message template (MySQL Error Message
 * Reference, "Server Error Message Reference"). One table: no message text of a MySQL error stands anywhere else. Immutable.
 *
 * <p>Templates use MySQL's directives: {@code %s}, {@code %d} and their relatives, {@code %-.192s} for "at most 192 bytes of it".
 */
public enum MySqlError {
  // errors of the operating system: MySQL's "global" numbers
  EE_CANTCREATEFILE(1, "HY000", "Can't create/write to file '%s' (OS errno %d - %s)"),
  EE_READ(2, "HY000", "Error reading file '%s' (OS errno %d - %s)"),
  EE_WRITE(3, "HY000", "Error writing file '%s' (OS errno %d - %s)"),
  EE_STAT(13, "HY000", "Can't get stat of '%s' (OS errno %d - %s)"),
  EE_FILENOTFOUND(29, "HY000", "File '%s' not found (OS errno %d - %s)"),
  ER_WARN_DEPRECATED_DATETIME_DELIMITER(
      4095,
      "HY000",
      "Delimiter '%c' in position %d in datetime value '%.192s' at row %ld is deprecated. Prefer"
          + " the standard '%c'."),
  ER_WARN_DEPRECATED_SUPERFLUOUS_DELIMITER(
      4096,
      "HY000",
      "Delimiter '%c' in position %d in datetime value '%.192s' at row %ld is superfluous and is"
          + " deprecated. Please remove."),
  ER_FORBID_SCHEMA_CHANGE(
      1450, "HY000", "Changing schema from '%-.192s' to '%-.192s' is not allowed."),
  ER_DEFAULT_VAL_GENERATED_VARIABLES(
      3772,
      "HY000",
      "Default value expression of column '%s' cannot refer user or system variables."),
  ER_DEPENDENT_BY_CHECK_CONSTRAINT(
      3959,
      "HY000",
      "Check constraint '%s' uses column '%s', hence column cannot be dropped or renamed."),
  ER_FK_NO_COLUMN_PARENT(
      3734,
      "HY000",
      "Failed to add the foreign key constraint. Missing column '%s' for constraint '%s' in the"
          + " referenced table '%s'"),
  ER_DUPLICATED_VALUE_IN_TYPE(
      1291, "HY000", "Column '%-.100s' has duplicated value '%-.64s' in %s"),
  ER_TOO_BIG_SET(1097, "HY000", "Too many strings for column %-.192s and SET"),
  ER_CANT_CREATE_TABLE(1005, "HY000", "Can't create table '%-.200s' (errno: %d - %s)"),
  ER_DB_CREATE_EXISTS(1007, "HY000", "Can't create database '%-.192s'; database exists"),
  ER_DB_DROP_EXISTS(1008, "HY000", "Can't drop database '%-.192s'; database doesn't exist"),
  ER_DB_DROP_RMDIR(
      1010, "HY000", "Error dropping database (can't rmdir '%-.192s', errno: %d - %s)"),
  ER_CANT_LOCK(1015, "HY000", "Can't lock file (errno: %d - %s)"),
  ER_CANT_OPEN_FILE(1016, "HY000", "Can't open file: '%-.200s' (errno: %d - %s)"),
  ER_FILE_NOT_FOUND(1017, "HY000", "Can't find file: '%-.200s' (errno: %d - %s)"),
  ER_CHECKREAD(1020, "HY000", "Record has changed since last read in table '%-.192s'"),
  ER_DUP_KEY(1022, "23000", "Can't write; duplicate key in table '%-.192s'"),
  ER_ERROR_ON_RENAME(1025, "HY000", "Error on rename of '%-.210s' to '%-.210s' (errno: %d - %s)"),
  ER_ERROR_ON_READ(1024, "HY000", "Error reading file '%-.200s' (errno: %d - %s)"),
  ER_ERROR_ON_WRITE(1026, "HY000", "Error writing file '%-.200s' (errno: %d - %s)"),
  ER_GET_ERRNO(1030, "HY000", "Got error %d - '%-.192s' from storage engine"),
  ER_ILLEGAL_HA(1031, "HY000", "Table storage engine for '%-.192s' doesn't have this option"),
  ER_KEY_NOT_FOUND(1032, "HY000", "Can't find record in '%-.192s'"),
  ER_NOT_FORM_FILE(1033, "HY000", "Incorrect information in file: '%-.200s'"),
  ER_NOT_KEYFILE(1034, "HY000", "Incorrect key file for table '%-.200s'; try to repair it"),
  ER_OPEN_AS_READONLY(1036, "HY000", "Table '%-.192s' is read only"),
  ER_OUTOFMEMORY(1037, "HY001", "Out of memory; restart server and try again (needed %d bytes)"),
  ER_OUT_OF_SORTMEMORY(
      1038, "HY001", "Out of sort memory, consider increasing server sort buffer size"),
  ER_CON_COUNT_ERROR(1040, "08004", "Too many connections"),
  ER_OUT_OF_RESOURCES(
      1041,
      "HY000",
      "Out of memory; check if mysqld or some other process uses all available memory; if not, you"
          + " may have to use 'ulimit' to allow mysqld to use more memory or you can add more swap"
          + " space"),
  ER_BAD_HOST_ERROR(1042, "08S01", "Can't get hostname for your address"),
  ER_HANDSHAKE_ERROR(1043, "08S01", "Bad handshake"),
  ER_DBACCESS_DENIED_ERROR(
      1044, "42000", "Access denied for user '%-.48s'@'%-.64s' to database '%-.192s'"),
  ER_ACCESS_DENIED_ERROR(
      1045, "28000", "Access denied for user '%-.48s'@'%-.64s' (using password: %s)"),
  ER_NO_DB_ERROR(1046, "3D000", "No database selected"),
  ER_UNKNOWN_COM_ERROR(1047, "08S01", "Unknown command"),
  ER_BAD_NULL_ERROR(1048, "23000", "Column '%-.192s' cannot be null"),
  ER_BAD_DB_ERROR(1049, "42000", "Unknown database '%-.192s'"),
  ER_TABLE_EXISTS_ERROR(1050, "42S01", "Table '%-.192s' already exists"),
  ER_BAD_TABLE_ERROR(1051, "42S02", "Unknown table '%-.129s'"),
  ER_NON_UNIQ_ERROR(1052, "23000", "Column '%-.192s' in %-.192s is ambiguous"),
  ER_SERVER_SHUTDOWN(1053, "08S01", "Server shutdown in progress"),
  ER_BAD_FIELD_ERROR(1054, "42S22", "Unknown column '%-.192s' in '%-.192s'"),
  ER_WRONG_FIELD_WITH_GROUP(1055, "42000", "'%-.192s' isn't in GROUP BY"),
  ER_WRONG_GROUP_FIELD(1056, "42000", "Can't group on '%-.192s'"),
  ER_WRONG_SUM_SELECT(1057, "42000", "Statement has sum functions and columns in same statement"),
  ER_WRONG_VALUE_COUNT(1058, "21S01", "Column count doesn't match value count"),
  ER_TOO_LONG_IDENT(1059, "42000", "Identifier name '%-.100s' is too long"),
  ER_DUP_FIELDNAME(1060, "42S21", "Duplicate column name '%-.192s'"),
  ER_DUP_KEYNAME(1061, "42000", "Duplicate key name '%-.192s'"),
  ER_DUP_ENTRY(1062, "23000", "Duplicate entry '%-.192s' for key %d"),
  ER_WRONG_FIELD_SPEC(1063, "42000", "Incorrect column specifier for column '%-.192s'"),
  ER_PARSE_ERROR(1064, "42000", "%s near '%-.80s' at line %d"),
  ER_EMPTY_QUERY(1065, "42000", "Query was empty"),
  ER_NONUNIQ_TABLE(1066, "42000", "Not unique table/alias: '%-.192s'"),
  ER_INVALID_DEFAULT(1067, "42000", "Invalid default value for '%-.192s'"),
  ER_MULTIPLE_PRI_KEY(1068, "42000", "Multiple primary key defined"),
  ER_TOO_MANY_KEYS(1069, "42000", "Too many keys specified; max %d keys allowed"),
  ER_TOO_MANY_KEY_PARTS(1070, "42000", "Too many key parts specified; max %d parts allowed"),
  ER_TOO_LONG_KEY(1071, "42000", "Specified key was too long; max key length is %d bytes"),
  ER_KEY_COLUMN_DOES_NOT_EXITS(1072, "42000", "Key column '%-.192s' doesn't exist in table"),
  ER_BLOB_USED_AS_KEY(
      1073,
      "42000",
      "BLOB column '%-.192s' can't be used in key specification with the used table type"),
  ER_TOO_BIG_FIELDLENGTH(
      1074,
      "42000",
      "Column length too big for column '%-.192s' (max = %lu); use BLOB or TEXT instead"),
  ER_WRONG_AUTO_KEY(
      1075,
      "42000",
      "Incorrect table definition; there can be only one auto column and it must be defined as a"
          + " key"),
  ER_FORCING_CLOSE(1080, "08S01", "%s: Forcing close of thread %ld  user: '%-.48s' "),
  ER_WRONG_FIELD_TERMINATORS(
      1083, "42000", "Field separator argument is not what is expected; check the manual"),
  ER_BLOBS_AND_NO_TERMINATED(
      1084, "42000", "You can't use fixed rowlength with BLOBs; please use 'fields terminated by'"),
  ER_TEXTFILE_NOT_READABLE(
      1085, "HY000", "The file '%-.128s' must be in the database directory or be readable by all"),
  ER_FILE_EXISTS_ERROR(1086, "HY000", "File '%-.200s' already exists"),
  ER_WRONG_SUB_KEY(
      1089,
      "HY000",
      "Incorrect prefix key; the used key part isn't a string, the used length is longer than the"
          + " key part, or the storage engine doesn't support unique prefix keys"),
  ER_CANT_REMOVE_ALL_FIELDS(
      1090, "42000", "You can't delete all columns with ALTER TABLE; use DROP TABLE instead"),
  ER_CANT_DROP_FIELD_OR_KEY(1091, "42000", "Can't DROP '%-.192s'; check that column/key exists"),
  ER_UPDATE_TABLE_USED(
      1093, "HY000", "You can't specify target table '%-.192s' for update in FROM clause"),
  ER_NO_SUCH_THREAD(1094, "HY000", "Unknown thread id: %lu"),
  ER_KILL_DENIED_ERROR(1095, "HY000", "You are not owner of thread %lu"),
  ER_NO_TABLES_USED(1096, "HY000", "No tables used"),
  ER_TABLE_NOT_LOCKED_FOR_WRITE(
      1099, "HY000", "Table '%-.192s' was locked with a READ lock and can't be updated"),
  ER_TABLE_NOT_LOCKED(1100, "HY000", "Table '%-.192s' was not locked with LOCK TABLES"),
  ER_BLOB_CANT_HAVE_DEFAULT(
      1101, "42000", "BLOB, TEXT, GEOMETRY or JSON column '%-.192s' can't have a default value"),
  ER_WRONG_DB_NAME(1102, "42000", "Incorrect database name '%-.100s'"),
  ER_WRONG_TABLE_NAME(1103, "42000", "Incorrect table name '%-.100s'"),
  ER_TOO_BIG_SELECT(
      1104,
      "42000",
      "The SELECT would examine more than MAX_JOIN_SIZE rows; check your WHERE and use SET"
          + " SQL_BIG_SELECTS=1 or SET MAX_JOIN_SIZE=# if the SELECT is okay"),
  ER_UNKNOWN_ERROR(1105, "HY000", "Unknown error"),
  ER_UNKNOWN_TABLE(1109, "42S02", "Unknown table '%-.192s' in %-.32s"),
  ER_FIELD_SPECIFIED_TWICE(1110, "42000", "Column '%-.192s' specified twice"),
  ER_INVALID_GROUP_FUNC_USE(1111, "HY000", "Invalid use of group function"),
  ER_UNSUPPORTED_EXTENSION(
      1112, "42000", "Table '%-.192s' uses an extension that doesn't exist in this MySQL version"),
  ER_TABLE_MUST_HAVE_COLUMNS(1113, "42000", "A table must have at least 1 column"),
  ER_RECORD_FILE_FULL(1114, "HY000", "The table '%-.192s' is full"),
  ER_UNKNOWN_CHARACTER_SET(1115, "42000", "Unknown character set: '%-.64s'"),
  ER_TOO_MANY_TABLES(1116, "HY000", "Too many tables; MySQL can only use %d tables in a join"),
  ER_TOO_MANY_FIELDS(1117, "HY000", "Too many columns"),
  ER_TOO_BIG_ROWSIZE(
      1118,
      "42000",
      "Row size too large. The maximum row size for the used table type, not counting BLOBs, is"
          + " %ld. This includes storage overhead, check the manual. You have to change some"
          + " columns to TEXT or BLOBs"),
  ER_WRONG_OUTER_JOIN_UNUSED(
      1120, "42000", "Cross dependency found in OUTER JOIN; examine your ON conditions"),
  ER_NULL_COLUMN_IN_INDEX(
      1121,
      "42000",
      "Table handler doesn't support NULL in given index. Please change column '%-.192s' to be NOT"
          + " NULL or use another handler"),
  ER_HOST_IS_BLOCKED(
      1129,
      "HY000",
      "Host '%-.255s' is blocked because of many connection errors; unblock with 'mysqladmin"
          + " flush-hosts'"),
  ER_HOST_NOT_PRIVILEGED(
      1130, "HY000", "Host '%-.255s' is not allowed to connect to this MySQL server"),
  ER_PASSWORD_NOT_ALLOWED(
      1132,
      "42000",
      "You must have privileges to update tables in the mysql database to be able to change"
          + " passwords for others"),
  ER_PASSWORD_NO_MATCH(1133, "42000", "Can't find any matching row in the user table"),
  ER_CANT_CREATE_THREAD(
      1135,
      "HY000",
      "Can't create a new thread (errno %d); if you are not out of available memory, you can"
          + " consult the manual for a possible OS-dependent bug"),
  ER_WRONG_VALUE_COUNT_ON_ROW(1136, "21S01", "Column count doesn't match value count at row %ld"),
  ER_CANT_REOPEN_TABLE(1137, "HY000", "Can't reopen table: '%-.192s'"),
  ER_INVALID_USE_OF_NULL(1138, "22004", "Invalid use of NULL value"),
  ER_REGEXP_ERROR(1139, "42000", "Got error '%-.64s' from regexp"),
  ER_MIX_OF_GROUP_FUNC_AND_FIELDS(
      1140,
      "42000",
      "Mixing of GROUP columns (MIN(),MAX(),COUNT(),...) with no GROUP columns is illegal if there"
          + " is no GROUP BY clause"),
  ER_NONEXISTING_GRANT(
      1141, "42000", "There is no such grant defined for user '%-.48s' on host '%-.255s'"),
  ER_TABLEACCESS_DENIED_ERROR(
      1142, "42000", "%-.128s command denied to user '%-.48s'@'%-.64s' for table '%-.64s'"),
  ER_COLUMNACCESS_DENIED_ERROR(
      1143,
      "42000",
      "%-.16s command denied to user '%-.48s'@'%-.64s' for column '%-.192s' in table '%-.192s'"),
  ER_ILLEGAL_GRANT_FOR_TABLE(
      1144,
      "42000",
      "Illegal GRANT/REVOKE command; please consult the manual to see which privileges can be"
          + " used"),
  ER_NO_SUCH_TABLE(1146, "42S02", "Table '%-.192s.%-.192s' doesn't exist"),
  ER_NONEXISTING_TABLE_GRANT(
      1147,
      "42000",
      "There is no such grant defined for user '%-.48s' on host '%-.255s' on table '%-.192s'"),
  ER_NOT_ALLOWED_COMMAND(1148, "42000", "The used command is not allowed with this MySQL version"),
  ER_SYNTAX_ERROR(
      1149,
      "42000",
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server"
          + " version for the right syntax to use"),
  ER_ABORTING_CONNECTION(
      1152, "08S01", "Aborted connection %ld to db: '%-.192s' user: '%-.48s' (%-.64s)"),
  ER_NET_PACKET_TOO_LARGE(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes"),
  ER_NET_READ_ERROR_FROM_PIPE(1154, "08S01", "Got a read error from the connection pipe"),
  ER_NET_PACKETS_OUT_OF_ORDER(1156, "08S01", "Got packets out of order"),
  ER_NET_UNCOMPRESS_ERROR(1157, "08S01", "Couldn't uncompress communication packet"),
  ER_NET_READ_ERROR(1158, "08S01", "Got an error reading communication packets"),
  ER_NET_READ_INTERRUPTED(1159, "08S01", "Got timeout reading communication packets"),
  ER_NET_ERROR_ON_WRITE(1160, "08S01", "Got an error writing communication packets"),
  ER_NET_WRITE_INTERRUPTED(1161, "08S01", "Got timeout writing communication packets"),
  ER_WRONG_COLUMN_NAME(1166, "42000", "Incorrect column name '%-.100s'"),
  ER_WRONG_KEY_COLUMN(1167, "42000", "The used storage engine can't index column '%-.192s'"),
  ER_BLOB_KEY_WITHOUT_LENGTH(
      1170, "42000", "BLOB/TEXT column '%-.192s' used in key specification without a key length"),
  ER_PRIMARY_CANT_HAVE_NULL(
      1171,
      "42000",
      "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead"),
  ER_TOO_MANY_ROWS(1172, "42000", "Result consisted of more than one row"),
  ER_REQUIRES_PRIMARY_KEY(1173, "42000", "This table type requires a primary key"),
  ER_UPDATE_WITHOUT_KEY_IN_SAFE_MODE(
      1175,
      "HY000",
      "You are using safe update mode and you tried to update a table without a WHERE that uses a"
          + " KEY column. %s"),
  ER_KEY_DOES_NOT_EXITS(1176, "42000", "Key '%-.192s' doesn't exist in table '%-.192s'"),
  ER_CHECK_NO_SUCH_TABLE(1177, "42000", "Can't open table"),
  ER_CHECK_NOT_IMPLEMENTED(1178, "42000", "The storage engine for the table doesn't support %s"),
  ER_CANT_DO_THIS_DURING_AN_TRANSACTION(
      1179, "25000", "You are not allowed to execute this command in a transaction"),
  ER_ERROR_DURING_COMMIT(1180, "HY000", "Got error %d - '%-.192s' during COMMIT"),
  ER_ERROR_DURING_ROLLBACK(1181, "HY000", "Got error %d - '%-.192s' during ROLLBACK"),
  ER_NEW_ABORTING_CONNECTION(
      1184,
      "08S01",
      "Aborted connection %u to db: '%-.192s' user: '%-.48s' host: '%-.255s' (%-.64s)"),
  ER_SOURCE_NET_WRITE(1190, "08S01", "Net error writing to source"),
  ER_FT_MATCHING_KEY_NOT_FOUND(1191, "HY000", "Can't find FULLTEXT index matching the column list"),
  ER_LOCK_OR_ACTIVE_TRANSACTION(
      1192,
      "HY000",
      "Can't execute the given command because you have active locked tables or an active"
          + " transaction"),
  ER_UNKNOWN_SYSTEM_VARIABLE(1193, "HY000", "Unknown system variable '%-.64s'"),
  ER_CRASHED_ON_USAGE(1194, "HY000", "Table '%-.192s' is marked as crashed and should be repaired"),
  ER_CRASHED_ON_REPAIR(
      1195, "HY000", "Table '%-.192s' is marked as crashed and last (automatic?) repair failed"),
  ER_WARNING_NOT_COMPLETE_ROLLBACK(
      1196, "HY000", "Some non-transactional changed tables couldn't be rolled back"),
  ER_TRANS_CACHE_FULL(
      1197,
      "HY000",
      "Multi-statement transaction required more than 'max_binlog_cache_size' bytes of storage;"
          + " increase this mysqld variable and try again"),
  ER_TOO_MANY_USER_CONNECTIONS(
      1203, "42000", "User %-.64s already has more than 'max_user_connections' active connections"),
  ER_SET_CONSTANTS_ONLY(1204, "HY000", "You may only use constant expressions with SET"),
  ER_LOCK_WAIT_TIMEOUT(1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"),
  ER_LOCK_TABLE_FULL(1206, "HY000", "The total number of locks exceeds the lock table size"),
  ER_READ_ONLY_TRANSACTION(
      1207, "25000", "Update locks cannot be acquired during a READ UNCOMMITTED transaction"),
  ER_WRONG_ARGUMENTS(1210, "HY000", "Incorrect arguments to %s"),
  ER_NO_PERMISSION_TO_CREATE_USER(
      1211, "42000", "'%-.48s'@'%-.64s' is not allowed to create new users"),
  ER_LOCK_DEADLOCK(
      1213, "40001", "Deadlock found when trying to get lock; try restarting transaction"),
  ER_TABLE_CANT_HANDLE_FT(1214, "HY000", "The used table type doesn't support FULLTEXT indexes"),
  ER_CANNOT_ADD_FOREIGN(1215, "HY000", "Cannot add foreign key constraint"),
  ER_NO_REFERENCED_ROW(
      1216, "23000", "Cannot add or update a child row: a foreign key constraint fails"),
  ER_ROW_IS_REFERENCED(
      1217, "23000", "Cannot delete or update a parent row: a foreign key constraint fails"),
  ER_CONNECT_TO_SOURCE(1218, "08S01", "Error connecting to source: %-.128s"),
  ER_WRONG_USAGE(1221, "HY000", "Incorrect usage of %s and %s"),
  ER_WRONG_NUMBER_OF_COLUMNS_IN_SELECT(
      1222, "21000", "The used SELECT statements have a different number of columns"),
  ER_CANT_UPDATE_WITH_READLOCK(
      1223, "HY000", "Can't execute the query because you have a conflicting read lock"),
  ER_USER_LIMIT_REACHED(
      1226, "42000", "User '%-.64s' has exceeded the '%s' resource (current value: %ld)"),
  ER_SPECIFIC_ACCESS_DENIED_ERROR(
      1227,
      "42000",
      "Access denied; you need (at least one of) the %-.128s privilege(s) for this operation"),
  ER_LOCAL_VARIABLE(
      1228, "HY000", "Variable '%-.64s' is a SESSION variable and can't be used with SET GLOBAL"),
  ER_GLOBAL_VARIABLE(
      1229, "HY000", "Variable '%-.64s' is a GLOBAL variable and should be set with SET GLOBAL"),
  ER_NO_DEFAULT(1230, "42000", "Variable '%-.64s' doesn't have a default value"),
  ER_WRONG_VALUE_FOR_VAR(1231, "42000", "Variable '%-.64s' can't be set to the value of '%-.200s'"),
  ER_WRONG_TYPE_FOR_VAR(1232, "42000", "Incorrect argument type to variable '%-.64s'"),
  ER_VAR_CANT_BE_READ(1233, "HY000", "Variable '%-.64s' can only be set, not read"),
  ER_CANT_USE_OPTION_HERE(1234, "42000", "Incorrect usage/placement of '%s'"),
  ER_NOT_SUPPORTED_YET(1235, "42000", "This version of MySQL doesn't yet support '%s'"),
  ER_INCORRECT_GLOBAL_LOCAL_VAR(1238, "HY000", "Variable '%-.192s' is a %s variable"),
  ER_WRONG_FK_DEF(1239, "42000", "Incorrect foreign key definition for '%-.192s': %s"),
  ER_KEY_REF_DO_NOT_MATCH_TABLE_REF(1240, "HY000", "Key reference and table reference don't match"),
  ER_OPERAND_COLUMNS(1241, "21000", "Operand should contain %d column(s)"),
  ER_SUBQUERY_NO_1_ROW(1242, "21000", "Subquery returns more than 1 row"),
  ER_UNKNOWN_STMT_HANDLER(1243, "HY000", "Unknown prepared statement handler (%.*s) given to %s"),
  ER_CORRUPT_HELP_DB(1244, "HY000", "Help database is corrupt or does not exist"),
  ER_AUTO_CONVERT(1246, "HY000", "Converting column '%s' from %s to %s"),
  ER_ILLEGAL_REFERENCE(1247, "42S22", "Reference '%-.64s' not supported (%s)"),
  ER_DERIVED_MUST_HAVE_ALIAS(1248, "42000", "Every derived table must have its own alias"),
  ER_SELECT_REDUCED(1249, "01000", "Select %u was reduced during optimization"),
  ER_TABLENAME_NOT_ALLOWED_HERE(
      1250, "42000", "Table '%-.192s' from one of the SELECTs cannot be used in %-.32s"),
  ER_NOT_SUPPORTED_AUTH_MODE(
      1251,
      "08004",
      "Client does not support authentication protocol requested by server; consider upgrading"
          + " MySQL client"),
  ER_SPATIAL_CANT_HAVE_NULL(1252, "42000", "All parts of a SPATIAL index must be NOT NULL"),
  ER_COLLATION_CHARSET_MISMATCH(
      1253, "42000", "COLLATION '%s' is not valid for CHARACTER SET '%s'"),
  ER_TOO_BIG_FOR_UNCOMPRESS(
      1256,
      "HY000",
      "Uncompressed data size too large; the maximum size is %d (probably, length of uncompressed"
          + " data was corrupted)"),
  ER_ZLIB_Z_BUF_ERROR(
      1258,
      "HY000",
      "ZLIB: Not enough room in the output buffer (probably, length of uncompressed data was"
          + " corrupted)"),
  ER_ZLIB_Z_DATA_ERROR(1259, "HY000", "ZLIB: Input data corrupted"),
  ER_CUT_VALUE_GROUP_CONCAT(1260, "HY000", "Row %u was cut by GROUP_CONCAT()"),
  ER_WARN_TOO_FEW_RECORDS(1261, "01000", "Row %ld doesn't contain data for all columns"),
  ER_WARN_TOO_MANY_RECORDS(
      1262, "01000", "Row %ld was truncated; it contained more data than there were input columns"),
  ER_WARN_NULL_TO_NOTNULL(
      1263,
      "22004",
      "Column set to default value; NULL supplied to NOT NULL column '%s' at row %ld"),
  ER_WARN_DATA_OUT_OF_RANGE(1264, "22003", "Out of range value for column '%s' at row %ld"),
  WARN_DATA_TRUNCATED(1265, "01000", "Data truncated for column '%s' at row %ld"),
  ER_WARN_USING_OTHER_HANDLER(1266, "HY000", "Using storage engine %s for table '%s'"),
  ER_CANT_AGGREGATE_2COLLATIONS(
      1267, "HY000", "Illegal mix of collations (%s,%s) and (%s,%s) for operation '%s'"),
  ER_CANT_AGGREGATE_3COLLATIONS(
      1270, "HY000", "Illegal mix of collations (%s,%s), (%s,%s), (%s,%s) for operation '%s'"),
  ER_CANT_AGGREGATE_NCOLLATIONS(1271, "HY000", "Illegal mix of collations for operation '%s'"),
  ER_VARIABLE_IS_NOT_STRUCT(
      1272,
      "HY000",
      "Variable '%-.64s' is not a variable component (can't be used as XXXX.variable_name)"),
  ER_UNKNOWN_COLLATION(1273, "HY000", "Unknown collation: '%-.64s'"),
  ER_BAD_REPLICA_UNTIL_COND(
      1277, "HY000", "Incorrect parameter or combination of parameters for START REPLICA UNTIL"),
  ER_WRONG_NAME_FOR_INDEX(1280, "42000", "Incorrect index name '%-.100s'"),
  ER_UNKNOWN_STORAGE_ENGINE(1286, "42000", "Unknown storage engine '%s'"),
  ER_WARN_DEPRECATED_SYNTAX(
      1287,
      "HY000",
      "'%s' is deprecated and will be removed in a future release. Please use %s instead"),
  ER_NON_UPDATABLE_TABLE(1288, "HY000", "The target table %-.100s of the %s is not updatable"),
  ER_FEATURE_DISABLED(
      1289,
      "HY000",
      "The '%s' feature is disabled; you need MySQL built with '%s' to have it working"),
  ER_OPTION_PREVENTS_STATEMENT(
      1290,
      "HY000",
      "The MySQL server is running with the %s option so it cannot execute this statement"),
  ER_TRUNCATED_WRONG_VALUE(1292, "22007", "Truncated incorrect %-.64s value: '%-.128s'"),
  ER_INVALID_ON_UPDATE(1294, "HY000", "Invalid ON UPDATE clause for '%-.192s' column"),
  ER_UNSUPPORTED_PS(
      1295, "HY000", "This command is not supported in the prepared statement protocol yet"),
  ER_GET_ERRMSG(1296, "HY000", "Got error %d '%-.100s' from %s"),
  ER_GET_TEMPORARY_ERRMSG(1297, "HY000", "Got temporary error %d '%-.100s' from %s"),
  ER_UNKNOWN_TIME_ZONE(1298, "HY000", "Unknown or incorrect time zone: '%-.64s'"),
  ER_WARN_INVALID_TIMESTAMP(1299, "HY000", "Invalid TIMESTAMP value in column '%s' at row %ld"),
  ER_INVALID_CHARACTER_STRING(1300, "HY000", "Invalid %s character string: '%.64s'"),
  ER_WARN_ALLOWED_PACKET_OVERFLOWED(
      1301, "HY000", "Result of %s() was larger than max_allowed_packet (%ld) - truncated"),
  ER_SP_NO_RECURSIVE_CREATE(1303, "2F003", "Can't create a %s from within another stored routine"),
  ER_SP_ALREADY_EXISTS(1304, "42000", "%s %s already exists"),
  ER_SP_DOES_NOT_EXIST(1305, "42000", "%s %s does not exist"),
  ER_SP_DROP_FAILED(1306, "HY000", "Failed to DROP %s %s"),
  ER_SP_STORE_FAILED(1307, "HY000", "Failed to CREATE %s %s"),
  ER_SP_LILABEL_MISMATCH(1308, "42000", "%s with no matching label: %s"),
  ER_SP_LABEL_REDEFINE(1309, "42000", "Redefining label %s"),
  ER_SP_LABEL_MISMATCH(1310, "42000", "End-label %s without match"),
  ER_SP_UNINIT_VAR(1311, "01000", "Referring to uninitialized variable %s"),
  ER_SP_BADSELECT(1312, "0A000", "PROCEDURE %s can't return a result set in the given context"),
  ER_SP_BADRETURN(1313, "42000", "RETURN is only allowed in a FUNCTION"),
  ER_SP_BADSTATEMENT(1314, "0A000", "%s is not allowed in stored procedures"),
  ER_UPDATE_LOG_DEPRECATED_IGNORED(
      1315,
      "42000",
      "The update log is deprecated and replaced by the binary log; SET SQL_LOG_UPDATE has been"
          + " ignored."),
  ER_QUERY_INTERRUPTED(1317, "70100", "Query execution was interrupted"),
  ER_SP_WRONG_NO_OF_ARGS(
      1318, "42000", "Incorrect number of arguments for %s %s; expected %u, got %u"),
  ER_SP_COND_MISMATCH(1319, "42000", "Undefined CONDITION: %s"),
  ER_SP_NORETURN(1320, "42000", "No RETURN found in FUNCTION %s"),
  ER_SP_NORETURNEND(1321, "2F005", "FUNCTION %s ended without RETURN"),
  ER_SP_BAD_CURSOR_QUERY(1322, "42000", "Cursor statement must be a SELECT"),
  ER_SP_BAD_CURSOR_SELECT(1323, "42000", "Cursor SELECT must not have INTO"),
  ER_SP_CURSOR_MISMATCH(1324, "42000", "Undefined CURSOR: %s"),
  ER_SP_CURSOR_ALREADY_OPEN(1325, "24000", "Cursor is already open"),
  ER_SP_CURSOR_NOT_OPEN(1326, "24000", "Cursor is not open"),
  ER_SP_UNDECLARED_VAR(1327, "42000", "Undeclared variable: %s"),
  ER_SP_FETCH_NO_DATA(1329, "02000", "No data - zero rows fetched, selected, or processed"),
  ER_SP_DUP_PARAM(1330, "42000", "Duplicate parameter: %s"),
  ER_SP_DUP_VAR(1331, "42000", "Duplicate variable: %s"),
  ER_SP_DUP_COND(1332, "42000", "Duplicate condition: %s"),
  ER_SP_DUP_CURS(1333, "42000", "Duplicate cursor: %s"),
  ER_SP_SUBSELECT_NYI(1335, "0A000", "Subquery value not supported"),
  ER_STMT_NOT_ALLOWED_IN_SF_OR_TRG(
      1336, "0A000", "%s is not allowed in stored function or trigger"),
  ER_SP_VARCOND_AFTER_CURSHNDLR(
      1337, "42000", "Variable or condition declaration after cursor or handler declaration"),
  ER_SP_CURSOR_AFTER_HANDLER(1338, "42000", "Cursor declaration after handler declaration"),
  ER_SP_CASE_NOT_FOUND(1339, "20000", "Case not found for CASE statement"),
  ER_WRONG_OBJECT(1347, "HY000", "'%-.192s.%-.192s' is not %s"),
  ER_NONUPDATEABLE_COLUMN(1348, "HY000", "Column '%-.192s' is not updatable"),
  ER_VIEW_SELECT_CLAUSE(1350, "HY000", "View's SELECT contains a '%s' clause"),
  ER_VIEW_SELECT_VARIABLE(1351, "HY000", "View's SELECT contains a variable or parameter"),
  ER_VIEW_SELECT_TMPTABLE(1352, "HY000", "View's SELECT refers to a temporary table '%-.192s'"),
  ER_VIEW_WRONG_LIST(
      1353,
      "HY000",
      "In definition of view, derived table or common table expression, SELECT list and column"
          + " names list have different column counts"),
  ER_WARN_VIEW_MERGE(
      1354,
      "HY000",
      "View merge algorithm can't be used here for now (assumed undefined algorithm)"),
  ER_WARN_VIEW_WITHOUT_KEY(
      1355, "HY000", "View being updated does not have complete key of underlying table in it"),
  ER_VIEW_INVALID(
      1356,
      "HY000",
      "View '%-.192s.%-.192s' references invalid table(s) or column(s) or function(s) or"
          + " definer/invoker of view lack rights to use them"),
  ER_TRG_ALREADY_EXISTS(1359, "HY000", "Trigger already exists"),
  ER_TRG_DOES_NOT_EXIST(1360, "HY000", "Trigger does not exist"),
  ER_TRG_CANT_CHANGE_ROW(1362, "HY000", "Updating of %s row is not allowed in %strigger"),
  ER_TRG_NO_SUCH_ROW_IN_TRG(1363, "HY000", "There is no %s row in %s trigger"),
  ER_NO_DEFAULT_FOR_FIELD(1364, "HY000", "Field '%-.192s' doesn't have a default value"),
  ER_DIVISION_BY_ZERO(1365, "22012", "Division by 0"),
  ER_TRUNCATED_WRONG_VALUE_FOR_FIELD(
      1366, "HY000", "Incorrect %-.32s value: '%-.128s' for column '%.192s' at row %ld"),
  ER_ILLEGAL_VALUE_FOR_TYPE(1367, "22007", "Illegal %s '%-.192s' value found during parsing"),
  ER_VIEW_NONUPD_CHECK(1368, "HY000", "CHECK OPTION on non-updatable view '%-.192s.%-.192s'"),
  ER_VIEW_CHECK_FAILED(1369, "HY000", "CHECK OPTION failed '%-.192s.%-.192s'"),
  ER_PROCACCESS_DENIED_ERROR(
      1370, "42000", "%-.16s command denied to user '%-.48s'@'%-.64s' for routine '%-.192s'"),
  ER_NO_BINARY_LOGGING(1381, "HY000", "You are not using binary logging"),
  ER_PS_MANY_PARAM(1390, "HY000", "Prepared statement contains too many placeholders"),
  ER_KEY_PART_0(1391, "HY000", "Key part '%-.192s' length cannot be 0"),
  ER_VIEW_CHECKSUM(1392, "HY000", "View text checksum failed"),
  ER_VIEW_NO_INSERT_FIELD_LIST(
      1394, "HY000", "Can not insert into join view '%-.192s.%-.192s' without fields list"),
  ER_VIEW_DELETE_MERGE_VIEW(1395, "HY000", "Can not delete from join view '%-.192s.%-.192s'"),
  ER_CANNOT_USER(1396, "HY000", "Operation %s failed for %.256s"),
  ER_XAER_NOTA(1397, "XAE04", "XAER_NOTA: Unknown XID"),
  ER_XAER_INVAL(1398, "XAE05", "XAER_INVAL: Invalid arguments (or unsupported command)"),
  ER_XAER_RMFAIL(
      1399,
      "XAE07",
      "XAER_RMFAIL: The command cannot be executed when global transaction is in the  %.64s state"),
  ER_XAER_OUTSIDE(1400, "XAE09", "XAER_OUTSIDE: Some work is done outside global transaction"),
  ER_XAER_RMERR(
      1401,
      "XAE03",
      "XAER_RMERR: Fatal error occurred in the transaction branch - check your data for"
          + " consistency"),
  ER_XA_RBROLLBACK(1402, "XA100", "XA_RBROLLBACK: Transaction branch was rolled back"),
  ER_DATA_TOO_LONG(1406, "22001", "Data too long for column '%s' at row %ld"),
  ER_SP_BAD_SQLSTATE(1407, "42000", "Bad SQLSTATE: '%s'"),
  ER_CANT_CREATE_USER_WITH_GRANT(1410, "42000", "You are not allowed to create a user with GRANT"),
  ER_WRONG_VALUE_FOR_TYPE(1411, "HY000", "Incorrect %-.32s value: '%-.128s' for function %-.32s"),
  ER_TABLE_DEF_CHANGED(1412, "HY000", "Table definition has changed, please retry transaction"),
  ER_SP_NOT_VAR_ARG(
      1414,
      "42000",
      "OUT or INOUT argument %d for routine %s is not a variable or NEW pseudo-variable in BEFORE"
          + " trigger"),
  ER_SP_NO_RETSET(1415, "0A000", "Not allowed to return a result set from a %s"),
  ER_CANT_CREATE_GEOMETRY_OBJECT(
      1416, "22003", "Cannot get geometry object from data you send to the GEOMETRY field"),
  ER_BINLOG_UNSAFE_ROUTINE(
      1418,
      "HY000",
      "This function has none of DETERMINISTIC, NO SQL, or READS SQL DATA in its declaration and"
          + " binary logging is enabled (you *might* want to use the less safe"
          + " log_bin_trust_function_creators variable)"),
  ER_BINLOG_CREATE_ROUTINE_NEED_SUPER(
      1419,
      "HY000",
      "You do not have the SUPER privilege and binary logging is enabled (you *might* want to use"
          + " the less safe log_bin_trust_function_creators variable)"),
  ER_STMT_HAS_NO_OPEN_CURSOR(1421, "HY000", "The statement (%lu) has no open cursor."),
  ER_COMMIT_NOT_ALLOWED_IN_SF_OR_TRG(
      1422, "HY000", "Explicit or implicit commit is not allowed in stored function or trigger."),
  ER_NO_DEFAULT_FOR_VIEW_FIELD(
      1423,
      "HY000",
      "Field of view '%-.192s.%-.192s' underlying table doesn't have a default value"),
  ER_SP_NO_RECURSION(1424, "HY000", "Recursive stored functions and triggers are not allowed."),
  ER_TOO_BIG_SCALE(
      1425, "42000", "Too big scale %d specified for column '%-.192s'. Maximum is %lu."),
  ER_TOO_BIG_PRECISION(
      1426, "42000", "Too-big precision %d specified for '%-.192s'. Maximum is %lu."),
  ER_M_BIGGER_THAN_D(
      1427,
      "42000",
      "For float(M,D), double(M,D) or decimal(M,D), M must be >= D (column '%-.192s')."),
  ER_WRONG_LOCK_OF_SYSTEM_TABLE(
      1428,
      "HY000",
      "You can't combine write-locking of system tables with other tables or lock types"),
  ER_TRG_IN_WRONG_SCHEMA(1435, "HY000", "Trigger in wrong schema"),
  ER_STACK_OVERRUN_NEED_MORE(
      1436,
      "HY000",
      "Thread stack overrun:  %ld bytes used of a %ld byte stack, and %ld bytes needed.  Use"
          + " 'mysqld --thread_stack=#' to specify a bigger stack."),
  ER_TOO_LONG_BODY(1437, "42000", "Routine body for '%-.100s' is too long"),
  ER_TOO_BIG_DISPLAYWIDTH(
      1439, "42000", "Display width out of range for column '%-.192s' (max = %lu)"),
  ER_XAER_DUPID(1440, "XAE08", "XAER_DUPID: The XID already exists"),
  ER_DATETIME_FUNCTION_OVERFLOW(1441, "22008", "Datetime function: %-.32s field overflow"),
  ER_CANT_UPDATE_USED_TABLE_IN_SF_OR_TRG(
      1442,
      "HY000",
      "Can't update table '%-.192s' in stored function/trigger because it is already used by"
          + " statement which invoked this stored function/trigger."),
  ER_VIEW_PREVENT_UPDATE(
      1443,
      "HY000",
      "The definition of table '%-.192s' prevents operation %.192s on table '%-.192s'."),
  ER_PS_NO_RECURSION(
      1444,
      "HY000",
      "The prepared statement contains a stored routine call that refers to that same statement."
          + " It's not allowed to execute a prepared statement in such a recursive manner"),
  ER_SP_CANT_SET_AUTOCOMMIT(
      1445, "HY000", "Not allowed to set autocommit from a stored function or trigger"),
  ER_NO_SUCH_USER(
      1449, "HY000", "The user specified as a definer ('%-.64s'@'%-.64s') does not exist"),
  ER_ROW_IS_REFERENCED_2(
      1451, "23000", "Cannot delete or update a parent row: a foreign key constraint fails%.192s"),
  ER_NO_REFERENCED_ROW_2(
      1452, "23000", "Cannot add or update a child row: a foreign key constraint fails%.192s"),
  ER_SP_BAD_VAR_SHADOW(1453, "42000", "Variable '%-.64s' must be quoted with `...`, or renamed"),
  ER_SP_RECURSION_LIMIT(
      1456,
      "HY000",
      "Recursive limit %d (as set by the max_sp_recursion_depth variable) was exceeded for routine"
          + " %.192s"),
  ER_SP_WRONG_NAME(1458, "42000", "Incorrect routine name '%-.192s'"),
  ER_MAX_PREPARED_STMT_COUNT_REACHED(
      1461,
      "42000",
      "Can't create more than max_prepared_stmt_count statements (current value: %lu)"),
  ER_NO_TRIGGERS_ON_SYSTEM_SCHEMA(1465, "HY000", "Triggers can not be created on system tables"),
  ER_AUTOINC_READ_FAILED(1467, "HY000", "Failed to read auto-increment value from storage engine"),
  ER_VIEW_RECURSIVE(1462, "HY000", "`%-.192s`.`%-.192s` contains view recursion"),
  ER_NON_INSERTABLE_TABLE(
      1471, "HY000", "The target table %-.100s of the %s is not insertable-into"),
  ER_ADMIN_WRONG_MRG_TABLE(
      1472,
      "HY000",
      "Table '%-.64s' is differently defined or of non-MyISAM type or doesn't exist"),
  ER_AMBIGUOUS_FIELD_TERM(
      1475,
      "HY000",
      "First character of the FIELDS TERMINATED string is ambiguous; please use non-optional and"
          + " non-empty FIELDS ENCLOSED BY"),
  ER_ILLEGAL_HA_CREATE_OPTION(
      1478, "HY000", "Table storage engine '%-.64s' does not support the create option '%.64s'"),
  ER_WRONG_EXPR_IN_PARTITION_FUNC_ERROR(
      1486,
      "HY000",
      "Constant, random or timezone-dependent expressions in (sub)partitioning function are not"
          + " allowed"),
  ER_PARTITION_FUNC_NOT_ALLOWED_ERROR(1491, "HY000", "The %-.192s function returns the wrong type"),
  ER_PARTITIONS_MUST_BE_DEFINED_ERROR(
      1492, "HY000", "For %-.64s partitions each partition must be defined"),
  ER_RANGE_NOT_INCREASING_ERROR(
      1493, "HY000", "VALUES LESS THAN value must be strictly increasing for each partition"),
  ER_UNIQUE_KEY_NEED_ALL_FIELDS_IN_PF(
      1503,
      "HY000",
      "A %-.192s must include all columns in the table's partitioning function (prefixed columns"
          + " are not considered)."),
  ER_PARTITION_MGMT_ON_NONPARTITIONED(
      1505, "HY000", "Partition management on a not partitioned table is not possible"),
  ER_FOREIGN_KEY_ON_PARTITIONED(
      1506, "HY000", "Foreign keys are not yet supported in conjunction with partitioning"),
  ER_DROP_PARTITION_NON_EXISTENT(1507, "HY000", "Error in list of partitions to %-.64s"),
  ER_SAME_NAME_PARTITION(1517, "HY000", "Duplicate partition name %-.192s"),
  ER_PLUGIN_IS_NOT_LOADED(1524, "HY000", "Plugin '%-.192s' is not loaded"),
  ER_WRONG_VALUE(1525, "HY000", "Incorrect %-.32s value: '%-.128s'"),
  ER_NO_PARTITION_FOR_GIVEN_VALUE(1526, "HY000", "Table has no partition for value %-.64s"),
  ER_FILEGROUP_OPTION_ONLY_ONCE(1527, "HY000", "It is not allowed to specify %s more than once"),
  ER_EVENT_DOES_NOT_EXIST(1539, "HY000", "Unknown event '%-.192s'"),
  ER_EVENT_INTERVAL_NOT_POSITIVE_OR_TOO_BIG(
      1542, "HY000", "INTERVAL is either not positive or too big"),
  ER_EVENT_ENDS_BEFORE_STARTS(1543, "HY000", "ENDS is either invalid or before STARTS"),
  ER_DROP_INDEX_FK(
      1553, "HY000", "Cannot drop index '%-.192s': needed in a foreign key constraint"),
  ER_FOREIGN_DUPLICATE_KEY_OLD_UNUSED(
      1557,
      "23000",
      "Upholding foreign key constraints for table '%.192s', entry '%-.192s', key %d would lead to"
          + " a duplicate entry"),
  ER_COL_COUNT_DOESNT_MATCH_PLEASE_UPDATE(
      1558,
      "HY000",
      "The column count of mysql.%s is wrong. Expected %d, found %d. Created with MySQL %d, now"
          + " running %d. Please perform the MySQL upgrade procedure."),
  ER_PARTITION_FUNCTION_IS_NOT_ALLOWED(1564, "HY000", "This partition function is not allowed"),
  ER_CANT_CHANGE_TX_CHARACTERISTICS(
      1568,
      "25001",
      "Transaction characteristics can't be changed while a transaction is in progress"),
  ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT(
      1582, "42000", "Incorrect parameter count in the call to native function '%-.192s'"),
  ER_WRONG_PARAMETERS_TO_NATIVE_FCT(
      1583, "42000", "Incorrect parameters in the call to native function '%-.192s'"),
  ER_WRONG_PARAMETERS_TO_STORED_FCT(
      1584, "42000", "Incorrect parameters in the call to stored function %-.192s"),
  /** Sent as 1055; MySQL's own number of the template is 3087. */
  ER_WRONG_FIELD_WITH_GROUP_V2(
      1055,
      "42000",
      "Expression #%u of %s is not in GROUP BY clause and contains nonaggregated column '%-.192s'"
          + " which is not functionally dependent on columns in GROUP BY clause; this is"
          + " incompatible with sql_mode=only_full_group_by"),
  /** Sent as 1140; MySQL's own number of the template is 3088. */
  ER_MIX_OF_GROUP_FUNC_AND_FIELDS_V2(
      1140,
      "42000",
      "In aggregated query without GROUP BY, expression #%u of %s contains nonaggregated column"
          + " '%-.192s'; this is incompatible with sql_mode=only_full_group_by"),
  ER_DUP_ENTRY_WITH_KEY_NAME(1586, "23000", "Duplicate entry '%-.64s' for key '%-.385s'"),
  ER_BINLOG_UNSAFE_STATEMENT(
      1592,
      "HY000",
      "Unsafe statement written to the binary log using statement format since BINLOG_FORMAT ="
          + " STATEMENT. %s"),
  ER_XA_RBTIMEOUT(1613, "XA106", "XA_RBTIMEOUT: Transaction branch was rolled back: took too long"),
  ER_XA_RBDEADLOCK(
      1614, "XA102", "XA_RBDEADLOCK: Transaction branch was rolled back: deadlock was detected"),
  ER_NEED_REPREPARE(1615, "HY000", "Prepared statement needs to be re-prepared"),
  WARN_OPTION_IGNORED(1618, "HY000", "<%-.64s> option ignored"),
  ER_VARIABLE_IS_READONLY(
      1621, "HY000", "%s variable '%s' is read-only. Use %s to assign the value"),
  ER_FUNC_INEXISTENT_NAME_COLLISION(
      1630,
      "42000",
      "FUNCTION %s does not exist. Check the 'Function Name Parsing and Resolution' section in the"
          + " Reference Manual"),
  ER_TOO_MANY_CONCURRENT_TRXS(1637, "HY000", "Too many active concurrent transactions"),
  WARN_NON_ASCII_SEPARATOR_NOT_IMPLEMENTED(
      1638, "HY000", "Non-ASCII separator arguments are not fully supported"),
  ER_DUP_SIGNAL_SET(1641, "42000", "Duplicate condition information item '%s'"),
  ER_SIGNAL_WARN(1642, "01000", "Unhandled user-defined warning condition"),
  ER_SIGNAL_NOT_FOUND(1643, "02000", "Unhandled user-defined not found condition"),
  ER_SIGNAL_EXCEPTION(1644, "HY000", "Unhandled user-defined exception condition"),
  ER_RESIGNAL_WITHOUT_ACTIVE_HANDLER(1645, "0K000", "RESIGNAL when handler not active"),
  ER_SIGNAL_BAD_CONDITION_TYPE(
      1646, "HY000", "SIGNAL/RESIGNAL can only use a CONDITION defined with SQLSTATE"),
  WARN_COND_ITEM_TRUNCATED(1647, "HY000", "Data truncated for condition item '%s'"),
  ER_COND_ITEM_TOO_LONG(1648, "HY000", "Data too long for condition item '%s'"),
  ER_UNKNOWN_LOCALE(1649, "HY000", "Unknown locale: '%s'"),
  ER_BINLOG_STMT_MODE_AND_ROW_ENGINE(
      1665,
      "HY000",
      "Cannot execute statement: impossible to write to binary log since BINLOG_FORMAT = STATEMENT"
          + " and at least one table uses a storage engine limited to row-based logging.%s"),
  ER_WARN_DEPRECATED_SYNTAX_NO_REPLACEMENT(
      1681, "HY000", "'%s' is deprecated and will be removed in a future release."),
  ER_DATA_OUT_OF_RANGE(1690, "22003", "%s value is out of range in '%s'"),
  ER_INSIDE_TRANSACTION_PREVENTS_SWITCH_SQL_LOG_BIN(
      1694, "HY000", "Cannot modify @@session.sql_log_bin inside a transaction"),
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR(1698, "28000", "Access denied for user '%-.48s'@'%-.64s'"),
  ER_TRUNCATE_ILLEGAL_FK(
      1701, "42000", "Cannot truncate a table referenced in a foreign key constraint (%.192s)"),
  WARN_OPTION_BELOW_LIMIT(
      1708, "HY000", "The value of '%s' should be no less than the value of '%s'"),
  ER_INDEX_COLUMN_TOO_LONG(
      1709, "HY000", "Index column size too large. The maximum column size is %lu bytes."),
  ER_UNSUPPORTED_ENGINE(
      1726, "HY000", "Storage engine '%s' does not support system tables. [%s.%s]"),
  ER_PARTITION_CLAUSE_ON_NONPARTITIONED(
      1747, "HY000", "PARTITION () clause on non partitioned table"),
  ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO(
      1761,
      "23000",
      "Foreign key constraint for table '%.192s', record '%-.192s' would lead to a duplicate entry"
          + " in table '%.192s', key '%.192s'"),
  ER_FOREIGN_DUPLICATE_KEY_WITHOUT_CHILD_INFO(
      1762,
      "23000",
      "Foreign key constraint for table '%.192s', record '%-.192s' would lead to a duplicate entry"
          + " in a child table"),
  ER_AUTO_POSITION_REQUIRES_GTID_MODE_NOT_OFF(
      1777,
      "HY000",
      "CHANGE REPLICATION SOURCE TO SOURCE_AUTO_POSITION = 1 cannot be executed because"
          + " @@GLOBAL.GTID_MODE = OFF."),
  ER_UNKNOWN_EXPLAIN_FORMAT(1791, "HY000", "Unknown EXPLAIN format name: '%s'"),
  ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION(
      1792, "25006", "Cannot execute statement in a READ ONLY transaction."),
  ER_MUST_CHANGE_PASSWORD(
      1820,
      "HY000",
      "You must reset your password using ALTER USER statement before executing this statement."),
  ER_FK_NO_INDEX_PARENT(
      1822,
      "HY000",
      "Failed to add the foreign key constraint. Missing index for constraint '%s' in the"
          + " referenced table '%s'"),
  ER_FK_FAIL_ADD_SYSTEM(
      1823, "HY000", "Failed to add the foreign key constraint '%s' to system tables"),
  ER_FK_CANNOT_OPEN_PARENT(1824, "HY000", "Failed to open the referenced table '%s'"),
  ER_FK_INCORRECT_OPTION(
      1825,
      "HY000",
      "Failed to add the foreign key constraint on table '%s'. Incorrect options in FOREIGN KEY"
          + " constraint '%s'"),
  ER_FK_DUP_NAME(1826, "HY000", "Duplicate foreign key constraint name '%s'"),
  ER_PASSWORD_FORMAT(1827, "HY000", "The password hash doesn't have the expected format."),
  ER_FK_COLUMN_CANNOT_DROP(
      1828, "HY000", "Cannot drop column '%-.192s': needed in a foreign key constraint '%-.192s'"),
  ER_FK_COLUMN_CANNOT_DROP_CHILD(
      1829,
      "HY000",
      "Cannot drop column '%-.192s': needed in a foreign key constraint '%-.192s' of table"
          + " '%-.192s'"),
  ER_FK_COLUMN_NOT_NULL(
      1830,
      "HY000",
      "Column '%-.192s' cannot be NOT NULL: needed in a foreign key constraint '%-.192s' SET NULL"),
  ER_DUP_INDEX(
      1831,
      "HY000",
      "Duplicate index '%-.64s' defined on the table '%-.64s.%-.64s'. This is deprecated and will"
          + " be disallowed in a future release."),
  ER_FK_COLUMN_CANNOT_CHANGE(
      1832, "HY000", "Cannot change column '%-.192s': used in a foreign key constraint '%-.192s'"),
  ER_FK_COLUMN_CANNOT_CHANGE_CHILD(
      1833,
      "HY000",
      "Cannot change column '%-.192s': used in a foreign key constraint '%-.192s' of table"
          + " '%-.192s'"),
  ER_MALFORMED_PACKET(1835, "HY000", "Malformed communication packet."),
  ER_READ_ONLY_MODE(1836, "HY000", "Running in read-only mode"),
  ER_ALTER_OPERATION_NOT_SUPPORTED(
      1845, "0A000", "%s is not supported for this operation. Try %s."),
  ER_ALTER_OPERATION_NOT_SUPPORTED_REASON(
      1846, "0A000", "%s is not supported. Reason: %s. Try %s."),
  ER_ALTER_OPERATION_NOT_SUPPORTED_REASON_COPY(1847, "HY000", "COPY algorithm requires a lock"),
  ER_IDENT_CAUSES_TOO_LONG_PATH(
      1860,
      "HY000",
      "Long database name and identifier for object resulted in path length exceeding %d"
          + " characters. Path: '%s'."),
  ER_ALTER_OPERATION_NOT_SUPPORTED_REASON_NOT_NULL(
      1861, "HY000", "cannot silently convert NULL values, as required in this SQL_MODE"),
  ER_MUST_CHANGE_PASSWORD_LOGIN(
      1862,
      "HY000",
      "Your password has expired. To log in you must change it using a client that supports expired"
          + " passwords."),
  ER_ACCESS_DENIED_CHANGE_USER_ERROR(
      1873,
      "28000",
      "Access denied trying to change to user '%-.48s'@'%-.64s' (using password: %s)."
          + " Disconnecting."),
  ER_FK_DEPTH_EXCEEDED(3008, "HY000", "Foreign key cascade delete/update exceeds max depth of %d."),
  ER_INVALID_ARGUMENT_FOR_LOGARITHM(3020, "2201E", "Invalid argument for logarithm"),
  ER_QUERY_TIMEOUT(
      3024, "HY000", "Query execution was interrupted, maximum statement execution time exceeded"),
  ER_USER_LOCK_WRONG_NAME(
      3057,
      "42000",
      "Incorrect user-level lock name '%-.192s'. The name is empty, NULL, or can not be expressed"
          + " in the current character-set."),
  ER_USER_LOCK_DEADLOCK(
      3058,
      "HY000",
      "Deadlock found when trying to get user-level lock; try rolling back transaction/releasing"
          + " locks and restarting lock acquisition."),
  ER_INCORRECT_TYPE(3064, "HY000", "Incorrect type for argument %s in function %s."),
  ER_FIELD_IN_ORDER_NOT_SELECT(
      3065,
      "HY000",
      "Expression #%u of ORDER BY clause is not in SELECT list, references column '%-.192s' which"
          + " is not in SELECT list; this is incompatible with %s"),
  ER_NON_DEFAULT_VALUE_FOR_GENERATED_COLUMN(
      3105, "HY000", "The value specified for generated column '%s' in table '%s' is not allowed."),
  ER_UNSUPPORTED_ACTION_ON_GENERATED_COLUMN(
      3106, "HY000", "'%s' is not supported for generated columns."),
  ER_EXPLAIN_NOT_SUPPORTED(
      3012,
      "HY000",
      "EXPLAIN FOR CONNECTION command is supported only for SELECT/UPDATE/INSERT/DELETE/REPLACE"),
  ER_GENERATED_COLUMN_NON_PRIOR(
      3107, "HY000", "Generated column can refer only to generated columns defined prior to it."),
  ER_DEPENDENT_BY_GENERATED_COLUMN(3108, "HY000", "Column '%s' has a generated column dependency."),
  ER_GENERATED_COLUMN_REF_AUTO_INC(
      3109, "HY000", "Generated column '%s' cannot refer to auto-increment column."),
  ER_ACCOUNT_HAS_BEEN_LOCKED(
      3118, "HY000", "Access denied for user '%-.48s'@'%-.64s'. Account is locked."),
  ER_FIELD_IN_GROUPING_NOT_GROUP_BY(
      3602, "HY000", "Argument #%u of GROUPING function is not in GROUP BY"),
  ER_WARN_UNSUPPORTED_MAX_EXECUTION_TIME(
      3125,
      "HY000",
      "MAX_EXECUTION_TIME hint is supported by top-level standalone SELECT statements only"),
  ER_WARN_CONFLICTING_HINT(3126, "HY000", "Hint %s is ignored as conflicting/duplicated"),
  ER_WARN_UNKNOWN_QB_NAME(3127, "HY000", "Query block name `%s` is not found for %s hint"),
  ER_UNRESOLVED_HINT_NAME(3128, "HY000", "Unresolved name %s for %s hint"),
  ER_WARN_INVALID_HINT(3614, "HY000", "Invalid number of arguments for hint %s"),
  ER_NOT_HINT_UPDATABLE_VARIABLE(3637, "HY000", "Variable '%s' cannot be set using SET_VAR hint."),
  ER_RESOURCE_GROUP_NOT_EXISTS(3651, "HY000", "Resource Group '%s' does not exist."),
  ER_INVALID_JSON_TEXT(
      3140, "22032", "Invalid JSON text: \"%s\" at position %u in value for column '%-.200s'."),
  ER_INVALID_JSON_TEXT_IN_PARAM(
      3141,
      "22032",
      "Invalid JSON text in argument %u to function %s: \"%s\" at position %u.%-.0s"),
  ER_INVALID_JSON_PATH(
      3143,
      "42000",
      "Invalid JSON path expression. The error is around character position %u.%-.200s"),
  ER_INVALID_JSON_CHARSET(
      3144, "22032", "Cannot create a JSON value from a string with CHARACTER SET '%s'."),
  ER_INVALID_TYPE_FOR_JSON(
      3146,
      "22032",
      "Invalid data type for JSON data in argument %u to function %s; a JSON string or JSON type is"
          + " required."),
  ER_INVALID_JSON_PATH_WILDCARD(
      3149,
      "42000",
      "In this situation, path expressions may not contain the * and ** tokens or an array range."),
  ER_JSON_USED_AS_KEY(
      3152,
      "42000",
      "JSON column '%-.192s' supports indexing only via generated columns on a specified JSON"
          + " path."),
  ER_JSON_VACUOUS_PATH(3153, "42000", "The path expression '%s' is not allowed in this context."),
  ER_JSON_BAD_ONE_OR_ALL_ARG(
      3154, "42000", "The oneOrAll argument to %s may take these values: 'one' or 'all'."),
  ER_INVALID_JSON_VALUE_FOR_CAST(
      3156, "22018", "Invalid JSON value for CAST to %s%-.0s from column %s at row %ld"),
  ER_JSON_DOCUMENT_TOO_DEEP(3157, "22032", "The JSON document exceeds the maximum depth."),
  ER_JSON_DOCUMENT_NULL_KEY(3158, "22032", "JSON documents may not contain NULL member names."),
  ER_SECURE_TRANSPORT_REQUIRED(
      3159,
      "HY000",
      "Connections using insecure transport are prohibited while --require_secure_transport=ON."),
  ER_USER_DOES_NOT_EXIST(3162, "HY000", "Authorization ID %s does not exist."),
  ER_USER_ALREADY_EXISTS(3163, "HY000", "Authorization ID %s already exists."),
  ER_INVALID_JSON_PATH_ARRAY_CELL(
      3165, "42000", "A path expression is not a path to a cell in an array."),
  ER_INVALID_DD_OBJECT_ID(3508, "HY000", "Dictionary object id (%lu) does not exist."),
  ER_INVALID_BITWISE_OPERANDS_SIZE(
      3513, "HY000", "Binary operands of bitwise operators must be of equal length"),
  ER_INVALID_BITWISE_AGGREGATE_OPERANDS_SIZE(
      3514, "HY000", "Binary operands of bitwise aggregate functions must be of equal length"),
  ER_PK_INDEX_CANT_BE_INVISIBLE(3522, "HY000", "A primary key index cannot be invisible"),
  ER_ROLE_NOT_GRANTED(3530, "HY000", "`%.64s`@`%.64s` is not granted to `%.64s`@`%.64s`"),
  ER_NO_SYSTEM_TABLE_ACCESS(3554, "HY000", "Access to %.64s '%.64s.%.64s' is rejected."),
  ER_NO_ACCESS_TO_NATIVE_FCT(3566, "HY000", "Access to native function '%s' is rejected."),
  ER_UNRESOLVED_TABLE_LOCK(3568, "HY000", "Unresolved table name %s in locking clause."),
  ER_DUPLICATE_TABLE_LOCK(3569, "HY000", "Table %s appears in multiple locking clauses."),
  ER_LOCK_NOWAIT(
      3572,
      "HY000",
      "Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set."),
  ER_CTE_RECURSIVE_REQUIRES_UNION(
      3573, "HY000", "Recursive Common Table Expression '%s' should contain a UNION"),
  ER_CTE_RECURSIVE_REQUIRES_NONRECURSIVE_FIRST(
      3574,
      "HY000",
      "Recursive Common Table Expression '%s' should have one or more non-recursive query blocks"
          + " followed by one or more recursive ones"),
  ER_CTE_RECURSIVE_FORBIDS_AGGREGATION(
      3575,
      "HY000",
      "Recursive Common Table Expression '%s' can contain neither aggregation nor window functions"
          + " in recursive query block"),
  ER_CTE_RECURSIVE_FORBIDDEN_JOIN_ORDER(
      3576,
      "HY000",
      "In recursive query block of Recursive Common Table Expression '%s', the recursive table must"
          + " neither be in the right argument of a LEFT JOIN, nor be forced to be non-first with"
          + " join order hints"),
  ER_CTE_RECURSIVE_REQUIRES_SINGLE_REFERENCE(
      3577,
      "HY000",
      "In recursive query block of Recursive Common Table Expression '%s', the recursive table must"
          + " be referenced only once, and not in any subquery"),
  ER_WINDOW_NO_SUCH_WINDOW(3579, "HY000", "Window name '%s' is not defined."),
  ER_WINDOW_CIRCULARITY_IN_WINDOW_GRAPH(
      3580, "HY000", "There is a circularity in the window dependency graph."),
  ER_WINDOW_NO_CHILD_PARTITIONING(
      3581, "HY000", "A window which depends on another cannot define partitioning."),
  ER_WINDOW_NO_INHERIT_FRAME(
      3582,
      "HY000",
      "Window '%s' has a frame definition, so cannot be referenced by another window."),
  ER_WINDOW_NO_REDEFINE_ORDER_BY(
      3583, "HY000", "Window '%s' cannot inherit '%s' since both contain an ORDER BY clause."),
  ER_WINDOW_FRAME_START_ILLEGAL(
      3584, "HY000", "Window '%s': frame start cannot be UNBOUNDED FOLLOWING."),
  ER_WINDOW_FRAME_END_ILLEGAL(
      3585, "HY000", "Window '%s': frame end cannot be UNBOUNDED PRECEDING."),
  ER_WINDOW_FRAME_ILLEGAL(
      3586, "HY000", "Window '%s': frame start or end is negative, NULL or of non-integral type"),
  ER_WINDOW_RANGE_FRAME_ORDER_TYPE(
      3587,
      "HY000",
      "Window '%s' with RANGE N PRECEDING/FOLLOWING frame requires exactly one ORDER BY expression,"
          + " of numeric or temporal type"),
  ER_WINDOW_RANGE_FRAME_TEMPORAL_TYPE(
      3588,
      "HY000",
      "Window '%s' with RANGE frame has ORDER BY expression of datetime type. Only INTERVAL bound"
          + " value allowed."),
  ER_WINDOW_RANGE_FRAME_NUMERIC_TYPE(
      3589,
      "HY000",
      "Window '%s' with RANGE frame has ORDER BY expression of numeric type, INTERVAL bound value"
          + " not allowed."),
  ER_WINDOW_DUPLICATE_NAME(3591, "HY000", "Window '%s' is defined twice."),
  ER_WINDOW_INVALID_WINDOW_FUNC_USE(
      3593, "HY000", "You cannot use the window function '%s' in this context.'"),
  ER_WINDOW_INVALID_WINDOW_FUNC_ALIAS_USE(
      3594,
      "HY000",
      "You cannot use the alias '%s' of an expression containing a window function in this"
          + " context.'"),
  ER_ILLEGAL_PRIVILEGE_LEVEL(3619, "HY000", "Illegal privilege level specified for %s"),
  ER_CTE_MAX_RECURSION_DEPTH(
      3636,
      "HY000",
      "Recursive query aborted after %u iterations. Try increasing @@cte_max_recursion_depth to a"
          + " larger value."),
  ER_CREDENTIALS_CONTRADICT_TO_HISTORY(
      3638,
      "HY000",
      "Cannot use these credentials for '%.*s@%.*s' because they contradict the password history"
          + " policy"),
  ER_MISSING_JSON_TABLE_VALUE(3665, "22035", "Missing value for JSON_TABLE column '%s'"),
  ER_WRONG_JSON_TABLE_VALUE(
      3666, "2203F", "Can't store an array or an object in the scalar JSON_TABLE column '%s'"),
  ER_TF_MUST_HAVE_ALIAS(3667, "42000", "Every table function must have an alias"),
  ER_TF_FORBIDDEN_JOIN_TYPE(
      3668, "HY000", "INNER or LEFT JOIN must be used for LATERAL references made by '%.192s'"),
  ER_JT_VALUE_OUT_OF_RANGE(3669, "22003", "Value is out of range for JSON_TABLE's column '%.192s'"),
  ER_DISK_FULL_NOWAIT(3675, "HY000", "Create table/tablespace '%-.192s' failed, as disk is full"),
  ER_REGEXP_BUFFER_OVERFLOW(3684, "HY000", "The result string is larger than the result buffer."),
  ER_REGEXP_ILLEGAL_ARGUMENT(3685, "HY000", "Illegal argument to a regular expression."),
  ER_REGEXP_INDEX_OUTOFBOUNDS_ERROR(
      3686, "HY000", "Index out of bounds in regular expression search."),
  ER_REGEXP_INTERNAL_ERROR(3687, "HY000", "Internal error in the regular expression library."),
  ER_REGEXP_RULE_SYNTAX(
      3688, "HY000", "Syntax error in regular expression on line %u, character %u."),
  ER_REGEXP_BAD_ESCAPE_SEQUENCE(
      3689, "HY000", "Unrecognized escape sequence in regular expression."),
  ER_REGEXP_UNIMPLEMENTED(
      3690,
      "HY000",
      "The regular expression contains a feature that is not implemented in this library version."),
  ER_REGEXP_MISMATCHED_PAREN(3691, "HY000", "Mismatched parenthesis in regular expression."),
  ER_REGEXP_BAD_INTERVAL(3692, "HY000", "Incorrect description of a {min,max} interval."),
  ER_REGEXP_MAX_LT_MIN(
      3693, "HY000", "The maximum is less than the minumum in a {min,max} interval."),
  ER_REGEXP_INVALID_BACK_REF(3694, "HY000", "Invalid back-reference in regular expression."),
  ER_REGEXP_LOOK_BEHIND_LIMIT(
      3695, "HY000", "The look-behind assertion exceeds the limit in regular expression."),
  ER_REGEXP_MISSING_CLOSE_BRACKET(
      3696, "HY000", "The regular expression contains an unclosed bracket expression."),
  ER_REGEXP_INVALID_RANGE(
      3697,
      "HY000",
      "The regular expression contains an [x-y] character range where x comes after y."),
  ER_REGEXP_STACK_OVERFLOW(3698, "HY000", "Overflow in the regular expression backtrack stack."),
  ER_REGEXP_TIME_OUT(3699, "HY000", "Timeout exceeded in regular expression match."),
  ER_REGEXP_PATTERN_TOO_BIG(
      3700, "HY000", "The regular expression pattern exceeds limits on size or complexity."),
  ER_SRS_MISSING_MANDATORY_ATTRIBUTE(3708, "SR006", "Missing mandatory attribute %s."),
  ER_DEPRECATED_UTF8_ALIAS(
      3719,
      "HY000",
      "'utf8' is currently an alias for the character set UTF8MB3, but will be an alias for UTF8MB4"
          + " in a future release. Please consider using UTF8MB4 in order to be unambiguous."),
  ER_SPATIAL_UNIQUE_INDEX(3728, "HY000", "Spatial indexes can't be primary or unique indexes."),
  ER_FK_CANNOT_DROP_PARENT(
      3730,
      "HY000",
      "Cannot drop table '%s' referenced by a foreign key constraint '%s' on table '%s'."),
  ER_TABLE_WITHOUT_PK(
      3750,
      "HY000",
      "Unable to create or change a table without a primary key, when the system variable"
          + " 'sql_require_primary_key' is set. Add a primary key to the table or unset this"
          + " variable to avoid this message. Note that tables without a primary key can cause"
          + " performance problems in row-based replication, so please consult your DBA before"
          + " changing this setting."),
  ER_FUNCTIONAL_INDEX_ON_JSON_OR_GEOMETRY_FUNCTION(
      3753,
      "42000",
      "Cannot create a functional index on a function that returns a JSON or GEOMETRY value."),
  ER_FUNCTIONAL_INDEX_REF_AUTO_INCREMENT(
      3754, "HY000", "Functional index '%s' cannot refer to an auto-increment column."),
  ER_FUNCTIONAL_INDEX_PRIMARY_KEY(3756, "HY000", "The primary key cannot be a functional index"),
  ER_FUNCTIONAL_INDEX_ON_LOB(
      3757,
      "HY000",
      "Cannot create a functional index on an expression that returns a BLOB or TEXT. Please"
          + " consider using CAST."),
  ER_FUNCTIONAL_INDEX_FUNCTION_IS_NOT_ALLOWED(
      3758, "HY000", "Expression of functional index '%s' contains a disallowed function."),
  ER_FULLTEXT_FUNCTIONAL_INDEX(3759, "HY000", "Fulltext functional index is not supported."),
  ER_SPATIAL_FUNCTIONAL_INDEX(3760, "HY000", "Spatial functional index is not supported."),
  ER_FUNCTIONAL_INDEX_ON_FIELD(
      3762,
      "HY000",
      "Functional index on a column is not supported. Consider using a regular index instead."),
  ER_GENERATED_COLUMN_NAMED_FUNCTION_IS_NOT_ALLOWED(
      3763, "HY000", "Expression of generated column '%s' contains a disallowed function: %s."),
  ER_DEFAULT_VAL_GENERATED_NAMED_FUNCTION_IS_NOT_ALLOWED(
      3770, "HY000", "Default value expression of column '%s' contains a disallowed function: %s."),
  ER_DEFAULT_AS_VAL_GENERATED(
      3773, "HY000", "DEFAULT function cannot be used with default value expressions"),
  ER_WARN_DEPRECATED_UTF8MB3_COLLATION(
      3778,
      "HY000",
      "'%-.64s' is a collation of the deprecated character set UTF8MB3. Please consider using"
          + " UTF8MB4 with an appropriate collation instead."),
  ER_FK_INCOMPATIBLE_COLUMNS(
      3780,
      "HY000",
      "Referencing column '%s' and referenced column '%s' in foreign key constraint '%s' are"
          + " incompatible."),
  ER_COLUMN_CHECK_CONSTRAINT_REFERENCES_OTHER_COLUMN(
      3813, "HY000", "Column check constraint '%-.192s' references other column."),
  ER_CHECK_CONSTRAINT_NAMED_FUNCTION_IS_NOT_ALLOWED(
      3814,
      "HY000",
      "An expression of a check constraint '%-.192s' contains disallowed function: %s."),
  ER_CHECK_CONSTRAINT_FUNCTION_IS_NOT_ALLOWED(
      3815, "HY000", "An expression of a check constraint '%-.192s' contains disallowed function."),
  ER_CHECK_CONSTRAINT_VIOLATED(3819, "HY000", "Check constraint '%-.192s' is violated."),
  ER_CHECK_CONSTRAINT_REFERS_UNKNOWN_COLUMN(
      3820, "HY000", "Check constraint '%-.192s' refers to non-existing column '%-.192s'."),
  ER_CHECK_CONSTRAINT_NOT_FOUND(
      3821, "HY000", "Check constraint '%-.192s' is not found in the table."),
  ER_CHECK_CONSTRAINT_DUP_NAME(3822, "HY000", "Duplicate check constraint name '%-.192s'."),
  ER_DEPENDENT_BY_FUNCTIONAL_INDEX(
      3837,
      "HY000",
      "Column '%s' has a functional index dependency and cannot be dropped or renamed."),
  ER_INVALID_JSON_TYPE(
      3853, "22032", "Invalid JSON type in argument %u to function %s; an %s is required."),
  ER_CANNOT_CONVERT_STRING(3854, "HY000", "Cannot convert string '%.64s' from %s to %s"),
  ER_DEPENDENT_BY_PARTITION_FUNC(
      3855,
      "HY000",
      "Column '%s' has a partitioning function dependency and cannot be dropped or renamed."),
  ER_INVALID_JSON_VALUE_FOR_FUNC_INDEX(
      3903, "22018", "Invalid JSON value for CAST for functional index '%-.64s'."),
  ER_WRONG_COMPRESSION_ALGORITHM_CLIENT(3922, "HY000", "Invalid compression algorithm '%.192s'."),
  ER_CONSTRAINT_NOT_FOUND(3940, "HY000", "Constraint '%-.192s' does not exist."),
  ER_ALTER_CONSTRAINT_ENFORCEMENT_NOT_SUPPORTED(
      3941,
      "HY000",
      "Altering constraint enforcement is not supported for the constraint '%-.192s'. Enforcement"
          + " state alter is not supported for the PRIMARY, UNIQUE and FOREIGN KEY type"
          + " constraints."),
  ER_TABLE_VALUE_CONSTRUCTOR_MUST_HAVE_COLUMNS(
      3942,
      "HY000",
      "Each row of a VALUES clause must have at least one column, unless when used as source in an"
          + " INSERT statement."),
  ER_DA_INVALID_CONDITION_NUMBER(1758, "35000", "Invalid condition number"),
  ER_GET_STACKED_DA_WITHOUT_ACTIVE_HANDLER(
      3004, "0Z002", "GET STACKED DIAGNOSTICS when handler not active"),
  ER_FLUSH_MASTER_BINLOG_CLOSED(1186, "HY000", "Binlog closed, cannot RESET BINARY LOGS AND GTIDS"),
  ER_REPLICA_CHANNEL_DOES_NOT_EXIST(3074, "HY000", "Replica channel '%-.192s' does not exist."),
  ER_FOREIGN_SERVER_DOESNT_EXIST(
      1477,
      "HY000",
      "The foreign server name you are trying to reference does not exist. Data source error:  %s"),
  ER_WARN_LEGACY_SYNTAX_CONVERTED(
      3005, "HY000", "%s is no longer supported. The statement was converted to %s."),
  ER_WRONG_FK_OPTION_FOR_GENERATED_COLUMN(
      3104, "HY000", "Cannot define foreign key with %s clause on a generated column."),
  ER_TABLESPACE_MISSING_WITH_NAME(3510, "HY000", "Tablespace %s doesn't exist."),
  ER_SRS_NOT_FOUND(3519, "SR001", "There's no spatial reference system with SRID %s."),
  ER_SRS_NOT_FOUND_ON_DROP(3548, "SR001", "There's no spatial reference system with SRID %s."),
  ER_FEATURE_UNSUPPORTED(3658, "HY000", "Feature %s is unsupported (%s)."),
  ER_FK_CANNOT_USE_VIRTUAL_COLUMN(
      3733, "HY000", "Foreign key '%s' uses virtual column '%s' which is not supported."),
  ER_SECONDARY_ENGINE(3889, "HY000", "Secondary engine operation failed. %s"),
  ER_VAR_DOES_NOT_EXIST(3615, "HY000", "Variable %s does not exist in persisted config file"),
  ER_LOAD_FROM_FIXED_SIZE_ROWS_TO_VAR(
      1409, "HY000", "Can't load value from file with fixed size rows to variable"),
  ER_CLIENT_LOCAL_FILES_DISABLED(
      3948,
      "42000",
      "Loading local data is disabled; this must be enabled on both the client and server sides"),
  ER_MULTIPLE_INTO_CLAUSES(3953, "HY000", "Multiple INTO clauses in one query block."),
  ER_MISPLACED_INTO(
      3954,
      "HY000",
      "Misplaced INTO clause, INTO is not allowed inside subqueries, and must be placed at end of"
          + " UNION clauses."),
  ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK(
      3955,
      "HY000",
      "Access denied for user '%-.48s'@'%-.64s'. Account is blocked for %s day(s) (%s day(s)"
          + " remaining) due to %u consecutive failed logins."),
  ER_MISSING_JSON_VALUE(3966, "22035", "No value was found by '%.192s' on the specified path."),
  ER_MULTIPLE_JSON_VALUES(
      3967, "22034", "More than one value was found by '%.192s' on the specified path."),
  ER_IMPOSSIBLE_STRING_CONVERSION(
      3988, "HY000", "Conversion from collation %s into %s impossible for %s"),
  ER_CHARACTER_SET_MISMATCH(
      3995, "HY000", "Character set '%s' cannot be used in conjunction with '%s' in call to %s."),
  ER_TABLE_MUST_HAVE_A_VISIBLE_COLUMN(
      4028, "HY000", "A table must have at least one visible column."),
  ER_CLIENT_INTERACTION_TIMEOUT(
      4031,
      "HY000",
      "The client was disconnected by the server because of inactivity. See wait_timeout and"
          + " interactive_timeout for configuring this behavior."),
  ER_CANNOT_PURGE_BINLOG_WITH_BACKUP_LOCK(
      4085,
      "HY000",
      "Could not purge binary logs since another session is executing LOCK INSTANCE FOR BACKUP."
          + " Wait for that session to release the lock."),
  ER_XA_TEMP_TABLE(
      4091,
      "HY000",
      "XA: Temporary tables cannot be accessed inside XA transactions when"
          + " xa_detach_on_prepare=ON"),
  ER_USER_LOCK_OVERLONG_NAME(
      4163, "42000", "User-level lock name '%-.192s' should not exceed %d characters."),
  ER_EXPLAIN_INTO_IMPLICIT_FORMAT_NOT_SUPPORTED(
      6006, "0A000", "EXPLAIN INTO does not support implicit FORMAT."),
  ER_EXPLAIN_INTO_FORMAT_NOT_SUPPORTED(6007, "0A000", "EXPLAIN INTO does not support FORMAT=%s."),
  ER_EXPLAIN_INTO_FOR_CONNECTION_NOT_SUPPORTED(
      6009, "0A000", "EXPLAIN FOR CONNECTION does not support the INTO clause."),
  ER_FK_NO_UNIQUE_INDEX_PARENT(
      6125,
      "HY000",
      "Failed to add the foreign key constraint. Missing unique key for constraint '%s' in the"
          + " referenced table '%s'");

  private final int number;
  private final String sqlState;
  private final String template;

  MySqlError(int number, String sqlState, String template) {
    this.number = number;
    this.sqlState = sqlState;
    this.template = template;
  }

  /** The SQLSTATE that goes with a number: HY000 for numbers of others. */
  public static String sqlStateOf(int number) {
    return SqlStates.BY_NUMBER.getOrDefault(number, "HY000");
  }

  /** Made when the first is asked for. */
  private static final class SqlStates {
    static final Map<Integer, String> BY_NUMBER = new HashMap<>();

    static {
      for (MySqlError error : values()) {
        BY_NUMBER.putIfAbsent(error.number, error.sqlState);
      }
    }
  }

  /** The number that clients see, as in {@code ERROR 1064}. */
  public int number() {
    return number;
  }

  /** The five characters of the SQLSTATE. */
  public String sqlState() {
    return sqlState;
  }

  /** MySQL's message template. */
  public String template() {
    return template;
  }

  /** The message with its directives replaced by {@code arguments}, in order. */
  public String format(Object... arguments) {
    return MessageFormatter.format(template, arguments);
  }

  /** The exception that carries this error to the client. */
  public DatabaseException exception(Object... arguments) {
    return new DatabaseException(this, format(arguments));
  }
}
