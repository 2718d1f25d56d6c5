package io.vaquita.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files, for tests that look at them. Stateless. */
public final class Project {
  private static final Path ROOT = find();

  private Project() {}

  public static Path root() {
    return ROOT;
  }

  public static String read(String path) throws IOException {
    return Files.readString(ROOT.resolve(path));
  }

  /** Files below the modules' source folders and the documents, none of the build's products. */
  public static List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(p -> p.toString().endsWith(suffix))
          .filter(
              p -> {
                String relative = ROOT.relativize(p).toString();
                return !relative.contains("target/")
                    && !relative.startsWith(".git")
                    && !relative.startsWith("build/")
                    && !relative.contains("node_modules/");
              })
          .sorted()
          .toList();
    }
  }

  private static Path find() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("ARCHITECTURE.md"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("run inside the project");
    }
    return at;
  }
}
