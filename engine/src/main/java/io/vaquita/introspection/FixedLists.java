package io.vaquita.introspection;

import java.util.List;

/** Rows and headings of SHOW statements that hang on nothing. A table of data. Immutable. */
final class FixedLists {
  /** SHOW PRIVILEGES: name, context, comment. */
  static final List<String> PRIVILEGES =
      List.of(
          "Alter|Tables|To alter the table",
          "Alter routine|Functions,Procedures|To alter or drop stored functions/procedures",
          "Create|Databases,Tables,Indexes|To create new databases and tables",
          "Create routine|Databases|To use CREATE FUNCTION/PROCEDURE",
          "Create role|Server Admin|To create new roles",
          "Create temporary tables|Databases|To use CREATE TEMPORARY TABLE",
          "Create view|Tables|To create new views",
          "Create user|Server Admin|To create new users",
          "Delete|Tables|To delete existing rows",
          "Drop|Databases,Tables|To drop databases, tables, and views",
          "Drop role|Server Admin|To drop roles",
          "Event|Server Admin|To create, alter, drop and execute events",
          "Execute|Functions,Procedures|To execute stored routines",
          "File|File access on server|To read and write files on the server",
          "Grant option|Databases,Tables,Functions,Procedures|To give to other users those"
              + " privileges you possess",
          "Index|Tables|To create or drop indexes",
          "Insert|Tables|To insert data into tables",
          "Lock tables|Databases|To use LOCK TABLES (together with SELECT privilege)",
          "Process|Server Admin|To view the plain text of currently executing queries",
          "Proxy|Server Admin|To make proxy user possible",
          "References|Databases,Tables|To have references on tables",
          "Reload|Server Admin|To reload or refresh tables, logs and privileges",
          "Replication client|Server Admin|To ask where the slave or master servers are",
          "Replication slave|Server Admin|To read binary log events from the master",
          "Select|Tables|To retrieve rows from table",
          "Show databases|Server Admin|To see all databases with SHOW DATABASES",
          "Show view|Tables|To see views with SHOW CREATE VIEW",
          "Shutdown|Server Admin|To shut down the server",
          "Super|Server Admin|To use KILL thread, SET GLOBAL, CHANGE REPLICATION SOURCE, etc.",
          "Trigger|Tables|To use triggers",
          "Create tablespace|Server Admin|To create/alter/drop tablespaces",
          "Update|Tables|To update existing rows",
          "Usage|Server Admin|No privileges - allow connect only");

  /** The headings of SHOW REPLICA STATUS. */
  static final List<String> REPLICA_STATUS =
      List.of(
          ("Replica_IO_State Source_Host Source_User Source_Port Connect_Retry Source_Log_File"
                  + " Read_Source_Log_Pos Relay_Log_File Relay_Log_Pos Relay_Source_Log_File"
                  + " Replica_IO_Running Replica_SQL_Running Replicate_Do_DB Replicate_Ignore_DB"
                  + " Replicate_Do_Table Replicate_Ignore_Table Replicate_Wild_Do_Table"
                  + " Replicate_Wild_Ignore_Table Last_Errno Last_Error Skip_Counter"
                  + " Exec_Source_Log_Pos Relay_Log_Space Until_Condition Until_Log_File Until_Log_Pos"
                  + " Source_SSL_Allowed Source_SSL_CA_File Source_SSL_CA_Path Source_SSL_Cert"
                  + " Source_SSL_Cipher Source_SSL_Key Seconds_Behind_Source"
                  + " Source_SSL_Verify_Server_Cert Last_IO_Errno Last_IO_Error Last_SQL_Errno"
                  + " Last_SQL_Error Replicate_Ignore_Server_Ids Source_Server_Id Source_UUID"
                  + " Source_Info_File SQL_Delay SQL_Remaining_Delay Replica_SQL_Running_State"
                  + " Source_Retry_Count Source_Bind Last_IO_Error_Timestamp Last_SQL_Error_Timestamp"
                  + " Source_SSL_Crl Source_SSL_Crlpath Retrieved_Gtid_Set Executed_Gtid_Set"
                  + " Auto_Position Replicate_Rewrite_DB Channel_Name Source_TLS_Version"
                  + " Source_public_key_path Get_Source_public_key Network_Namespace")
              .split(" "));

  private FixedLists() {}
}
