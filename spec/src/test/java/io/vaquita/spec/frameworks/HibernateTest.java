package io.vaquita.spec.frameworks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.LockModeType;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.format.FormatMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hibernate ORM with MySQLDialect: it makes its schema, checks it, and keeps entities in it. */
final class HibernateTest {
  private static FrameworkServer server;
  private static SessionFactory sessions;

  @BeforeAll
  static void start() throws Exception {
    server = new FrameworkServer("library");
    sessions = sessions("create");
    sessions.inTransaction(
        session -> {
          Author author = author("Ursula", LocalDate.of(1929, 10, 21));
          author.settings = "{\"languages\": [\"en\", \"日本語\"], \"n\": 1}";
          author.standing = Author.Standing.KNOWN;
          for (int i = 0; i < 50; i++) {
            Book book = new Book();
            book.title = "Book %02d 🐬".formatted(i);
            book.price = new BigDecimal("10.25").add(BigDecimal.valueOf(i));
            book.published = LocalDateTime.of(1970, 1, 1, 0, 0).plusDays(i).plusNanos(123456000);
            book.cover = new byte[] {0, (byte) 0xFF, (byte) i};
            book.author = author;
            book.tags.addAll(List.of("tag" + i % 3, "all"));
            author.books.add(book);
          }
          session.persist(author);
          session.persist(author("Stanisław", null));
        });
  }

  @AfterAll
  static void stop() {
    sessions.close();
    server.close();
  }

  private static Author author(String name, LocalDate born) {
    Author author = new Author();
    author.name = name;
    author.born = born;
    return author;
  }

  private static SessionFactory sessions(String schema) {
    Configuration configuration = new Configuration();
    configuration.addAnnotatedClass(Author.class).addAnnotatedClass(Book.class);
    configuration.setProperty("hibernate.connection.url", server.url());
    configuration.setProperty("hibernate.connection.username", "root");
    configuration.setProperty("hibernate.connection.password", "");
    configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.MySQLDialect");
    configuration.setProperty("hibernate.hbm2ddl.auto", schema);
    configuration.setProperty("hibernate.jdbc.batch_size", "20");
    configuration.setProperty("hibernate.order_inserts", "true");
    configuration.getProperties().put("hibernate.type.json_format_mapper", new Verbatim());
    return configuration.buildSessionFactory();
  }

  /** JSON that stays text: no JSON library is needed. Immutable. */
  private static final class Verbatim implements FormatMapper {
    @Override
    public <T> T fromString(CharSequence text, JavaType<T> type, WrapperOptions options) {
      return type.getJavaTypeClass().cast(text.toString());
    }

    @Override
    public <T> String toString(T value, JavaType<T> type, WrapperOptions options) {
      return value.toString();
    }
  }

  @Test
  void schemaIsTheOneThatHibernateMade() {
    sessions("validate").close();
    sessions("update").close();
  }

  @Test
  void entitiesComeBackAsTheyWere() {
    sessions.inTransaction(
        session -> {
          Author author =
              session
                  .createSelectionQuery(
                      "from Author a join fetch a.books where a.name = :name", Author.class)
                  .setParameter("name", "ursula")
                  .getSingleResult();
          assertEquals(LocalDate.of(1929, 10, 21), author.born);
          assertEquals(Author.Standing.KNOWN, author.standing);
          assertEquals("{\"n\": 1, \"languages\": [\"en\", \"日本語\"]}", author.settings);
          assertEquals(50, author.books.size());
          Book book = author.books.get(7);
          assertEquals("Book 07 🐬", book.title);
          assertEquals(new BigDecimal("17.25"), book.price);
          assertEquals(LocalDateTime.of(1970, 1, 8, 0, 0).plusNanos(123456000), book.published);
          assertArrayEquals(new byte[] {0, (byte) 0xFF, 7}, book.cover);
          assertEquals(List.of("all", "tag1"), List.copyOf(book.tags));
        });
  }

  @Test
  void queriesPagesAndAggregates() {
    sessions.inTransaction(
        session -> {
          List<String> page =
              session
                  .createSelectionQuery("select b.title from Book b order by b.title", String.class)
                  .setFirstResult(10)
                  .setMaxResults(3)
                  .getResultList();
          assertEquals(List.of("Book 10 🐬", "Book 11 🐬", "Book 12 🐬"), page);
          Object[] sums =
              session
                  .createSelectionQuery(
                      "select count(b), sum(b.price), max(b.published), avg(length(b.title)) from Book"
                          + " b where year(b.published) = 1970 and b.title like 'Book 0%'",
                      Object[].class)
                  .getSingleResult();
          assertEquals(10L, sums[0]);
          assertEquals(new BigDecimal("147.50"), sums[1]);
          List<Object[]> byTag =
              session
                  .createSelectionQuery(
                      "select t, count(*), rank() over (order by count(*) desc) from Book b join b.tags t"
                          + " group by t having count(*) > 1 order by t",
                      Object[].class)
                  .getResultList();
          assertEquals(4, byTag.size());
          assertEquals(50L, byTag.getFirst()[1]);
          assertEquals(
              2L,
              session
                  .createSelectionQuery(
                      "select count(*) from Author a where not exists (select 1 from Book b where b.author"
                          + " = a and b.sold) and a.id in (select max(x.id) from Author x union select"
                          + " min(x.id) from Author x)",
                      Long.class)
                  .getSingleResult());
          assertEquals(
              "日本語",
              session
                  .createNativeQuery(
                      "select json_unquote(json_extract(settings, '$.languages[1]')) from author where"
                          + " name = 'Ursula'",
                      String.class)
                  .getSingleResult());
        });
  }

  @Test
  void changesAndBulkChanges() {
    sessions.inTransaction(
        session -> {
          assertEquals(
              50,
              session
                  .createMutationQuery(
                      "update Book b set b.price = b.price * 2 where b.sold = false")
                  .executeUpdate());
          assertEquals(
              50, session.createMutationQuery("update Book set price = price / 2").executeUpdate());
        });
    Long id =
        sessions.fromTransaction(
            session -> {
              Author author = author("for a moment", null);
              Book book = new Book();
              book.author = author;
              author.books.add(book);
              session.persist(author);
              return author.id;
            });
    sessions.inTransaction(session -> session.remove(session.find(Author.class, id)));
    PersistenceException twice =
        assertThrows(
            PersistenceException.class,
            () -> sessions.inTransaction(session -> session.persist(author("Ursula", null))));
    assertTrue(twice instanceof ConstraintViolationException, twice::toString);
  }

  @Test
  void staleVersionsAndRowLocks() {
    Long id = sessions.fromTransaction(s -> s.merge(author("locked", null)).id);
    try (var first = sessions.openSession();
        var second = sessions.openSession()) {
      first.beginTransaction();
      Author stale = first.find(Author.class, id);
      sessions.inTransaction(s -> s.find(Author.class, id).born = LocalDate.of(2000, 1, 1));
      stale.born = LocalDate.of(2001, 1, 1);
      assertThrows(OptimisticLockException.class, first::flush);
      first.getTransaction().rollback();
      first.clear();

      first.beginTransaction();
      first.find(Author.class, id, LockModeType.PESSIMISTIC_WRITE);
      second.beginTransaction();
      PersistenceException locked =
          assertThrows(
              PersistenceException.class,
              () ->
                  second.find(
                      Author.class,
                      id,
                      LockModeType.PESSIMISTIC_WRITE,
                      Map.of("jakarta.persistence.lock.timeout", 0)));
      assertTrue(
          locked instanceof PessimisticLockException || locked instanceof LockTimeoutException,
          locked::toString);
      second.getTransaction().rollback();
      second.clear();
      second.beginTransaction();
      assertEquals(
          0,
          second
              .createSelectionQuery("from Author where id = :id", Author.class)
              .setParameter("id", id)
              .setLockMode(LockModeType.PESSIMISTIC_WRITE)
              .setHint("jakarta.persistence.lock.timeout", -2)
              .getResultList()
              .size());
      second.getTransaction().commit();
      first.getTransaction().commit();
    }
    sessions.inTransaction(s -> s.remove(s.find(Author.class, id)));
  }
}
