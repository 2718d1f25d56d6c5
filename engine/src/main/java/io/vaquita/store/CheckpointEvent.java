package io.vaquita.store;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A checkpoint, for the flight recorder. Confined to one thread. */
@Name("io.vaquita.Checkpoint")
@Label("Checkpoint")
@Category({"Vaquita", "Store"})
@StackTrace(false)
final class CheckpointEvent extends Event {
  @Label("Position")
  long position;

  @Label("Bytes Written")
  @DataAmount
  long bytes;

  @Label("Done")
  boolean isDone;
}
