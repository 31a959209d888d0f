package dev.parley.adapters.outbound.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.OpenStore;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic has one room, whoever makes it and whatever happens meanwhile. */
class RoomMakingTest {

  private static final Duration RESTART = Duration.ofSeconds(30);
  private static final SynapseServer SERVER = SynapseServer.withoutLimits();
  private static Accounts accounts;

  @TempDir private Path state;

  @BeforeAll
  static void startServer() {
    accounts = Accounts.on(SERVER.started());
  }

  @AfterAll
  static void stopServer() {
    SERVER.close();
  }

  private Backend open(String handle, String prefix) {
    return OpenStore.as(
        new Handle(handle),
        Sender.Kind.AGENT,
        new MatrixPlugin(),
        new MatrixStore(SERVER, accounts, SERVER.port(), prefix).config(),
        state.resolve(handle));
  }

  @Test
  void two_instances_that_make_a_room_at_once_have_one_and_people_one_invitation()
      throws Exception {
    try (var alice = open("alice", "race-");
        var bob = open("bob", "race-");
        var posting = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < 10; n++) {
        var topic = new TopicName("race " + n);
        for (var one :
            posting.invokeAll(
                List.of(
                    () -> alice.post(Draft.of(topic, "a")),
                    () -> bob.post(Draft.of(topic, "b"))))) {
          assertThat(one.get()).isInstanceOf(MessageId.class);
        }
        assertThat(bob.fetchRecent(topic, Window.latest(10)).messages())
            .extracting(Message::content)
            .containsExactlyInAnyOrder("a", "b");
      }
    }
    var invitations = accounts.grace().get("/_matrix/client/v3/sync?timeout=0").path("rooms");
    assertThat(invitations.path("invite").findValuesAsText("name"))
        .filteredOn(name -> name.startsWith("race "))
        .hasSize(10)
        .doesNotHaveDuplicates();
  }

  @Test
  void rooms_that_are_listened_to_are_made_two_at_a_time_so_that_posts_find_room_between() {
    var feeds = Stream.generate(RecordingFeed::new).limit(12).toList();
    var most = new LongAccumulator(Math::max, 0);
    try (var alice = open("alice", "many-")) {
      for (var n = 0; n < feeds.size(); n++) {
        var _ = alice.subscribe(new TopicName("many " + n), feeds.get(n));
      }
      await()
          .atMost(RESTART)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> {
            most.accumulate(SERVER.connections());
            return feeds.stream().allMatch(feed -> feed.behinds() > 0);
          });
    }
    // Two that make rooms, and the long poll with those that it replaced: where the machine is busy
    // they are closed late. All rooms at once would be twelve and more.
    assertThat(most.get()).isBetween(2L, 8L);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 90, 200})
  void a_homeserver_that_is_killed_meanwhile_leaves_a_topic_that_can_be_used(int millis) {
    var topic = new TopicName("killed");
    var prefix = "killed-%d-".formatted(millis);
    try (var alice = open("alice", prefix)) {
      var posting = Thread.ofVirtual().start(() -> posts(alice, topic));
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      SERVER.kill();
      SERVER.start();
      await().atMost(RESTART).until(() -> posts(alice, topic));
      posting.interrupt();
    }
    try (var bob = open("bob", prefix)) {
      assertThat(posts(bob, topic)).isTrue();
      assertThat(bob.fetchRecent(topic, Window.latest(10)).messages()).hasSizeGreaterThan(1);
    }
  }

  /** A post that the server's end cut off may say that its outcome is unknown. */
  private static boolean posts(Backend backend, TopicName topic) {
    try {
      var _ = backend.post(Draft.of(topic, "hello"));
      return true;
    } catch (BackendException.Unavailable | BackendException.OutcomeUnknown notConfirmed) {
      return false;
    }
  }
}
