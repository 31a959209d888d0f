package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that a bridge in the field made, and goes on using. */
class ExistingBridgeTest {

  private final OwnStream own = new OwnStream();
  private final String stream = own.name();
  private final String subject = own.subject();

  @AfterEach
  void close() throws Exception {
    own.close();
  }

  @ParameterizedTest
  @EnumSource
  void its_messages_are_read_in_full(SharedServers servers) {
    var bridge = own.bridge(servers);
    bridge.createStream(stream, subject);
    var first = bridge.post(subject, "planner", "first", null);
    bridge.post(subject, "coder", "second", Long.toString(first));

    var messages = Fixture.history(own.parley(servers), OwnStream.TOPIC, 1);

    assertThat(messages)
        .extracting(m -> m.sender().handle(), Message::content)
        .containsExactly(tuple("planner", "first"), tuple("coder", "second"));
    assertThat(messages.getFirst().timestamp())
        .isEqualTo(Instant.parse("2026-02-03T04:05:06.789Z"));
    assertThat(messages.getLast().parent()).isEqualTo(messages.getFirst().id());
  }

  @ParameterizedTest
  @EnumSource
  void its_odd_records_appear_in_their_place_and_the_rest_flows(SharedServers servers) {
    var bridge = own.bridge(servers);
    bridge.createStream(stream, subject);
    bridge.publish(subject, "{\"content\":\"nobody\"}");
    bridge.publish(subject, "{\"sender\":\"a\",\"content\":{\"text\":1}}");
    bridge.publish(subject, "{\"sender\":\"a\",\"content\":3.5,\"ts\":1738555506}");
    bridge.publish(subject, "hello");
    bridge.publish(subject, new byte[0]);
    bridge.publish(subject, "{\"sender\":\"z\",\"content\":\"last\",\"more\":[[[1]]]}");

    assertThat(Fixture.history(own.parley(servers), OwnStream.TOPIC, 2))
        .extracting(m -> m.sender().handle(), Message::content, Message::condition)
        .containsExactly(
            tuple("unknown", "nobody", Condition.ORIGINAL),
            tuple("a", "[unreadable message: it has no content]", Condition.UNREADABLE),
            tuple("a", "3.5", Condition.ORIGINAL),
            tuple(
                "unknown", "[unreadable message: 5 bytes that are no JSON]", Condition.UNREADABLE),
            tuple("unknown", "[unreadable message: it is no JSON object]", Condition.UNREADABLE),
            tuple("z", "last", Condition.ORIGINAL));
  }

  @ParameterizedTest
  @EnumSource
  void a_record_without_a_time_has_the_time_of_the_server(SharedServers servers) {
    var before = Instant.now().minusSeconds(1);
    var bridge = own.bridge(servers);
    bridge.createStream(stream, subject);
    bridge.publish(subject, "{\"sender\":\"a\",\"content\":\"b\"}");

    assertThat(Fixture.history(own.parley(servers), OwnStream.TOPIC, 2).getFirst().timestamp())
        .isBetween(before, Instant.now().plusSeconds(1));
  }

  @ParameterizedTest
  @EnumSource
  void it_reads_what_parley_writes(SharedServers servers) {
    var backend = own.parley(servers);
    var parent = backend.post(Draft.of(OwnStream.TOPIC, "first"));
    backend.post(Draft.of(OwnStream.TOPIC, "second\n\"\ud83d\ude00\"").inReplyTo(parent));

    assertThat(own.bridge(servers).payload(stream, 2))
        .matches(
            "\\{\"sender\":\"agent\",\"content\":\"second\\\\n\\\\\"\ud83d\ude00\\\\\"\",\"ts\":\"[-0-9]{10}T[0-9:.]{12}Z\",\"in_reply_to\":\"1\"}");
  }

  @ParameterizedTest
  @EnumSource
  void both_kinds_of_writers_keep_one_order_for_everybody(SharedServers servers) throws Exception {
    var backend = own.parley(servers);
    var feed = new RecordingFeed();
    backend.subscribe(OwnStream.TOPIC, feed);
    feed.untilBehind(1);
    var bridge = own.bridge(servers);
    var count = 200;
    try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Void> parleys =
          () -> {
            for (var n = 0; n < count; n++) {
              backend.post(Draft.of(OwnStream.TOPIC, "parley " + n));
            }
            return null;
          };
      Callable<Void> bridges =
          () -> {
            for (var n = 0; n < count; n++) {
              bridge.post(subject, "bridge", "bridge " + n, null);
            }
            return null;
          };
      for (var done : writers.invokeAll(List.of(parleys, bridges))) {
        done.get();
      }
    }
    feed.untilContents(2 * count);

    var inStream = new ArrayList<String>();
    for (var n = 1; n <= 2 * count; n++) {
      inStream.add(bridge.payload(stream, n));
    }
    var contents = Fixture.contents(backend, OwnStream.TOPIC);
    assertThat(contents).hasSize(2 * count);
    for (var n = 0; n < contents.size(); n++) {
      assertThat(inStream.get(n)).contains("\"content\":\"" + contents.get(n) + "\"");
    }
    assertThat(feed.contents()).isEqualTo(contents);
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_that_says_it_is_another_topics_is_refused(SharedServers servers) {
    var other = own.parley(servers);
    var shadow = new TopicName("a b");
    other.post(Draft.of(shadow, "mine"));
    var name = new Streams(NatsSettings.from(Fixture.config(List.of(), Map.of())), faults());
    var claimant = new TopicName(name.nameOf(shadow).substring("PARLEY_".length()));

    assertThatThrownBy(() -> other.post(Draft.of(claimant, "not yours")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("belongs to the topic 'a b'");
    assertThatThrownBy(() -> other.fetchRecent(claimant, Window.latest(1)))
        .isInstanceOf(Misconfigured.class);
    assertThat(Fixture.contents(other, shadow)).containsExactly("mine");
  }

  private static Faults faults() {
    return new Faults(NatsSettings.from(Fixture.config(List.of(), Map.of())), new Health());
  }

  @ParameterizedTest
  @EnumSource
  void its_stream_is_taken_as_it_is(SharedServers servers) {
    var bridge = own.bridge(servers);
    bridge.createStream(stream, subject);
    var id = own.parley(servers).post(Draft.of(OwnStream.TOPIC, "from parley"));

    var config = bridge.configuration(stream);
    assertThat(config.getDescription()).isNull();
    assertThat(config.getAllowDirect()).isFalse();
    assertThat(id.value()).endsWith("-1");
  }
}
