package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ManyTopicsTest {

  private static final int TOPICS = 1_000;

  @ParameterizedTest
  @EnumSource
  void a_thousand_topics_are_followed_within_seconds_over_one_connection(SharedServers servers) {
    var server = servers.server();
    var prefix = SharedServers.newPrefix();
    var settings = Map.<String, Object>of("stream_prefix", prefix + "_", "subject_prefix", prefix);
    var topics = IntStream.range(0, TOPICS).mapToObj(n -> new TopicName("topic " + n)).toList();
    var connections = server.monitored("/varz", "connections");
    try (var writer = Fixture.open(server, settings);
        var reader = Fixture.open(server, settings)) {
      var made = follow(reader, topics);
      for (var n = 0; n < TOPICS; n += 10) {
        writer.post(Draft.of(topics.get(n), "to " + n));
      }
      await()
          .until(() ->
              IntStream.range(0, TOPICS)
                  .allMatch(n -> n % 10 != 0 || made[n].contents().size() == 1));
      assertThat(server.monitored("/varz", "connections")).isEqualTo(connections + 2);
      assertThat(server.monitored("/jsz", "consumers")).isGreaterThanOrEqualTo(TOPICS);
    }

    try (var reader = Fixture.open(server, settings)) {
      reader.fetchRecent(topics.getFirst(), Window.latest(1));
      var begun = System.nanoTime();
      follow(reader, topics);
      var took = Duration.ofNanos(System.nanoTime() - begun);
      System.out.printf("%s: following %d topics took %d ms%n", servers, TOPICS, took.toMillis());
      assertThat(took).isLessThan(Duration.ofSeconds(15));
    }
    try (var bridge = new ForeignBridge(server.connection())) {
      bridge.deleteStreams(prefix);
    }
  }

  private static RecordingFeed[] follow(Backend reader, List<TopicName> topics) {
    var feeds = new RecordingFeed[topics.size()];
    for (var n = 0; n < feeds.length; n++) {
      feeds[n] = new RecordingFeed();
      reader.subscribe(topics.get(n), feeds[n]);
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Stream.of(feeds).allMatch(feed -> feed.behinds() > 0));
    return feeds;
  }
}
