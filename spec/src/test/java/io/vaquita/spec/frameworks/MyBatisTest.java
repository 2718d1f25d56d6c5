package io.vaquita.spec.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vaquita.JdbcDriver;
import io.vaquita.testkit.TestDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.SelectKey;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.ExecutorType;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * MyBatis takes the numbers of new rows from the driver ({@code useGeneratedKeys}), also of many rows by one statement and of batches. What
 * the drivers make of each kind of INSERT is compared with a real MySQL by {@code DriversTest}.
 */
final class MyBatisTest {
  /** A row. Confined to its test. */
  @SuppressWarnings("NullAway.Init") // by MyBatis
  public static final class Piece {
    public @Nullable Long id;
    public String name;

    public Piece() {}

    Piece(String name) {
      this.name = name;
    }
  }

  /** The statements, as an application has them. */
  public interface Pieces {
    @Insert("INSERT INTO piece (name) VALUES (#{name})")
    @Options(useGeneratedKeys = true, keyProperty = "id")
    int add(Piece piece);

    @Insert(
        """
        <script>INSERT INTO piece (name) VALUES
        <foreach collection='list' item='piece' separator=','>(#{piece.name})</foreach></script>""")
    @Options(useGeneratedKeys = true, keyProperty = "id")
    int addAll(List<Piece> pieces);

    @Insert("INSERT INTO piece (name) VALUES (#{name}) ON DUPLICATE KEY UPDATE found = found + 1")
    @SelectKey(
        statement = "SELECT LAST_INSERT_ID()",
        keyProperty = "id",
        before = false,
        resultType = Long.class)
    int addOrCount(Piece piece);

    @Update("UPDATE piece SET name = #{name} WHERE id = #{id}")
    int rename(Piece piece);

    @Select("SELECT id, name FROM piece ORDER BY id")
    List<Piece> all();
  }

  private static SqlSessionFactory sessions(TestDatabase database) {
    try (var session = database.database().connect("shop")) {
      session
          .execute(
              "CREATE TABLE piece (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE,"
                  + " found INT NOT NULL DEFAULT 0)")
          .close();
    }
    Configuration configuration =
        new Configuration(
            new Environment("test", new JdbcTransactionFactory(), database.dataSource()));
    configuration.addMapper(Pieces.class);
    return new SqlSessionFactoryBuilder().build(configuration);
  }

  private static List<Piece> named(String... names) {
    return Stream.of(names).map(Piece::new).toList();
  }

  private static List<@Nullable Long> ids(List<Piece> pieces) {
    return pieces.stream().<@Nullable Long>map(piece -> piece.id).toList();
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void oneRowKnowsItsNumber(JdbcDriver driver) {
    try (TestDatabase database = TestDatabase.create("shop", driver);
        SqlSession session = sessions(database).openSession()) {
      Pieces pieces = session.getMapper(Pieces.class);
      Piece net = new Piece("net");
      assertEquals(1, pieces.add(net));
      assertEquals(1, net.id);
      net.name = "nets";
      assertEquals(1, pieces.rename(net));
      session.rollback();
      Piece again = new Piece("net");
      pieces.addOrCount(again);
      assertEquals(2, again.id);
      session.commit();
      assertEquals("net", pieces.all().getFirst().name);
    }
  }

  /** MariaDB Connector/J tells the first number of a statement only, of whatever server. */
  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void manyRowsByOneStatementKnowTheirNumbers(JdbcDriver driver) {
    try (TestDatabase database = TestDatabase.create("shop", driver);
        SqlSession session = sessions(database).openSession(true)) {
      Pieces pieces = session.getMapper(Pieces.class);
      pieces.add(new Piece("net"));
      List<Piece> more = named("float", "hook", "line");
      assertEquals(3, pieces.addAll(more));
      assertEquals(2, more.getFirst().id);
      if (driver == JdbcDriver.MARIADB) {
        assertNull(more.get(1).id);
        assertNull(more.get(2).id);
      } else {
        assertEquals(List.of(2L, 3L, 4L), ids(more));
        assertEquals(ids(more), ids(pieces.all().subList(1, 4)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(JdbcDriver.class)
  void aBatchKnowsItsNumbers(JdbcDriver driver) {
    try (TestDatabase database = TestDatabase.create("shop", driver);
        SqlSession session = sessions(database).openSession(ExecutorType.BATCH)) {
      Pieces pieces = session.getMapper(Pieces.class);
      List<Piece> many = named("net", "float", "hook", "line");
      many.forEach(pieces::add);
      session.flushStatements();
      assertEquals(List.of(1L, 2L, 3L, 4L), ids(many));
      session.commit();
      assertEquals(ids(many), ids(pieces.all()));
    }
  }
}
