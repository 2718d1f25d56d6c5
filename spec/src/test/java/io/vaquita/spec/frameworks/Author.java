package io.vaquita.spec.frameworks;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An entity with an id that the database gives, a version, JSON and a list of others. Confined to its session. */
@Entity
@Table(name = "author", indexes = @Index(name = "author_name", columnList = "name"))
class Author {
  enum Standing {
    NEW,
    KNOWN
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Nullable Long id;

  @Version int version;

  @Column(nullable = false, length = 80, unique = true)
  String name = "";

  @Nullable LocalDate born;

  @Enumerated(EnumType.STRING)
  Standing standing = Standing.NEW;

  UUID token = new UUID(1, 2);

  @JdbcTypeCode(SqlTypes.JSON)
  String settings = "{}";

  @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
  @OrderBy("title")
  List<Book> books = new ArrayList<>();
}
