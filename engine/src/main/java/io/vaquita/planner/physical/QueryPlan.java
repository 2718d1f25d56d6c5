package io.vaquita.planner.physical;

import io.vaquita.parser.syntax.QuerySyntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's plan. Immutable.
 *
 * @param outputs the result's columns; evaluated for each row that {@code root} produces
 * @param intoVariables user variables of SELECT … INTO @a, @b; empty otherwise
 * @param outFile of INTO OUTFILE and INTO DUMPFILE
 * @param locksRows FOR UPDATE or FOR SHARE stands in it
 * @param maxExecutionMillis of the hint MAX_EXECUTION_TIME; 0: what the variable says
 */
public record QueryPlan(
    Plan.Shape shape,
    PhysicalNode root,
    List<OutputColumn> outputs,
    List<String> intoVariables,
    QuerySyntax.Into.@Nullable OutFile outFile,
    boolean calculatesFoundRows,
    boolean locksRows,
    long maxExecutionMillis)
    implements Plan {
  public QueryPlan {
    outputs = List.copyOf(outputs);
    intoVariables = List.copyOf(intoVariables);
  }
}
