package dev.parley.domain.presence;

import static dev.parley.domain.presence.Peers.CTX;
import static dev.parley.domain.presence.Peers.NOON;
import static dev.parley.domain.presence.Peers.OPS;
import static dev.parley.domain.presence.Peers.TTL;
import static dev.parley.domain.presence.Peers.agent;
import static dev.parley.domain.presence.Peers.goodbye;
import static dev.parley.domain.presence.Peers.heartbeat;
import static dev.parley.domain.presence.Peers.hello;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RosterBoundsTest {

  private static final int MOST_PROCESSES = Roster.MAX_CHARACTERS / Roster.PROCESS_CHARACTERS;

  private final Roster roster = new Roster(TTL);

  @BeforeEach
  void a_steady_peer_is_online() {
    roster.beat(agent("steady"), hello("p1", NOON, "ctx"), NOON);
  }

  @Test
  void thousands_of_short_sessions_do_not_push_a_live_peer_out() {
    for (int session = 0; session < 2 * MOST_PROCESSES; session++) {
      roster.beat(agent("short" + session), hello("s", NOON, "ctx"), NOON);
      roster.beat(agent("short" + session), goodbye("s", NOON), NOON);
    }
    assertThat(find("steady", NOON.plus(TTL)).online()).isTrue();
    assertThat(roster.entries(NOON)).hasSizeLessThanOrEqualTo(MOST_PROCESSES);
  }

  @Test
  void sessions_killed_without_a_goodbye_push_only_each_other_out() {
    for (int session = 0; session < 2 * MOST_PROCESSES; session++) {
      roster.beat(agent("flaky"), hello("s" + session, NOON, "ctx"), NOON);
    }
    roster.beat(agent("flaky"), hello("newest", NOON, "ops"), NOON);
    assertThat(find("steady", NOON).topics()).containsExactly(CTX);
    assertThat(find("flaky", NOON).topics()).containsExactlyInAnyOrder(CTX, OPS);
  }

  @Test
  void a_peer_that_beats_200_times_a_second_takes_no_more_room_than_another() {
    var later = NOON.plusSeconds(60);
    for (var now = NOON; now.isBefore(later); now = now.plusMillis(5)) {
      roster.beat(agent("nervous"), heartbeat("n", now, "ctx"), now);
    }
    assertThat(roster.entries(later))
        .extracting(RosterEntry::handle)
        .containsExactly("nervous", "steady");
  }

  @Test
  void a_crowd_that_announces_all_it_can_loses_its_topics_and_not_its_place() {
    var patterns = new PeerPatterns(Collections.nCopies(64, "x".repeat(512)));
    var greedy = new Announcement(List.of(CTX), patterns, true, false);
    for (int peer = 0; peer < 500; peer++) {
      roster.beat(agent("greedy" + peer), beat(NOON, greedy), NOON);
    }
    assertThat(roster.entries(NOON)).hasSize(501).allMatch(RosterEntry::online);
    assertThat(find("steady", NOON).more()).isFalse();
    assertThat(roster.entries(NOON)).filteredOn(RosterEntry::more).isNotEmpty();
  }

  @Test
  void when_single_processes_online_take_everything_a_newcomer_waits() {
    for (int peer = 0; peer < MOST_PROCESSES; peer++) {
      roster.beat(agent("peer" + peer), beat(NOON, Peers.following()), NOON);
    }
    var full = roster.entries(NOON);
    assertThat(full).extracting(RosterEntry::handle).contains("steady", "peer0");
    roster.beat(agent("new"), beat(NOON, Peers.following()), NOON);
    assertThat(roster.entries(NOON)).isEqualTo(full);

    var later = NOON.plus(TTL).plusSeconds(1);
    roster.beat(agent("new"), beat(later, Peers.following()), later);
    assertThat(find("new", later).online()).isTrue();
  }

  @Test
  void of_those_without_beats_the_2000_seen_last_are_kept() {
    var ctx = new Transcript("ctx");
    for (int person = 0; person <= 2_000; person++) {
      roster.seen(ctx.says(Sender.person(new Handle("p" + person)), "hi"));
    }
    assertThat(roster.entries(NOON))
        .hasSize(2_001)
        .extracting(RosterEntry::handle)
        .doesNotContain("p0")
        .contains("steady", "p1", "p2000");
  }

  private static Beat beat(Instant at, Announcement announcement) {
    return new Beat(Beat.Kind.HEARTBEAT, new ProcessInstance("p"), at, announcement);
  }

  private RosterEntry find(String handle, Instant now) {
    return roster.entries(now).stream()
        .filter(entry -> entry.handle().equals(handle))
        .findFirst()
        .orElseThrow();
  }
}
