package io.vaquita.testkit;

import javax.sql.DataSource;

/**
 * Migrates and fills a database once; tests get copies of it. Needs a constructor without parameters. Used by one thread. What it throws fails
 * the tests that want a copy.
 *
 * <pre>{@code
 * class ShopSchema implements Preparation {
 *   @Override
 *   public void prepare(DataSource source) {
 *     Flyway.configure().dataSource(source).load().migrate();
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Preparation {
  /** Called once, with the test's schema. What it throws fails each test that wants a copy. */
  void prepare(DataSource source) throws Exception;

  /** An empty schema. */
  final class Nothing implements Preparation {
    /** For the extension. */
    public Nothing() {}

    @Override
    public void prepare(DataSource source) {}
  }
}
