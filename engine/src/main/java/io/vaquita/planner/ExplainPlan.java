package io.vaquita.planner;

import io.vaquita.planner.physical.Measures;
import io.vaquita.planner.physical.Plan;
import io.vaquita.planner.physical.QueryPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN shows of a plan that {@link Planner#planForExplain} made. Stateless. */
public final class ExplainPlan {
  /** The columns of the traditional form. */
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "select_type",
          "table",
          "partitions",
          "type",
          "possible_keys",
          "key",
          "key_len",
          "ref",
          "rows",
          "filtered",
          "Extra");

  private ExplainPlan() {}

  /** A line of the traditional form. */
  public record Row(
      @Nullable Long id,
      String selectType,
      @Nullable String table,
      @Nullable String type,
      @Nullable String possibleKeys,
      @Nullable String key,
      @Nullable String keyLength,
      @Nullable String ref,
      @Nullable Long rows,
      @Nullable Double filtered,
      @Nullable String extra) {
    /** The values as text in the order of {@link #COLUMNS}; null for NULL. */
    public List<@Nullable String> texts() {
      return java.util.Arrays.asList(
          id == null ? null : id.toString(),
          selectType,
          table,
          null,
          type,
          possibleKeys,
          key,
          keyLength,
          ref,
          rows == null ? null : rows.toString(),
          filtered == null ? null : String.format(java.util.Locale.ROOT, "%.2f", filtered),
          extra);
    }
  }

  /** FORMAT=TRADITIONAL. */
  public static List<Row> rows(Plan plan) {
    return new ExplainRows(plan).rows();
  }

  /** FORMAT=TREE: the text of its one row. */
  public static String tree(Plan plan) {
    return new ExplainTree(plan, null).text();
  }

  /** EXPLAIN ANALYZE: the tree, with what was measured while it ran. */
  public static String analyzed(Plan plan, Measures measures) {
    return new ExplainTree(plan, measures).text();
  }

  /** FORMAT=JSON, the layout of explain_json_format_version 1. */
  public static String json(Plan plan) {
    return new ExplainJson(plan).text();
  }

  /** The statement's own first line in the tree, or null for a query. */
  static @Nullable String headline(Plan plan) {
    return switch (plan) {
      case QueryPlan ignored -> null;
      case Plan.InsertPlan i -> (i.replace() ? "Replace into " : "Insert into ") + i.table().name();
      case Plan.UpdatePlan u ->
          "Update " + String.join(", ", u.targets().stream().map(t -> t.table().name()).toList());
      case Plan.DeletePlan d ->
          "Delete from "
              + String.join(", ", d.targets().stream().map(t -> t.table().name()).toList());
    };
  }
}
