package io.vaquita.spec.guide;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** The Java code of docs/guide/named-locks.md, as it stands there. Stateless. */
final class NamedLocks {
  private NamedLocks() {}

  // guide: basics
  /** Takes a lock, waiting for so many seconds at most; false when somebody else kept it. */
  static boolean acquire(Connection connection, String name, int seconds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT GET_LOCK(?, ?)")) {
      statement.setString(1, name);
      statement.setInt(2, seconds);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1) == 1;
      }
    }
  }

  /** Gives the lock back; false when this connection did not hold it, which is worth an alarm. */
  static boolean release(Connection connection, String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT RELEASE_LOCK(?)")) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getInt(1) == 1;
      }
    }
  }

  // guide: end

  /** A change of the schema. */
  interface Migration {
    void run(Connection connection) throws SQLException;
  }

  // guide: migration
  static void migrate(DataSource database, Migration migration) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (!acquire(connection, "shop:migration", 600)) {
        throw new SQLException("another process has been migrating for ten minutes");
      }
      try {
        migration.run(connection); // looks first what is there: the one before may have done it all
      } finally {
        release(connection, "shop:migration");
      }
    }
  }

  // guide: end

  // guide: job
  /** Runs the job unless it is running somewhere already. */
  static boolean runOnce(DataSource database, String job, Runnable work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (!acquire(connection, "job:" + job, 0)) {
        return false;
      }
      try {
        work.run();
        return true;
      } finally {
        release(connection, "job:" + job);
      }
    }
  }

  // guide: end

  /** What a leader does again and again, with its fencing number. */
  interface Leader {
    void work(long token) throws SQLException;
  }

  // guide: leader
  /** Stands for election and, once elected, works until it shall stop or has lost the lock. */
  static void lead(DataSource database, Leader leader, BooleanSupplier goesOn) throws SQLException {
    try (Connection connection = database.getConnection()) { // its own, never one that others use
      while (goesOn.getAsBoolean()) {
        if (acquire(connection, "shop:leader", 10)) { // ten seconds, and then look whether to go on
          long token = token(connection, "shop:leader");
          while (goesOn.getAsBoolean() && isHolder(connection, "shop:leader")) {
            leader.work(token);
          }
          release(connection, "shop:leader");
        }
      }
    }
  }

  /** Fails when the connection is gone, and the lock with it. */
  static boolean isHolder(Connection connection, String name) throws SQLException {
    String sql = "SELECT IS_USED_LOCK(?) <=> CONNECTION_ID()";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  // guide: end

  // guide: fencing
  static long token(Connection connection, String name) throws SQLException {
    String sql = "SELECT VAQUITA_LOCK_TOKEN(?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  /** Writes unless a later holder has written already. */
  static boolean write(Connection store, int id, String value, long token) throws SQLException {
    String sql = "UPDATE report SET value = ?, token = ? WHERE id = ? AND token <= ?";
    try (PreparedStatement statement = store.prepareStatement(sql)) {
      statement.setString(1, value);
      statement.setLong(2, token);
      statement.setInt(3, id);
      statement.setLong(4, token);
      return statement.executeUpdate() == 1;
    }
  }

  // guide: end

  // guide: pool
  /** Before a connection goes back to a pool that does not reset it. */
  static long releaseAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT RELEASE_ALL_LOCKS()")) {
      result.next();
      return result.getLong(1);
    }
  }
  // guide: end
}
