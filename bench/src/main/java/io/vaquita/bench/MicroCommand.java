package io.vaquita.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench micro}: the JMH benchmarks of single parts. Used once. */
@Command(
    name = "micro",
    description = "JMH benchmarks of parser, codec, tree, protocol and lock table.",
    mixinStandardHelpOptions = true)
final class MicroCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "Regular expression of benchmarks to run (all).")
  private String pattern = "io.vaquita.bench.micro.*";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of an iteration (${DEFAULT-VALUE}).")
  private int seconds = 2;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Measured iterations (${DEFAULT-VALUE}); half as many warm up.")
  private int iterations = 5;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A JMH profiler, such as gc, stack, perfnorm.")
  private List<String> profilers = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    List<String> arguments = new ArrayList<>(List.of(pattern, "-f", "1", "-foe", "true"));
    arguments.addAll(List.of("-wi", Integer.toString(Math.max(1, iterations / 2))));
    arguments.addAll(List.of("-i", Integer.toString(iterations)));
    arguments.addAll(List.of("-w", seconds + "s", "-r", seconds + "s"));
    for (String profiler : profilers) {
      arguments.addAll(List.of("-prof", profiler));
    }
    org.openjdk.jmh.Main.main(arguments.toArray(new String[0]));
    return 0;
  }
}
