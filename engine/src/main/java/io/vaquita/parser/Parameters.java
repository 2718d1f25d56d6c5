package io.vaquita.parser;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens of a text are parameters: its {@code ?}, or the literals that a digest took out. Numbered by their place in the text,
 * so that reading a part twice does no harm. Confined to one thread.
 */
final class Parameters {
  /** Offsets of the literals of a digest; null: the {@code ?} are parameters. */
  private final int @Nullable [] literals;

  private final boolean marksAllowed;
  private int[] marks = new int[8];
  private int markCount;

  /** How many of the literals the parser has met as such. */
  private int literalsUsed;

  private int lastLiteral = -1;

  private Parameters(int @Nullable [] literals, boolean marksAllowed) {
    this.literals = literals;
    this.marksAllowed = marksAllowed;
  }

  /** A text without parameters: {@code ?} is a syntax error. */
  static Parameters none() {
    return new Parameters(null, false);
  }

  static Parameters marks() {
    return new Parameters(null, true);
  }

  static Parameters literals(int[] offsets) {
    return new Parameters(offsets, false);
  }

  int count() {
    return literals == null ? markCount : literals.length;
  }

  /** Whether each of a digest's literals has become a parameter: if not, the digest cannot stand for the statement. */
  boolean areAllUsed() {
    return literals == null || literalsUsed == literals.length;
  }

  /** The number of the parameter that the token is, or -1. */
  int indexOf(TokenKind kind, int offset) {
    if (literals != null) {
      int found = Arrays.binarySearch(literals, offset);
      if (found > lastLiteral) {
        lastLiteral = found;
        literalsUsed++;
      }
      return found >= 0 ? found : -1;
    }
    if (kind != TokenKind.PARAMETER || !marksAllowed) {
      return -1;
    }
    if (markCount > 0 && marks[markCount - 1] >= offset) {
      return Arrays.binarySearch(marks, 0, markCount, offset);
    }
    if (markCount == marks.length) {
      marks = Arrays.copyOf(marks, markCount * 2);
    }
    marks[markCount] = offset;
    return markCount++;
  }
}
