package dev.parley.adapters.outbound.discord;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * Prism as a proxy before the double, with Discord's published description of its API: of that the
 * calls that Parley makes, since the whole takes Prism half a minute to read.
 */
final class Prism implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration READY = Duration.ofMinutes(2);
  private static final String DESCRIPTION = "discord-openapi.json";
  private static final Map<String, Set<String>> CALLED =
      Map.of(
          "/users/@me", Set.of("get"),
          "/applications/@me", Set.of("get"),
          "/channels/{channel_id}", Set.of("get"),
          "/channels/{channel_id}/messages", Set.of("get", "post"),
          "/channels/{channel_id}/webhooks", Set.of("get", "post"),
          "/webhooks/{webhook_id}/{webhook_token}", Set.of("post"),
          "/guilds/{guild_id}", Set.of("get"),
          "/guilds/{guild_id}/members/search", Set.of("get"),
          "/guilds/{guild_id}/members/{user_id}", Set.of("get"));
  private static final Set<String> OF_ALL_METHODS = Set.of("parameters");
  private static final String JSON = "application/json";
  private static final List<String> VIOLATIONS =
      List.of("errors#UNPROCESSABLE_ENTITY", "errors#VIOLATIONS", "errors#NO_", "errors#METHOD_");

  private final AtomicInteger sentinels = new AtomicInteger();
  private final ServerProcess process;
  private final Path log;
  private final int port;

  private Prism(ServerProcess process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  static Prism before(String upstream, Path folder) {
    var peers = Path.of(required("parley.peers", System.getProperty("parley.peers")));
    var programs = peers.resolve("node_modules/.bin");
    var port = Ports.free();
    var process =
        ServerProcess.start(
            List.of(
                programs.resolve("node").toString(),
                programs.resolve("prism").toString(),
                "proxy",
                "--errors",
                "--validate-request",
                called(folder).toString(),
                upstream,
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port)),
            folder);
    var log = folder.resolve("server.log");
    // It reads for a while, and for longer where others are at work.
    Awaitility.await("Prism")
        .atMost(READY)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> text(log).contains("Prism is listening"));
    return new Prism(process, log, port);
  }

  private static String required(String what, @org.jspecify.annotations.Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          what + " is not set: run ./check, which sets it, or give it the folder of the peers");
    }
    return value;
  }

  private static Path specs() {
    var given = System.getenv("PARLEY_SPECS");
    var checkout = Path.of(System.getProperty("parley.checkout", "."));
    var folder = given == null ? checkout.resolve("../shared/specs") : Path.of(given);
    if (!Files.isReadable(folder.resolve(DESCRIPTION))) {
      throw new IllegalStateException(
          "%s is not in %s: the double cannot be checked without Discord's description of its API; set PARLEY_SPECS to the folder that has it"
              .formatted(DESCRIPTION, folder.toAbsolutePath().normalize()));
    }
    return folder.resolve(DESCRIPTION);
  }

  /** The part of the description that Parley's calls need. */
  private static Path called(Path folder) {
    try {
      var whole = (ObjectNode) MAPPER.readTree(specs().toFile());
      var paths = (ObjectNode) whole.get("paths");
      paths.retain(CALLED.keySet());
      CALLED.forEach((path, methods) -> keepCalled((ObjectNode) paths.get(path), methods));
      // What is wrong with a field has a word for its code, as Discord's reference shows.
      var code = (ObjectNode) whole.at("/components/schemas/InnerErrors/properties/_errors/items");
      code.removeAll();
      code.putObject("properties").putObject("code").put("type", "string");
      code.putArray("required").add("code").add("message");
      var needed = new LinkedHashSet<String>();
      refer(paths, whole, needed);
      var components = MAPPER.createObjectNode();
      components.set("securitySchemes", whole.at("/components/securitySchemes"));
      for (var reference : needed) {
        var parts = reference.split("/", -1);
        components.withObjectProperty(parts[2]).set(parts[3], whole.at(reference.substring(1)));
      }
      whole.set("components", components);
      var file = folder.resolve("called.json");
      MAPPER.writeValue(file.toFile(), whole);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepCalled(ObjectNode path, Set<String> methods) {
    var kept = new HashSet<>(OF_ALL_METHODS);
    kept.addAll(methods);
    path.retain(kept);
    for (var method : methods) {
      if (path.at("/" + method + "/requestBody/content") instanceof ObjectNode bodies) {
        bodies.retain(JSON);
      }
    }
  }

  private static void refer(JsonNode node, JsonNode whole, Set<String> needed) {
    var reference = node.path("$ref").asText("");
    if (reference.startsWith("#/") && needed.add(reference)) {
      refer(whole.at(reference.substring(1)), whole, needed);
    }
    node.forEach(child -> refer(child, whole, needed));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What did not fit the description so far, calls and answers, a line each. */
  List<String> violations() {
    var sentinel = "/sentinel-" + sentinels.incrementAndGet();
    ask(sentinel);
    // The log is written a moment later, but in order.
    Awaitility.await().until(() -> text(log).contains(sentinel + " \u2716"));
    return text(log)
        .lines()
        .filter(line -> VIOLATIONS.stream().anyMatch(line::contains))
        .filter(line -> !line.contains("/sentinel-"))
        .toList();
  }

  /** How many requests went through. */
  long requests() {
    return text(log).lines().filter(line -> line.contains("Request received")).count();
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

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
