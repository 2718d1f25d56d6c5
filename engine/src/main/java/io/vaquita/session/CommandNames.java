package io.vaquita.session;

import io.vaquita.parser.syntax.AccountStatement;
import io.vaquita.parser.syntax.DataStatement;
import io.vaquita.parser.syntax.DefinitionStatement;
import io.vaquita.parser.syntax.ProgramStatement;
import io.vaquita.parser.syntax.SessionStatement;
import io.vaquita.parser.syntax.ShowStatement;
import io.vaquita.parser.syntax.StatementSyntax;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableStatement;
import io.vaquita.parser.syntax.TransactionStatement;
import io.vaquita.parser.syntax.ViewStatement;
import io.vaquita.planner.physical.PhysicalNode;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import java.util.Locale;

/** Which Com_ variable counts a statement. Stateless. */
final class CommandNames {
  /** Not counted by kind. */
  static final int NONE = -1;

  private CommandNames() {}

  /** The place in {@link StatusCounters}, or {@link #NONE}. */
  static int of(StatementSyntax statement) {
    String name = name(statement);
    return name.isEmpty() ? NONE : StatusCounters.place(name);
  }

  static int of(Plan plan) {
    return switch (plan) {
      case QueryPlan query -> StatusCounters.SELECT;
      case Plan.InsertPlan insert -> {
        boolean values = insert.source() instanceof PhysicalNode.ValuesScan;
        yield insert.replace()
            ? values ? StatusCounters.REPLACE : StatusCounters.REPLACE_SELECT
            : values ? StatusCounters.INSERT : StatusCounters.INSERT_SELECT;
      }
      case Plan.UpdatePlan update ->
          update.targets().size() > 1 ? StatusCounters.UPDATE_MULTI : StatusCounters.UPDATE;
      case Plan.DeletePlan delete ->
          delete.targets().size() > 1 ? StatusCounters.DELETE_MULTI : StatusCounters.DELETE;
    };
  }

  private static String name(StatementSyntax statement) {
    return switch (statement) {
      case DataStatement data -> data(data);
      case TransactionStatement transaction -> transaction(transaction);
      case SessionStatement session -> session(session);
      case ShowStatement show -> show(show);
      case AccountStatement account -> account(account);
      case ProgramStatement program -> program(program);
      case TableStatement table -> table(table);
      case ViewStatement.DefineView define -> "create_view";
      case ViewStatement.DropViews drop -> "drop_view";
      case DefinitionStatement.CreateSchema create -> "create_db";
      case DefinitionStatement.AlterSchema alter -> "alter_db";
      case DefinitionStatement.DropSchema drop -> "drop_db";
    };
  }

  private static String data(DataStatement statement) {
    return switch (statement) {
      case DataStatement.SelectStatement select -> "select";
      case DataStatement.InsertStatement i ->
          (i.replace() ? "replace" : "insert") + (i.query() == null ? "" : "_select");
      case DataStatement.UpdateStatement u ->
          u.table() instanceof TableReference.NamedTable ? "update" : "update_multi";
      case DataStatement.DeleteStatement d -> d.targets().isEmpty() ? "delete" : "delete_multi";
      case DataStatement.LoadDataStatement load -> "load";
      case DataStatement.DoStatement d -> "do";
      case DataStatement.ExplainStatement e ->
          e.statement() instanceof DataStatement explained ? data(explained) : "";
      case DataStatement.ExplainConnection e -> "explain_other";
    };
  }

  private static String transaction(TransactionStatement statement) {
    return switch (statement) {
      case TransactionStatement.Begin begin -> "begin";
      case TransactionStatement.Commit commit -> "commit";
      case TransactionStatement.Rollback rollback -> "rollback";
      case TransactionStatement.Savepoint savepoint -> "savepoint";
      case TransactionStatement.RollbackToSavepoint rollback -> "rollback_to_savepoint";
      case TransactionStatement.ReleaseSavepoint release -> "release_savepoint";
      case TransactionStatement.Xa xa ->
          switch (xa.action()) {
            case START -> "xa_start";
            case END -> "xa_end";
            case PREPARE -> "xa_prepare";
            case COMMIT -> "xa_commit";
            case ROLLBACK -> "xa_rollback";
            case RECOVER -> "xa_recover";
          };
    };
  }

  private static String session(SessionStatement statement) {
    return switch (statement) {
      case TransactionStatement transaction -> transaction(transaction);
      case SessionStatement.Use use -> "change_db";
      case SessionStatement.SetStatement set -> "set_option";
      case SessionStatement.LockTables lock -> "lock_tables";
      case SessionStatement.UnlockTables unlock -> "unlock_tables";
      case SessionStatement.LockInstance lock -> "lock_instance";
      case SessionStatement.UnlockInstance unlock -> "unlock_instance";
      case SessionStatement.Flush flush -> "flush";
      case SessionStatement.Reset reset -> "reset";
      case SessionStatement.Kill kill -> "kill";
      case SessionStatement.Prepare prepare -> "prepare_sql";
      case SessionStatement.Execute execute -> "execute_sql";
      case SessionStatement.Deallocate deallocate -> "dealloc_sql";
      case SessionStatement.Call call -> "call_procedure";
      case SessionStatement.HandlerStatement handler ->
          "ha_" + handler.action().name().toLowerCase(Locale.ROOT);
      case SessionStatement.Help help -> "help";
      case SessionStatement.Shutdown shutdown -> shutdown.restart() ? "restart" : "shutdown";
      case SessionStatement.CloneLocal clone -> "clone";
      case SessionStatement.Signal signal -> signal.resignal() ? "resignal" : "signal";
      case SessionStatement.GetDiagnostics get -> "get_diagnostics";
      case SessionStatement.Binlog binlog -> "binlog";
    };
  }

  private static String show(ShowStatement statement) {
    return switch (statement) {
      case ShowStatement.ShowDatabases s -> "show_databases";
      case ShowStatement.ShowTables s -> "show_tables";
      case ShowStatement.ShowColumns s -> "show_fields";
      case ShowStatement.ShowIndexes s -> "show_keys";
      case ShowStatement.ShowTableStatus s -> "show_table_status";
      case ShowStatement.ShowOpenTables s -> "show_open_tables";
      case ShowStatement.ShowTriggers s -> "show_triggers";
      case ShowStatement.ShowEvents s -> "show_events";
      case ShowStatement.ShowRoutines s ->
          s.procedures() ? "show_procedure_status" : "show_function_status";
      case ShowStatement.ShowRoutineCode s ->
          s.procedure() ? "show_procedure_code" : "show_function_code";
      case ShowStatement.ShowVariables s -> "show_variables";
      case ShowStatement.ShowStatus s -> "show_status";
      case ShowStatement.ShowDiagnostics s -> s.errorsOnly() ? "show_errors" : "show_warnings";
      case ShowStatement.ShowDiagnosticsCount s -> s.errorsOnly() ? "show_errors" : "show_warnings";
      case ShowStatement.ShowProcessList s -> "show_processlist";
      case ShowStatement.ShowEngine s ->
          switch (s.what().toUpperCase(Locale.ROOT)) {
            case "LOGS" -> "show_engine_logs";
            case "MUTEX" -> "show_engine_mutex";
            default -> "show_engine_status";
          };
      case ShowStatement.ShowCreate s ->
          switch (s.kind()) {
            case TABLE, VIEW -> "show_create_table";
            case PROCEDURE -> "show_create_proc";
            case FUNCTION -> "show_create_func";
            case TRIGGER -> "show_create_trigger";
            case EVENT -> "show_create_event";
          };
      case ShowStatement.ShowCreateDatabase s -> "show_create_db";
      case ShowStatement.ShowCreateUser s -> "show_create_user";
      case ShowStatement.ShowGrants s -> "show_grants";
      case ShowStatement.ShowCharacterSets s -> "show_charsets";
      case ShowStatement.ShowCollations s -> "show_collations";
      case ShowStatement.ShowPlain s ->
          switch (s.what()) {
            case ENGINES -> "show_storage_engines";
            case PLUGINS -> "show_plugins";
            case PRIVILEGES -> "show_privileges";
            case PROFILES -> "show_profiles";
            case BINARY_LOG_STATUS -> "show_binary_log_status";
            case BINARY_LOGS -> "show_binlogs";
            case REPLICAS -> "show_replicas";
          };
      case ShowStatement.ShowReplicaStatus s -> "show_replica_status";
      case ShowStatement.ShowLogEvents s ->
          s.relay() ? "show_relaylog_events" : "show_binlog_events";
      case ShowStatement.ShowProfile s -> "show_profile";
    };
  }

  private static String account(AccountStatement statement) {
    return switch (statement) {
      case AccountStatement.CreateUsers s -> "create_user";
      case AccountStatement.AlterUsers s -> "alter_user";
      case AccountStatement.DropUsers s -> "drop_user";
      case AccountStatement.RenameUsers s -> "rename_user";
      case AccountStatement.CreateRoles s -> "create_role";
      case AccountStatement.DropRoles s -> "drop_role";
      case AccountStatement.SetDefaultRole s -> "alter_user_default_role";
      case AccountStatement.SetRole s -> "set_role";
      case AccountStatement.SetPassword s -> "set_password";
      case AccountStatement.Grant s -> "grant";
      case AccountStatement.GrantProxy s -> "grant";
      case AccountStatement.GrantRoles s -> "grant_roles";
      case AccountStatement.Revoke s -> "revoke";
      case AccountStatement.RevokeProxy s -> "revoke";
      case AccountStatement.RevokeAll s -> "revoke_all";
      case AccountStatement.RevokeRoles s -> "revoke_roles";
    };
  }

  private static String program(ProgramStatement statement) {
    return switch (statement) {
      case ProgramStatement.CreateProgram s -> "create_" + s.kind().name().toLowerCase(Locale.ROOT);
      case ProgramStatement.AlterProgram s -> "alter_" + s.kind().name().toLowerCase(Locale.ROOT);
      case ProgramStatement.DropProgram s -> "drop_" + s.kind().name().toLowerCase(Locale.ROOT);
      case ProgramStatement.Unsupported s -> "";
    };
  }

  private static String table(TableStatement statement) {
    return switch (statement) {
      case TableStatement.CreateTable s -> "create_table";
      case TableStatement.CreateTableLike s -> "create_table";
      case TableStatement.AlterTable s -> "alter_table";
      case TableStatement.DropTables s -> "drop_table";
      case TableStatement.RenameTables s -> "rename_table";
      case TableStatement.TruncateTable s -> "truncate";
      case TableStatement.CreateIndex s -> "create_index";
      case TableStatement.DropIndex s -> "drop_index";
      case TableStatement.MaintainTables s -> s.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
