package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.Comparison;
import io.vaquita.expression.operator.ComparisonOperator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which columns have one value a group: those grouped by, those that equalities tie to them or to constants, and all columns of a
 * table one of whose unique keys is among them. Confined to one thread.
 */
final class FunctionalDependence {
  private final StatementBinding statement;
  private final List<Source.Table> tables = new ArrayList<>();
  private final List<Comparison> equalities = new ArrayList<>();

  /** Expressions that are known to be determined. */
  private final List<Expression> known;

  private final BitSet knownTables = new BitSet();

  FunctionalDependence(
      StatementBinding statement, JoinTree from, List<Expression> where, List<Expression> groupBy) {
    this.statement = statement;
    this.known = new ArrayList<>(groupBy);
    where.forEach(this::addEquality);
    collect(from);
    while (grow()) {
      // until nothing new follows
    }
  }

  private void collect(JoinTree tree) {
    switch (tree) {
      case JoinTree.Leaf(Source.Table t) -> tables.add(t);
      case JoinTree.Leaf ignored -> {}
      case JoinTree.Filtered f -> {
        f.conditions().forEach(this::addEquality);
        collect(f.tree());
      }
      case JoinTree.Join j -> {
        j.conditions().forEach(this::addEquality);
        collect(j.left());
        collect(j.right());
      }
    }
  }

  private void addEquality(Expression condition) {
    if (condition instanceof Comparison c && c.operator() == ComparisonOperator.EQUAL) {
      equalities.add(c);
    }
  }

  private boolean grow() {
    boolean grown = false;
    for (Comparison c : equalities) {
      grown |= follow(c.left(), c.right());
      grown |= follow(c.right(), c.left());
    }
    for (Source.Table t : tables) {
      if (!knownTables.get(t.slot) && hasKnownKey(t)) {
        knownTables.set(t.slot);
        grown = true;
      }
    }
    return grown;
  }

  private boolean follow(Expression from, Expression to) {
    if (to instanceof ColumnExpression && !determines(to) && determines(from)) {
      known.add(to);
      return true;
    }
    return false;
  }

  private boolean hasKnownKey(Source.Table t) {
    for (IndexDefinition index : t.table.indexes()) {
      if (index.unique() && !index.parts().isEmpty() && isKnown(t, index)) {
        return true;
      }
    }
    return false;
  }

  private boolean isKnown(Source.Table t, IndexDefinition index) {
    for (IndexDefinition.Part part : index.parts()) {
      if (part.prefixLength() > 0
          || t.table.columns().get(part.column()).nullable()
          || !isKnownColumn(t.table, t.slot, part.column())) {
        return false;
      }
    }
    return true;
  }

  private boolean isKnownColumn(TableDefinition table, int slot, int column) {
    for (Expression e : known) {
      if (e instanceof ColumnExpression c && c.slot() == slot && c.column() == column) {
        return true;
      }
    }
    return table.columns().isEmpty();
  }

  boolean determines(Expression e) {
    for (Expression k : known) {
      if (Same.expression(k, e)) {
        return true;
      }
    }
    if (e instanceof ColumnExpression c) {
      return knownTables.get(c.slot());
    }
    if (SlotSets.of(e, statement).isEmpty()) {
      return true;
    }
    if (e.children().isEmpty()) {
      return false;
    }
    for (Expression child : e.children()) {
      if (!determines(child)) {
        return false;
      }
    }
    return true;
  }
}
