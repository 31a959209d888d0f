package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many topics and many messages cost what few do. */
@Timeout(120)
class ScaleTest {

  private static final int ROUNDS = 40;

  private PostgresStore store;

  @BeforeEach
  void create() {
    store = Fixture.newStore();
  }

  @AfterEach
  void drop() {
    store.close();
  }

  @Test
  void a_thousand_topics_are_listened_to_within_seconds_on_one_connection() {
    try (var backend = Fixture.open(store)) {
      var topics = IntStream.range(0, 1_000).mapToObj(n -> new TopicName("topic " + n)).toList();
      var feeds = topics.stream().map(topic -> new RecordingFeed()).toList();
      var begun = System.nanoTime();
      for (var n = 0; n < topics.size(); n++) {
        backend.subscribe(topics.get(n), feeds.get(n));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> feeds.stream().allMatch(feed -> feed.behinds() > 0));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));

      for (var n = 0; n < topics.size(); n += 100) {
        backend.post(Draft.of(topics.get(n), "to " + n));
        feeds.get(n).untilContents(1);
      }
      assertThat(feeds.stream().mapToInt(feed -> feed.contents().size()).sum()).isEqualTo(10);
      assertThat(store.serverObjects()).isLessThanOrEqualTo(1 + 5);
    }
  }

  @Test
  void who_waits_again_and_again_is_woken_each_time() {
    var topic = new TopicName("ctx");
    try (var backend = Fixture.open(store)) {
      for (var n = 0; n < 30; n++) {
        var feed = new RecordingFeed();
        var waiting = backend.subscribe(topic, feed);
        backend.post(Draft.of(topic, "wake up"));
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> !feed.contents().isEmpty() || feed.behinds() > 0);
        waiting.close();
      }
    }
  }

  @Test
  void what_came_in_many_topics_at_once_is_handed_over_in_full() {
    try (var backend = Fixture.open(store);
        var reading = Fixture.open(store)) {
      var topics = IntStream.range(0, 20).mapToObj(n -> new TopicName("t" + n)).toList();
      var feeds = new ArrayList<RecordingFeed>();
      for (var topic : topics) {
        var feed = new RecordingFeed();
        reading.subscribe(topic, feed);
        feeds.add(feed.untilBehind(1));
      }
      // In one transaction, so that one answer cannot hold it all: 20 topics with 1,100 rows each.
      store
          .server()
          .execute(
              store.database(),
              "INSERT INTO parley_messages (topic, sender, content, ts) SELECT 't' || t, 'a',"
                  + " CASE WHEN n % 100 = 0 THEN repeat('x', 100000) ELSE n::text END, ''"
                  + " FROM generate_series(0, 19) t, generate_series(1, 1100) n");
      for (var n = 0; n < topics.size(); n++) {
        var feed = feeds.get(n);
        var topic = topics.get(n);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> feed.contents().size() == 1_100 || feed.behinds() > 1);
        if (feed.behinds() == 1) {
          assertThat(feed.contents()).isEqualTo(Fixture.contents(backend, topic));
        }
      }
    }
  }

  @Test
  void a_page_of_a_long_topic_takes_as_long_as_one_of_a_short_topic() {
    try (var backend = Fixture.open(store)) {
      backend.post(Draft.of(new TopicName("short"), "x"));
      fill("short", 999);
      fill("long", 100_000);
      store.server().execute(store.database(), "VACUUM ANALYZE parley_messages");
      var shortest = median(backend, new TopicName("short"));
      var longest = median(backend, new TopicName("long"));

      assertThat(longest).isLessThan(shortest * 3 + 2_000_000);
    }
  }

  /** As it is between two runs of ANALYZE: to the planner, all rows are of one topic. */
  @Test
  void a_small_topic_beside_a_long_one_takes_no_longer() {
    try (var backend = Fixture.open(store)) {
      var small = new TopicName("small");
      backend.post(Draft.of(new TopicName("long"), "x"));
      fill("long", 100_000);
      store.server().execute(store.database(), "VACUUM ANALYZE parley_messages");
      fill("small", 200);
      fill("long", 1_000);

      assertThat(median(backend, small)).isLessThan(5_000_000);
      var begun = System.nanoTime();
      for (var n = 0; n < ROUNDS; n++) {
        assertThat(backend.fetchRecent(new TopicName("none " + n), Window.latest(1)).messages())
            .isEmpty();
      }
      assertThat((System.nanoTime() - begun) / ROUNDS).isLessThan(5_000_000);
    }
  }

  private void fill(String topic, int messages) {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages (topic, sender, content, ts)"
                + " SELECT '%s', 'a', repeat('x', 200), '' FROM generate_series(1, %d)"
                    .formatted(topic, messages));
  }

  /** Nanoseconds for the latest page and the one before it. */
  private static long median(Backend backend, TopicName topic) {
    var times = new long[ROUNDS];
    for (var n = 0; n < ROUNDS; n++) {
      var begun = System.nanoTime();
      var latest = backend.fetchRecent(topic, Window.latest(100));
      var before =
          backend.fetchRecent(topic, Window.before(latest.messages().getFirst().cursor(), 100));
      times[n] = System.nanoTime() - begun;
      assertThat(List.of(latest.messages(), before.messages()))
          .allSatisfy(messages -> assertThat(messages).hasSize(100));
    }
    Arrays.sort(times);
    return times[ROUNDS / 2];
  }
}
