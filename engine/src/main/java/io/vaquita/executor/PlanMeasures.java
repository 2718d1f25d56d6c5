package io.vaquita.executor;

import io.vaquita.environment.Clock;
import io.vaquita.planner.physical.Measures;
import io.vaquita.planner.physical.PhysicalNode;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Counts rows and time of each node while EXPLAIN ANALYZE runs a plan. Confined to the statement's thread. */
public final class PlanMeasures implements Measures {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Clock clock;
  private final IdentityHashMap<PhysicalNode, Meter> meters = new IdentityHashMap<>();
  private final IdentityHashMap<PhysicalNode, PhysicalNode.TableAccess> readings =
      new IdentityHashMap<>();

  public PlanMeasures(Clock clock) {
    this.clock = clock;
  }

  /** The sums of one node over all its operators and openings. */
  private static final class Meter {
    long loops;
    long rows;
    long firstNanos;
    long nanos;
  }

  /** The operator of a node, measured. A table access's condition becomes an operator of its own, so that both can be told apart. */
  Operator measured(PhysicalNode node, Execution execution) {
    Operator operator =
        node instanceof PhysicalNode.TableAccess t && t.condition() != null
            ? new FilterOperator(execution, filterOver(t))
            : Operators.make(node, execution);
    return new Measuring(operator, meters.computeIfAbsent(node, n -> new Meter()));
  }

  private PhysicalNode.Filter filterOver(PhysicalNode.TableAccess t) {
    PhysicalNode.TableAccess reading =
        readings.computeIfAbsent(
            t,
            n ->
                new PhysicalNode.TableAccess(
                    t.slot(),
                    t.table(),
                    t.alias(),
                    t.index(),
                    t.access(),
                    t.covering(),
                    t.reverse(),
                    t.locking(),
                    null,
                    t.estimatedRows()));
    return new PhysicalNode.Filter(
        reading, java.util.Objects.requireNonNull(t.condition()), t.estimatedRows());
  }

  @Override
  public @Nullable Measured of(PhysicalNode node) {
    Meter m = meters.get(node);
    return m == null || m.loops == 0
        ? null
        : new Measured(
            m.firstNanos / NANOS_PER_MILLI / m.loops,
            m.nanos / NANOS_PER_MILLI / m.loops,
            (double) m.rows / m.loops,
            m.loops);
  }

  @Override
  public @Nullable Measured ofReading(PhysicalNode.TableAccess node) {
    PhysicalNode.TableAccess reading = readings.get(node);
    return of(reading == null ? node : reading);
  }

  /** Runs another operator and looks at the clock before and after. */
  private final class Measuring extends Operator {
    private final Operator operator;
    private final Meter meter;
    private long loopNanos;
    private boolean waitsForFirst;

    Measuring(Operator operator, Meter meter) {
      super(operator.execution);
      this.operator = operator;
      this.meter = meter;
    }

    @Override
    void open() {
      meter.loops++;
      waitsForFirst = true;
      long start = clock.monotonicNanos();
      operator.open();
      loopNanos = clock.monotonicNanos() - start;
      meter.nanos += loopNanos;
    }

    @Override
    boolean next() {
      long start = clock.monotonicNanos();
      boolean found = operator.next();
      long nanos = clock.monotonicNanos() - start;
      meter.nanos += nanos;
      loopNanos += nanos;
      if (waitsForFirst) {
        meter.firstNanos += loopNanos;
        waitsForFirst = false;
      }
      if (found) {
        meter.rows++;
      }
      return found;
    }

    @Override
    void close() {
      operator.close();
    }
  }
}
