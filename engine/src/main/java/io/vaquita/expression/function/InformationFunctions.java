package io.vaquita.expression.function;

import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Coercibility;
import io.vaquita.expression.Expression;
import io.vaquita.expression.Expression.Dependence;
import io.vaquita.expression.StatementContext;
import io.vaquita.expression.TextTypes;
import io.vaquita.expression.function.Calls.Head;
import io.vaquita.value.Collation;
import io.vaquita.value.Collations;
import io.vaquita.value.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** VERSION, DATABASE, USER, LAST_INSERT_ID, ROW_COUNT and their like: what the session and the server are. Stateless. */
final class InformationFunctions {
  /** The version of ICU whose syntax of regular expressions is followed: that of MySQL 8.4. */
  private static final String ICU_VERSION = "73.1";

  private InformationFunctions() {}

  /** A text of the statement's context; null for NULL. */
  private interface Source {
    @Nullable String of(StatementContext statement);
  }

  /** A number of the statement's context. */
  private interface Figure {
    long of(StatementContext statement);
  }

  static void register() {
    addText("version", 64, InformationFunctions::version);
    for (String name : List.of("database", "schema")) {
      addText(name, 64, StatementContext::currentSchema);
    }
    for (String name : List.of("user", "session_user", "system_user")) {
      addText(name, 288, StatementContext::user);
    }
    addText("current_user", 288, StatementContext::currentUser);
    addText("current_role", 16384, s -> "NONE");
    addText("icu_version", 8, s -> ICU_VERSION);
    addNumber("connection_id", true, Dependence.STATEMENT, StatementContext::connectionId);
    addNumber("ps_current_thread_id", true, Dependence.STATEMENT, StatementContext::connectionId);
    addNumber("found_rows", false, Dependence.EVALUATION, StatementContext::foundRows);
    addNumber("row_count", false, Dependence.EVALUATION, StatementContext::rowCount);
    Registry.add("last_insert_id", 0, 1, InformationFunctions::lastInsertId);
    Registry.add("charset", 1, InformationFunctions::charset);
    Registry.add("collation", 1, InformationFunctions::collation);
    Registry.add("coercibility", 1, InformationFunctions::coercibility);
    Registry.add("benchmark", 2, InformationFunctions::benchmark);
    Registry.add("sleep", 1, InformationFunctions::sleep);
    Registry.add("ps_thread_id", 1, InformationFunctions::threadId);
    Registry.add("roles_graphml", 0, InformationFunctions::rolesGraph);
  }

  private static String version(StatementContext statement) {
    return io.vaquita.value.conversion.Values.text(statement.systemVariable(null, "version"));
  }

  private static void addText(String name, int characters, Source source) {
    Registry.add(
        name,
        0,
        (n, a, s) ->
            Calls.ofText(
                Head.of(n, a).depending(Dependence.STATEMENT),
                TextTypes.of(characters, Collations.UTF8MB3_GENERAL_CI),
                (f, x) -> {
                  String text = source.of(f.statement);
                  return text == null ? null : Slice.utf8(text);
                },
                Coercibility.SYSTEM_CONSTANT));
  }

  private static void addNumber(
      String name, boolean unsigned, Dependence dependence, Figure number) {
    Registry.add(
        name,
        0,
        (n, a, s) ->
            Calls.ofLong(
                Head.of(n, a).notNull().depending(dependence),
                Types.bigint(21, unsigned),
                (f, x) -> {
                  f.isNull = false;
                  return number.of(f.statement);
                }));
  }

  private static Expression lastInsertId(String name, List<Expression> a, BindSettings settings) {
    Head head = Head.of(name, a).depending(Dependence.EVALUATION);
    if (a.isEmpty()) {
      return Calls.ofLong(
          head.notNull(),
          Types.UNSIGNED,
          (f, x) -> {
            f.isNull = false;
            return f.statement.lastInsertId();
          });
    }
    return Calls.ofLong(
        head,
        Types.UNSIGNED,
        (f, x) -> {
          long v = x[0].evaluateLong(f);
          f.statement.setLastInsertId(f.isNull ? 0 : v);
          return v;
        });
  }

  private static Collation collationOf(Expression e) {
    return switch (e.type().domain()) {
      case STRING -> e.type().collation();
      case JSON -> Collations.UTF8MB4_BIN;
      default -> Collations.BINARY;
    };
  }

  private static Expression charset(String name, List<Expression> a, BindSettings settings) {
    String set = collationOf(a.getFirst()).characterSet().name();
    return constantText(name, a, set);
  }

  private static Expression collation(String name, List<Expression> a, BindSettings settings) {
    return constantText(name, a, collationOf(a.getFirst()).name());
  }

  private static Expression constantText(String name, List<Expression> a, String text) {
    Slice value = Slice.utf8(text);
    return Calls.ofText(
        Head.of(name, a),
        TextTypes.of(64, Collations.UTF8MB3_GENERAL_CI),
        (f, x) -> value,
        Coercibility.SYSTEM_CONSTANT);
  }

  private static Expression coercibility(String name, List<Expression> a, BindSettings settings) {
    int level = a.getFirst().coercibility();
    return Calls.ofLong(
        Head.of(name, a).notNull(),
        Types.bigint(10, false),
        (f, x) -> {
          f.isNull = false;
          return level;
        });
  }

  private static Expression benchmark(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a).depending(Dependence.EVALUATION),
        Types.bigint(1, false),
        (f, x) -> {
          long times = x[0].evaluateLong(f);
          if (f.isNull || times < 0) {
            f.isNull = true;
            return 0;
          }
          for (long i = 0; i < times; i++) {
            if ((i & 0xFF) == 0) {
              f.statement.checkKilled();
            }
            x[1].evaluate(f);
          }
          f.isNull = false;
          return 0;
        });
  }

  /** Error 1210 for a NULL or negative time; 1 when the sleep was ended by KILL QUERY. */
  private static Expression sleep(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a).notNull().depending(Dependence.EVALUATION),
        Types.BIGINT,
        (f, x) -> {
          double seconds = x[0].evaluateDouble(f);
          if (f.isNull || seconds < 0) {
            throw io.vaquita.error.MySqlError.ER_WRONG_ARGUMENTS.exception("sleep.");
          }
          long micros = (long) Math.min(seconds * 1e6, Long.MAX_VALUE / 4000.0);
          boolean slept = micros == 0 || f.statement.sleep(micros, "User sleep");
          f.isNull = false;
          return slept ? 0 : 1;
        });
  }

  private static Expression threadId(String name, List<Expression> a, BindSettings settings) {
    return Calls.ofLong(
        Head.of(name, a).depending(Dependence.STATEMENT),
        Types.UNSIGNED,
        (f, x) -> x[0].evaluateLong(f));
  }

  private static Expression rolesGraph(String name, List<Expression> a, BindSettings settings) {
    return constantText(
        name,
        a,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><graphml><graph id=\"G\""
            + " edgedefault=\"directed\"/></graphml>");
  }
}
