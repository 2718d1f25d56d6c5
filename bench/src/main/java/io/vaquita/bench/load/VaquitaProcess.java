package io.vaquita.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Vaquita server in a process of its own, on a free port; ended by {@link #close}, and with this process. Confined to one thread. */
public final class VaquitaProcess implements ServerProcess {
  private static final Pattern PORT = Pattern.compile("-P (\\d+)");

  private final Process process;
  private final Thread atExit;
  private final int port;

  private VaquitaProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.atExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** {@code jvm}: options for its JVM; {@code arguments}: for {@code serve}, which gets a free port. */
  public static VaquitaProcess start(List<String> jvm, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.vaquita.server.Main");
    command.addAll(serve(arguments));
    return await(new ProcessBuilder(command));
  }

  /** As users start it, by the launcher with its cache of classes. */
  public static VaquitaProcess launch(long heapBytes, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("vaquita.launcher", "./vaquita"));
    command.addAll(serve(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("VAQUITA_JAVA_OPTIONS", "-Xmx" + (heapBytes >> 20) + "m");
    return await(builder);
  }

  private static List<String> serve(String... arguments) {
    List<String> serve = new ArrayList<>(List.of("serve", "--port", "0"));
    serve.addAll(List.of(arguments));
    return serve;
  }

  private static VaquitaProcess await(ProcessBuilder builder) throws IOException {
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher found = PORT.matcher(line);
      if (found.find()) {
        return new VaquitaProcess(process, Integer.parseInt(found.group(1)));
      }
    }
    process.destroyForcibly();
    throw new IOException("the server did not start");
  }

  ServerEndpoint endpoint() {
    return new ServerEndpoint("Vaquita", "127.0.0.1", port, pid());
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }
}
