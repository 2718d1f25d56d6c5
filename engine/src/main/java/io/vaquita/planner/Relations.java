package io.vaquita.planner;

import io.vaquita.catalog.Relation;
import io.vaquita.catalog.TableDefinition;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.TableName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a table name stands for. Stateless. */
final class Relations {
  private static final String INFORMATION_SCHEMA = "information_schema";

  private Relations() {}

  /** 1046 without a schema, 1049 and 1146 when unknown. */
  static Relation find(TableName name, StatementBinding statement) {
    PlannerContext context = statement.context;
    String schema = name.schema() == null ? context.schema() : name.schema();
    if (schema == null) {
      throw MySqlError.ER_NO_DB_ERROR.exception();
    }
    TableDefinition temporary = context.temporaryTables().find(schema, name.name());
    if (temporary != null) {
      return temporary;
    }
    Relation found = context.catalog().relation(schema, name.name());
    if (found == null && schema.equalsIgnoreCase(INFORMATION_SCHEMA)) {
      found = informationSchema(name.name(), context);
      if (found == null) {
        throw MySqlError.ER_UNKNOWN_TABLE.exception(name.name(), INFORMATION_SCHEMA);
      }
    }
    if (found != null) {
      return found;
    }
    if (context.catalog().schema(schema) == null) {
      throw MySqlError.ER_BAD_DB_ERROR.exception(schema);
    }
    throw MySqlError.ER_NO_SUCH_TABLE.exception(schema, name.name());
  }

  /** The names of information_schema are found in any case. */
  private static @Nullable Relation informationSchema(String name, PlannerContext context) {
    Relation upper = context.catalog().relation(INFORMATION_SCHEMA, name.toUpperCase(Locale.ROOT));
    return upper != null
        ? upper
        : context.catalog().relation(INFORMATION_SCHEMA, name.toLowerCase(Locale.ROOT));
  }
}
