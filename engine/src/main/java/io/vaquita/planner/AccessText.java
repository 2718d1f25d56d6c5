package io.vaquita.planner;

import io.vaquita.catalog.IndexDefinition;
import io.vaquita.expression.ColumnExpression;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expressions;
import io.vaquita.planner.physical.AccessPath;
import io.vaquita.planner.physical.PhysicalNode.TableAccess;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN's traditional and JSON forms say of the way in which one table is read. Immutable. */
final class AccessText {
  private final TableAccess access;

  AccessText(TableAccess access) {
    this.access = access;
  }

  static boolean isClustered(TableAccess t) {
    return t.index().tree() == t.table().clustered().tree();
  }

  /** One value of each part is looked up. */
  boolean isRef() {
    return access.access() instanceof AccessPath.Ranges r
        && r.ranges().size() == 1
        && ExplainTree.isLookup(r.ranges().getFirst());
  }

  String type() {
    return switch (access.access()) {
      case AccessPath.FullScan ignored -> usesKey() ? "index" : "ALL";
      case AccessPath.UniqueLookup u -> readsRows(u.key()) ? "eq_ref" : "const";
      case AccessPath.Ranges ignored -> isRef() ? "ref" : "range";
    };
  }

  private static boolean readsRows(List<Expression> key) {
    for (Expression e : key) {
      if (e instanceof ColumnExpression) {
        return true;
      }
    }
    return false;
  }

  private boolean usesKey() {
    return !(access.access() instanceof AccessPath.FullScan
        && isClustered(access)
        && !access.reverse());
  }

  /** Null where the table is read as it lies. */
  @Nullable String keyName() {
    return usesKey() && !(access.table().hasHiddenRowId() && isClustered(access))
        ? access.index().name()
        : null;
  }

  private int usedParts() {
    return switch (access.access()) {
      case AccessPath.FullScan ignored -> access.index().parts().size();
      case AccessPath.UniqueLookup u -> u.key().size();
      case AccessPath.Ranges r -> {
        AccessPath.Range first = r.ranges().getFirst();
        yield first.prefix().size() + (ExplainTree.isLookup(first) ? 0 : 1);
      }
    };
  }

  @Nullable Integer keyLength() {
    return usesKey() ? KeyLengths.of(access.table(), access.index(), usedParts()) : null;
  }

  /** The names of the columns that the used parts are of. */
  List<String> keyParts() {
    List<String> names = new ArrayList<>();
    for (IndexDefinition.Part part : access.index().parts().subList(0, usedParts())) {
      names.add(access.table().columns().get(part.column()).name());
    }
    return names;
  }

  /** What the parts are compared with: columns, const, func. */
  List<String> refs() {
    List<Expression> key =
        switch (access.access()) {
          case AccessPath.FullScan ignored -> List.of();
          case AccessPath.UniqueLookup u -> u.key();
          case AccessPath.Ranges r -> isRef() ? r.ranges().getFirst().prefix() : List.of();
        };
    List<String> refs = new ArrayList<>();
    for (Expression e : key) {
      refs.add(
          e instanceof ColumnExpression c
              ? c.name().replace("`", "")
              : Expressions.isStatementConstant(e) ? "const" : "func");
    }
    return refs;
  }

  /** The ranges that a range access reads, as a condition. */
  static String ranges(TableAccess t, AccessPath.Ranges r) {
    List<String> texts = new ArrayList<>();
    for (AccessPath.Range range : r.ranges()) {
      texts.add(range(t, range));
      if (texts.size() == 10 && r.ranges().size() > 10) {
        texts.add("...");
        break;
      }
    }
    return texts.size() == 1 ? texts.getFirst() : "(" + String.join(" or ", texts) + ")";
  }

  private static String range(TableAccess t, AccessPath.Range range) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < range.prefix().size(); i++) {
      String operator = range.nullSafe().get(i) ? " <=> " : " = ";
      terms.add("(" + column(t, i) + operator + range.prefix().get(i).describe() + ")");
    }
    String next = range.low() == null && range.high() == null ? "" : column(t, terms.size());
    if (range.low() != null) {
      terms.add(
          "(" + next + (range.lowInclusive() ? " >= " : " > ") + range.low().describe() + ")");
    }
    if (range.high() != null) {
      terms.add(
          "(" + next + (range.highInclusive() ? " <= " : " < ") + range.high().describe() + ")");
    }
    return terms.size() == 1 ? terms.getFirst() : "(" + String.join(" and ", terms) + ")";
  }

  private static String column(TableAccess t, int part) {
    String name = t.table().columns().get(t.index().parts().get(part).column()).name();
    return "`" + t.table().schema() + "`.`" + t.alias() + "`.`" + name + "`";
  }
}
