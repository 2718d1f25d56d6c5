package io.vaquita.environment;

/**
 * A platform daemon thread that belongs to the database or its server alone: no code of an application runs in it, and nobody interrupts
 * it. So it may write files that others use.
 */
public final class ServiceThread extends Thread {
  public ServiceThread(String name, Runnable work) {
    super(null, work, name, 0, false);
    setDaemon(true);
  }

  /** Does nothing: an interrupt would close the files that the thread is writing. */
  @Override
  public void interrupt() {}
}
