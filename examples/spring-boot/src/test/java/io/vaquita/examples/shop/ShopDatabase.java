package io.vaquita.examples.shop;

import io.vaquita.JdbcDriver;
import io.vaquita.testkit.PerTestDataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The application's data source in tests: Flyway migrates it once, and each test has a copy of what that left. */
// guide: a copy for each test
@TestConfiguration
class ShopDatabase {
  @Bean
  PerTestDataSource dataSource() {
    return PerTestDataSource.create("shop", JdbcDriver.CONNECTOR_J);
  }
}
// guide: end
