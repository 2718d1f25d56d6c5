package io.vaquita.store;

/** Makes stores. Stateless; thread-safe. */
public final class Stores {
  private Stores() {}

  /** An empty store without files. */
  public static Store inMemory() {
    return inMemory(PageSizes.PAGE_BYTES_DEFAULT);
  }

  /** An empty store without files, with pages of this size (a power of two from 256 to 32768). */
  public static Store inMemory(int pageBytes) {
    return MemoryStore.empty(PageSizes.of(pageBytes));
  }
}
