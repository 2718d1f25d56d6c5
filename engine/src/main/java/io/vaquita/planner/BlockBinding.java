package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.ExpressionSyntax.ColumnReference;
import io.vaquita.parser.syntax.QuerySyntax.SelectItem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One query block while it is bound: what names mean in it now, which depends on the clause being bound. Blocks of subqueries point to
 * the block around them. Confined to one thread.
 */
final class BlockBinding {
  final StatementBinding statement;
  final @Nullable BlockBinding outer;
  final CommonTables commonTables;
  final int number;

  /** Grows while FROM is bound (for LATERAL), then stays. */
  Scope scope = Scope.EMPTY;

  BlockHints hints = BlockHints.NONE;

  /** The clause being bound. */
  Clause clause = Clause.FIELD_LIST;

  /** Set once the block is known to be grouped: names then mean columns of groups, except inside aggregates. */
  @Nullable GroupingBinding grouping;

  @Nullable WindowBinding windows;

  /** The text position that 1055 and 1140 name: the item of the list being bound, from 1. */
  int item;

  /** Above 0: inside an aggregate's arguments, which are over the rows before grouping. */
  int aggregateDepth;

  /** Inside the arguments of a window function, where another one is an error. */
  boolean insideWindowFunction;

  /** The select list's named items, for GROUP BY, HAVING and ORDER BY; empty before the select list is bound. */
  List<Alias> aliases = List.of();

  /** Slots of blocks outside that this block or blocks inside it read. */
  final BitSet outerSlots = new BitSet();

  /** False once it calls RAND() and the like. */
  boolean isCacheable = true;

  /** Extra names, such as {@code new} in INSERT … AS new, or VALUES(). */
  Map<String, ScopeTable> extraTables = Map.of();

  BlockBinding(
      StatementBinding statement,
      @Nullable BlockBinding outer,
      CommonTables commonTables,
      int number) {
    this.statement = statement;
    this.outer = outer;
    this.commonTables = commonTables;
    this.number = number;
  }

  /** A select item that later clauses may name: by its alias, or by its column's name. */
  record Alias(String name, Expression expression, SelectItem item) {}

  /** Names mean columns of groups here. */
  boolean isGrouped() {
    return grouping != null && grouping.isActive() && aggregateDepth == 0;
  }

  Expression resolve(ColumnReference reference) {
    Expression own = resolveHere(reference);
    if (own != null) {
      return own;
    }
    List<BlockBinding> crossed = new ArrayList<>();
    crossed.add(this);
    for (BlockBinding block = outer; block != null; block = block.outer) {
      Expression found = block.resolveFromInside(reference, clause);
      if (found != null) {
        BitSet slots = SlotSets.of(found, statement);
        for (BlockBinding inner : crossed) {
          inner.outerSlots.or(slots);
        }
        return found;
      }
      crossed.add(block);
    }
    throw MySqlError.ER_BAD_FIELD_ERROR.exception(asWritten(reference), clause.text());
  }

  private @Nullable Expression resolveHere(ColumnReference reference) {
    if (clause == Clause.HAVING && aggregateDepth == 0) {
      Expression alias = findAlias(reference);
      if (alias != null && windows != null && windows.isRead(alias)) {
        throw MySqlError.ER_WINDOW_INVALID_WINDOW_FUNC_ALIAS_USE.exception(reference.column());
      }
      return alias != null ? alias : resolveGroupColumn(reference);
    }
    Expression column = resolveColumn(reference, clause);
    if (column != null) {
      return column;
    }
    return clause == Clause.ORDER && aggregateDepth == 0 ? findAlias(reference) : null;
  }

  private @Nullable Expression resolveFromInside(ColumnReference reference, Clause innerClause) {
    if (clause == Clause.HAVING && aggregateDepth == 0) {
      return resolveHere(reference);
    }
    Expression column = resolveColumn(reference, innerClause);
    return column != null || clause != Clause.ORDER ? column : findAlias(reference);
  }

  /** A column of FROM; where the block is grouped, as the group gives it. */
  private @Nullable Expression resolveColumn(ColumnReference reference, Clause where) {
    Scope.Column column =
        scope.find(reference.schema(), reference.table(), reference.column(), where);
    if (column == null) {
      return null;
    }
    Expression bound = column.table().expression(column.column(), statement);
    if (!isGrouped()) {
      return bound;
    }
    return grouping().column(bound, column, this);
  }

  private GroupingBinding grouping() {
    GroupingBinding g = grouping;
    if (g == null) {
      throw new IllegalStateException("not grouped");
    }
    return g;
  }

  /** In HAVING: a column that GROUP BY names though the select list does not. */
  private @Nullable Expression resolveGroupColumn(ColumnReference reference) {
    Scope.Column column =
        scope.find(reference.schema(), reference.table(), reference.column(), clause);
    if (column == null) {
      return null;
    }
    Expression bound = column.table().expression(column.column(), statement);
    if (grouping != null) {
      Expression group = grouping.groupValue(bound);
      if (group != null) {
        return group;
      }
    }
    for (Alias alias : aliases) {
      if (alias.expression() instanceof ColumnExpression
          && Same.expression(alias.expression(), bound)) {
        return alias.expression();
      }
    }
    return null;
  }

  /** A select item by its alias or by the column that it is; 1052 when several different ones fit. */
  @Nullable Expression findAlias(ColumnReference reference) {
    Alias found = null;
    for (Alias alias : aliases) {
      if (!names(alias, reference)) {
        continue;
      }
      if (found != null && !Same.expression(found.expression(), alias.expression())) {
        throw MySqlError.ER_NON_UNIQ_ERROR.exception(reference.column(), clause.text());
      }
      if (found == null) {
        found = alias;
      }
    }
    return found == null ? null : found.expression();
  }

  static boolean names(Alias alias, ColumnReference reference) {
    if (!alias.name().equalsIgnoreCase(reference.column())) {
      return false;
    }
    if (reference.table() == null) {
      return true;
    }
    return alias.item().alias() == null
        && alias.item().expression() instanceof ColumnReference c
        && (c.table() == null || c.table().equals(reference.table()));
  }

  static String asWritten(ColumnReference r) {
    String name = r.column();
    if (r.table() != null) {
      name = r.table() + "." + name;
    }
    return r.schema() == null ? name : r.schema() + "." + name;
  }
}
