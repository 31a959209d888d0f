package dev.parley.application;

import static dev.parley.application.TestSession.PEER;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.wire.JsonBeats;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.presence.Reach;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.inbound.ListUsers.Query;
import dev.parley.ports.inbound.ListUsers.Users;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The roster of one session, at a moment of the test's choice. */
@Timeout(20)
class ListingUsersTest {

  private static final TopicName PRESENCE = new TopicName("presence");
  private static final AllowedTopics TOPICS =
      new AllowedTopics(List.of(TOPIC), List.of(new TopicPattern("own-.*")), PRESENCE);
  private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1));
  private static final Duration TTL = Duration.ofMinutes(30);

  private final JsonBeats wire = new JsonBeats();
  private MemoryBackend backend = new MemoryBackend(SELF, true);
  private LiveRoster roster = roster();

  private LiveRoster roster() {
    var rules = new PresenceRules(true, true, TTL.dividedBy(3), TTL);
    return new LiveRoster(TOPICS, backend, rules, wire, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    roster.close();
  }

  private Users users(Query query) throws InterruptedException {
    return new ListingUsers(TOPICS, roster).users(query);
  }

  private Users users() throws InterruptedException {
    return users(new Query(null, null, false, null, 100, Duration.ofSeconds(10)));
  }

  private void beat(String handle, Kind kind, Instant at, String... patterns) {
    var said =
        new Announcement(
            patterns.length == 0 ? List.of(TOPIC) : List.of(),
            new PeerPatterns(List.of(patterns)),
            false,
            false);
    backend.store(
        PRESENCE,
        Sender.agent(new Handle(handle)),
        wire.write(new Beat(kind, new ProcessInstance("of " + handle), at, said)));
  }

  @Test
  void a_peer_within_its_time_is_found_behind_any_number_of_other_beats() throws Exception {
    beat("quiet", Kind.HELLO, NOW.minus(TTL).plusSeconds(1));
    IntStream.range(0, 3 * LookBack.PAGE)
        .forEach(n -> beat("restless", Kind.HEARTBEAT, NOW.minusSeconds(60)));

    assertThat(users().entries())
        .extracting(RosterEntry::handle, RosterEntry::online)
        .contains(tuple("quiet", true));
    assertThat(users().caveat()).isNull();
  }

  @Test
  void reading_back_ends_where_no_beat_can_count_any_more() throws Exception {
    var pages = new AtomicInteger();
    backend =
        new MemoryBackend(SELF, true) {
          @Override
          public Page fetchRecent(TopicName topic, Window window) {
            if (topic.equals(PRESENCE) && window instanceof Window.Before) {
              pages.incrementAndGet();
            }
            return super.fetchRecent(topic, window);
          }
        };
    roster = roster();
    IntStream.range(0, 5 * LookBack.PAGE)
        .forEach(n -> beat("old", Kind.HEARTBEAT, NOW.minus(TTL.multipliedBy(2))));
    IntStream.range(0, LookBack.PAGE).forEach(n -> beat("new", Kind.HEARTBEAT, NOW));

    assertThat(users().entries()).extracting(RosterEntry::handle).contains("new");
    assertThat(pages).hasValue(1);
  }

  @Test
  void beats_that_come_later_are_folded_as_they_come() throws Exception {
    beat("coder", Kind.HELLO, NOW);
    assertThat(users().entries()).extracting(RosterEntry::reach).containsExactly(Reach.POLLS);

    beat("coder", Kind.GOODBYE, NOW);
    await().until(() -> users().entries().getFirst().reach() == Reach.LATER);
  }

  @Test
  void a_backend_that_is_down_is_told_and_not_an_empty_list() throws Exception {
    backend.goDown();
    assertThat(users().caveat()).contains("'presence'", "the backend in memory is down");

    beat("coder", Kind.HELLO, NOW);
    backend.comeBack();
    await().until(() -> users().caveat() == null);
    assertThat(users().entries()).extracting(RosterEntry::handle).containsExactly("coder");
  }

  @Test
  void an_outage_later_on_leaves_what_was_known_and_says_so() throws Exception {
    beat("coder", Kind.HELLO, NOW);
    assertThat(users().caveat()).isNull();
    backend.feedsOf(PRESENCE).forEach(feed -> feed.interrupted(MemoryBackend.unavailable()));

    await().until(() -> users().caveat() != null);
    assertThat(users().caveat()).contains("as they were before");
    assertThat(users().entries()).extracting(RosterEntry::handle).containsExactly("coder");

    backend.feedsOf(PRESENCE).forEach(feed -> feed.behind());
    await().until(() -> users().caveat() == null);
  }

  @Test
  void without_a_mapping_those_who_posted_are_listed_and_the_rest_is_said() throws Exception {
    backend =
        new MemoryBackend(SELF, true) {
          @Override
          public Page fetchRecent(TopicName topic, Window window) {
            if (topic.equals(PRESENCE)) {
              throw new NoSuchTopic("topic 'presence' has no mapping");
            }
            return super.fetchRecent(topic, window);
          }
        };
    roster = roster();
    backend.store(TOPIC, PEER, "hello");

    assertThat(users().entries()).extracting(RosterEntry::handle).containsExactly("peer");
    assertThat(users().caveat()).contains("presence is off on this backend", "no mapping");
    await().until(() -> backend.feedsOf(PRESENCE).isEmpty());
  }

  @Test
  void what_is_listed_can_be_limited_to_those_seen_lately() throws Exception {
    beat("early", Kind.HELLO, NOW.minusSeconds(600));
    beat("late", Kind.HELLO, NOW.minusSeconds(10));

    assertThat(
            users(new Query(null, null, false, NOW.minusSeconds(60), 100, Duration.ofSeconds(10)))
                .entries())
        .extracting(RosterEntry::handle)
        .containsExactly("late");
  }

  @Test
  void patterns_are_shown_only_where_they_reach_a_topic_of_ones_own() throws Exception {
    beat("near", Kind.HELLO, NOW, TOPIC.value().charAt(0) + ".*", "secret-.*");
    beat("same", Kind.HELLO, NOW, "own-.*");
    beat("far", Kind.HELLO, NOW, "secret-.*", "(");

    assertThat(users().entries())
        .extracting(RosterEntry::handle, entry -> entry.postPatterns().expressions())
        .containsExactlyInAnyOrder(
            tuple("near", List.of(TOPIC.value().charAt(0) + ".*")),
            tuple("same", List.of("own-.*")));
  }

  @Test
  void too_many_strange_patterns_are_judged_over_several_calls_and_that_is_said() throws Exception {
    for (var peer = 0; peer < 40; peer++) {
      var number = peer;
      beat(
          "peer" + peer,
          Kind.HELLO,
          NOW,
          IntStream.range(0, 64)
              .mapToObj(n -> "c.*|%d-%d".formatted(number, n))
              .toArray(String[]::new));
    }

    var listing = new ListingUsers(TOPICS, roster);
    var query = new Query(null, null, false, null, 100, Duration.ofSeconds(10));

    assertThat(listing.users(query).truncated()).isTrue();
    await().until(() -> !listing.users(query).truncated());
    assertThat(listing.users(query).entries()).hasSize(40);
  }

  @Test
  void a_session_that_never_asks_follows_nothing() {
    assertThat(backend.feedsOf(PRESENCE)).isEmpty();
    assertThat(backend.feedsOf(TOPIC)).isEmpty();
  }

  @Test
  void nothing_is_followed_after_the_end() throws Exception {
    users();
    roster.close();

    await().until(() -> backend.feedsOf(PRESENCE).isEmpty() && backend.feedsOf(TOPIC).isEmpty());
  }
}
