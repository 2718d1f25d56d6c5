package io.vaquita.protocol;

/** The random bytes of a greeting that passwords are proved with. Stateless. */
public final class Scramble {
  public static final int BYTES = Greeting.SCRAMBLE_BYTES;

  private Scramble() {}

  /** Makes random bytes fit: seven bits, neither 0 nor {@code $}, which clients take for an end. */
  public static void restrict(byte[] random) {
    for (int i = 0; i < random.length; i++) {
      int b = random[i] & 0x7F;
      random[i] = (byte) (b == 0 || b == '$' ? b + 1 : b);
    }
  }
}
