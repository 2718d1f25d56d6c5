package io.vaquita.testkit;

import io.vaquita.JdbcDriver;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class databases: parameters of test methods, of {@code @BeforeEach} and, with {@link Scope#CLASS}, of constructors and
 * {@code @BeforeAll} may be a {@link TestDatabase}, an {@link io.vaquita.Database}, a {@link javax.sql.DataSource}, a {@link
 * java.sql.Connection} (closed at the end), or an {@link Interleaving} (closed at the end).
 *
 * <p>The schema is migrated and filled once for all tests that name the same {@link Preparation}; each test then has a copy of it, made
 * in well under a millisecond. Thread-safe: with {@link Scope#METHOD} tests may run at once. A preparation that fails, and a parameter that
 * cannot be had, fail the test.
 *
 * <pre>{@code
 * @VaquitaTest(preparation = ShopSchema.class)
 * class ShopTest {
 *   @Test
 *   void sells(DataSource source) { … }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(VaquitaExtension.class)
public @interface VaquitaTest {
  /** How long a database lives. */
  enum Scope {
    /** Each test method has its own. */
    METHOD,
    /** All tests of the class share one. */
    CLASS
  }

  /** How long a database lives; usually as long as a test method. */
  Scope scope() default Scope.METHOD;

  /** What is done once, before the first copy. */
  Class<? extends Preparation> preparation() default Preparation.Nothing.class;

  /** The schema that connections start in; it is made when it is missing. */
  String schema() default "test";

  /** Which driver data sources and URLs are for; it must be on the class path. */
  JdbcDriver driver() default JdbcDriver.CONNECTOR_J;
}
