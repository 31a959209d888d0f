package dev.parley.conformance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Prism as a proxy before a double: holds every request and every answer against an OpenAPI
 * description, and writes what does not fit into its log.
 */
public final class Prism implements AutoCloseable {

  // It reads a large description for a while, and for longer where others are at work.
  private static final Duration READY = Duration.ofMinutes(2);
  private static final List<String> VIOLATIONS =
      List.of("errors#UNPROCESSABLE_ENTITY", "errors#VIOLATIONS", "errors#NO_", "errors#METHOD_");

  private final Path folder;
  private final int port = Ports.free();
  private final ServerProcess process;
  private final AtomicInteger sentinels = new AtomicInteger();

  /** Starts it with a description before the server at an address. */
  public Prism(Path description, String upstream) {
    try {
      folder = Files.createTempDirectory("parley-prism");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process =
        ServerProcess.start(
            List.of(
                peer(".bin/node").toString(),
                peer("@stoplight/prism-cli/dist/index.js").toString(),
                "proxy",
                "--errors",
                "--validate-request",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                description.toString(),
                upstream),
            folder);
    process.awaitReady(() -> log().contains("Prism is listening"), READY);
  }

  private static Path peer(String path) {
    var peers = System.getProperty("parley.peers", "no-parley.peers-given");
    var file = Path.of(peers, "node_modules").resolve(path);
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "%s is missing: run ./check --install, or name the folder that has it by -Dparley.peers"
              .formatted(file));
    }
    return file;
  }

  /** Where clients find it. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What did not fit so far, a line each. */
  public List<String> violations() {
    var sentinel = "/sentinel-" + sentinels.incrementAndGet();
    ask(sentinel);
    // The log is written a moment later, but in order.
    Awaitility.await().until(() -> log().contains(sentinel + " \u2716"));
    return log()
        .lines()
        .filter(line -> VIOLATIONS.stream().anyMatch(line::contains))
        .filter(line -> !line.contains("/sentinel-"))
        .toList();
  }

  private void ask(String path) {
    try {
      var connection = (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
      connection.setRequestProperty("Connection", "close");
      connection.getResponseCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many requests went through. */
  public long requests() {
    return log().lines().filter(line -> line.contains("Request received")).count();
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
