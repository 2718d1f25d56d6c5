package io.vaquita.parser;

import io.vaquita.parser.syntax.ExpressionSyntax;
import io.vaquita.parser.syntax.ExpressionSyntax.Aggregate;
import io.vaquita.parser.syntax.ExpressionSyntax.Cast;
import io.vaquita.parser.syntax.ExpressionSyntax.ConvertUsing;
import io.vaquita.parser.syntax.ExpressionSyntax.Default;
import io.vaquita.parser.syntax.ExpressionSyntax.FunctionCall;
import io.vaquita.parser.syntax.ExpressionSyntax.Match;
import io.vaquita.parser.syntax.ExpressionSyntax.ValuesOf;
import io.vaquita.parser.syntax.TypeSyntax;
import io.vaquita.parser.syntax.WindowSyntax;
import java.util.List;
import java.util.Locale;

/** Writes calls, casts and aggregates in canonical form: part of {@link SyntaxPrinter}. Confined to one thread. */
final class FunctionPrinter {
  private final SyntaxPrinter printer;
  private final StringBuilder out;

  FunctionPrinter(SyntaxPrinter printer, StringBuilder out) {
    this.printer = printer;
    this.out = out;
  }

  void write(ExpressionSyntax expression) {
    switch (expression) {
      case FunctionCall call -> call(call);
      case Aggregate aggregate -> aggregate(aggregate);
      case Cast cast -> cast(cast);
      case ConvertUsing(FunctionCall call, String characterSet) when isChar(call) -> {
        out.append("char(");
        printer.list(call.arguments());
        out.append(" using ").append(characterSet).append(')');
      }
      case ConvertUsing(ExpressionSyntax operand, String characterSet) -> {
        out.append("convert(");
        printer.write(operand);
        out.append(" using ").append(characterSet).append(')');
      }
      case ValuesOf(var column) -> {
        out.append("values(");
        printer.column(column);
        out.append(')');
      }
      case Default(var column) -> {
        out.append("default");
        if (column != null) {
          out.append('(');
          printer.column(column);
          out.append(')');
        }
      }
      case Match match -> match(match);
      default -> throw new IllegalArgumentException(expression.toString());
    }
  }

  private static boolean isChar(FunctionCall call) {
    return call.schema() == null && call.name().equalsIgnoreCase("CHAR");
  }

  private void match(Match match) {
    out.append("(match ");
    for (int i = 0; i < match.columns().size(); i++) {
      out.append(i > 0 ? "," : "");
      printer.column(match.columns().get(i));
    }
    out.append(" against (");
    printer.write(match.pattern());
    if (!match.mode().isEmpty()) {
      out.append(' ').append(match.mode().toLowerCase(Locale.ROOT));
    }
    out.append("))");
  }

  // ---- calls

  private void call(FunctionCall call) {
    if (call.schema() != null) {
      out.append(SyntaxPrinter.identifier(call.schema())).append('.');
      out.append(SyntaxPrinter.identifier(call.name())).append('(');
      printer.list(call.arguments());
      out.append(')');
      return;
    }
    String name = call.name().toLowerCase(Locale.ROOT);
    List<ExpressionSyntax> arguments = call.arguments();
    printer.calls(canonicalName(name));
    if (special(name, arguments)) {
      return;
    }
    out.append(canonicalName(name)).append('(');
    printer.list(arguments);
    out.append(')');
  }

  /** Functions that MySQL prints as something else than a call. */
  private boolean special(String name, List<ExpressionSyntax> arguments) {
    int count = arguments.size();
    switch (name) {
      case "date_add", "date_sub" -> {
        if (count != 2) {
          return false;
        }
        printer.infix(arguments.get(0), name.equals("date_add") ? "+" : "-", arguments.get(1));
      }
      case "extract" -> {
        out.append("extract(");
        printer.write(arguments.get(0));
        out.append(" from ");
        printer.write(arguments.get(1));
        out.append(')');
      }
      case "trim" -> {
        if (count != 3) {
          return false;
        }
        out.append("trim(");
        printer.write(arguments.get(0));
        out.append(' ');
        printer.write(arguments.get(1));
        out.append(" from ");
        printer.write(arguments.get(2));
        out.append(')');
      }
      case "mod" -> {
        if (count != 2) {
          return false;
        }
        printer.infix(arguments.get(0), "%", arguments.get(1));
      }
      case "isnull" -> {
        if (count != 1) {
          return false;
        }
        out.append('(');
        printer.write(arguments.getFirst());
        out.append(" is null)");
      }
      case "timestampdiff", "timestampadd" -> {
        out.append(name).append('(');
        String unit = ((ExpressionSyntax.Keyword) arguments.getFirst()).word();
        out.append(unit).append(',');
        printer.list(arguments.subList(1, count));
        out.append(')');
      }
      case "get_format" -> {
        out.append("get_format(");
        out.append(((ExpressionSyntax.Keyword) arguments.getFirst()).word()).append(", ");
        printer.write(arguments.get(1));
        out.append(')');
      }
      case "date" -> {
        if (count != 1) {
          return false;
        }
        out.append("cast(");
        printer.write(arguments.getFirst());
        out.append(" as date)");
      }
      case "weight_string" -> weightString(arguments);
      case "json_value" -> jsonValue(arguments);
      case "instr" -> {
        if (count != 2) {
          return false;
        }
        printer.call("locate", arguments.get(1), arguments.get(0));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void weightString(List<ExpressionSyntax> arguments) {
    out.append("weight_string(");
    printer.write(arguments.getFirst());
    if (arguments.size() == 3) {
      out.append(" as ");
      printer.write(arguments.get(1));
      out.append('(');
      printer.write(arguments.get(2));
      out.append(')');
    }
    out.append(')');
  }

  private static String canonicalName(String name) {
    return switch (name) {
      case "lcase" -> "lower";
      case "ucase" -> "upper";
      case "substring", "mid" -> "substr";
      case "ceil" -> "ceiling";
      case "power" -> "pow";
      case "character_length" -> "char_length";
      case "octet_length" -> "length";
      case "day" -> "dayofmonth";
      case "schema" -> "database";
      default -> name;
    };
  }

  private void jsonValue(List<ExpressionSyntax> arguments) {
    out.append("json_value(");
    printer.write(arguments.get(0));
    out.append(", ");
    printer.write(arguments.get(1));
    out.append(" returning ");
    out.append(arguments.get(2) instanceof Cast cast ? castType(cast.type()) : "char(512)");
    jsonValueAction(arguments.get(3), " on empty");
    jsonValueAction(arguments.get(4), " on error");
    out.append(')');
  }

  private void jsonValueAction(ExpressionSyntax action, String when) {
    if (!(action instanceof ExpressionSyntax.Keyword(String word))) {
      out.append(" default ");
      if (action instanceof ExpressionSyntax.Unary negative) {
        out.append('-');
        printer.write(negative.operand());
      } else {
        printer.write(action);
      }
      out.append(when);
    } else if (!word.isEmpty()) {
      out.append(' ').append(word.toLowerCase(Locale.ROOT)).append(when);
    }
  }

  // ---- casts

  private void cast(Cast cast) {
    out.append("cast(");
    printer.write(cast.operand());
    if (cast.atTimeZone() != null) {
      out.append(" at time zone ").append(SyntaxPrinter.string(cast.atTimeZone()));
    }
    out.append(" as ").append(castType(cast.type()));
    if (cast.array()) {
      out.append(" array");
    }
    out.append(')');
  }

  private static String castType(TypeSyntax type) {
    String name = type.name().toLowerCase(Locale.ROOT);
    StringBuilder text = new StringBuilder();
    boolean binary = name.equals("binary");
    text.append(binary ? "char" : name);
    if (type.length() != null) {
      text.append('(').append(type.length());
      if (type.decimals() != null) {
        text.append(',').append(type.decimals());
      } else if (name.equals("decimal")) {
        text.append(",0");
      }
      text.append(')');
    }
    if (binary) {
      text.append(" charset binary");
    } else if (name.equals("char")) {
      String characterSet = type.characterSet();
      text.append(" charset ").append(characterSet == null ? "utf8mb4" : characterSet);
    }
    return text.toString();
  }

  // ---- aggregates

  private void aggregate(Aggregate aggregate) {
    String name =
        switch (aggregate.name()) {
          case "STDDEV", "STDDEV_POP" -> "std";
          case "VAR_POP" -> "variance";
          default -> aggregate.name().toLowerCase(Locale.ROOT);
        };
    out.append(name).append('(');
    if (aggregate.distinct()) {
      out.append("distinct ");
    }
    if (name.equals("count") && aggregate.arguments().isEmpty()) {
      out.append('0');
    } else {
      printer.list(aggregate.arguments());
    }
    if (!aggregate.orderBy().isEmpty()) {
      out.append(" order by ");
      printer.queries().orderItems(aggregate.orderBy(), true);
    }
    if (name.equals("group_concat")) {
      String separator = aggregate.separator() == null ? "," : aggregate.separator();
      out.append(" separator ").append(SyntaxPrinter.string(separator));
    }
    out.append(')');
    if (aggregate.over() != null) {
      out.append(" OVER ");
      if (aggregate.over().isBareReference()) {
        out.append(SyntaxPrinter.identifier(String.valueOf(aggregate.over().reference())));
      } else {
        window(aggregate.over());
      }
    }
  }

  void window(WindowSyntax window) {
    out.append('(');
    String gap = "";
    if (window.reference() != null) {
      out.append(SyntaxPrinter.identifier(window.reference()));
      gap = " ";
    }
    if (!window.partitionBy().isEmpty()) {
      out.append(gap).append("PARTITION BY ");
      printer.list(window.partitionBy());
      gap = " ";
    }
    if (!window.orderBy().isEmpty()) {
      out.append(gap).append("ORDER BY ");
      printer.queries().orderItems(window.orderBy(), false);
      gap = " ";
    }
    if (window.frame() != null) {
      out.append(gap).append(window.frame().unit()).append(" BETWEEN ");
      bound(window.frame().start());
      out.append(" AND ");
      bound(window.frame().end());
    }
    out.append(')');
  }

  private void bound(WindowSyntax.Bound bound) {
    if (bound.offset() != null) {
      printer.write(bound.offset());
      out.append(' ');
    }
    out.append(bound.kind().name().replace('_', ' '));
  }
}
