package dev.parley.adapters.outbound.redis;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A server of the Redis family with a folder of its own. */
final class RedisServer implements TestServer {

  private final Program program;
  private final int port;
  private final List<String> options;
  private final Path folder;
  private Optional<Path> configuration = Optional.empty();
  private Optional<ServerProcess> process = Optional.empty();

  /** A server that is not started yet; the options are added to port and folder. */
  RedisServer(Program program, String... options) {
    this.program = program;
    this.port = Ports.free();
    this.options = List.of(options);
    try {
      this.folder = Files.createTempDirectory("parley-redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Redis of the system's package. */
  static Program redis() {
    return Program.installed("redis-server", "redis-server");
  }

  /** A server that keeps what it acknowledged when it is killed. */
  static RedisServer durable(Program program) {
    return new RedisServer(program, "--save", "", "--appendonly", "yes", "--appendfsync", "always");
  }

  /** A server without persistence. */
  static RedisServer inMemory(Program program, String... options) {
    var all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
    // A replica need not wait for others to start with it.
    all.addAll(List.of("--repl-diskless-sync-delay", "0"));
    all.addAll(List.of(options));
    return new RedisServer(program, all.toArray(String[]::new));
  }

  /** A Sentinel that watches over a primary, and waits for a second one's opinion. */
  static RedisServer sentinel(Program program, String primary, int primaryPort) {
    var server = new RedisServer(program, "--sentinel");
    server.configure(
        """
        port %d
        bind 127.0.0.1
        dir %s
        sentinel monitor %3$s 127.0.0.1 %4$d 2
        sentinel down-after-milliseconds %3$s 1000
        sentinel failover-timeout %3$s 5000
        """
            .formatted(server.port, server.folder, primary, primaryPort));
    return server;
  }

  /** A node of a cluster that is still to be made. */
  static RedisServer node(Program program) {
    return inMemory(
        program,
        "--cluster-enabled",
        "yes",
        "--cluster-port",
        Integer.toString(Ports.free()),
        "--cluster-node-timeout",
        "1500",
        "--cluster-require-full-coverage",
        "no");
  }

  private void configure(String text) {
    try {
      configuration = Optional.of(Files.writeString(folder.resolve("redis.conf"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RedisServer started() {
    start();
    return this;
  }

  @Override
  public int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  RedisCli cli() {
    return new RedisCli(port);
  }

  @Override
  public void start() {
    var words =
        configuration
            .map(file -> program.with(file.toString()))
            .orElseGet(() ->
                program.with(
                    "--port",
                    Integer.toString(port),
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    folder.toString()));
    words.addAll(options);
    var started = ServerProcess.start(words, folder);
    process = Optional.of(started);
    var cli = cli();
    started.awaitReady(() -> {
      var answer = cli.run("PING");
      return answer.equals("PONG") || answer.startsWith("NOAUTH");
    });
  }

  ServerProcess process() {
    return process.orElseThrow();
  }

  @Override
  public void stop() {
    process().stop();
    process = Optional.empty();
  }

  @Override
  public void kill() {
    process().kill();
    process = Optional.empty();
  }

  @Override
  public void close() {
    process.ifPresent(ServerProcess::close);
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
