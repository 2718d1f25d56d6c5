package io.vaquita.lock;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A lock wait in a flight recording. Confined to the waiting thread. */
@Name("io.vaquita.LockWait")
@Label("Lock wait")
@Category({"Vaquita", "Locks"})
@StackTrace(false)
final class LockWaitEvent extends Event {
  @Label("Connection")
  long connectionId;

  @Label("Mode")
  String mode = "";

  @Label("Kind")
  String kind = "";

  @Label("Outcome")
  String outcome = "";

  /** The kind of the target, not its name or key: recordings carry no row data. */
  void describe(Wait wait, Wait.State end) {
    connectionId = wait.owner.id();
    mode = wait.mode.label();
    kind = wait.isForRows() ? wait.queue.getClass().getSimpleName() : wait.mode.name();
    outcome = end.name();
  }
}
