package dev.parley.bootstrap.packaged;

import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.Program;
import dev.parley.conformance.server.ProsodyFiles;
import dev.parley.conformance.server.ServerProcess;
import dev.parley.conformance.server.SynapseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A backend with a server of its own, which a test starts and ends. */
final class OnServer implements AutoCloseable {

  /** The backends that have a server. */
  enum Kind {
    POSTGRES,
    REDIS,
    NATS,
    XMPP,
    MATRIX
  }

  /** Of the account on Prosody and Synapse; the other servers ask for none. */
  private static final String PASSWORD = "parley";

  private static final String POSTGRES_FOLDER = "/usr/lib/postgresql/15/bin";

  private final Kind kind;
  private final int port = Ports.free();
  private final Path folder;
  private Optional<ServerProcess> process = Optional.empty();

  /** A server that is not started. */
  OnServer(Kind kind) {
    this.kind = kind;
    try {
      this.folder = Files.createTempDirectory("parley-server");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** The lines of a config that choose this backend, reached at a port. */
  List<String> config(int reachedAt) {
    return switch (kind) {
      case POSTGRES ->
          List.of(
              "backend: postgres",
              "backend_config: { url: 'postgresql://127.0.0.1:%d/postgres', user: parley }"
                  .formatted(reachedAt));
      case REDIS ->
          List.of(
              "backend: redis",
              "backend_config: { url: 'redis://127.0.0.1:%d' }".formatted(reachedAt));
      case NATS ->
          List.of(
              "backend: nats",
              "backend_config: { servers: ['nats://127.0.0.1:%d'] }".formatted(reachedAt));
      case XMPP ->
          List.of(
              "backend: xmpp",
              "backend_config: { service: 'xmpp://localhost:%d', username: parley, password: 'file:%s' }"
                  .formatted(reachedAt, passwordFile()));
      case MATRIX ->
          List.of(
              "backend: matrix",
              "backend_config: { homeserver_url: 'http://127.0.0.1:%d', user: parley, password: 'file:%s' }"
                  .formatted(reachedAt, passwordFile()));
    };
  }

  /** Where a client finds the server. */
  String url() {
    return switch (kind) {
      case POSTGRES -> "postgresql://parley@127.0.0.1:%d/postgres".formatted(port);
      case REDIS -> "redis://127.0.0.1:%d".formatted(port);
      case NATS -> "nats://127.0.0.1:%d".formatted(port);
      case XMPP -> "xmpp://parley:%s@localhost:%d".formatted(PASSWORD, port);
      case MATRIX -> "http://parley:%s@127.0.0.1:%d".formatted(PASSWORD, port);
    };
  }

  private Path passwordFile() {
    try {
      return Files.writeString(folder.resolve("password"), PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    if (kind == Kind.POSTGRES && !Files.exists(folder.resolve("data"))) {
      initialize();
    }
    if (kind == Kind.XMPP) {
      configureProsody();
    }
    if (kind == Kind.MATRIX) {
      new SynapseFiles(folder)
          .configure("localhost", port, "", SynapseFiles.NO_LIMITS + SynapseFiles.OPEN_TO_ALL);
    }
    var started = ServerProcess.start(command(), folder);
    process = Optional.of(started);
    started.awaitReady(this::accepts);
    if (kind == Kind.MATRIX) {
      SynapseFiles.addAccount(port, "parley", PASSWORD);
    }
  }

  private List<String> command() {
    var at = Integer.toString(port);
    return switch (kind) {
      case POSTGRES ->
          asOwner(
              postgres("postgres")
                  .with(
                      "-D",
                      folder.resolve("data").toString(),
                      "-p",
                      at,
                      "-c",
                      "listen_addresses=127.0.0.1",
                      "-c",
                      "unix_socket_directories="));
      case REDIS ->
          Program.installed("redis-server", "redis-server")
              .with("--port", at, "--bind", "127.0.0.1", "--dir", folder.toString());
      case NATS ->
          Program.installed("nats-server", "nats-server")
              .with("-js", "-a", "127.0.0.1", "-p", at, "-sd", folder.toString());
      case XMPP -> new ProsodyFiles(folder).command(Program.installed("prosody", "prosody"));
      case MATRIX -> new SynapseFiles(folder).command();
    };
  }

  private boolean accepts() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void initialize() {
    if (isRoot()) {
      run(List.of("chown", "postgres:postgres", folder.toString()));
    }
    run(
        asOwner(
            postgres("initdb")
                .with(
                    "-D",
                    folder.resolve("data").toString(),
                    "-U",
                    "parley",
                    "--auth=trust",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "--no-sync")));
  }

  private void configureProsody() {
    var files = new ProsodyFiles(folder);
    files.addAccount("localhost", "parley", PASSWORD);
    files.configure(
        port,
        """
        c2s_require_encryption = false
        modules_enabled = { "saslauth"; "disco"; "ping"; "version"; "smacks" }
        modules_disabled = { "s2s"; "offline" }
        VirtualHost "localhost"
        Component "conference.localhost" "muc"
          modules_enabled = { "muc_mam" }
          restrict_room_creation = false
        """);
  }

  private void run(List<String> command) {
    try {
      var outcome = Installation.run(folder, command);
      if (outcome.exit() != 0) {
        throw new IllegalStateException(command.getFirst() + " failed: " + outcome.err());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Program postgres(String program) {
    return Program.installed(program, "postgresql-15", POSTGRES_FOLDER);
  }

  /** PostgreSQL refuses to run as root. */
  private static List<String> asOwner(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    var words =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"));
    words.addAll(command);
    return words;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
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
