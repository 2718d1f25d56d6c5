package io.vaquita.planner;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.Expression;
import io.vaquita.expression.operator.ComparisonOperator;
import io.vaquita.expression.operator.Operators;
import io.vaquita.parser.syntax.QuerySyntax.Locking;
import io.vaquita.parser.syntax.TableName;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.parser.syntax.TableReference.JoinKind;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import io.vaquita.planner.physical.RowLocking;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Binds FROM: builds the join tree and the scope that the other clauses see. Confined to one thread. */
final class FromBinder {
  final BlockBinding block;
  final ExpressionBinder expressions;
  private final RelationBinder relations;

  FromBinder(BlockBinding block, ExpressionBinder expressions) {
    this.block = block;
    this.expressions = expressions;
    this.relations = new RelationBinder(this);
  }

  /** A part of FROM: how it is joined, and what it lets names see. */
  record Part(JoinTree tree, Scope scope) {}

  /** Binds the whole clause and leaves its scope in the block. */
  JoinTree bind(TableReference from) {
    Part part = bind(from, false, Scope.EMPTY);
    block.scope = part.scope();
    return part.tree();
  }

  /** The base tables named directly in this clause, merged views included. */
  List<Source.Table> tables() {
    return relations.tables();
  }

  /** What rows changed through the views of this clause must meet. */
  List<ViewCheck> viewChecks() {
    return relations.viewChecks();
  }

  /** ORDER BY of a derived table that makes up the whole clause. */
  List<SortKey> mergedOrderBy() {
    return relations.mergedOrderBy();
  }

  /**
   * @param nullable on the inner side of an outer join: columns may be NULL
   * @param before what LATERAL sees: the tables to the left
   */
  Part bind(TableReference reference, boolean nullable, Scope before) {
    return switch (reference) {
      case TableReference.NamedTable t -> relations.named(t, nullable);
      case TableReference.DerivedTable d -> relations.derived(d, nullable, before);
      case TableReference.JsonTable j -> relations.json(j, nullable, before);
      case TableReference.Join j -> join(j, nullable, before);
    };
  }

  private Part join(TableReference.Join j, boolean nullable, Scope before) {
    boolean isRight = j.kind() == JoinKind.RIGHT;
    boolean isLeft = j.kind() == JoinKind.LEFT;
    Part left = bind(j.left(), nullable || isRight, before);
    Part right = bind(j.right(), nullable || isLeft, sideBySide(before, left.scope()));
    Scope scope = Scope.join(left.scope(), right.scope());
    List<Expression> conditions = new ArrayList<>();
    if (j.natural() || !j.using().isEmpty()) {
      scope = merge(j, left.scope(), right.scope(), scope, conditions);
    }
    if (j.on() != null) {
      Scope outside = block.scope;
      block.scope = scope;
      conditions.addAll(expressions.bindCondition(j.on(), Clause.ON));
      block.scope = outside;
    }
    JoinTree tree =
        switch (j.kind()) {
          case LEFT ->
              new JoinTree.Join(JoinTree.Kind.LEFT, left.tree(), right.tree(), conditions, false);
          case RIGHT ->
              new JoinTree.Join(JoinTree.Kind.LEFT, right.tree(), left.tree(), conditions, false);
          case STRAIGHT ->
              new JoinTree.Join(JoinTree.Kind.INNER, left.tree(), right.tree(), conditions, true);
          case INNER, CROSS ->
              new JoinTree.Join(JoinTree.Kind.INNER, left.tree(), right.tree(), conditions, false);
        };
    return new Part(tree, scope);
  }

  private static Scope sideBySide(Scope before, Scope left) {
    if (before.tables().isEmpty()) {
      return left;
    }
    List<ScopeTable> tables = new ArrayList<>(before.tables());
    tables.addAll(left.tables());
    return new Scope(tables, null);
  }

  /** NATURAL and USING: adds the equalities and puts the common columns first, once each. */
  private Scope merge(
      TableReference.Join j, Scope left, Scope right, Scope both, List<Expression> conditions) {
    List<Scope.Column> lefts = left.visible();
    List<Scope.Column> rights = right.visible();
    List<Scope.Column> merged = new ArrayList<>();
    List<Scope.Column> used = new ArrayList<>();
    for (Scope.Column l : lefts) {
      if (!isCommon(j, l, rights) || l.table().isHidden(l.column())) {
        continue;
      }
      Scope.Column r = only(rights, l.name());
      only(lefts, l.name());
      conditions.add(
          Operators.compare(
              ComparisonOperator.EQUAL,
              l.table().expression(l.column(), block.statement),
              r.table().expression(r.column(), block.statement),
              expressions.settings));
      merged.add(j.kind() == JoinKind.RIGHT ? r : l);
      used.add(l);
      used.add(r);
    }
    for (String name : j.using()) {
      if (merged.stream().noneMatch(c -> c.name().equalsIgnoreCase(name))) {
        throw MySqlError.ER_BAD_FIELD_ERROR.exception(name, "from clause");
      }
    }
    for (Scope.Column c : lefts) {
      if (!used.contains(c)) {
        merged.add(c);
      }
    }
    for (Scope.Column c : rights) {
      if (!used.contains(c)) {
        merged.add(c);
      }
    }
    return both.withColumns(merged);
  }

  private static boolean isCommon(
      TableReference.Join j, Scope.Column column, List<Scope.Column> others) {
    if (j.natural()) {
      for (Scope.Column o : others) {
        if (o.name().equalsIgnoreCase(column.name()) && !o.table().isHidden(o.column())) {
          return true;
        }
      }
      return false;
    }
    for (String name : j.using()) {
      if (name.equalsIgnoreCase(column.name())) {
        return true;
      }
    }
    return false;
  }

  private static Scope.Column only(List<Scope.Column> columns, String name) {
    Scope.Column found = null;
    for (Scope.Column c : columns) {
      if (c.name().equalsIgnoreCase(name)) {
        if (found != null) {
          throw MySqlError.ER_NON_UNIQ_ERROR.exception(name, "from clause");
        }
        found = c;
      }
    }
    if (found == null) {
      throw MySqlError.ER_BAD_FIELD_ERROR.exception(name, "from clause");
    }
    return found;
  }

  /** FOR UPDATE and FOR SHARE: which tables are read with which locks. */
  void lock(List<Locking> clauses) {
    Set<Source.Table> locked = new HashSet<>();
    for (Locking clause : clauses) {
      RowLocking locking =
          new RowLocking(
              clause.exclusive() ? RowLocking.Mode.EXCLUSIVE : RowLocking.Mode.SHARED,
              clause.noWait()
                  ? RowLocking.Wait.NOWAIT
                  : clause.skipLocked() ? RowLocking.Wait.SKIP_LOCKED : RowLocking.Wait.WAIT);
      if (clause.of().isEmpty()) {
        tables().forEach(t -> lock(t, locking, locked, t.alias));
      }
      for (TableName name : clause.of()) {
        lockOne(name, locking, locked);
      }
    }
  }

  /** FOR UPDATE announces a writer: its metadata lock is an UPDATE's, and a READ ONLY transaction refuses it. */
  private void lock(
      Source.Table table, RowLocking locking, Set<Source.Table> locked, String shown) {
    if (!locked.add(table)) {
      throw MySqlError.ER_DUPLICATE_TABLE_LOCK.exception(shown);
    }
    table.locking = locking;
    if (locking.mode() == RowLocking.Mode.EXCLUSIVE) {
      relations.useForUpdate(table.table);
    }
  }

  private void lockOne(TableName name, RowLocking locking, Set<Source.Table> locked) {
    for (Source.Table t : tables()) {
      if (t.alias.equals(name.name())
          && (name.schema() == null || name.schema().equals(t.table.schema()))) {
        lock(t, locking, locked, "`" + t.alias + "`");
        return;
      }
    }
    throw MySqlError.ER_UNRESOLVED_TABLE_LOCK.exception("`" + name.name() + "`");
  }
}
