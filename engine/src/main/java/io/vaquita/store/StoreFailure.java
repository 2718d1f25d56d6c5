package io.vaquita.store;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The I/O error after which a store takes no more writes, once there is one. Thread-safe. */
final class StoreFailure {
  private final AtomicReference<@Nullable Throwable> cause = new AtomicReference<>();

  void set(Throwable failure) {
    cause.compareAndSet(null, failure);
  }

  boolean isSet() {
    return cause.get() != null;
  }

  void check() {
    Throwable failure = cause.get();
    if (failure != null) {
      throw StoreErrors.readOnly(failure);
    }
  }

  @Nullable Throwable cause() {
    return cause.get();
  }
}
