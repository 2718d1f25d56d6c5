package javax.crac;

import java.util.ArrayList;
import java.util.List;

/** Notifies all resources as a JVM does: before a checkpoint the last one first, after a restore the first one first. Thread-safe. */
public final class Core {
  /** What happens between the two notifications; the image is written and read here. */
  public static volatile Runnable image = () -> {};

  private static final GlobalContext GLOBAL = new GlobalContext();

  private Core() {}

  public static Context<Resource> getGlobalContext() {
    return GLOBAL;
  }

  /** A resource that throws before the checkpoint stops it; those that were told of it are told that it is over all the same. */
  public static synchronized void checkpointRestore() throws CheckpointException, RestoreException {
    List<Resource> all = GLOBAL.all();
    CheckpointException failed = null;
    for (Resource each : all.reversed()) {
      try {
        each.beforeCheckpoint(GLOBAL);
      } catch (Exception e) {
        failed = failed == null ? new CheckpointException() : failed;
        failed.addSuppressed(e);
      }
    }
    if (failed == null) {
      image.run();
    }
    RestoreException wrong = null;
    for (Resource each : all) {
      try {
        each.afterRestore(GLOBAL);
      } catch (Exception e) {
        wrong = wrong == null ? new RestoreException() : wrong;
        wrong.addSuppressed(e);
      }
    }
    if (failed != null) {
      throw failed;
    }
    if (wrong != null) {
      throw wrong;
    }
  }

  /** Keeps what is registered for as long as the JVM; {@code org.crac}'s own part refers to the resource weakly. Thread-safe. */
  private static final class GlobalContext extends Context<Resource> {
    private final List<Resource> resources = new ArrayList<>();

    @Override
    public synchronized void register(Resource resource) {
      resources.add(resource);
    }

    synchronized List<Resource> all() {
      return List.copyOf(resources);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {}

    @Override
    public void afterRestore(Context<? extends Resource> context) {}
  }
}
