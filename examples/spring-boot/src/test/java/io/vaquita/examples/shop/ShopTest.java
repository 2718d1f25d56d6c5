package io.vaquita.examples.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.annotation.Transactional;

/** The application as a whole; no test sees what another one sold, committed or not. */
@SpringBootTest
@Import(ShopDatabase.class)
class ShopTest {
  @Autowired private Shop shop;
  @Autowired private Shop.Journal journal;
  @Autowired private Items items;

  private int pieces(String name) {
    return items.findByName(name).orElseThrow().pieces();
  }

  @RepeatedTest(2)
  void sells() {
    assertEquals(1, shop.sell("net", 2));
    assertEquals(1, pieces("net"));
    assertEquals(2, journal.asked("net"));
  }

  @RepeatedTest(2)
  void sellsNoMoreThanThereIs() {
    assertThrows(IllegalStateException.class, () -> shop.sell("net", 4));
    assertEquals(3, pieces("net"), "rolled back");
    assertEquals(4, journal.asked("net"), "noted all the same");
  }

  /** The test's transaction and the one that the journal opens besides are on the same copy. */
  @RepeatedTest(2)
  @Transactional
  void sellsWithinTheTestsTransaction() {
    assertEquals(2, items.count());
    items.saveAndFlush(new Item("buoy", 5));
    assertEquals(4, shop.sell("buoy", 1));
    assertEquals(3, items.count());
  }

  @Test
  void aTransactionOfTheTestBeforeLeftNothing() {
    assertEquals(2, items.count());
    assertEquals(0, journal.asked("buoy"));
  }
}
