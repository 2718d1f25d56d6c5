package javax.crac;

/** A restore that went wrong, with what resources threw. */
public class RestoreException extends Exception {
  private static final long serialVersionUID = 1;
}
