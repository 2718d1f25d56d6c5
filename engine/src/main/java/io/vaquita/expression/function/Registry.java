package io.vaquita.expression.function;

import io.vaquita.error.MySqlError;
import io.vaquita.expression.BindSettings;
import io.vaquita.expression.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The built-in functions by name. Filled by the families when the class is loaded, only read afterwards; thread-safe. */
final class Registry {
  /** Any number of arguments from the least on. */
  static final int ANY = Integer.MAX_VALUE;

  private static final Map<String, Entry> ENTRIES = new HashMap<>();

  static {
    NumericFunctions.register();
    RoundingFunctions.register();
    StringFunctions.register();
    PaddingFunctions.register();
    StringSearchFunctions.register();
    StringFormatFunctions.register();
    TemporalPartFunctions.register();
    TemporalFunctions.register();
    TemporalFormatFunctions.register();
    CurrentTimeFunctions.register();
    ControlFunctions.register();
    InformationFunctions.register();
    LockingFunctions.register();
    CryptoFunctions.register();
    CompressionFunctions.register();
    NetworkFunctions.register();
    MiscellaneousFunctions.register();
    RegexpFunctions.register();
    JsonFunctions.register();
    JsonChangeFunctions.register();
    UnsupportedFunctions.register();
  }

  private Registry() {}

  /** Makes a call; {@code name} in lower case, arguments counted already. */
  interface Binder {
    Expression bind(String name, List<Expression> arguments, BindSettings settings);
  }

  private record Entry(int least, int most, Binder binder) {}

  static void add(String name, int least, int most, Binder binder) {
    ENTRIES.put(name, new Entry(least, most, binder));
  }

  static void add(String name, int count, Binder binder) {
    add(name, count, count, binder);
  }

  static boolean contains(String name) {
    return ENTRIES.containsKey(name.toLowerCase(Locale.ROOT));
  }

  static Expression bind(String name, List<Expression> arguments, BindSettings settings) {
    String lower = name.toLowerCase(Locale.ROOT);
    Entry entry = find(lower);
    if (entry == null) {
      if (settings.schema() == null) {
        throw MySqlError.ER_NO_DB_ERROR.exception();
      }
      throw MySqlError.ER_SP_DOES_NOT_EXIST.exception("FUNCTION", settings.schema() + "." + name);
    }
    int n = arguments.size();
    if (n < entry.least() || n > entry.most()) {
      throw MySqlError.ER_WRONG_PARAMCOUNT_TO_NATIVE_FCT.exception(name);
    }
    for (Expression e : arguments) {
      if (e instanceof io.vaquita.expression.RowExpression) {
        throw MySqlError.ER_OPERAND_COLUMNS.exception(1);
      }
    }
    return entry.binder().bind(lower, arguments, settings);
  }

  private static @Nullable Entry find(String lower) {
    return ENTRIES.get(lower);
  }
}
