package dev.parley.adapters.outbound.xmpp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conformance.server.Program;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A person at a client of slixmpp, a library of others, in a process of its own. */
final class SlixmppPerson implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path script;
  private final BufferedWriter orders;
  private final List<JsonNode> seen = new CopyOnWriteArrayList<>();

  private SlixmppPerson(Process process, Path script) {
    this.process = process;
    this.script = script;
    this.orders = process.outputWriter();
    var reader = process.inputReader();
    var _ = Thread.ofPlatform().daemon().name("person").start(() -> readAll(reader));
  }

  /** A person of an account, logged in, who may enter one room. */
  static SlixmppPerson at(XmppServer server, String account, String room) {
    var python = Program.installed("python3", "python3-slixmpp", "/usr/bin");
    try (var source = SlixmppPerson.class.getResourceAsStream("person.py")) {
      var script = Files.createTempFile("parley-person", ".py");
      Files.write(script, Objects.requireNonNull(source).readAllBytes());
      var process =
          new ProcessBuilder(
                  python.with(
                      script.toString(),
                      account + "@" + XmppServer.DOMAIN,
                      XmppServer.PASSWORD,
                      room,
                      Integer.toString(server.port())))
              .redirectErrorStream(true)
              .start();
      var person = new SlixmppPerson(process, script);
      var _ = person.await(event -> is(event, "online"));
      return person;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAll(BufferedReader reader) {
    reader.lines().forEach(line -> seen.add(event(line)));
  }

  // What is no event is a word of Python's, shown when the test fails.
  private static JsonNode event(String line) {
    try {
      return line.startsWith("{") ? JSON.readTree(line) : JSON.createObjectNode().put("said", line);
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode().put("said", line);
    }
  }

  static boolean is(JsonNode event, String kind) {
    return event.path("event").asText().equals(kind);
  }

  private void tell(ObjectNode order) {
    try {
      orders.write(order.toString());
      orders.newLine();
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode order(String what) {
    return JSON.createObjectNode().put("do", what);
  }

  /** Enters; gives {@code joined}, or {@code refused} with the condition. */
  JsonNode join(String nick) {
    var before = seen.size();
    tell(order("join").put("nick", nick));
    return awaitAfter(before, event -> is(event, "joined") || is(event, "refused"));
  }

  void say(String text) {
    tell(order("say").put("text", text));
  }

  /** Says something with an element in it that is not the person's to write. */
  void forge(String text, String element) {
    tell(order("say").put("text", text).put("forge", element));
  }

  void reply(JsonNode message, String text) {
    tell(
        order("reply")
            .put("to", message.path("nick").asText())
            .put("id", message.path("id").asText())
            .put("quoted", message.path("body").asText())
            .put("text", text));
  }

  /** Corrects what was said last. */
  void correct(String text) {
    tell(order("correct").put("text", text));
  }

  /** A message as the client shows it, once its text has come. */
  JsonNode message(String text) {
    return await(event -> is(event, "message") && event.path("body").asText().contains(text));
  }

  private JsonNode await(Predicate<JsonNode> wanted) {
    return awaitAfter(0, wanted);
  }

  private JsonNode awaitAfter(int first, Predicate<JsonNode> wanted) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> {
          if (seen.stream().skip(first).noneMatch(wanted)) {
            throw new AssertionError("the client saw " + seen);
          }
        });
    return seen.stream().skip(first).filter(wanted).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Files.deleteIfExists(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
