package dev.parley.domain.presence;

import static dev.parley.domain.presence.Peers.NOON;
import static dev.parley.domain.presence.Peers.TTL;
import static dev.parley.domain.presence.Peers.following;
import static dev.parley.domain.presence.Peers.goodbye;
import static dev.parley.domain.presence.Peers.heartbeat;
import static dev.parley.domain.presence.Peers.hello;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private static final PresenceId ID =
      new PresenceId(Peers.agent("coder"), new ProcessInstance("p1"));

  private final Presence started = Presence.of(ID, hello("p1", NOON, "ctx"));

  @Test
  void a_process_is_online_until_the_time_after_its_last_beat_is_over() {
    assertThat(started.isOnline(NOON.plus(TTL), TTL)).isTrue();
    assertThat(started.isOnline(NOON.plus(TTL).plusMillis(1), TTL)).isFalse();
    var later = started.after(heartbeat("p1", NOON.plusSeconds(60), "ctx"));
    assertThat(later.isOnline(NOON.plus(TTL).plusMillis(1), TTL)).isTrue();
  }

  @Test
  void a_goodbye_ends_it_at_once_and_leaves_the_known_topics() {
    var ended = started.after(goodbye("p1", NOON.plusSeconds(1)));
    assertThat(ended.isOnline(NOON.plusSeconds(1), TTL)).isFalse();
    assertThat(ended.announcement()).isEqualTo(following("ctx"));
  }

  @Test
  void a_goodbye_may_be_the_first_beat_that_is_seen() {
    assertThat(Presence.of(ID, goodbye("p1", NOON)).isOnline(NOON, TTL)).isFalse();
  }

  @Test
  void the_beat_that_came_last_counts_whatever_its_clock_says() {
    var earlier = NOON.minusSeconds(60);
    var back = started.after(goodbye("p1", NOON)).after(heartbeat("p1", earlier, "ops"));
    assertThat(back).isEqualTo(new Presence(ID, earlier, false, following("ops")));
  }

  @Test
  void clocks_may_be_five_minutes_ahead_and_no_more() {
    var limit = NOON.plus(Duration.ofMinutes(5));
    assertThat(hello("p1", limit).isTooFarAhead(NOON)).isFalse();
    assertThat(hello("p1", limit.plusMillis(1)).isTooFarAhead(NOON)).isTrue();
    assertThat(hello("p1", Instant.MAX).isTooFarAhead(NOON)).isTrue();
    assertThat(hello("p1", Instant.MIN).isTooFarAhead(NOON)).isFalse();
  }

  @Test
  void a_process_instance_has_1_to_128_characters() {
    assertThat(new ProcessInstance("x".repeat(128)).toString()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> new ProcessInstance("x".repeat(129)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProcessInstance(" "))
        .withMessage("a process instance has 1 to 128 characters, not all blank; this one has 1");
  }
}
