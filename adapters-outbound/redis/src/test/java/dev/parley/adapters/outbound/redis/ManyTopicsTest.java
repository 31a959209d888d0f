package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One blocking read for all topics. */
class ManyTopicsTest {

  private static final RedisServer SERVER = RedisServer.inMemory(RedisServer.redis());

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void a_thousand_topics_are_followed_within_seconds_over_three_connections() {
    var topics = topics(1_000);
    try (var backend = Fixture.open(blockingFor("600000"))) {
      var feeds = topics.stream().map(_ -> new RecordingFeed()).toList();
      var begun = System.nanoTime();
      for (var n = 0; n < topics.size(); n++) {
        backend.subscribe(topics.get(n), feeds.get(n));
      }
      feeds.forEach(feed -> feed.untilBehind(1));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));

      topics.forEach(topic -> backend.post(Draft.of(topic, topic.value())));
      for (var n = 0; n < topics.size(); n++) {
        feeds.get(n).untilContents(1);
        assertThat(feeds.get(n).contents()).containsExactly(topics.get(n).value());
      }
      assertThat(SERVER.cli().run("CLIENT", "LIST").lines().filter(l -> l.contains("name=parley")))
          .hasSize(3);
    }
  }

  @Test
  void a_topic_added_while_the_read_blocks_is_followed_at_once() {
    try (var backend = Fixture.open(blockingFor("600000"))) {
      var first = new RecordingFeed();
      backend.subscribe(new TopicName("first"), first);
      first.untilBehind(1);
      for (var topic : topics(20)) {
        var feed = new RecordingFeed();
        var begun = System.nanoTime();
        backend.subscribe(topic, feed);
        feed.untilBehind(1);
        backend.post(Draft.of(topic, "new"));
        feed.untilContents(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void a_topic_that_nobody_listens_to_any_more_is_left_out() {
    try (var backend = Fixture.open(blockingFor("200"))) {
      var topic = new TopicName("left");
      var feed = new RecordingFeed();
      backend.subscribe(topic, feed).close();
      await()
          .untilAsserted(() ->
              assertThat(SERVER.cli().run("CLIENT", "LIST").lines())
                  .filteredOn(line -> line.contains("name=parley") && line.contains("cmd=xread"))
                  .isEmpty());
      backend.subscribe(topic, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(topic, "again"));
      feed.untilContents(1);
    }
  }

  @Test
  void a_key_that_is_no_stream_stops_no_other_topic() {
    SERVER.cli().run("SET", "parley:taken", "by another program");
    try (var backend = Fixture.open(blockingFor("600000"))) {
      var taken = new RecordingFeed();
      backend.subscribe(new TopicName("taken"), taken);
      var feed = new RecordingFeed();
      var topic = new TopicName("beside");
      backend.subscribe(topic, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(topic, "here"));
      feed.untilContents(1);
      SERVER.cli().run("DEL", "parley:beside");
      SERVER.cli().run("SET", "parley:beside", "replaced");
      var third = new RecordingFeed();
      backend.subscribe(new TopicName("third"), third);
      third.untilPushed(backend, new TopicName("third"));
    }
  }

  @Test
  void a_key_that_becomes_a_stream_after_all_is_followed() {
    SERVER.cli().run("SET", "parley:late", "by another program");
    try (var backend = Fixture.open(blockingFor("600000"))) {
      var late = new RecordingFeed();
      backend.subscribe(new TopicName("late"), late);
      late.untilInterrupted(1);
      assertThat(late.interruptions().getFirst())
          .hasMessageContaining("something else than a stream");
      SERVER.cli().run("DEL", "parley:late");
      late.untilPushed(backend, new TopicName("late"));
    }
  }

  private static List<TopicName> topics(int count) {
    return IntStream.range(0, count).mapToObj(n -> new TopicName("topic-" + n)).toList();
  }

  private static Map<String, String> blockingFor(String milliseconds) {
    return Map.of("url", Fixture.url(SERVER.port()), "block_timeout_ms", milliseconds);
  }
}
