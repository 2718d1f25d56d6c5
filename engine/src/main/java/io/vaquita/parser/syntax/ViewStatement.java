package io.vaquita.parser.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements about views. Immutable. */
public sealed interface ViewStatement extends DefinitionStatement {

  /**
   * CREATE and ALTER VIEW.
   *
   * @param alter the view must be there already; otherwise it must not, unless {@code orReplace}
   * @param algorithm UNDEFINED, MERGE, TEMPTABLE
   * @param definer null: the current account
   * @param securityType DEFINER or INVOKER
   * @param queryText the source text of the SELECT
   * @param checkOption NONE, LOCAL, CASCADED
   */
  record DefineView(
      boolean alter,
      boolean orReplace,
      String algorithm,
      @Nullable AccountName definer,
      String securityType,
      TableName name,
      List<String> columns,
      QuerySyntax query,
      String queryText,
      String checkOption)
      implements ViewStatement {}

  record DropViews(boolean ifExists, List<TableName> names) implements ViewStatement {}
}
