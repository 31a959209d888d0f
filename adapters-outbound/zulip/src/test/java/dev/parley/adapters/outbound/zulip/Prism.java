package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Prism before a double: holds every request and every answer against Zulip's own OpenAPI
 * description, and writes what does not fit into its log.
 */
final class Prism implements AutoCloseable {

  private static final String SPECIFICATION = "zulip-openapi.json";
  private static final List<String> VIOLATIONS =
      List.of("errors#UNPROCESSABLE_ENTITY", "errors#VIOLATIONS", "errors#NO_", "errors#METHOD_");

  private final Path folder;
  private final int port = Ports.free();
  private final ServerProcess process;
  private final AtomicInteger sentinels = new AtomicInteger();

  /** Starts it before a server at this address. */
  Prism(String upstream) {
    try {
      folder = Files.createTempDirectory("parley-prism");
      var specification = withPrefix(specification(), folder.resolve(SPECIFICATION));
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
                  specification.toString(),
                  upstream),
              folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.awaitReady(() -> log().contains("Prism is listening"));
  }

  /** Zulip's description, or why it is not there. */
  private static Path specification() {
    var folder =
        Optional.ofNullable(System.getenv("PARLEY_SPECS"))
            .map(Path::of)
            .orElseGet(() -> checkout().resolveSibling("shared").resolve("specs"));
    return required(folder.resolve(SPECIFICATION), "PARLEY_SPECS");
  }

  private static Path checkout() {
    var folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("architecture-tests"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Path peer(String path) {
    var folder = Path.of(System.getProperty("parley.peers", "no-parley.peers-given"));
    return required(folder.resolve("node_modules").resolve(path), "-Dparley.peers");
  }

  private static Path required(Path file, String setting) {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "%s is missing, so that nobody checks the double of Zulip: name its folder by %s"
              .formatted(file, setting));
    }
    return file;
  }

  /** The description for paths as clients use them; it leaves the prefix out. */
  private static Path withPrefix(Path original, Path copy) throws IOException {
    var json = new ObjectMapper();
    var specification = (ObjectNode) json.readTree(original.toFile());
    var paths = specification.path("paths");
    var prefixed = specification.putObject("paths");
    paths.properties().forEach(path -> prefixed.set("/api/v1" + path.getKey(), path.getValue()));
    // Three of its alternatives are alike, so that its own examples would not fit exactly one.
    var refused = (ObjectNode) specification.at("/components/schemas/send_message_400_response");
    refused.set("anyOf", refused.remove("oneOf"));
    json.writeValue(copy.toFile(), specification);
    return copy;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("server.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What did not fit so far, a line each. */
  List<String> violations() {
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
  long requests() {
    return log().lines().filter(line -> line.contains("Request received")).count();
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
