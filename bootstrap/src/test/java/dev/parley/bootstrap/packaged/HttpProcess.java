package dev.parley.bootstrap.packaged;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A {@code parley serve --http} process, and a client of it. */
final class HttpProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern PORT = Pattern.compile("listening on [^)]*:(\\d+)\\)");
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Path err;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private HttpProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    await().atMost(START).until(() -> PORT.matcher(said()).find() || !process.isAlive());
    var found = PORT.matcher(said());
    if (!found.find()) {
      throw new AssertionError("did not start: " + said());
    }
    this.port = Integer.parseInt(found.group(1));
  }

  /** Starts a server with a config that leaves the port to it. */
  static HttpProcess start(
      Installation installation, Path config, Map<String, String> environment, String... options)
      throws IOException {
    var err = Files.createTempFile(installation.folder(), "http", ".err");
    var command =
        new ArrayList<>(
            List.of(
                installation.launcher().toString(),
                "serve",
                "--http",
                "--config",
                config.toString()));
    command.addAll(List.of(options));
    var builder =
        new ProcessBuilder(command)
            .directory(installation.folder().toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new HttpProcess(builder.start(), err);
  }

  /** Writes a config for a server that everybody on this machine may use. */
  static Path open(Installation installation) throws IOException {
    return config(installation, "auth: { mode: none }\nhttp: { port: 0 }\n");
  }

  /** Writes a config with further lines. */
  static Path config(Installation installation, String lines) throws IOException {
    var config = installation.config("server");
    return Files.writeString(config, Files.readString(config) + lines);
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, pathAndQuery));
  }

  /** What it said on standard error. */
  String said() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> sending(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  /** A request of MCP 2026-07-28; its answer may be JSON or a stream. */
  HttpRequest request(String method, String name, Map<String, ?> params) {
    var meta =
        Map.of(
            "io.modelcontextprotocol/protocolVersion",
            "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities",
            Map.of());
    var all = new LinkedHashMap<String, Object>(params);
    all.put("_meta", meta);
    try {
      var body =
          JSON.writeValueAsString(
              Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", all));
      var request =
          HttpRequest.newBuilder(uri("/mcp"))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .header("MCP-Protocol-Version", "2026-07-28")
              .header("Mcp-Method", method)
              .POST(BodyPublishers.ofString(body));
      if (!name.isEmpty()) {
        request.header("Mcp-Name", name);
      }
      return request.build();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call of a tool. */
  HttpRequest call(String tool, Map<String, ?> arguments) {
    return request("tools/call", tool, Map.of("name", tool, "arguments", arguments));
  }

  /** The structured result in an answer, whether that came as JSON or as a stream. */
  static JsonNode result(HttpResponse<String> answer) {
    var json =
        answer
            .body()
            .lines()
            .map(line -> line.startsWith("data: ") ? line.substring(6) : line)
            .filter(line -> line.contains("\"result\""))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no result in: " + answer.body()));
    try {
      return JSON.readTree(json).at("/result/structuredContent");
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** A metric without labels, as it is now. */
  double metric(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + name));
  }

  /** Tells it to end, as a service manager does. */
  void terminate() {
    process.destroy();
  }

  /** Ends it without a word, as a crash does. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The code with which it ends, which has to come in time. */
  int exitCode(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("did not end within %s: %s".formatted(atMost, said()));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    kill();
    client.shutdownNow();
  }
}
