package dev.parley.bootstrap.meeting;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
public final class Agent implements AutoCloseable {

  /** How long anything may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

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
  public record Event(String content, Map<String, String> meta, long nanos) {

    /** What the event says of itself under a key, or nothing. */
    public String meta(String key) {
      return meta.getOrDefault(key, "");
    }

    /** Whether it is the message of this id. */
    public boolean is(String message) {
      return meta("msg_id").equals(message);
    }

    /** The first line of the message. */
    public String firstLine() {
      return content.lines().findFirst().orElse("");
    }

    /** How long after a start it came. */
    public double millisSince(long start) {
      return (nanos - start) / 1e6;
    }
  }

  private Agent(String name, String topic, Process process, long started) throws MeetingFailed {
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
  public static Agent start(String handle, Venue venue) throws MeetingFailed {
    return start(handle, venue, List.of(), Redirect.INHERIT);
  }

  /**
   * The same, with arguments before those of the session.
   *
   * @param errors where its standard error goes
   */
  public static Agent start(
      String handle, Venue venue, List<String> leadingArguments, Redirect errors)
      throws MeetingFailed {
    var arguments = new ArrayList<>(leadingArguments);
    arguments.addAll(List.of("serve", "--config", venue.config().toString(), "--handle", handle));
    var command = Launcher.command(arguments);
    try {
      var started = System.nanoTime();
      var builder = new ProcessBuilder(command).redirectError(errors);
      builder.environment().putAll(venue.environment());
      return new Agent(handle, venue.topic(), builder.start(), started);
    } catch (IOException e) {
      throw new MeetingFailed(
          "%s could not be started by %s".formatted(handle, command.getFirst()));
    }
  }

  /** How long it took from the launch to the first answer. */
  public double startMillis() {
    return startMillis;
  }

  /** Its handle. */
  public String name() {
    return name;
  }

  /** Calls a tool; gives its structured result. */
  public JsonNode tool(String tool, Map<String, ?> arguments) throws MeetingFailed {
    return begin(tool, arguments).result();
  }

  /** Posts to the topic; gives the message's id. */
  public String post(String content) throws MeetingFailed {
    return tool("parley_post", Map.of("topic", topic, "content", content))
        .path("backendMsgId")
        .asText();
  }

  /** Reads what is unread in the topic; gives the ids of the messages. */
  public List<String> catchUp() throws MeetingFailed {
    var unread = tool("parley_catch_up", Map.of("topics", List.of(topic)));
    return elements(unread.path("topics").path(0).path("messages"))
        .map(message -> message.path("backendMsgId").asText())
        .toList();
  }

  /** The elements of a JSON array. */
  public static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** Sends a request of the protocol; gives its result, or nothing for an error. */
  public JsonNode ask(String method, Map<String, ?> params) throws MeetingFailed {
    return await(method, request(method, params));
  }

  /** Calls a tool without waiting for its answer. */
  public Answer begin(String tool, Map<String, ?> arguments) throws MeetingFailed {
    return new Answer(tool, request("tools/call", Map.of("name", tool, "arguments", arguments)));
  }

  /** The answer to a call of a tool, which may still be on its way. */
  public final class Answer {

    private final String tool;
    private final Future<JsonNode> answer;

    private Answer(String tool, Future<JsonNode> answer) {
      this.tool = tool;
      this.answer = answer;
    }

    /** The structured result. */
    public JsonNode result() throws MeetingFailed {
      var result = await(tool, answer);
      if (result.path("isError").asBoolean()) {
        throw new MeetingFailed(
            "%s: %s was refused: %s"
                .formatted(name, tool, result.path("content").path(0).path("text").asText()));
      }
      return result.path("structuredContent");
    }
  }

  /** The next pushed event of this kind; others before it are passed over. */
  public Event event(String what, Predicate<Event> wanted) throws MeetingFailed {
    try {
      var deadline = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        var event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (event == null) {
          throw new MeetingFailed(
              "%s was not pushed to %s within %d s".formatted(what, name, PATIENCE.toSeconds()));
        }
        if (wanted.test(event)) {
          return event;
        }
      }
    } catch (InterruptedException e) {
      throw new MeetingFailed("interrupted");
    }
  }

  /** Ends the session as a client does, by the end of its input. */
  public void leave() throws MeetingFailed {
    leave(PATIENCE);
  }

  /** The same, when ending may take this long. */
  public void leave(Duration patience) throws MeetingFailed {
    try {
      in.close();
      if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        throw new MeetingFailed(name + " did not end at the end of its input");
      }
    } catch (IOException | InterruptedException e) {
      throw new MeetingFailed(name + " could not be ended");
    }
    if (process.exitValue() != 0) {
      throw new MeetingFailed("%s ended with exit code %d".formatted(name, process.exitValue()));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  private Future<JsonNode> request(String method, Map<String, ?> params) throws MeetingFailed {
    var id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    calls.put(id, answer);
    send(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
    return answer;
  }

  private JsonNode await(String what, Future<JsonNode> answer) throws MeetingFailed {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new MeetingFailed(
          "%s did not answer %s within %d s".formatted(name, what, PATIENCE.toSeconds()));
    } catch (ExecutionException | InterruptedException e) {
      throw new MeetingFailed("%s ended before it answered %s".formatted(name, what));
    }
  }

  private void send(Map<String, ?> message) throws MeetingFailed {
    try {
      in.write((MAPPER.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new MeetingFailed(name + " has ended and takes no more input");
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
