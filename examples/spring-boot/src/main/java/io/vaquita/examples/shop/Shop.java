package io.vaquita.examples.shop;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Selling, and a journal of what was asked for that outlives a sale which fails. Thread-safe. */
@Service
public class Shop {
  private final Items items;
  private final Journal journal;

  Shop(Items items, Journal journal) {
    this.items = items;
    this.journal = journal;
  }

  /**
   * Sells pieces of an item and returns how many are left.
   *
   * @throws IllegalStateException when there are not so many; nothing is sold then
   */
  @Transactional
  public int sell(String name, int pieces) {
    journal.note(name, pieces);
    Item item = items.findByName(name).orElseThrow();
    item.take(pieces);
    return item.pieces();
  }

  /** What customers asked for, whether or not they got it. Thread-safe. */
  @Service
  public static class Journal {
    private final JdbcClient jdbc;

    Journal(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    /** In a transaction of its own. */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void note(String name, int pieces) {
      jdbc.sql("INSERT INTO journal (name, pieces) VALUES (?, ?)").params(name, pieces).update();
    }

    /** How many pieces were asked for. */
    public int asked(String name) {
      return jdbc.sql("SELECT COALESCE(SUM(pieces), 0) FROM journal WHERE name = ?")
          .param(name)
          .query(Integer.class)
          .single();
    }
  }
}
