package io.vaquita.spec.guide;

import io.vaquita.Database;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What the code of the guides takes for granted. Confined to one test. */
@SuppressWarnings("NullAway.Init") // set where a block is run, not where it is compiled only
public class GuideContext {
  protected Database database;
  protected DataSource source;
  protected Thread worker;
  protected Shop shop;

  /** The reader's own code. */
  public interface Shop {
    int buy(Connection connection, int piece) throws SQLException;
  }

  /** Runs the block, where it consists of statements. */
  public void run() throws Exception {
    throw new UnsupportedOperationException();
  }
}
