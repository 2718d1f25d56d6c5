package io.vaquita.planner;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Literals;
import io.vaquita.expression.operator.Operators;
import io.vaquita.value.DataType;
import io.vaquita.value.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** The type of a column that several queries or rows fill: MySQL's rule is the one of CASE. Stateless. */
final class ResultTypes {
  private ResultTypes() {}

  static List<DataType> ofRows(List<List<Expression>> rows, BindSettings settings) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().size(); i++) {
      List<Expression> column = new ArrayList<>(rows.size());
      for (List<Expression> row : rows) {
        column.add(row.get(i));
      }
      types.add(common(column, settings));
    }
    return types;
  }

  static List<DataType> ofQueries(List<BoundQuery> queries, BindSettings settings) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < queries.getFirst().outputs().size(); i++) {
      List<Expression> column = new ArrayList<>(queries.size());
      for (BoundQuery q : queries) {
        column.add(q.outputs().get(i).expression());
      }
      types.add(common(column, settings));
    }
    return types;
  }

  private static DataType common(List<Expression> column, BindSettings settings) {
    DataType type = column.getFirst().type();
    boolean differ = false;
    for (Expression e : column) {
      differ |= !e.type().equals(type);
    }
    if (differ) {
      List<Expression> conditions = new ArrayList<>();
      column.forEach(e -> conditions.add(Literals.ofBoolean(true)));
      type = Operators.caseWhen(null, conditions, column, null, settings).type();
    }
    return column(type);
  }

  /** The type as a column of a materialized result: a column of nothing but NULLs is an empty byte string. */
  static DataType column(DataType type) {
    return type.kind() == TypeKind.NULL ? DataType.varbinary(0) : type;
  }
}
