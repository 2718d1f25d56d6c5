package io.vaquita.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** The matrices, written out as in MySQL's documentation: row asks, column is held or waited for; {@code -} must wait. */
final class LockModeTest {
  private static final List<String> OBJECT =
      List.of("S", "SH", "SR", "SW", "SWLP", "SU", "SRO", "SNW", "SNRW", "X");

  private static final String OBJECT_GRANTED =
      """
      S    + + + + + + + + + -
      SH   + + + + + + + + + -
      SR   + + + + + + + + - -
      SW   + + + + + + - - - -
      SWLP + + + + + + - - - -
      SU   + + + + + - + - - -
      SRO  + + + - - + + + - -
      SNW  + + + - - - + - - -
      SNRW + + - - - - - - - -
      X    - - - - - - - - - -
      """;

  private static final String OBJECT_WAITING =
      """
      S    + + + + + + + + + -
      SH   + + + + + + + + + +
      SR   + + + + + + + + - -
      SW   + + + + + + + - - -
      SWLP + + + + + + - - - -
      SU   + + + + + + + + + -
      SRO  + + + - + + + + - -
      SNW  + + + + + + + + + -
      SNRW + + + + + + + + + -
      X    + + + + + + + + + +
      """;

  private static final List<String> SCOPED = List.of("IX", "S", "X");

  private static final String SCOPED_GRANTED =
      """
      IX + - -
      S  - + -
      X  - - -
      """;

  private static final String SCOPED_WAITING =
      """
      IX + - -
      S  + + -
      X  + + +
      """;

  private static final List<String> TABLE = List.of("T:IS", "T:IX", "T:S", "T:X", "T:AI");

  private static final String TABLE_GRANTED =
      """
      T:IS + + + - +
      T:IX + + - - +
      T:S  + - + - -
      T:X  - - - - -
      T:AI + + - - -
      """;

  private static final List<String> RECORD =
      List.of("R:S", "R:X", "R:S,REC", "R:X,REC", "R:S,GAP", "R:X,GAP", "R:II");

  private static final String RECORD_GRANTED =
      """
      R:S     + - + - + + +
      R:X     - - - - + + +
      R:S,REC + - + - + + +
      R:X,REC - - - - + + +
      R:S,GAP + + + + + + +
      R:X,GAP + + + + + + +
      R:II    - - + + - - +
      """;

  @Test
  void metadataOfObjects() {
    assertEquals(OBJECT_GRANTED, matrix(OBJECT, 5, LockMode::grantedConflicts));
    assertEquals(OBJECT_WAITING, matrix(OBJECT, 5, LockMode::waitingConflicts));
  }

  @Test
  void metadataOfScopes() {
    assertEquals(SCOPED_GRANTED, matrix(SCOPED, 3, LockMode::grantedConflicts));
    assertEquals(SCOPED_WAITING, matrix(SCOPED, 3, LockMode::waitingConflicts));
  }

  @Test
  void tables() {
    assertEquals(TABLE_GRANTED, matrix(TABLE, 5, LockMode::grantedConflicts));
    assertEquals(TABLE_GRANTED, matrix(TABLE, 5, LockMode::waitingConflicts));
  }

  @Test
  void records() {
    assertEquals(RECORD_GRANTED, matrix(RECORD, 8, LockMode::grantedConflicts));
  }

  private static String matrix(List<String> names, int width, ToIntFunction<LockMode> conflicts) {
    StringBuilder text = new StringBuilder();
    for (String row : names) {
      List<String> cells = new ArrayList<>();
      for (String column : names) {
        boolean waits = (conflicts.applyAsInt(mode(row)) & mode(column).bit()) != 0;
        cells.add(waits ? "-" : "+");
      }
      text.append(row).append(" ".repeat(width - row.length()));
      text.append(String.join(" ", cells)).append('\n');
    }
    return text.toString();
  }

  private static LockMode mode(String name) {
    return switch (name) {
      case "IX" -> LockMode.INTENTION_EXCLUSIVE;
      case "S" -> LockMode.SHARED;
      case "SH" -> LockMode.SHARED_HIGH_PRIO;
      case "SR" -> LockMode.SHARED_READ;
      case "SW" -> LockMode.SHARED_WRITE;
      case "SWLP" -> LockMode.SHARED_WRITE_LOW_PRIO;
      case "SU" -> LockMode.SHARED_UPGRADABLE;
      case "SRO" -> LockMode.SHARED_READ_ONLY;
      case "SNW" -> LockMode.SHARED_NO_WRITE;
      case "SNRW" -> LockMode.SHARED_NO_READ_WRITE;
      case "X" -> LockMode.EXCLUSIVE;
      case "T:IS" -> LockMode.TABLE_IS;
      case "T:IX" -> LockMode.TABLE_IX;
      case "T:S" -> LockMode.TABLE_S;
      case "T:X" -> LockMode.TABLE_X;
      case "T:AI" -> LockMode.TABLE_AUTO_INC;
      default -> LockScript.mode(name.substring(2));
    };
  }
}
