package dev.parley.application;

import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.SIDE;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gate, the mention filter and the flood limit. */
class PushRulesTest {

  private final MemoryBackend backend = new MemoryBackend(SELF, true);

  private TestSession session(PushRules rules) {
    return new TestSession(backend, new TestSession.Store(), rules, Duration.ofSeconds(10));
  }

  private void say(String handle, String content) {
    backend.store(TOPIC, Sender.agent(new Handle(handle)), content);
  }

  @Test
  void only_senders_that_a_pattern_matches_are_pushed() throws InterruptedException {
    var session =
        session(
            new PushRules(List.of(new SenderGlob("team-*"), new SenderGlob("U123")), null, 100));
    try (var _ = session.follow(TOPIC)) {
      say("stranger", "no");
      say("not-team-a", "no");
      say("TEAM-a", "by handle");
      backend.store(TOPIC, new Sender("anybody", "U123", Sender.Kind.PERSON), "by account");

      await().until(() -> session.pushedContents().contains("by account"));
      assertThat(session.pushedContents()).containsExactly("by handle", "by account");
    }
  }

  @Test
  void with_the_mention_filter_only_messages_that_mention_the_handle_are_pushed()
      throws InterruptedException {
    var session = session(new PushRules(List.of(new SenderGlob("*")), SELF, 100));
    try (var _ = session.follow(TOPIC)) {
      say("peer", "nobody");
      say("peer", "@selfish is somebody else");
      say("peer", "mail self@self.example");
      say("peer", "over to @Self.");

      await().until(() -> !session.pushed.isEmpty());
      assertThat(session.pushedContents()).containsExactly("over to @Self.");
    }
  }

  @Test
  void a_post_of_unknown_outcome_passes_gate_and_filter() throws InterruptedException {
    var session = session(new PushRules(List.of(new SenderGlob("boss")), SELF, 100));
    try (var _ = session.follow(TOPIC)) {
      backend.loseAnswers(true);
      try {
        session.post("was I heard?");
      } catch (RuntimeException _) {
        backend.loseAnswers(false);
      }

      await().until(() -> !session.pushed.isEmpty());
      assertThat(session.pushed.getFirst().ownOfUnknownOutcome()).isTrue();
    }
  }

  @Test
  void what_is_gated_or_held_back_is_still_unread() throws InterruptedException {
    var session = session(new PushRules(List.of(new SenderGlob("nobody")), null, 1));
    try (var _ = session.follow(TOPIC)) {
      say("peer", "one");
      say("peer", "two");

      assertThat(TestSession.contents(session.unreadOf(TOPIC).messages()))
          .containsExactly("one", "two");
      assertThat(session.unreadOf(TOPIC).pushed()).isEmpty();
    }
  }

  @Test
  void a_limit_below_one_a_minute_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PushRules(List.of(), null, 0))
        .withMessageContaining("not 0");
  }

  /** A clock whose minute ends when the test says so. */
  private static final class ManualClock extends ScheduledThreadPoolExecutor {

    private final List<Runnable> minutes = new ArrayList<>();

    ManualClock() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      assertThat(unit.toSeconds(delay)).isEqualTo(60);
      minutes.add(command);
      return super.schedule(() -> {}, 1, TimeUnit.DAYS);
    }

    void endMinute() {
      minutes.removeFirst().run();
    }
  }

  private final ManualClock clock = new ManualClock();
  private final List<Map<TopicName, Integer>> summaries = new ArrayList<>();
  private final Flood flood = new Flood(2, clock, summaries::add);

  private static List<Boolean> admit(Flood flood, TopicName... topics) {
    return List.of(topics).stream().map(flood::admit).toList();
  }

  @Test
  void so_many_a_minute_pass_whatever_the_topic_then_one_summary_counts_the_rest() {
    assertThat(admit(flood, TOPIC, SIDE, TOPIC, SIDE, TOPIC))
        .containsExactly(true, true, false, false, false);
    assertThat(summaries).as("during the minute").isEmpty();

    clock.endMinute();

    assertThat(summaries).containsExactly(Map.of(TOPIC, 2, SIDE, 1));
  }

  @Test
  void every_minute_begins_anew() {
    admit(flood, TOPIC, TOPIC, TOPIC);
    clock.endMinute();

    assertThat(admit(flood, TOPIC, TOPIC, TOPIC)).containsExactly(true, true, false);
    clock.endMinute();

    assertThat(summaries).containsExactly(Map.of(TOPIC, 1), Map.of(TOPIC, 1));
  }

  @Test
  void a_minute_in_which_all_passed_has_no_summary() {
    admit(flood, TOPIC, TOPIC);
    clock.endMinute();

    assertThat(summaries).isEmpty();
    assertThat(clock.minutes).as("no minute runs while nothing happens").isEmpty();
  }

  @Test
  void what_is_held_back_does_not_reach_the_listener() throws InterruptedException {
    var session = session(new PushRules(List.of(new SenderGlob("*")), null, 2));
    @Nullable Message last = null;
    try (var _ = session.follow(TOPIC)) {
      for (var i = 1; i <= 5; i++) {
        last = backend.store(TOPIC, TestSession.PEER, "message " + i);
      }
      await().until(() -> session.pushed.size() == 2);
      assertThat(last).isNotNull();
      assertThat(session.unreadOf(TOPIC).pushed()).hasSize(2);
    }
    assertThat(session.pushedContents()).containsExactly("message 1", "message 2");
  }
}
