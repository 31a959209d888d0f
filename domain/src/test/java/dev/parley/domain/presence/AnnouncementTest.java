package dev.parley.domain.presence;

import static dev.parley.domain.presence.Peers.CTX;
import static dev.parley.domain.presence.Peers.OPS;
import static dev.parley.domain.presence.Peers.following;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicPattern;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

  private static final TopicName PRESENCE = new TopicName("parley-presence");

  @Test
  void a_process_announces_what_it_may_use() {
    var allowed = new AllowedTopics(List.of(CTX), List.of(new TopicPattern("ops-.*")), PRESENCE);
    assertThat(Announcement.of(allowed, true))
        .isEqualTo(
            new Announcement(List.of(CTX), new PeerPatterns(List.of("ops-.*")), true, false));
  }

  @Test
  void more_patterns_than_peers_keep_are_announced_as_more() {
    var patterns = IntStream.range(0, 65).mapToObj(n -> new TopicPattern("t" + n)).toList();
    var announcement = Announcement.of(new AllowedTopics(List.of(), patterns, PRESENCE), true);
    assertThat(announcement.postPatterns().expressions()).hasSize(64);
    assertThat(announcement.more()).isTrue();
  }

  @Test
  void topics_past_the_bound_are_left_out() {
    var topics = Collections.nCopies(100, new TopicName("x".repeat(512)));
    var announcement = new Announcement(topics, PeerPatterns.NONE, true, false);
    assertThat(announcement.topics()).hasSize(Announcement.MAX_CHARACTERS / (512 + 32));
    assertThat(announcement.more()).isTrue();
    assertThat(following("a", "b").more()).isFalse();
  }

  @Test
  void is_cut_from_its_end_and_says_so() {
    var topics = List.of(CTX, OPS);
    var whole = new Announcement(topics, new PeerPatterns(List.of("a.*", "b.*")), true, false);
    assertThat(whole.cutTo(4)).isEqualTo(whole);
    assertThat(whole.cutTo(3))
        .isEqualTo(new Announcement(topics, new PeerPatterns(List.of("a.*")), true, true));
    assertThat(whole.cutTo(1))
        .isEqualTo(new Announcement(List.of(CTX), PeerPatterns.NONE, true, true));
    assertThat(whole.cutTo(0))
        .isEqualTo(new Announcement(List.of(), PeerPatterns.NONE, true, true));
  }

  @Test
  void of_a_peers_patterns_64_of_512_characters_are_kept() {
    var many = new PeerPatterns(Collections.nCopies(1_000, "x".repeat(512)));
    assertThat(many.expressions()).hasSize(64);
    var over = new PeerPatterns(List.of("x".repeat(513), "ctx"));
    assertThat(over.expressions()).containsExactly("ctx");
  }

  @Test
  void a_pattern_of_a_peer_that_is_none_matches_nothing() {
    var patterns = new PeerPatterns(List.of("(", "", "((a{999}){999}){999}", "ct."));
    assertThat(patterns.matches(CTX)).isTrue();
    assertThat(patterns.matches(new TopicName("a"))).isFalse();
    assertThat(PeerPatterns.NONE.matches(CTX)).isFalse();
  }
}
