package io.vaquita.spec.frameworks;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An entity with an id out of a sequence table, which allows batches, a parent and a set of words. Confined to its session. */
@Entity
@Table(name = "book")
class Book {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE)
  @Nullable Long id;

  String title = "";

  @Column(precision = 10, scale = 2)
  BigDecimal price = BigDecimal.ZERO;

  @Nullable LocalDateTime published;

  @Lob byte @Nullable [] cover;

  boolean sold;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @Nullable Author author;

  @ElementCollection Set<String> tags = new TreeSet<>();
}
