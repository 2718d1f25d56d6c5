package io.vaquita.value.number;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaquita.value.Slice;
import io.vaquita.value.TestData;
import io.vaquita.value.TextBuffer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Numbers out of text, into text, and decimal arithmetic, compared with the reference server. */
class NumberTest {
  private static final int LIMIT = Integer.getInteger("limit", 30);

  @Test
  void answersAsTheReferenceServer() {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> perOperation = new TreeMap<>();
    for (String[] row : TestData.rows("/io/vaquita/value/numbers.tsv")) {
      String actual = answer(row);
      if (!actual.equals(row[row.length - 1])) {
        wrong.add(String.join(" , ", row) + "\n   actual " + actual);
        perOperation.merge(row[0], 1, Integer::sum);
      }
    }
    assertTrue(
        wrong.isEmpty(),
        () ->
            wrong.size()
                + " "
                + perOperation
                + "\n"
                + String.join("\n", wrong.subList(0, Math.min(LIMIT, wrong.size()))));
  }

  private static String answer(String[] row) {
    NumberScan scan = new NumberScan();
    Slice text = Slice.utf8(row[1]);
    BigDecimal a = NumberParser.toDecimal(text, scan);
    return switch (row[0]) {
      case "double" -> NumberText.doubleText(Double.parseDouble(row[1])).toUtf8();
      case "str2double" -> NumberText.doubleText(NumberParser.toDouble(text, scan)).toUtf8();
      case "str2int" -> Long.toString(NumberParser.toLongCut(text, true, scan));
      case "str2uint" -> Long.toUnsignedString(NumberParser.toLongCut(text, true, scan));
      case "str2dec" -> {
        BigDecimal d = Decimals.round(a, 10);
        yield shown(Decimals.overflows(d, 40, 10) ? Decimals.greatest(d.signum(), 40, 10) : d);
      }
      case "d2i" -> Long.toString(Decimals.toLong(a, false, scan));
      case "d2u" -> Long.toUnsignedString(Decimals.toLong(a, a.signum() >= 0, scan));
      case "round1" -> shown(Decimals.round(a, Math.min(1, a.scale())));
      default -> arithmetic(row[0], a, NumberParser.toDecimal(Slice.utf8(row[2]), scan));
    };
  }

  private static String shown(BigDecimal d) {
    return NumberText.decimalText(d).toUtf8();
  }

  private static String arithmetic(String operation, BigDecimal a, BigDecimal b) {
    int quotientScale = Math.min(Decimals.SCALE_MAX, a.scale() + 4);
    return switch (operation) {
      case "div" -> shown(Decimals.round(Decimals.divide(a, b, 4), quotientScale));
      case "div3" ->
          shown(
              Decimals.round(
                  Decimals.multiply(Decimals.divide(a, b, 4), BigDecimal.valueOf(3)),
                  quotientScale));
      case "mul" -> shown(Decimals.multiply(a, b));
      case "mod" -> shown(Decimals.remainder(a, b));
      default -> shown(Decimals.add(a, b));
    };
  }

  @Test
  void everyDoubleReadsBack() {
    Random random = new Random(11);
    NumberScan scan = new NumberScan();
    TextBuffer out = new TextBuffer(32);
    for (int i = 0; i < 20_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(d)) {
        out.clear();
        NumberText.appendDouble(out, d);
        assertEquals(d, NumberParser.toDouble(out.toSlice(), scan));
      }
    }
  }

  @Test
  void decimalsPrintAsTheyAre() {
    Random random = new Random(12);
    for (int i = 0; i < 5_000; i++) {
      BigDecimal d =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(31));
      assertEquals(d.toPlainString(), shown(d));
    }
  }
}
