package io.vaquita.testkit;

import io.vaquita.Database;
import io.vaquita.JdbcDriver;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What {@link VaquitaTest} does. Stateless: JUnit's stores keep the prepared databases (until the run ends), the test's database (until
 * the method or class ends) and what was made for parameters, and close them in reverse order. Thread-safe, as those stores are.
 * Errors are {@link ParameterResolutionException}s, which fail the test.
 */
public final class VaquitaExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(VaquitaExtension.class);
  private static final Set<Class<?>> TYPES =
      Set.of(
          TestDatabase.class,
          Database.class,
          DataSource.class,
          Connection.class,
          Interleaving.class);

  /** What is prepared once: the same for all tests that agree in these. */
  private record Prepared(
      Class<? extends Preparation> preparation, String schema, JdbcDriver driver) {}

  /** For JUnit. */
  public VaquitaExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    TestDatabase database = database(context);
    Class<?> type = parameter.getParameter().getType();
    if (type == TestDatabase.class) {
      return database;
    }
    if (type == Database.class) {
      return database.database();
    }
    if (type == DataSource.class) {
      return database.dataSource();
    }
    return type == Connection.class
        ? kept(context, parameter, connect(database))
        : kept(context, parameter, database.interleaving());
  }

  private static Connection connect(TestDatabase database) {
    try {
      return database.dataSource().getConnection();
    } catch (SQLException e) {
      throw new ParameterResolutionException("no connection to the test's database", e);
    }
  }

  /** Closed by JUnit when the method or class ends. */
  private static <T extends AutoCloseable> T kept(
      ExtensionContext context, ParameterContext parameter, T closeable) {
    context.getStore(NAMESPACE).put(parameter.getParameter(), closeable);
    return closeable;
  }

  private static TestDatabase database(ExtensionContext context) {
    VaquitaTest test =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), VaquitaTest.class)
            .orElseThrow(
                () -> new ParameterResolutionException("the test class has no @VaquitaTest"));
    ExtensionContext owner = owner(context, test);
    return owner
        .getStore(NAMESPACE)
        .computeIfAbsent(
            TestDatabase.class, key -> prepared(context, test).fork(), TestDatabase.class);
  }

  private static ExtensionContext owner(ExtensionContext context, VaquitaTest test) {
    if (test.scope() == VaquitaTest.Scope.METHOD) {
      if (context.getTestMethod().isEmpty()) {
        throw new ParameterResolutionException(
            "with Scope.METHOD only test methods and @BeforeEach, @AfterEach have a database");
      }
      return context;
    }
    ExtensionContext at = context;
    while (at.getTestMethod().isPresent() && at.getParent().isPresent()) {
      at = at.getParent().get();
    }
    return at;
  }

  private static TestDatabase prepared(ExtensionContext context, VaquitaTest test) {
    Prepared what = new Prepared(test.preparation(), test.schema(), test.driver());
    Store store = context.getRoot().getStore(NAMESPACE);
    return store.computeIfAbsent(what, VaquitaExtension::prepare, TestDatabase.class);
  }

  private static TestDatabase prepare(Prepared what) {
    TestDatabase database = TestDatabase.create(what.schema(), what.driver());
    try {
      Constructor<? extends Preparation> constructor = what.preparation().getDeclaredConstructor();
      constructor.setAccessible(true);
      constructor.newInstance().prepare(database.dataSource());
      return database;
    } catch (Exception e) {
      database.close();
      throw new ParameterResolutionException(what.preparation().getName() + " failed", e);
    }
  }
}
