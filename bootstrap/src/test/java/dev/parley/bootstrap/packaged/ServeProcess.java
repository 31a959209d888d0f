package dev.parley.bootstrap.packaged;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@code parley serve} process with its client. */
final class ServeProcess implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Path err;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event> pushed = new LinkedBlockingQueue<>();
  private final long startMillis;
  private int lastId;

  private ServeProcess(Process process, Path err, long started) {
    this.process = process;
    this.err = err;
    Thread.ofPlatform().daemon().start(this::read);
    request(
        "initialize",
        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}");
    this.startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  static ServeProcess start(Path launcher, Path config, Path folder) throws IOException {
    var err = Files.createTempFile(folder, "serve", ".err");
    var started = System.nanoTime();
    var process =
        new ProcessBuilder(launcher.toString(), "serve", "--config", config.toString())
            .directory(folder.toFile())
            .redirectError(err.toFile())
            .start();
    return new ServeProcess(process, err, started);
  }

  /** From the launch to the answer to {@code initialize}. */
  long startMillis() {
    return startMillis;
  }

  private void read() {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var message = JSON.readTree(line);
        if (message.has("id")) {
          answers.add(message);
        } else {
          pushed.add(
              new Event(
                  message.at("/params/content").asText(),
                  message.at("/params/meta"),
                  System.nanoTime()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode request(String method, String params) {
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}"
            .formatted(++lastId, method, params));
    try {
      var answer = answers.poll(ANSWER.toSeconds(), TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError(
            "no answer to %s %s; stderr: %s".formatted(method, params, said()));
      }
      return answer.path("result");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void send(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode tool(String name, String arguments) {
    return request("tools/call", "{\"name\":\"%s\",\"arguments\":%s}".formatted(name, arguments));
  }

  /** Calls a tool that answers; gives its structured result as text. */
  String call(String name, String arguments) {
    var result = tool(name, arguments);
    if (result.path("isError").asBoolean()) {
      throw new IllegalStateException(result.toString());
    }
    return result.path("structuredContent").toString();
  }

  /** Calls a tool that cannot do what is asked; gives what it says. */
  String refused(String name, String arguments) {
    var result = tool(name, arguments);
    if (!result.path("isError").asBoolean()) {
      throw new AssertionError("was not refused: " + result);
    }
    return result.at("/content/0/text").asText();
  }

  /** Posts; gives the id of the message. */
  String post(String topic, String content) {
    try {
      var result =
          call(
              "parley_post",
              JSON.writeValueAsString(java.util.Map.of("topic", topic, "content", content)));
      return JSON.readTree(result).path("backendMsgId").asText();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a message that contains a text is pushed in time. */
  boolean isPushed(String text, Duration atMost) throws InterruptedException {
    return nextPushed(text, atMost).isPresent();
  }

  /** The next pushed message that contains a text, if it comes in time; those before are passed. */
  Optional<Event> nextPushed(String text, Duration atMost) throws InterruptedException {
    var deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      var event = pushed.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null || event.content().contains(text)) {
        return Optional.ofNullable(event);
      }
    }
  }

  /**
   * A pushed message.
   *
   * @param nanos when it was read, by {@link System#nanoTime}
   */
  record Event(String content, JsonNode meta, long nanos) {}

  /** What it said on standard error. */
  String said() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the input; gives how long the process took to end, and fails when it ended badly. */
  Duration end() throws IOException, InterruptedException {
    var asked = System.nanoTime();
    process.getOutputStream().close();
    if (!process.waitFor(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("did not end; stderr: " + said());
    }
    if (process.exitValue() != 0) {
      throw new AssertionError("ended with %d: %s".formatted(process.exitValue(), said()));
    }
    return Duration.ofNanos(System.nanoTime() - asked);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
