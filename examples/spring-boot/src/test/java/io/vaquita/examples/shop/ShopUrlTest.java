package io.vaquita.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/**
 * What was {@code jdbc:tc:mysql:8.4:///shop?TC_INITSCRIPT=shop.sql} with Testcontainers' driver: the URL and the driver change, nothing else
 * does, not even the user and password that a container wanted.
 */
@SpringBootTest(
    properties = {
      "spring.datasource.url=jdbc:vaquita:///shop?init=shop.sql",
      "spring.datasource.driver-class-name=io.vaquita.testkit.TestDriver",
      "spring.datasource.username=test",
      "spring.datasource.password=test",
      "spring.flyway.enabled=false"
    })
class ShopUrlTest {
  @Autowired private Shop shop;

  @Test
  void sells() {
    assertEquals(6, shop.sell("buoy", 1));
  }
}
