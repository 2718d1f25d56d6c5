package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.catalog.ViewDefinition;
import io.vaquita.catalog.VirtualTable;
import io.vaquita.error.DatabaseException;
import io.vaquita.error.MySqlError;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.parser.syntax.QuerySyntax;
import io.vaquita.parser.syntax.QuerySyntax.Select;
import io.vaquita.parser.syntax.TableReference;
import io.vaquita.planner.FromBinder.Part;
import io.vaquita.planner.physical.OutputColumn;
import io.vaquita.planner.physical.PhysicalNode.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds the leaves of FROM: base tables, views, common tables, derived tables, JSON_TABLE. Confined to one thread. */
final class RelationBinder {
  private static final int VIEW_DEPTH_MAX = 32;

  private final FromBinder from;
  private final BlockBinding block;
  private final StatementBinding statement;
  private final List<Source.Table> tables = new ArrayList<>();
  private List<SortKey> mergedOrderBy = List.of();
  private final List<ViewCheck> viewChecks = new ArrayList<>();
  private int leaves;

  RelationBinder(FromBinder from) {
    this.from = from;
    this.block = from.block;
    this.statement = from.block.statement;
  }

  List<Source.Table> tables() {
    return tables;
  }

  List<ViewCheck> viewChecks() {
    return viewChecks;
  }

  List<SortKey> mergedOrderBy() {
    return leaves == 1 ? mergedOrderBy : List.of();
  }

  /** The table is read with exclusive row locks. */
  void useForUpdate(TableDefinition table) {
    statement.use(table, true);
  }

  Part named(TableReference.NamedTable t, boolean nullable) {
    leaves++;
    if (t.name().schema() == null) {
      CommonTables.Entry common = block.commonTables.find(t.name().name());
      if (common != null) {
        return common(common, t.alias() == null ? t.name().name() : t.alias(), nullable);
      }
    }
    Relation relation = Relations.find(t.name(), statement);
    String alias = t.alias() == null ? relation.name() : t.alias();
    if (!t.partitions().isEmpty()) {
      throw MySqlError.ER_PARTITION_CLAUSE_ON_NONPARTITIONED.exception();
    }
    statement.use(relation, false);
    return switch (relation) {
      case TableDefinition table -> base(table, alias, t.indexHints(), nullable);
      case VirtualTable virtual -> virtual(virtual, alias, nullable);
      case ViewDefinition view -> view(view, alias, nullable);
    };
  }

  private Part base(
      TableDefinition table, String alias, List<TableReference.IndexHint> hints, boolean nullable) {
    if (statement.isForbiddenHere(table, block)) {
      throw MySqlError.ER_UPDATE_TABLE_USED.exception(alias);
    }
    for (TableReference.IndexHint hint : hints) {
      for (String name : hint.indexes()) {
        IndexDefinition index = table.index(name);
        if (index == null || !index.visible()) {
          throw MySqlError.ER_KEY_DOES_NOT_EXITS.exception(name, alias);
        }
      }
    }
    int slot = statement.newSlot(block.number, alias);
    Source.Table source =
        new Source.Table(slot, table, alias, block.hints.indexHints(alias, hints));
    source.locking = statement.readLocking();
    statement.noteRead(table);
    tables.add(source);
    return new Part(
        new JoinTree.Leaf(source),
        Scope.of(
            new ScopeTable.Stored(
                alias,
                table.schema(),
                table.name(),
                slot,
                table.columns(),
                new ColumnFlags(table),
                nullable)));
  }

  private Part virtual(VirtualTable table, String alias, boolean nullable) {
    int slot = statement.newSlot(block.number, alias);
    return new Part(
        new JoinTree.Leaf(new Source.Virtual(slot, table)),
        Scope.of(
            new ScopeTable.Stored(
                alias,
                table.schema(),
                table.name(),
                slot,
                table.columns(),
                new ColumnFlags(null),
                nullable)));
  }

  private Part view(ViewDefinition view, String alias, boolean nullable) {
    if (statement.viewDepth() > VIEW_DEPTH_MAX) {
      throw MySqlError.ER_VIEW_RECURSIVE.exception(view.schema(), view.name());
    }
    statement.enterView();
    try {
      QuerySyntax query = StoredSql.query(view.sql());
      Part part =
          withOrigin(
              view,
              nested(
                  query,
                  alias,
                  view.schema(),
                  view.columnNames(),
                  nullable,
                  null,
                  CommonTables.NONE,
                  !view.algorithm().equalsIgnoreCase("TEMPTABLE")));
      viewChecks.addAll(ViewCheck.of(view, part.tree()));
      return part;
    } catch (DatabaseException e) {
      throw isAboutNames(e) ? MySqlError.ER_VIEW_INVALID.exception(view.schema(), view.name()) : e;
    } finally {
      statement.leaveView();
    }
  }

  /** To clients a view's columns come from the view, whatever they stand for. */
  private static Part withOrigin(ViewDefinition view, Part part) {
    if (!(part.scope().tables().getFirst() instanceof ScopeTable.Derived d)) {
      return part;
    }
    List<OutputColumn> columns = new ArrayList<>();
    for (OutputColumn c : d.columns()) {
      columns.add(
          new OutputColumn(
              c.expression(),
              c.name(),
              c.name(),
              d.alias(),
              view.name(),
              view.schema(),
              c.flags()));
    }
    return new Part(part.tree(), Scope.of(new ScopeTable.Derived(d.alias(), d.schema(), columns)));
  }

  private static boolean isAboutNames(DatabaseException e) {
    return Set.of(1146, 1054, 1049, 1305, 1356).contains(e.number());
  }

  Part derived(TableReference.DerivedTable d, boolean nullable, Scope before) {
    leaves++;
    String alias = d.alias();
    if (alias == null) {
      throw MySqlError.ER_DERIVED_MUST_HAVE_ALIAS.exception();
    }
    if (!d.lateral()) {
      return nested(
          d.query(), alias, null, d.columns(), nullable, block.outer, block.commonTables, true);
    }
    Scope outside = block.scope;
    block.scope = before;
    try {
      return nested(
          d.query(), alias, null, d.columns(), nullable, block, block.commonTables, false);
    } finally {
      block.scope = outside;
    }
  }

  /** A query as a table: merged into this block where that keeps the meaning, otherwise materialized. */
  private Part nested(
      QuerySyntax query,
      String alias,
      @Nullable String schema,
      List<String> names,
      boolean nullable,
      @Nullable BlockBinding outer,
      CommonTables commonTables,
      boolean mayMerge) {
    SyntaxTraits.refuseInto(query);
    if (mayMerge
        && !block.hints.forbidsMerge(alias)
        && !statement.mustMaterialize(block)
        && query instanceof Select s
        && Mergeable.isMergeable(s)) {
      Part merged = merge(s, alias, schema, names, nullable, outer, commonTables);
      if (merged != null) {
        return merged;
      }
    }
    QueryBinder binder = new QueryBinder(statement, outer, "DERIVED", false);
    boolean wasDerived = statement.enterDerived();
    BoundQuery bound = binder.bind(query, commonTables);
    statement.leaveDerived(wasDerived);
    BitSet dependsOn = (BitSet) binder.outerSlots().clone();
    block.outerSlots.or(outsideOf(block, dependsOn, outer));
    int inputSlot = statement.newSlot(block.number, alias);
    return materialized(
        alias,
        schema,
        new CommonTables.Shared(
            inputSlot,
            statement.newMaterialization(),
            bound,
            named(bound.outputs(), names),
            dependsOn),
        nullable);
  }

  /** What a nested query reads of blocks further out is read by this block too; what LATERAL reads of this block is not. */
  private static BitSet outsideOf(
      BlockBinding block, BitSet dependsOn, @Nullable BlockBinding outer) {
    if (outer != block) {
      return dependsOn;
    }
    BitSet outside = (BitSet) dependsOn.clone();
    for (ScopeTable t : block.scope.tables()) {
      for (int i = 0; i < t.size(); i++) {
        SlotSets.of(t.expression(i, block.statement), block.statement).stream()
            .forEach(outside::clear);
      }
    }
    return outside;
  }

  private Part materialized(
      String alias, @Nullable String schema, CommonTables.Shared shared, boolean nullable) {
    int slot = statement.newSlot(block.number, alias);
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < shared.columns().size(); i++) {
      OutputColumn c = shared.columns().get(i);
      Expression e = c.expression();
      columns.add(
          new OutputColumn(
              ColumnExpression.of(
                  slot,
                  i,
                  e.type(),
                  nullable || e.isNullable(),
                  "`" + alias + "`.`" + c.name() + "`"),
              c.name(),
              c.originalName(),
              alias,
              c.originalTable(),
              c.schema(),
              c.flags()
                  & ~(ColumnFlags.PRIMARY_KEY
                      | ColumnFlags.UNIQUE_KEY
                      | ColumnFlags.MULTIPLE_KEY
                      | ColumnFlags.PART_OF_KEY
                      | ColumnFlags.AUTO_INCREMENT)));
    }
    Source source =
        new Source.Derived(
            slot,
            alias,
            shared.inputSlot(),
            shared.materialization(),
            shared.query(),
            shared.dependsOn());
    return new Part(
        new JoinTree.Leaf(source), Scope.of(new ScopeTable.Derived(alias, schema, columns)));
  }

  /** Null when the nested query turned out to need rows of its own. */
  private @Nullable Part merge(
      Select s,
      String alias,
      @Nullable String schema,
      List<String> names,
      boolean nullable,
      @Nullable BlockBinding outer,
      CommonTables commonTables) {
    if (nullable && !Mergeable.hasOnlyColumns(s)) {
      return null;
    }
    BlockBinding inner =
        new BlockBinding(
            statement, outer, QueryBinder.declare(s.with(), commonTables, outer), block.number);
    inner.hints = BlockHints.of(s.hints());
    ExpressionBinder expressions = new ExpressionBinder(inner);
    FromBinder nestedFrom = new FromBinder(inner, expressions);
    Part part = nestedFrom.bind(java.util.Objects.requireNonNull(s.from()), nullable, Scope.EMPTY);
    inner.scope = part.scope();
    statement.hintNames.bound(s.hints(), inner.scope, nestedFrom.tables());
    nestedFrom.lock(s.locking());
    List<Expression> where = expressions.bindCondition(s.where(), Clause.WHERE);
    OutputBinder outputBinder = new OutputBinder(inner, expressions);
    List<OutputColumn> outputs = named(outputBinder.bind(s.elements(), true), names);
    inner.aliases = outputBinder.aliases();
    mergedOrderBy = new OrderBinder(inner, expressions, outputs).bind(s.orderBy());
    block.outerSlots.or(inner.outerSlots);
    block.isCacheable &= inner.isCacheable;
    if (schema != null) {
      // A view's tables can be changed through it; those of a derived table cannot.
      tables.addAll(nestedFrom.tables());
      viewChecks.addAll(nestedFrom.viewChecks());
    }
    List<OutputColumn> columns = new ArrayList<>();
    for (OutputColumn o : outputs) {
      columns.add(
          new OutputColumn(
              o.expression(),
              o.name(),
              o.originalName(),
              alias,
              o.originalTable(),
              o.schema(),
              o.flags()));
    }
    JoinTree tree = where.isEmpty() ? part.tree() : new JoinTree.Filtered(part.tree(), where);
    return new Part(tree, Scope.of(new ScopeTable.Derived(alias, schema, columns)));
  }

  /** Renames by a column list; 1353 when the counts differ, 1060 when two names are the same. */
  static List<OutputColumn> named(List<OutputColumn> outputs, List<String> names) {
    if (!names.isEmpty() && names.size() != outputs.size()) {
      throw MySqlError.ER_VIEW_WRONG_LIST.exception();
    }
    List<OutputColumn> renamed = new ArrayList<>(outputs.size());
    Set<String> seen = new java.util.HashSet<>();
    for (int i = 0; i < outputs.size(); i++) {
      OutputColumn o = outputs.get(i);
      String name = names.isEmpty() ? o.name() : names.get(i);
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw MySqlError.ER_DUP_FIELDNAME.exception(name);
      }
      renamed.add(
          new OutputColumn(
              o.expression(),
              name,
              o.originalName(),
              o.table(),
              o.originalTable(),
              o.schema(),
              o.flags()));
    }
    return renamed;
  }

  private Part common(CommonTables.Entry entry, String alias, boolean nullable) {
    if (entry.working != null) {
      return working(entry.working, alias);
    }
    if (entry.shared != null) {
      return materialized(alias, null, entry.shared, nullable);
    }
    QuerySyntax query = entry.table.query();
    if (entry.recursive && RecursiveTables.isRecursive(entry)) {
      entry.shared = new RecursiveTables(statement, block).bind(entry);
      return materialized(alias, null, entry.shared, nullable);
    }
    if (query instanceof Select s && Mergeable.isMergeable(s)) {
      Part merged =
          merge(s, alias, null, entry.table.columns(), nullable, entry.outer, entry.visible);
      if (merged != null) {
        return merged;
      }
    }
    Part part =
        nested(
            query, alias, null, entry.table.columns(), nullable, entry.outer, entry.visible, false);
    if (part.tree() instanceof JoinTree.Leaf(Source.Derived d)) {
      entry.shared =
          new CommonTables.Shared(
              d.inputSlot(),
              d.materialization(),
              d.query(),
              named(d.query().outputs(), entry.table.columns()),
              d.dependsOn());
    }
    return part;
  }

  private Part working(CommonTables.Working working, String alias) {
    int slot = statement.newSlot(block.number, alias);
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < working.columns().size(); i++) {
      OutputColumn c = working.columns().get(i);
      columns.add(QueryBinder.slotColumn(slot, i, c.expression().type(), true, c.name()));
    }
    return new Part(
        new JoinTree.Leaf(new Source.Working(slot, working.workingTable())),
        Scope.of(new ScopeTable.Derived(alias, null, columns)));
  }

  Part json(TableReference.JsonTable j, boolean nullable, Scope before) {
    leaves++;
    Scope outside = block.scope;
    block.scope = before;
    Expression document;
    try {
      document = from.expressions.bind(j.document(), Clause.TABLE_FUNCTION);
    } finally {
      block.scope = outside;
    }
    int slot = statement.newSlot(block.number, j.alias());
    JsonTableBinder binder = new JsonTableBinder(slot, statement, nullable);
    Source source =
        new Source.JsonTable(
            slot, document, binder.bind(j.path(), j.columns()), SlotSets.of(document, statement));
    return new Part(
        new JoinTree.Leaf(source),
        Scope.of(new ScopeTable.Derived(j.alias(), null, binder.columns())));
  }
}
