package io.vaquita.store;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Commits that were applied, logged and synced together, for the flight recorder. Confined to one thread. */
@Name("io.vaquita.CommitGroup")
@Label("Commit Group")
@Category({"Vaquita", "Store"})
@StackTrace(false)
final class CommitGroupEvent extends Event {
  @Label("Commits")
  int commits;

  @Label("Log Bytes")
  @DataAmount
  long bytes;

  @Label("Synced")
  boolean isSynced;
}
