package io.vaquita.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaquita.testkit.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The database as properties; they work with every version of Spring Boot. */
@SpringBootTest
class ShopPropertiesTest {
  // guide: properties
  private static final TestDatabase DATABASE = TestDatabase.create();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("spring.datasource.url", DATABASE::url);
    registry.add("spring.datasource.username", () -> "root");
    registry.add("spring.datasource.password", () -> "");
  }

  // guide: end

  @Autowired private Shop shop;

  @Test
  void sells() {
    assertEquals(2, shop.sell("net", 1));
  }
}
