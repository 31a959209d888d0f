package dev.parley.bootstrap.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a coding agent is to Parley: an MCP client of its own {@code parley serve} process. */
final class Agent implements AutoCloseable {

  /** How long anything may take. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final JsonMapper MAPPER = new JsonMapper();

  private final String name;
  private final String topic;
  private final Process process;
  private final OutputStream in;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final double startMillis;

  /**
   * A message that was pushed.
   *
   * @param nanos when it came, on this process's clock
   */
  record Event(String content, Map<String, String> meta, long nanos) {

    String meta(String key) {
      return meta.getOrDefault(key, "");
    }

    /** Whether it is the message of this id. */
    boolean is(String message) {
      return meta("msg_id").equals(message);
    }

    String firstLine() {
      return content.lines().findFirst().orElse("");
    }

    double millisSince(long start) {
      return (nanos - start) / 1e6;
    }
  }

  private Agent(String name, String topic, Process process, long started) throws DemoFailed {
    this.name = name;
    this.topic = topic;
    this.process = process;
    this.in = process.getOutputStream();
    Thread.ofPlatform().daemon().name(name + "-reader").start(this::read);
    await(
        "initialize",
        request(
            "initialize",
            Map.of(
                "protocolVersion",
                "2025-11-25",
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", name, "version", "1"))));
    this.startMillis = (System.nanoTime() - started) / 1e6;
    send(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
  }

  /** Starts a session under a handle. */
  static Agent start(String handle, Venue venue) throws DemoFailed {
    var command =
        Launcher.command("serve", "--config", venue.config().toString(), "--handle", handle);
    try {
      var started = System.nanoTime();
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().putAll(venue.environment());
      return new Agent(handle, venue.topic(), builder.start(), started);
    } catch (IOException e) {
      throw new DemoFailed("%s could not be started by %s".formatted(handle, command.getFirst()));
    }
  }

  /** How long it took from the launch to the first answer. */
  double startMillis() {
    return startMillis;
  }

  String name() {
    return name;
  }

  /** Calls a tool; gives its structured result. */
  JsonNode tool(String tool, Map<String, ?> arguments) throws DemoFailed {
    return begin(tool, arguments).result();
  }

  /** Posts to the topic; gives the message's id. */
  String post(String content) throws DemoFailed {
    return tool("parley_post", Map.of("topic", topic, "content", content))
        .path("backendMsgId")
        .asText();
  }

  /** Reads what is unread in the topic; gives the ids of the messages. */
  List<String> catchUp() throws DemoFailed {
    var unread = tool("parley_catch_up", Map.of("topics", List.of(topic)));
    return elements(unread.path("topics").path(0).path("messages"))
        .map(message -> message.path("backendMsgId").asText())
        .toList();
  }

  /** The elements of a JSON array. */
  static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Calls a tool without waiting for its answer. */
  Answer begin(String tool, Map<String, ?> arguments) throws DemoFailed {
    return new Answer(tool, request("tools/call", Map.of("name", tool, "arguments", arguments)));
  }

  /** The answer to a call of a tool, which may still be on its way. */
  final class Answer {

    private final String tool;
    private final Future<JsonNode> answer;

    private Answer(String tool, Future<JsonNode> answer) {
      this.tool = tool;
      this.answer = answer;
    }

    /** The structured result. */
    JsonNode result() throws DemoFailed {
      var result = await(tool, answer);
      if (result.path("isError").asBoolean()) {
        throw new DemoFailed(
            "%s: %s was refused: %s"
                .formatted(name, tool, result.path("content").path(0).path("text").asText()));
      }
      return result.path("structuredContent");
    }
  }

  /** The next pushed event of this kind; others before it are passed over. */
  Event event(String what, Predicate<Event> wanted) throws DemoFailed {
    try {
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new DemoFailed(
              "%s was not pushed to %s within %d s".formatted(what, name, PATIENCE.toSeconds()));
        }
        if (wanted.test(event)) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      throw new DemoFailed("interrupted");
    }
  }

  /** Ends the session as a client does, by the end of its input. */
  void leave() throws DemoFailed {
    try {
      in.close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new DemoFailed(name + " did not end at the end of its input");
      }
    } catch (IOException | InterruptedException e) {
      throw new DemoFailed(name + " could not be ended");
    }
    if (process.exitValue() != 0) {
      throw new DemoFailed("%s ended with exit code %d".formatted(name, process.exitValue()));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  private Future<JsonNode> request(String method, Map<String, ?> params) throws DemoFailed {
    var id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    calls.put(id, answer);
    send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
    return answer;
  }

  private JsonNode await(String what, Future<JsonNode> answer) throws DemoFailed {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new DemoFailed(
          "%s did not answer %s within %d s".formatted(name, what, PATIENCE.toSeconds()));
    } catch (ExecutionException | InterruptedException e) {
      throw new DemoFailed("%s ended before it answered %s".formatted(name, what));
    }
  }

  private void send(Map<String, ?> message) throws DemoFailed {
    try {
      in.write((MAPPER.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new DemoFailed(name + " has ended and takes no more input");
    }
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        take(MAPPER.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      calls.values().forEach(call -> call.completeExceptionally(new IOException("ended")));
    }
  }

  private void take(JsonNode message) {
    if (message.path("method").asText().equals("notifications/claude/channel")) {
      var params = message.path("params");
      var meta =
          MAPPER.convertValue(params.path("meta"), new TypeReference<Map<String, String>>() {});
      events.add(new Event(params.path("content").asText(), meta, System.nanoTime()));
      return;
    }
    var call = calls.remove(message.path("id").asInt());
    if (call != null) {
      call.complete(message.path("result"));
    }
  }
}
