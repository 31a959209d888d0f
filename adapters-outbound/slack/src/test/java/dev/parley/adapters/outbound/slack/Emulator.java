package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conformance.server.Ports;
import dev.parley.conformance.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The npm package {@code emulate}: others' idea of Slack's Web API. */
final class Emulator implements AutoCloseable {

  static final String VERSION = "0.12.2";

  /** Of its one user. */
  static final String TOKEN = "test_token_admin";

  private final int port = Ports.free();
  private final Path folder;
  private final ServerProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger channels = new AtomicInteger();

  /** Starts it. */
  Emulator() {
    var modules = modules(System.getProperty("parley.peers"));
    folder = newFolder();
    process =
        ServerProcess.start(
            List.of(
                modules.resolve(".bin/node").toString(),
                modules.resolve("emulate/dist/index.js").toString(),
                "start",
                "--service",
                "slack",
                "--port",
                Integer.toString(port)),
            folder);
    process.awaitReady(this::listens);
  }

  /**
   * The packages in a folder, the emulator among them.
   *
   * @throws IllegalStateException when it is not there in the version that the tests were written
   *     for
   */
  static Path modules(@Nullable String peers) {
    var modules = Path.of(peers == null ? "no-parley.peers-given" : peers, "node_modules");
    var found = versionIn(modules.resolve("emulate/package.json"));
    if (!found.equals(VERSION)) {
      throw new IllegalStateException(
          "emulate %s is needed in %s, and %s is there: run ./check --install, or name the folder that has it by -Dparley.peers"
              .formatted(VERSION, modules, found));
    }
    return modules;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("parley-emulate");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String versionIn(Path description) {
    try {
      return Files.exists(description)
          ? new ObjectMapper().readTree(description.toFile()).path("version").asText()
          : "none";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listens() {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port + "/api";
  }

  /** The id of a new channel. */
  String newChannel() {
    var name = "topic-" + channels.incrementAndGet();
    return ask("conversations.create", Map.of("name", name)).path("channel").path("id").asText();
  }

  /** What a method answers its one user. */
  JsonNode ask(String method, Map<String, String> parameters) {
    var form =
        parameters.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(URI.create(url() + "/" + method))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      var answer = new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("ok").asBoolean()) {
        throw new IllegalStateException("the emulator refuses %s: %s".formatted(method, answer));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
    process.stop();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
