package io.vaquita.error;

/** Takes the warnings of a statement: the rows of SHOW WARNINGS. Confined to the statement's thread. */
public interface WarningSink {
  /** Levels as SHOW WARNINGS names them. */
  enum Level {
    NOTE("Note"),
    WARNING("Warning"),
    ERROR("Error");

    private final String text;

    Level(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  void warn(Level level, int number, String message);

  default void warn(MySqlError error, Object... arguments) {
    warn(Level.WARNING, error.number(), error.format(arguments));
  }

  default void note(MySqlError error, Object... arguments) {
    warn(Level.NOTE, error.number(), error.format(arguments));
  }
}
