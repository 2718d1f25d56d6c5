package io.vaquita.bench.micro;

import io.vaquita.parser.Digest;
import io.vaquita.parser.ParsedStatement;
import io.vaquita.parser.Parser;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Text to digest, what each statement pays, and text to syntax tree, what the first of its kind pays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParserBenchmark {
  /** As JMH makes it. */
  public ParserBenchmark() {}

  /** Statements by name: as an annotation's value may be no longer text. */
  @Param({"point", "range", "insert", "join"})
  public String statement = "point";

  private String sql() {
    return switch (statement) {
      case "point" -> "SELECT c FROM sbtest1 WHERE id=5013";
      case "range" -> "SELECT DISTINCT c FROM sbtest1 WHERE id BETWEEN 5013 AND 5112 ORDER BY c";
      case "insert" ->
          "INSERT INTO sbtest1 (id, k, c, pad) VALUES (5013, 4997,"
              + " '68487932199-96439406143-93774651418-41631865787-96406072701',"
              + " '67847967377-48000963322')";
      default ->
          "SELECT o.id, c.name, SUM(i.price * i.pieces) AS total FROM orders o JOIN customers c ON"
              + " c.id = o.customer_id LEFT JOIN items i ON i.order_id = o.id WHERE o.placed >="
              + " '2026-01-01' AND c.country IN ('MX', 'US', 'DE') GROUP BY o.id, c.name HAVING"
              + " total > 100 ORDER BY total DESC LIMIT 20";
    };
  }

  @Benchmark
  public @Nullable Digest digest() {
    return Digest.of(sql(), 0, 0);
  }

  @Benchmark
  public ParsedStatement parse() {
    return Parser.parse(sql(), 0);
  }
}
