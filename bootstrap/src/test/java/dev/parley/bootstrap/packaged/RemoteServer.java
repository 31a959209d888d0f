package dev.parley.bootstrap.packaged;

import dev.parley.conformance.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A {@code parley serve --http} process that authorizes by itself. */
final class RemoteServer implements AutoCloseable {

  static final String PASSPHRASE = "correct horse battery staple";

  private final Installation installation;
  private final Path config;
  private final int port = Ports.free();
  private Path err;
  private Process process;

  RemoteServer(Installation installation) throws IOException {
    this.installation = installation;
    this.config =
        Files.writeString(
            installation.folder().resolve("remote.yaml"),
            Files.readString(installation.config("scribe"))
                + "http: { port: %d }\nauth: { mode: builtin }\n".formatted(port));
    this.err = Files.createTempFile(installation.folder(), "remote", ".err");
    this.process = launch();
    awaitListening();
  }

  private Process launch() throws IOException {
    var builder =
        new ProcessBuilder(
                installation.launcher().toString(),
                "serve",
                "--http",
                "--config",
                config.toString())
            .directory(installation.folder().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().put("PARLEY_OWNER_PASSPHRASE", PASSPHRASE);
    return builder.start();
  }

  private void awaitListening() {
    Awaitility.await()
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> said().contains("serving MCP at") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("did not start: " + said());
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What it said on standard error since its last start. */
  String said() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells it to stop, and starts it again. */
  void restart() throws IOException, InterruptedException {
    process.destroy();
    again();
  }

  /** Kills it, and starts it again. */
  void killAndRestart() throws IOException, InterruptedException {
    process.destroyForcibly();
    again();
  }

  private void again() throws IOException, InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("did not end: " + said());
    }
    err = Files.createTempFile(installation.folder(), "remote", ".err");
    process = launch();
    awaitListening();
  }

  /** Another process of the same configuration; gives its exit code once it has ended. */
  int another() throws IOException, InterruptedException {
    err = Files.createTempFile(installation.folder(), "another", ".err");
    var second = launch();
    try {
      if (!second.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("did not end: " + said());
      }
      return second.exitValue();
    } finally {
      second.destroyForcibly();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
