package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.outbound.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica takes over: what is promised then, and what is not. */
@Timeout(90)
class FailOverTest {

  private final List<RedisServer> servers = new ArrayList<>();
  private RedisServer primary = RedisServer.inMemory(RedisServer.redis());
  private RedisServer replica = primary;

  @BeforeEach
  void startPair() {
    primary = started(RedisServer.inMemory(RedisServer.redis()));
    replica =
        started(
            RedisServer.inMemory(
                RedisServer.redis(), "--replicaof", "127.0.0.1 " + primary.port()));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> replica.cli().run("INFO", "replication").contains("master_link_status:up"));
  }

  @AfterEach
  void stop() {
    servers.forEach(RedisServer::close);
  }

  @Test
  void with_sentinels_nothing_that_a_replica_confirmed_is_lost_and_push_resumes() {
    var url = sentinels();
    var settings = Map.of("url", url, "wait_replicas", "1", "block_timeout_ms", "1000");
    try (var writing = Fixture.open(settings);
        var reading = Fixture.open(Map.of("url", url))) {
      var feed = new RecordingFeed();
      reading.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var posters =
          IntStream.range(0, 8).mapToObj(n -> new Poster(writing, TOPIC, "p" + n)).toList();
      await().until(() -> acknowledged(posters).size() > 300);
      primary.kill();
      // Nothing is acknowledged without a second replica from now on.
      started(
          RedisServer.inMemory(RedisServer.redis(), "--replicaof", "127.0.0.1 " + replica.port()));
      var before = acknowledged(posters).size();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> acknowledged(posters).size() > before + 300);
      posters.forEach(Poster::end);

      var history = Fixture.history(reading, TOPIC, 1_000);
      assertThat(history).extracting(Message::content).doesNotHaveDuplicates();
      assertThat(history.stream().collect(Collectors.toMap(Message::content, Message::id)))
          .containsAllEntriesOf(acknowledged(posters));
      assertThat(feed.interruptions()).isNotEmpty();
      feed.untilPushed(writing, TOPIC);
    }
  }

  @Test
  void a_post_that_too_few_replicas_confirm_says_so() {
    try (var backend =
        Fixture.open(
            Map.of(
                "url",
                Fixture.url(primary.port()),
                "wait_replicas",
                "2",
                "request_timeout_ms",
                "500"))) {
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "x")))
          .isInstanceOf(OutcomeUnknown.class)
          .hasMessageContaining("of the 2 replicas");
      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("x");
    }
  }

  @Test
  void what_no_replica_had_is_lost_with_the_primary_and_its_reader_is_told() {
    try (var address = new TcpProxy(primary.port());
        var replication = new TcpProxy(primary.port());
        var backend = Fixture.open(Map.of("url", Fixture.url(address.port())))) {
      replica.cli().run("REPLICAOF", "127.0.0.1", Integer.toString(replication.port()));
      backend.post(Draft.of(TOPIC, "kept"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> replica.cli().run("XLEN", "parley:ctx").equals("1"));
      replication.freeze();
      backend.post(Draft.of(TOPIC, "lost"));
      var read = backend.fetchRecent(TOPIC, Window.latest(1)).next();

      primary.kill();
      replica.cli().run("REPLICAOF", "NO", "ONE");
      address.target(replica.port());
      await()
          .ignoreExceptions()
          .until(() -> backend.post(Draft.of(TOPIC, "after the fail-over")) != null);

      var page = backend.fetchRecent(TOPIC, Window.after(read, 10));
      assertThat(page.gap()).isTrue();
      assertThat(page.messages())
          .extracting(Message::content)
          .containsExactly("kept", "after the fail-over");
    }
  }

  @Test
  void a_planned_change_of_the_primary_loses_nothing_that_a_replica_confirmed() {
    var settings = Map.of("url", sentinels(), "wait_replicas", "1", "request_timeout_ms", "2000");
    try (var backend = Fixture.open(settings)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var poster = new Poster(backend, TOPIC, "p");
      await().until(() -> poster.acknowledged().size() > 50);
      servers.getLast().cli().run("SENTINEL", "FAILOVER", "main");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> replica.cli().run("INFO", "replication").contains("connected_slaves:1"));
      var before = poster.acknowledged().size();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> poster.acknowledged().size() > before + 50);
      poster.end();
      assertThat(Fixture.history(backend, TOPIC, 1_000))
          .extracting(Message::id)
          .containsAll(poster.acknowledged().values());
      feed.untilPushed(backend, TOPIC);
      assertThat(replica.cli().run("XREVRANGE", "parley:ctx", "+", "-", "COUNT", "1"))
          .contains("pushed ");
    }
  }

  @Test
  void doctor_knows_the_sentinels_and_what_a_lone_primary_may_lose() {
    var findings = new RedisPlugin().diagnose(Fixture.config(Map.of("url", sentinels())));

    assertThat(findings).noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    assertThat(findings).anyMatch(f -> f.found().equals("all 3 answer"));
    assertThat(findings)
        .anyMatch(
            f -> f.level() == Finding.Level.WARNING && f.found().contains("min-replicas-to-write"));
  }

  /** Three Sentinels that know the pair; gives the URL. */
  private String sentinels() {
    var sentinels =
        IntStream.range(0, 3)
            .mapToObj(
                n -> started(RedisServer.sentinel(RedisServer.redis(), "main", primary.port())))
            .toList();
    for (var sentinel : sentinels) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> {
            var known = sentinel.cli().run("INFO", "sentinel");
            return known.contains("slaves=1") && known.contains("sentinels=3");
          });
    }
    return "redis-sentinel://"
        + sentinels.stream()
            .map(sentinel -> "127.0.0.1:" + sentinel.port())
            .collect(Collectors.joining(","))
        + "/main";
  }

  private static Map<String, MessageId> acknowledged(List<Poster> posters) {
    var all = new HashMap<String, MessageId>();
    posters.forEach(poster -> all.putAll(poster.acknowledged()));
    return all;
  }

  private RedisServer started(RedisServer server) {
    servers.add(server);
    return server.started();
  }
}
