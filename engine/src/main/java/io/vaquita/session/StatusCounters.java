package io.vaquita.session;

import io.vaquita.executor.RowCounters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one session has done, for SHOW STATUS: statements by kind, and what they read and wrote. Written by the session's thread alone and
 * read by any, as {@link RowCounters}; {@link StatusTotals} sums the sessions.
 */
final class StatusCounters {
  /** MySQL 8.4's Com_ variables, without the prefix. */
  private static final List<String> COMMANDS =
      List.of(
          """
          admin_commands assign_to_keycache alter_db alter_event alter_function alter_instance \
          alter_procedure alter_resource_group alter_server alter_table alter_tablespace \
          alter_user alter_user_default_role analyze begin binlog call_procedure change_db \
          change_repl_filter change_replication_source check checksum clone commit create_db \
          create_event create_function create_index create_procedure create_role create_server \
          create_table create_resource_group create_trigger create_udf create_user create_view \
          create_spatial_reference_system dealloc_sql delete delete_multi do drop_db drop_event \
          drop_function drop_index drop_procedure drop_resource_group drop_role drop_server \
          drop_spatial_reference_system drop_table drop_trigger drop_user drop_view empty_query \
          execute_sql explain_other flush get_diagnostics grant grant_roles ha_close ha_open \
          ha_read help import insert insert_select install_component install_plugin kill load \
          lock_instance lock_tables optimize preload_keys prepare_sql purge purge_before_date \
          release_savepoint rename_table rename_user repair replace replace_select reset resignal \
          restart revoke revoke_all revoke_roles rollback rollback_to_savepoint savepoint select \
          set_option set_password set_resource_group set_role signal show_binlog_events \
          show_binlogs show_charsets show_collations show_create_db show_create_event \
          show_create_func show_create_proc show_create_table show_create_trigger show_databases \
          show_engine_logs show_engine_mutex show_engine_status show_events show_errors \
          show_fields show_function_code show_function_status show_grants show_keys \
          show_binary_log_status show_open_tables show_plugins show_privileges \
          show_procedure_code show_procedure_status show_processlist show_profile show_profiles \
          show_relaylog_events show_replicas show_replica_status show_status \
          show_storage_engines show_table_status show_tables show_triggers show_variables \
          show_warnings show_create_user shutdown replica_start replica_stop \
          group_replication_start group_replication_stop stmt_execute stmt_close stmt_fetch \
          stmt_prepare stmt_reset stmt_send_long_data truncate uninstall_component \
          uninstall_plugin unlock_instance unlock_tables update update_multi xa_commit xa_end \
          xa_prepare xa_recover xa_rollback xa_start stmt_reprepare"""
              .split(" "));

  private static final List<String> OTHERS =
      List.of(
          """
          Questions Slow_queries Handler_commit Handler_delete Handler_discover \
          Handler_external_lock Handler_mrr_init Handler_prepare Handler_read_first \
          Handler_read_key Handler_read_last Handler_read_next Handler_read_prev Handler_read_rnd \
          Handler_read_rnd_next Handler_rollback Handler_savepoint Handler_savepoint_rollback \
          Handler_update Handler_write Select_full_join Select_full_range_join Select_range \
          Select_range_check Select_scan Sort_merge_passes Sort_range Sort_rows Sort_scan \
          Created_tmp_disk_tables Created_tmp_files Created_tmp_tables"""
              .split(" "));

  private static final Map<String, Integer> PLACES = new HashMap<>();

  static {
    for (int i = 0; i < COMMANDS.size(); i++) {
      PLACES.put(COMMANDS.get(i), i);
    }
  }

  static final int COUNT = COMMANDS.size() + OTHERS.size();
  static final int QUESTIONS = COMMANDS.size();
  static final int SELECT = place("select");
  static final int INSERT = place("insert");
  static final int INSERT_SELECT = place("insert_select");
  static final int REPLACE = place("replace");
  static final int REPLACE_SELECT = place("replace_select");
  static final int UPDATE = place("update");
  static final int UPDATE_MULTI = place("update_multi");
  static final int DELETE = place("delete");
  static final int DELETE_MULTI = place("delete_multi");
  static final int STMT_PREPARE = place("stmt_prepare");
  static final int STMT_EXECUTE = place("stmt_execute");
  static final int STMT_CLOSE = place("stmt_close");

  final RowCounters rows = new RowCounters();
  long questions;
  long slowQueries;
  double lastQueryCost;
  private final long[] commands = new long[COMMANDS.size()];

  /** What FLUSH STATUS took as the new beginning, written by any thread; null: the session's own. */
  private volatile long @Nullable [] start;

  /** The number of a Com_ variable. */
  static int place(String command) {
    Integer place = PLACES.get(command);
    if (place == null) {
      throw new IllegalArgumentException(command);
    }
    return place;
  }

  void command(int place) {
    commands[place]++;
  }

  /** All counts since the session began, in the order of {@link #show}. */
  long[] values() {
    long[] values = new long[COUNT];
    System.arraycopy(commands, 0, values, 0, commands.length);
    RowCounters r = rows;
    long[] others = {
      questions,
      slowQueries,
      r.committed,
      r.deleted,
      0,
      0,
      0,
      0,
      r.readFirst,
      r.readKey,
      r.readLast,
      r.readNext,
      r.readPrevious,
      0,
      r.readRandomNext,
      r.rolledBack,
      r.savepoints,
      r.rolledBackToSavepoint,
      r.updated,
      r.written,
      r.fullJoins,
      r.fullRangeJoins,
      r.ranges,
      0,
      r.scans,
      r.sortMerges,
      0,
      r.sortedRows,
      r.sorts,
      r.sortMerges,
      r.temporaryFiles,
      r.temporaryTables
    };
    System.arraycopy(others, 0, values, commands.length, others.length);
    return values;
  }

  /** What the session itself is shown: the counts since the last FLUSH STATUS. */
  long[] sinceFlush() {
    long[] values = values();
    long[] from = start;
    for (int i = 0; from != null && i < COUNT; i++) {
      values[i] -= from[i];
    }
    return values;
  }

  void flush() {
    start = values();
  }

  static void show(long[] values, BiConsumer<String, String> out) {
    for (int i = 0; i < COUNT; i++) {
      int other = i - COMMANDS.size();
      String name = other < 0 ? "Com_" + COMMANDS.get(i) : OTHERS.get(other);
      out.accept(name, Long.toString(values[i]));
    }
  }
}
