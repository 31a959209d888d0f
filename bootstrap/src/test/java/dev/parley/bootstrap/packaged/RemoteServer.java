package dev.parley.bootstrap.packaged;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A packaged Parley that serves over HTTP and authorizes by itself, as its owner runs it. */
final class RemoteServer implements AutoCloseable {

  /** What the owner types on the consent page. */
  static final String PASSPHRASE = "correct horse battery staple";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final Path config;
  private final Path log;
  private Process process;

  private RemoteServer(Path folder, String auth) throws IOException {
    this.folder = folder;
    this.port = freePort();
    this.log = folder.resolve("server.log");
    this.config =
        Files.writeString(
            folder.resolve("server.yaml"),
            Files.readString(Installation.built(folder).config("server"))
                + """
                presence: { enabled: false }
                http: { port: %d }
                auth: { mode: %s }
                """
                    .formatted(port, auth));
    this.process = launch();
  }

  /** One that asks its owner for whoever wants access. */
  static RemoteServer start(Path folder) throws IOException {
    return new RemoteServer(folder, "builtin");
  }

  /** One that anybody on this machine may use. */
  static RemoteServer startOpen(Path folder) throws IOException {
    return new RemoteServer(folder, "none");
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    Files.writeString(log, "");
    var launcher = Installation.built(folder).launcher().toString();
    var builder =
        new ProcessBuilder(launcher, "serve", "--http", "--config", config.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("PARLEY_OWNER_PASSPHRASE", PASSPHRASE);
    var launched = builder.start();
    await().atMost(PATIENCE).until(() -> said().contains("serving MCP at") || !launched.isAlive());
    if (!launched.isAlive()) {
      throw new AssertionError("the server did not start: " + said());
    }
    return launched;
  }

  String issuer() {
    return "http://127.0.0.1:" + port;
  }

  URI endpoint() {
    return URI.create(issuer() + "/mcp");
  }

  long pid() {
    return process.pid();
  }

  /** What it wrote to its log since its last start. */
  String said() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** Ends it as an operator does, and starts it again. */
  void restart() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server did not end: " + said());
    }
    process = launch();
  }

  /** Takes its life in the midst of whatever it does, and starts it again. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
