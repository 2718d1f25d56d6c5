package io.vaquita.value.json;

/** Text that is no JSON: what is wrong with it and where, for errors 3140 and 3141. Immutable. */
public final class JsonParseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final int position;

  JsonParseException(String reason, int position) {
    super(reason, null, false, false);
    this.reason = reason;
    this.position = position;
  }

  /** MySQL's words, such as "Invalid value." */
  public String reason() {
    return reason;
  }

  /** Bytes before the error. */
  public int position() {
    return position;
  }
}
