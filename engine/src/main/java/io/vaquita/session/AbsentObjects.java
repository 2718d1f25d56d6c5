package io.vaquita.session;

import io.vaquita.Result;
import io.vaquita.error.MySqlError;
import io.vaquita.parser.syntax.ProgramStatement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ALTER and DROP of things answer of which this server has none (tablespaces, servers of FEDERATED tables, spatial reference systems):
 * what MySQL says when the one that is named is not there. Stateless.
 */
final class AbsentObjects {
  private static final Pattern NAMED =
      Pattern.compile(
          "(ALTER|DROP)\\s+(UNDO\\s+TABLESPACE|TABLESPACE|SERVER|SPATIAL\\s+REFERENCE\\s+SYSTEM"
              + "|LOGFILE\\s+GROUP)\\s+(IF\\s+EXISTS\\s+)?(`[^`]+`|'[^']+'|\\w+).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private AbsentObjects() {}

  /** Answers the statement, with 1235 where it would have to make something. */
  static Result run(ProgramStatement.Unsupported statement, EngineSession session) {
    Matcher named = NAMED.matcher(statement.source());
    if (!named.matches()) {
      if (statement.name().contains("LOGFILE GROUP")) {
        throw MySqlError.ER_FEATURE_UNSUPPORTED.exception("LOGFILE GROUP", "by InnoDB");
      }
      throw MySqlError.ER_NOT_SUPPORTED_YET.exception(statement.name());
    }
    String name = named.group(4).replaceAll("^[`']|[`']$", "");
    boolean ifExists = named.group(3) != null;
    switch (named.group(2).toUpperCase(java.util.Locale.ROOT).charAt(2)) {
      case 'B', 'D' -> throw MySqlError.ER_TABLESPACE_MISSING_WITH_NAME.exception(name);
      case 'G' -> throw MySqlError.ER_FEATURE_UNSUPPORTED.exception("LOGFILE GROUP", "by InnoDB");
      case 'A' -> {
        if (!ifExists) {
          throw MySqlError.ER_SRS_NOT_FOUND_ON_DROP.exception(name);
        }
        session.context().warn(MySqlError.ER_SRS_NOT_FOUND, name);
      }
      default -> {
        if (!ifExists) {
          throw MySqlError.ER_FOREIGN_SERVER_DOESNT_EXIST.exception(name);
        }
      }
    }
    return session.runner().ok();
  }
}
