package io.vaquita.examples.shop;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** The items, by Spring Data. Thread-safe. */
public interface Items extends JpaRepository<Item, Long> {
  Optional<Item> findByName(String name);
}
