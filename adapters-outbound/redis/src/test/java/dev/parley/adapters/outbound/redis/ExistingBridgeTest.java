package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that bridges in the field use as well; they are played by redis-cli. */
class ExistingBridgeTest {

  private static final RedisServer SERVER = RedisServer.inMemory(RedisServer.redis());
  private static final RedisCli BRIDGE = SERVER.cli();

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @BeforeEach
  void empty() {
    BRIDGE.run("FLUSHALL");
  }

  @Test
  void its_messages_are_read_in_full() {
    BRIDGE.type(
        """
        XADD parley:ctx 1738555506789-0 sender planner content first ts 2025-02-03T04:05:06.789Z in_reply_to ""
        XADD parley:other * sender planner content elsewhere ts 2025-02-03T04:05:07.000Z in_reply_to ""
        XADD parley:ctx 1738555508000-2 sender coder content second ts 2025-02-03T04:05:08.000Z in_reply_to 1738555506789-0
        """);

    try (var backend = Fixture.open(SERVER.port())) {
      var messages = backend.fetchRecent(TOPIC, Window.latest(10)).messages();
      assertThat(messages)
          .extracting(m -> m.id().value(), m -> m.sender().handle(), Message::content)
          .containsExactly(
              tuple("1738555506789-0", "planner", "first"),
              tuple("1738555508000-2", "coder", "second"));
      assertThat(messages.getFirst().timestamp())
          .isEqualTo(Instant.parse("2025-02-03T04:05:06.789Z"));
      assertThat(messages.getFirst().parent()).isNull();
      assertThat(messages.getLast().parent()).isEqualTo(new MessageId("1738555506789-0"));
      assertThat(messages)
          .allSatisfy(m -> assertThat(m.sender().kind()).isEqualTo(Sender.Kind.AGENT));
    }
  }

  @Test
  void a_message_without_a_readable_time_has_that_of_its_id() {
    BRIDGE.type("XADD parley:ctx 1738555506789-0 sender planner content first ts yesterday");

    try (var backend = Fixture.open(SERVER.port())) {
      assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).messages())
          .extracting(Message::timestamp)
          .containsExactly(Instant.parse("2025-02-03T04:05:06.789Z"));
    }
  }

  @Test
  void it_reads_what_parley_writes() {
    try (var backend = Fixture.open(SERVER.port())) {
      var first = backend.post(Draft.of(TOPIC, "a question"));
      var second = backend.post(Draft.of(TOPIC, "an answer").inReplyTo(first));

      assertThat(BRIDGE.run("XRANGE", "parley:ctx", "-", "+").lines())
          .hasSize(18)
          .startsWith(first.value(), "sender", "agent", "content", "a question", "ts")
          .endsWith("in_reply_to", first.value())
          .contains(second.value());
    }
  }

  @Test
  void it_may_tell_a_person_from_an_agent() {
    var settings = Map.of("url", Fixture.url(SERVER.port()));
    try (var backend = Fixture.open("grace", Sender.Kind.PERSON, settings)) {
      backend.post(Draft.of(TOPIC, "hello"));
    }

    assertThat(BRIDGE.run("XRANGE", "parley:ctx", "-", "+").lines()).endsWith("kind", "person");
  }

  @Test
  void both_kinds_of_writer_keep_one_order() throws InterruptedException {
    try (var backend = Fixture.open(SERVER.port());
        var reader = Fixture.open(SERVER.port())) {
      var feed = new RecordingFeed();
      reader.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var lines =
          IntStream.range(0, 500)
              .mapToObj(n ->
                  "XADD parley:ctx * sender old content old-%d ts x in_reply_to \"\"".formatted(n))
              .collect(Collectors.joining("\n"));
      var old = Thread.ofVirtual().start(() -> BRIDGE.type(lines));
      for (var n = 0; n < 500; n++) {
        backend.post(Draft.of(TOPIC, "new-" + n));
      }
      old.join();
      feed.untilContents(1_000);

      var history = Fixture.contents(backend, TOPIC);
      assertThat(history).hasSize(1_000).doesNotHaveDuplicates();
      assertThat(feed.contents()).isEqualTo(history);
      assertThat(history.stream().filter(content -> content.startsWith("new-")))
          .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(n -> "new-" + n).toList());
      assertThat(history.stream().filter(content -> content.startsWith("old-")))
          .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(n -> "old-" + n).toList());
    }
  }

  @Test
  void odd_entries_do_not_stop_the_live_path() {
    try (var backend = Fixture.open(SERVER.port())) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      BRIDGE.type(
          """
          XADD parley:ctx * level info
          XADD parley:ctx * content "\\xff\\xfe" sender "\\xff"
          """);
      BRIDGE.runWithLast(new byte[5_000_000], "XADD", "parley:ctx", "*", "sender", "a", "content");
      BRIDGE.type("XADD parley:ctx * sender a content fine");
      feed.untilContents(4);

      assertThat(feed.contents())
          .containsExactly(
              "[unreadable message: it has no content]",
              "\ufffd\ufffd",
              "[unreadable message: 5,000,000 bytes are too many to show]",
              "fine");
    }
  }
}
