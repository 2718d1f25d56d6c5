package io.vaquita.spec.packaging;

import io.vaquita.spec.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A module's jar as its users get it: the packaged one, or, in a build that only tests, one made of its classes in the same way. Immutable.
 *
 * @param module the module's directory
 * @param inside a class of it
 */
record Artifact(String module, Class<?> inside) {
  private static final Pattern MODULE_NAME = Pattern.compile("<module.name>(.*)</module.name>");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
  private static final Pattern ARTIFACT_ID = Pattern.compile("<artifactId>(.*?)</artifactId>");

  private static final Pattern IS_LEFT_OUT =
      Pattern.compile("<scope>(test|provided)|<optional>true");

  private static Matcher find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + pattern);
    }
    return matcher;
  }

  private String pom() throws IOException {
    return Project.read(module + "/pom.xml");
  }

  /** The names of the artifacts that a user gets along with it, of its own pom alone. */
  List<String> dependencies() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Matcher matcher = DEPENDENCY.matcher(pom());
    while (matcher.find()) {
      String dependency = matcher.group(1);
      if (!IS_LEFT_OUT.matcher(dependency).find()) {
        names.add(find(ARTIFACT_ID, dependency).group(1));
      }
    }
    return List.copyOf(names);
  }

  /** The jar; made in {@code directory} where there is none. */
  Path jar(Path directory) throws IOException {
    Path source;
    try {
      source = Path.of(inside.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return Files.isDirectory(source) ? pack(source, directory) : source;
  }

  private Path pack(Path classes, Path directory) throws IOException {
    Path jar = directory.resolve("vaquita-" + module + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Automatic-Module-Name"), find(MODULE_NAME, pom()).group(1));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> all = Files.walk(classes)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString().replace('\\', '/')));
        Files.copy(path, out);
      }
    }
    return jar;
  }
}
