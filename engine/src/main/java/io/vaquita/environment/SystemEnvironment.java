package io.vaquita.environment;

import java.security.SecureRandom;
import java.time.Instant;

/** The machine's own clock, randomness, threads and files. Thread-safe. */
final class SystemEnvironment implements Environment {
  static final SystemEnvironment INSTANCE = new SystemEnvironment();

  private final FileSystem files = new NioFileSystem();

  private SystemEnvironment() {}

  @Override
  public Clock clock() {
    return SystemClock.INSTANCE;
  }

  @Override
  public RandomSource random() {
    return SecureRandomSource.INSTANCE;
  }

  @Override
  public ThreadStarter threads() {
    return SystemThreads.INSTANCE;
  }

  @Override
  public FileSystem files() {
    return files;
  }

  private enum SystemClock implements Clock {
    INSTANCE;

    @Override
    public long wallMicros() {
      Instant now = Instant.now();
      return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  private enum SecureRandomSource implements RandomSource {
    INSTANCE;

    private final SecureRandom random = new SecureRandom();

    @Override
    public void nextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    public long nextLong() {
      return random.nextLong();
    }
  }

  private enum SystemThreads implements ThreadStarter {
    INSTANCE;

    @Override
    public Thread startVirtual(String name, Runnable work) {
      return Thread.ofVirtual().name(name).start(work);
    }

    @Override
    public Thread startPlatform(String name, Runnable work) {
      Thread thread = new ServiceThread(name, work);
      thread.start();
      return thread;
    }

    @Override
    public boolean isUninterrupted(Thread thread) {
      return thread instanceof ServiceThread;
    }
  }
}
