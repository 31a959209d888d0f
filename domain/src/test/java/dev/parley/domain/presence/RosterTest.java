package dev.parley.domain.presence;

import static dev.parley.domain.presence.Peers.CTX;
import static dev.parley.domain.presence.Peers.NOON;
import static dev.parley.domain.presence.Peers.OPS;
import static dev.parley.domain.presence.Peers.TTL;
import static dev.parley.domain.presence.Peers.agent;
import static dev.parley.domain.presence.Peers.goodbye;
import static dev.parley.domain.presence.Peers.hello;
import static dev.parley.domain.presence.Peers.withoutPush;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.Sender.Kind;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RosterTest {

  private static final Sender ANNA = Sender.person(new Handle("anna"));

  private final Roster roster = new Roster(TTL);
  private final Transcript ctx = new Transcript("ctx");

  @Test
  void a_peer_online_with_push_is_reached_live() {
    roster.beat(agent("coder"), hello("p1", NOON, "ctx"), NOON);
    assertThat(roster.entries(NOON))
        .containsExactly(
            new RosterEntry(
                "coder",
                Kind.AGENT,
                true,
                Reach.LIVE,
                Set.of(CTX),
                PeerPatterns.NONE,
                false,
                NOON));
  }

  @Test
  void a_peer_online_without_push_polls() {
    roster.beat(agent("coder"), heartbeat("p1", withoutPush(CTX)), NOON);
    assertThat(only(NOON).reach()).isEqualTo(Reach.POLLS);
  }

  @Test
  void a_peer_past_its_time_reads_later() {
    roster.beat(agent("coder"), hello("p1", NOON, "ctx"), NOON);
    var late = only(NOON.plus(TTL).plusMillis(1));
    assertThat(late.online()).isFalse();
    assertThat(late.reach()).isEqualTo(Reach.LATER);
    assertThat(late.lastSeen()).isEqualTo(NOON);
  }

  @Test
  void a_peer_that_said_goodbye_reads_later_in_the_topics_it_had() {
    roster.beat(agent("coder"), hello("p1", NOON, "ctx"), NOON);
    roster.beat(agent("coder"), goodbye("p1", NOON.plusSeconds(9)), NOON);
    var gone = only(NOON.plusSeconds(9));
    assertThat(gone.reach()).isEqualTo(Reach.LATER);
    assertThat(gone.topics()).containsExactly(CTX);
    assertThat(gone.lastSeen()).isEqualTo(NOON.plusSeconds(9));
  }

  @Test
  void one_handle_is_one_entry_however_many_processes_it_has() {
    roster.beat(agent("coder"), hello("p1", NOON, "ctx"), NOON);
    roster.beat(agent("Coder"), heartbeat("p2", withoutPush(OPS, "ops-.*")), NOON);
    roster.beat(agent("coder"), hello("p3", NOON, "old"), NOON);
    roster.beat(agent("coder"), goodbye("p3", NOON), NOON);
    var entry = only(NOON);
    assertThat(entry.topics()).containsExactlyInAnyOrder(CTX, OPS);
    assertThat(entry.reach()).isEqualTo(Reach.LIVE);
    assertThat(entry.covers(CTX)).isTrue();
    assertThat(entry.covers(new TopicName("ops-7"))).isTrue();
    assertThat(entry.covers(new TopicName("old"))).isFalse();
  }

  @Test
  void a_beat_from_too_far_in_the_future_is_dropped() {
    assertThat(roster.beat(agent("coder"), hello("p1", NOON.plusSeconds(301)), NOON)).isFalse();
    assertThat(roster.entries(NOON)).isEmpty();
  }

  @Test
  void nobody_was_seen_after_the_moment_of_asking() {
    assertThat(roster.beat(agent("coder"), hello("p1", NOON.plusSeconds(300)), NOON)).isTrue();
    assertThat(only(NOON).lastSeen()).isEqualTo(NOON);
  }

  @Test
  void a_person_who_types_a_beat_is_no_agent() {
    assertThat(roster.beat(ANNA, hello("p1", NOON, "ctx"), NOON)).isFalse();
    assertThat(roster.entries(NOON)).isEmpty();
  }

  @Test
  void an_unverified_sender_cannot_say_goodbye_for_an_agent() {
    roster.beat(agent("coder"), hello("p1", NOON, "ctx"), NOON);
    roster.beat(new Sender("coder", null, Kind.UNVERIFIED), goodbye("p1", NOON), NOON);
    assertThat(roster.entries(NOON))
        .extracting(RosterEntry::kind, RosterEntry::online)
        .containsExactly(tuple(Kind.AGENT, true), tuple(Kind.UNVERIFIED, false));
  }

  @Test
  void a_person_who_posted_reads() {
    roster.seen(ctx.says(ANNA, "hi"));
    roster.seen(new Transcript("ops").says(Sender.person(new Handle("Anna")), "hi"));
    var anna = only(NOON);
    assertThat(anna.handle()).isEqualTo("Anna");
    assertThat(anna.reach()).isEqualTo(Reach.READS);
    assertThat(anna.online()).isFalse();
    assertThat(anna.topics()).containsExactlyInAnyOrder(CTX, OPS);
  }

  @Test
  void an_agent_that_posted_and_never_beat_reads_later() {
    roster.seen(ctx.says(agent("old-bridge"), "hi"));
    assertThat(only(NOON).kind()).isEqualTo(Kind.AGENT);
    assertThat(only(NOON).reach()).isEqualTo(Reach.LATER);
  }

  @Test
  void posting_counts_as_being_seen_but_not_as_being_online() {
    roster.beat(agent("coder"), hello("p1", Instant.EPOCH, "ctx"), NOON);
    roster.seen(ctx.says(agent("coder"), "hi"));
    assertThat(only(NOON).online()).isFalse();
    assertThat(only(NOON).lastSeen()).isEqualTo(Instant.EPOCH.plusSeconds(1));
  }

  @Test
  void a_record_that_could_not_be_read_shows_nobody() {
    roster.seen(ctx.says(agent("unknown"), "broken", Condition.UNREADABLE));
    assertThat(roster.entries(NOON)).isEmpty();
  }

  @Test
  void those_online_come_first_and_then_those_seen_last() {
    roster.beat(agent("gone"), hello("p1", NOON), NOON);
    roster.beat(agent("gone"), goodbye("p1", NOON), NOON);
    roster.beat(agent("early"), hello("p1", NOON.minusSeconds(60)), NOON);
    roster.beat(agent("late"), hello("p1", NOON.minusSeconds(6)), NOON);
    roster.seen(ctx.says(ANNA, "hi"));
    assertThat(roster.entries(NOON))
        .extracting(RosterEntry::handle)
        .containsExactly("late", "early", "gone", "anna");
  }

  @Test
  void a_name_that_nobody_can_mention_is_not_listed() {
    var monster = new Sender("x".repeat(513), null, Kind.UNVERIFIED);
    assertThat(roster.beat(monster, hello("p1", NOON), NOON)).isFalse();
    roster.seen(ctx.says(monster, "hi"));
    assertThat(roster.entries(NOON)).isEmpty();
  }

  private static Beat heartbeat(String process, Announcement announcement) {
    return new Beat(Beat.Kind.HEARTBEAT, new ProcessInstance(process), NOON, announcement);
  }

  private RosterEntry only(Instant now) {
    assertThat(roster.entries(now)).hasSize(1);
    return roster.entries(now).getFirst();
  }
}
