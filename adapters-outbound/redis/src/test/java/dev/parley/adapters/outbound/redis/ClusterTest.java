package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Three primaries and a replica of the first; what ends with a node fewer comes last. */
@Timeout(90)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {

  private static final List<RedisServer> NODES = new ArrayList<>();
  private static final Duration SOON = Duration.ofSeconds(30);

  @BeforeAll
  static void start() {
    for (var n = 0; n < 4; n++) {
      NODES.add(RedisServer.node(RedisServer.redis()).started());
    }
    var primaries = NODES.subList(0, 3).stream().map(ClusterTest::address).toList();
    var create = new ArrayList<>(List.of("--cluster", "create"));
    create.addAll(primaries);
    create.add("--cluster-yes");
    var created = cli().tool(create.toArray(String[]::new));
    assertThat(created).contains("All 16384 slots covered");
    var replicating =
        cli()
            .tool(
                "--cluster",
                "add-node",
                address(NODES.get(3)),
                address(NODES.get(0)),
                "--cluster-slave",
                "--cluster-master-id",
                cli().run("CLUSTER", "MYID"));
    assertThat(replicating).contains("New node added correctly");
    for (var node : NODES) {
      await()
          .atMost(SOON)
          .until(() -> {
            var info = node.cli().run("CLUSTER", "INFO");
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:4");
          });
    }
  }

  @AfterAll
  static void stop() {
    NODES.forEach(RedisServer::close);
  }

  @Test
  @Order(1)
  void topics_in_different_slots_are_posted_to_paged_and_pushed() {
    var topics = IntStream.range(0, 12).mapToObj(n -> new TopicName("topic-" + n)).toList();
    try (var backend = Fixture.open(Map.of("url", url()))) {
      var feeds = topics.stream().map(_ -> new RecordingFeed()).toList();
      for (var n = 0; n < topics.size(); n++) {
        backend.subscribe(topics.get(n), feeds.get(n));
      }
      feeds.forEach(feed -> feed.untilBehind(1));
      for (var n = 1; n <= 50; n++) {
        for (var topic : topics) {
          backend.post(Draft.of(topic, "message " + n));
        }
      }
      var expected = IntStream.rangeClosed(1, 50).mapToObj(n -> "message " + n).toList();
      for (var n = 0; n < topics.size(); n++) {
        feeds.get(n).untilContents(50);
        assertThat(feeds.get(n).contents()).isEqualTo(expected);
        assertThat(Fixture.history(backend, topics.get(n), 7))
            .extracting(message -> message.content())
            .isEqualTo(expected);
      }
    }
  }

  @Test
  @Order(2)
  void a_key_makes_a_post_repeatable_in_any_topic() {
    try (var backend = Fixture.open(Map.of("url", url()))) {
      for (var name : List.of("plain", "{tag}ged", "a}b", "{}", "x{y", "caf\u00e9")) {
        var draft = Draft.of(new TopicName(name), "once").under(new IdempotencyKey("k"));
        assertThat(backend.post(draft)).isEqualTo(backend.post(draft));
        assertThat(Fixture.contents(backend, draft.topic())).containsExactly("once");
      }
    }
  }

  @Test
  @Order(3)
  void a_tagged_prefix_keeps_all_topics_behind_one_blocking_read() {
    var settings = Map.of("url", url(), "key_prefix", "{parley}:");
    try (var backend = Fixture.open(settings)) {
      var topics = IntStream.range(0, 200).mapToObj(n -> new TopicName("tagged-" + n)).toList();
      var feeds = topics.stream().map(_ -> new RecordingFeed()).toList();
      for (var n = 0; n < topics.size(); n++) {
        backend.subscribe(topics.get(n), feeds.get(n));
      }
      feeds.forEach(feed -> feed.untilBehind(1));
      topics.forEach(topic -> backend.post(Draft.of(topic, "here")));
      feeds.forEach(feed -> feed.untilContents(1));
      assertThat(blockedReads()).isEqualTo(1);
    }
  }

  @Test
  @Order(4)
  void doctor_looks_at_every_primary() {
    var findings = new RedisPlugin().diagnose(Fixture.config(Map.of("url", url())));

    assertThat(findings).noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    assertThat(findings).anyMatch(f -> f.found().equals("16,384 slots on 3 primaries"));
    for (var node : NODES.subList(0, 3)) {
      assertThat(findings).anyMatch(f -> f.check().equals("permissions of " + address(node)));
    }
  }

  @Test
  @Order(5)
  void a_topic_whose_slot_moves_to_another_node_goes_on() {
    var topic = new TopicName("moving");
    var slot = slotOf(topic);
    try (var backend = Fixture.open(Map.of("url", url()))) {
      var feed = new RecordingFeed();
      backend.subscribe(topic, feed);
      feed.untilBehind(1);
      var poster = new Poster(backend, topic, "p");
      await().until(() -> poster.acknowledged().size() > 50);
      move(slot);
      var before = poster.acknowledged().size();
      await().atMost(SOON).until(() -> poster.acknowledged().size() > before + 50);
      poster.end();
      var history = Fixture.history(backend, topic, 100);
      assertThat(history).extracting(m -> m.content()).doesNotHaveDuplicates();
      assertThat(history).extracting(m -> m.id()).containsAll(poster.acknowledged().values());
      feed.untilPushed(backend, topic);
    }
  }

  @Test
  @Order(6)
  void a_replica_takes_over_and_the_topics_of_other_nodes_do_not_notice() {
    var topic = topicOn(0, "fails-over");
    var elsewhere = topicOn(1, "stays");
    try (var backend = Fixture.open(Map.of("url", url()))) {
      var feed = new RecordingFeed();
      backend.subscribe(topic, feed);
      var other = new RecordingFeed();
      backend.subscribe(elsewhere, other);
      feed.untilBehind(1);
      other.untilBehind(1);
      backend.post(Draft.of(topic, "before"));
      await().until(() -> keysIn(NODES.get(3), slotOf(topic)).contains("parley:" + topic));
      NODES.get(0).kill();
      backend.post(Draft.of(elsewhere, "at once"));
      other.untilContents(1);
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .until(() -> backend.post(Draft.of(topic, "after")) != null);
      feed.untilPushed(backend, topic);
      assertThat(backend.fetchRecent(topic, Window.oldest(10)).messages())
          .extracting(m -> m.content())
          .startsWith("before")
          .contains("after");
      assertThat(other.interruptions()).isEmpty();
    }
  }

  private static void move(int slot) {
    var owner = NODES.stream().filter(node -> has(node, slot)).findFirst().orElseThrow();
    var target = NODES.subList(0, 3).stream().filter(n -> n != owner).findFirst().orElseThrow();
    var to = target.cli().run("CLUSTER", "MYID");
    var from = owner.cli().run("CLUSTER", "MYID");
    target.cli().run("CLUSTER", "SETSLOT", slot + "", "IMPORTING", from);
    owner.cli().run("CLUSTER", "SETSLOT", slot + "", "MIGRATING", to);
    for (var keys = keysIn(owner, slot); !keys.isEmpty(); keys = keysIn(owner, slot)) {
      var migrated = owner.cli().type(migrating(keys, target));
      assertThat(migrated.lines()).hasSameSizeAs(keys).containsOnly("OK");
    }
    target.cli().run("CLUSTER", "SETSLOT", slot + "", "NODE", to);
    owner.cli().run("CLUSTER", "SETSLOT", slot + "", "NODE", to);
    assertThat(has(target, slot)).isTrue();
  }

  // One after the other, so that posts come between them; by one client, as there are thousands.
  private static String migrating(List<String> keys, RedisServer target) {
    return keys.stream()
        .map(key -> RedisCli.line("MIGRATE", "127.0.0.1", target.port() + "", key, "0", "5000"))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> keysIn(RedisServer node, int slot) {
    return node.cli().run("CLUSTER", "GETKEYSINSLOT", slot + "", "1000").lines().toList();
  }

  private static boolean has(RedisServer node, int slot) {
    return node.cli()
        .run("CLUSTER", "NODES")
        .lines()
        .filter(line -> line.contains("myself,master"))
        .flatMap(line -> Arrays.stream(line.split(" ")).skip(8))
        .filter(range -> !range.startsWith("["))
        .map(range -> range.split("-"))
        .anyMatch(ends ->
            Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]));
  }

  private static TopicName topicOn(int node, String name) {
    return IntStream.iterate(0, n -> n + 1)
        .mapToObj(n -> new TopicName(name + n))
        .filter(topic -> has(NODES.get(node), slotOf(topic)))
        .findFirst()
        .orElseThrow();
  }

  private static int slotOf(TopicName topic) {
    return JedisClusterCRC16.getSlot(("parley:" + topic).getBytes(StandardCharsets.UTF_8));
  }

  private static long blockedReads() {
    return NODES.stream()
        .flatMap(node -> node.cli().run("CLIENT", "LIST").lines())
        .filter(line -> line.contains("name=parley") && line.contains("cmd=xread"))
        .count();
  }

  private static String url() {
    return "redis-cluster://"
        + NODES.subList(0, 3).stream().map(ClusterTest::address).collect(Collectors.joining(","));
  }

  private static String address(RedisServer node) {
    return "127.0.0.1:" + node.port();
  }

  private static RedisCli cli() {
    return NODES.getFirst().cli();
  }
}
