package javax.crac;

/** A checkpoint that was not made, with what resources threw. */
public class CheckpointException extends Exception {
  private static final long serialVersionUID = 1;
}
