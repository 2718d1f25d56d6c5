package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query expression: SELECT, VALUES, TABLE, or a set operation over them. Immutable. */
public sealed interface QuerySyntax {
  With with();

  List<OrderItem> orderBy();

  @Nullable Limit limit();

  /** WITH [RECURSIVE]; no tables: no clause. */
  record With(boolean recursive, List<CommonTable> tables) {
    public static final With NONE = new With(false, List.of());
  }

  record CommonTable(String name, List<String> columns, QuerySyntax query) {}

  record OrderItem(ExpressionSyntax expression, boolean descending) {}

  /** Both are literals or parameters. */
  record Limit(ExpressionSyntax count, @Nullable ExpressionSyntax offset) {}

  /**
   * One item of the select list.
   *
   * @param text the source text, which names the column when there is no alias
   */
  record SelectItem(ExpressionSyntax expression, @Nullable String alias, String text)
      implements SelectElement {}

  /** {@code *}, {@code t.*}, {@code s.t.*}. */
  record Star(@Nullable String schema, @Nullable String table) implements SelectElement {}

  sealed interface SelectElement permits SelectItem, Star {}

  record NamedWindow(String name, WindowSyntax window) {}

  /** FOR UPDATE / FOR SHARE (LOCK IN SHARE MODE). */
  record Locking(boolean exclusive, List<TableName> of, boolean noWait, boolean skipLocked) {}

  /** Where INTO sends the rows. */
  sealed interface Into {
    /** User variables ({@code @x}); stored-program variables once those exist. */
    record Variables(List<String> names) implements Into {}

    record OutFile(String file, boolean dump, FileFormat format) implements Into {}
  }

  /**
   * One query block.
   *
   * @param options DISTINCT, SQL_CALC_FOUND_ROWS, STRAIGHT_JOIN, SQL_NO_CACHE … in upper case
   * @param from null for SELECT without FROM and FROM DUAL
   * @param hints the block as hints know it; null where no text made it
   */
  record Select(
      With with,
      List<String> options,
      @Nullable HintedBlock hints,
      List<SelectElement> elements,
      @Nullable TableReference from,
      @Nullable ExpressionSyntax where,
      List<OrderItem> groupBy,
      boolean rollup,
      @Nullable ExpressionSyntax having,
      List<NamedWindow> windows,
      List<OrderItem> orderBy,
      @Nullable Limit limit,
      List<Locking> locking,
      @Nullable Into into)
      implements QuerySyntax {
    /** {@code SELECT elements [FROM from] [WHERE where]} and nothing else, as statements of other kinds are put. */
    public static Select of(
        List<SelectElement> elements,
        @Nullable TableReference from,
        @Nullable ExpressionSyntax where) {
      return new Select(
          With.NONE, List.of(), null, elements, from, where, List.of(), false, null, List.of(),
          List.of(), null, List.of(), null);
    }

    public boolean isDistinct() {
      return options.contains("DISTINCT");
    }
  }

  /** VALUES ROW(…), ROW(…). */
  record Values(
      With with, List<List<ExpressionSyntax>> rows, List<OrderItem> orderBy, @Nullable Limit limit)
      implements QuerySyntax {}

  /** TABLE t. */
  record Table(With with, TableName table, List<OrderItem> orderBy, @Nullable Limit limit)
      implements QuerySyntax {}

  /** Set operators. */
  enum SetOperator {
    UNION,
    INTERSECT,
    EXCEPT
  }

  /**
   * {@code left UNION [ALL] right}; chains lean to the left, INTERSECT binds tighter. An INTO at the end of the whole stands in its
   * rightmost {@link Select}.
   */
  record SetOperation(
      With with,
      SetOperator operator,
      boolean all,
      QuerySyntax left,
      QuerySyntax right,
      List<OrderItem> orderBy,
      @Nullable Limit limit)
      implements QuerySyntax {}
}
