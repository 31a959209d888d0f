package dev.parley.adapters.outbound.nats;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.TestServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A NATS server on the loopback address, with a folder of its own. */
final class NatsServer implements TestServer {

  private static final int PATIENCE = 2_000;

  private final Program program;
  private final Path folder;
  private final List<String> arguments;
  private final int port;
  private final int monitor = Ports.free();
  private Optional<ServerProcess> process = Optional.empty();

  private NatsServer(Program program, Path folder, int port, List<String> arguments) {
    this.program = program;
    this.folder = folder;
    this.port = port;
    this.arguments = List.copyOf(arguments);
  }

  /** That of Debian 12. */
  static Program old() {
    return Program.installed("nats-server", "nats-server");
  }

  /** A current one. */
  static Program current() {
    return Program.unpacked("nats-server");
  }

  /** A server with JetStream, not started yet. */
  static NatsServer withJetStream(Program program) {
    return with(program, "-js");
  }

  /** A server with arguments of one's own, not started yet. */
  static NatsServer with(Program program, String... arguments) {
    return new NatsServer(program, newFolder(), Ports.free(), List.of(arguments));
  }

  /** A server with JetStream and further lines of configuration, not started yet. */
  static NatsServer configured(Program program, String configuration) {
    return configured(program, Ports.free(), configuration);
  }

  /** The same, at a port that is known before. */
  static NatsServer configured(Program program, int port, String configuration) {
    var folder = newFolder();
    try {
      var file = Files.writeString(folder.resolve("nats.conf"), configuration);
      return new NatsServer(program, folder, port, List.of("-js", "-c", file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-nats");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, started. */
  NatsServer started() {
    start();
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  int monitorPort() {
    return monitor;
  }

  String url() {
    return "nats://127.0.0.1:" + port;
  }

  @Override
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts it without waiting until it answers. */
  void launch() {
    var words =
        new ArrayList<>(
            program.with(
                "-a", "127.0.0.1", "-p", Integer.toString(port), "-m", Integer.toString(monitor)));
    words.addAll(List.of("-sd", folder.resolve("store").toString()));
    words.addAll(arguments);
    process = Optional.of(ServerProcess.start(words, folder));
  }

  void awaitReady() {
    process.orElseThrow().awaitReady(() -> answers("/healthz"));
  }

  private boolean answers(String path) {
    try {
      return !get(path).isEmpty();
    } catch (IOException notYet) {
      return false;
    }
  }

  // Without java.net.http, whose threads would be counted as left behind.
  private String get(String path) throws IOException {
    var url = URI.create("http://127.0.0.1:%d%s".formatted(monitor, path)).toURL();
    var connection = url.openConnection();
    connection.setConnectTimeout(PATIENCE);
    connection.setReadTimeout(PATIENCE);
    connection.setRequestProperty("Connection", "close");
    try (var in = connection.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What the monitoring port says. */
  String monitored(String path) {
    try {
      return get(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A number that the monitoring port gives under this name. */
  long monitored(String path, String name) {
    var text = monitored(path);
    var found = Pattern.compile("\"" + name + "\":\\s*(\\d+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException(name + " is not in " + text);
    }
    return Long.parseLong(found.group(1));
  }

  String version() {
    var text = monitored("/varz");
    var found = Pattern.compile("\"version\":\\s*\"([^\"]+)\"").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no version in " + text);
    }
    return found.group(1);
  }

  /** A connection of other software. */
  Connection connection() {
    return connection(new Options.Builder());
  }

  Connection connection(Options.Builder options) {
    try {
      return Nats.connect(options.server(url()).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    process.ifPresent(ServerProcess::stop);
    process = Optional.empty();
  }

  @Override
  public void kill() {
    process.ifPresent(ServerProcess::kill);
    process = Optional.empty();
  }

  void freeze() {
    process.orElseThrow().freeze();
  }

  void thaw() {
    process.orElseThrow().thaw();
  }

  @Override
  public void close() {
    kill();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
