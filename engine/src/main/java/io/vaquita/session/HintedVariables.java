package io.vaquita.session;

import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.error.WarningSink;
import io.vaquita.parser.syntax.OptimizerHint;
import io.vaquita.parser.syntax.StatementHints;
import io.vaquita.session.variable.SessionVariables;
import io.vaquita.session.variable.SystemVariable;
import io.vaquita.session.variable.SystemVariables;
import io.vaquita.session.variable.VariableValues;
import io.vaquita.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The session's variables as SET_VAR hints set them for one statement, and as they were before. Confined to the session's thread.
 *
 * <p>A hint that cannot be followed is worth a warning; the statement runs.
 */
final class HintedVariables {
  /** What MySQL's manual marks with "SET_VAR Hint Applies: Yes". */
  private static final Set<String> HINTABLE =
      Set.of(
          """
          auto_increment_increment auto_increment_offset big_tables bulk_insert_buffer_size \
          cte_max_recursion_depth default_tmp_storage_engine div_precision_increment \
          end_markers_in_json eq_range_index_dive_limit foreign_key_checks group_concat_max_len \
          insert_id internal_tmp_mem_storage_engine join_buffer_size lock_wait_timeout \
          max_error_count max_execution_time max_heap_table_size max_join_size \
          max_length_for_sort_data max_points_in_geometry max_seeks_for_key max_sort_length \
          operator_memory_size optimizer_prune_level optimizer_search_depth optimizer_switch \
          range_alloc_block_size range_optimizer_max_mem_size read_buffer_size \
          read_rnd_buffer_size secondary_engine_cost_threshold select_into_buffer_size \
          set_operations_buffer_size sort_buffer_size sql_auto_is_null sql_big_selects \
          sql_buffer_result sql_mode sql_require_primary_key sql_safe_updates sql_select_limit \
          time_zone timestamp tmp_table_size unique_checks updatable_views_with_limit \
          use_secondary_engine windowing_use_high_precision xa_detach_on_prepare"""
              .split(" "));

  private record Saved(SystemVariable variable, Value value) {}

  private final EngineSession session;
  private final List<Saved> saved = new ArrayList<>(0);
  private double timestamp;

  HintedVariables(EngineSession session) {
    this.session = session;
  }

  /** Warns of what the parser found, then sets the variables until {@link #restore}. */
  void begin(StatementHints hints) {
    if (hints.isEmpty()) {
      return;
    }
    for (StatementHints.Notice notice : hints.notices()) {
      session.context().warn(notice.error(), notice.arguments().toArray());
    }
    set(hints.settings());
  }

  private void set(List<OptimizerHint> settings) {
    Set<String> seen = new HashSet<>();
    for (OptimizerHint hint : settings) {
      String name = hint.arguments().getFirst().toLowerCase(Locale.ROOT);
      SystemVariable variable = SystemVariables.find(name);
      if (variable == null) {
        session
            .context()
            .warn(
                MySqlError.ER_UNRESOLVED_HINT_NAME,
                "'" + hint.arguments().getFirst() + "'",
                "SET_VAR");
      } else if (!HINTABLE.contains(name)) {
        session.context().warn(MySqlError.ER_NOT_HINT_UPDATABLE_VARIABLE, name);
      } else if (!seen.add(name)) {
        session
            .context()
            .warn(
                MySqlError.ER_WARN_CONFLICTING_HINT,
                "SET_VAR(" + hint.arguments().get(0) + "=" + shown(hint) + ") ");
      } else {
        set(variable, hint);
      }
    }
  }

  private String shown(OptimizerHint hint) {
    Value value = value(hint);
    return value instanceof Value.StringValue
        ? hint.arguments().get(1)
        : VariableValues.text(value);
  }

  private Value value(OptimizerHint hint) {
    return session.evaluate(Objects.requireNonNull(hint.value()));
  }

  private void set(SystemVariable variable, OptimizerHint hint) {
    SessionVariables variables = session.variables();
    try {
      Value given = value(hint);
      if (variable.name().equals("time_zone")
          && SessionVariables.zone(VariableValues.text(given)) == null) {
        throw MySqlError.ER_UNKNOWN_TIME_ZONE.exception(VariableValues.text(given));
      }
      Value value =
          VariableValues.convert(variable, given, variables.get(variable), session.diagnostics());
      if (saved.isEmpty()) {
        timestamp = session.fixedTimestamp();
      }
      saved.add(new Saved(variable, variables.get(variable)));
      variables.set(variable, value);
      session.variablesChanged();
      if (variable.name().equals("timestamp") && value instanceof Value.DoubleValue d) {
        session.fixTimestamp(d.value());
        session.context().takeTime();
      }
    } catch (DatabaseException e) {
      session.context().warn(WarningSink.Level.WARNING, e.number(), e.message());
    }
  }

  /** As it was before the statement. */
  void restore() {
    if (saved.isEmpty()) {
      return;
    }
    for (int i = saved.size() - 1; i >= 0; i--) {
      session.variables().set(saved.get(i).variable(), saved.get(i).value());
    }
    saved.clear();
    session.fixTimestamp(timestamp);
    session.variablesChanged();
  }
}
