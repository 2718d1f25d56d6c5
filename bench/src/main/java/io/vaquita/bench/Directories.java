package io.vaquita.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Scratch directories of measurements. Stateless. */
public final class Directories {
  private Directories() {}

  public static Path make(Path parent) throws IOException {
    Files.createDirectories(parent);
    return Files.createTempDirectory(parent, "vaquita-bench");
  }

  public static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    for (Path path : files(directory)) {
      Files.delete(path);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Bytes of all files whose names match a pattern. */
  public static long bytes(Path directory, String pattern) throws IOException {
    long sum = 0;
    for (Path path : files(directory)) {
      if (Files.isRegularFile(path) && path.getFileName().toString().matches(pattern)) {
        sum += Files.size(path);
      }
    }
    return sum;
  }
}
