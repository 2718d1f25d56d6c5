package io.vaquita.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.zaxxer.hikari.HikariDataSource;
import io.vaquita.testkit.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** The database as connection details, as a container's service connection gives them: the pool is the application's own. */
@SpringBootTest
class ShopServiceConnectionTest {
  // guide: connection details
  @TestConfiguration
  static class Connection {
    @Bean
    TestDatabase database() {
      return TestDatabase.create();
    }

    @Bean
    JdbcConnectionDetails connectionDetails(TestDatabase database) {
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return database.url();
        }

        @Override
        public String getUsername() {
          return "root";
        }

        @Override
        public String getPassword() {
          return "";
        }
      };
    }
  }

  // guide: end

  @Autowired private DataSource source;
  @Autowired private Shop shop;

  @Test
  void sellsThroughThePool() {
    assertInstanceOf(HikariDataSource.class, source);
    assertEquals(2, shop.sell("net", 1));
  }
}
