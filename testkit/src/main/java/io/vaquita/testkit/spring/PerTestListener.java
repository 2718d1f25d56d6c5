package io.vaquita.testkit.spring;

import io.vaquita.testkit.PerTestDataSource;
import java.util.function.Consumer;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Gives each test of a Spring context that has {@link PerTestDataSource} beans copies of their databases. Spring finds it by itself ({@code
 * META-INF/spring.factories}); a test that names its own {@code @TestExecutionListeners} without merging them with the default ones names
 * this one too. Stateless and thread-safe. A second test that begins while one has its copy fails with the
 * {@link IllegalStateException} of {@link PerTestDataSource#beginTest}.
 *
 * <pre>{@code
 * @SpringBootTest
 * @Import(ShopDatabase.class) // with a bean PerTestDataSource
 * class ShopTest { … }
 * }</pre>
 */
public final class PerTestListener implements TestExecutionListener, Ordered {
  /** Before Spring begins the transaction of a {@code @Transactional} test (4000) and after it has ended it. */
  private static final int ORDER = 3500;

  /** For Spring. */
  public PerTestListener() {}

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public void beforeTestMethod(TestContext test) {
    forEach(test, PerTestDataSource::beginTest);
  }

  @Override
  public void afterTestMethod(TestContext test) {
    forEach(test, PerTestDataSource::endTest);
  }

  private static void forEach(TestContext test, Consumer<PerTestDataSource> action) {
    if (test.hasApplicationContext()) {
      test.getApplicationContext()
          .getBeansOfType(PerTestDataSource.class, false, false)
          .values()
          .forEach(action);
    }
  }
}
