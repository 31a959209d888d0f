package dev.parley.application;

import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.SenderGlob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is pushed of hand-offs. */
class HandOffPushTest {

  private static final Sender CODER = Sender.agent(new Handle("coder"));
  private static final Sender OTHER = Sender.agent(new Handle("other"));
  private static final String LAST = "over to @self";

  private final MemoryBackend backend = new MemoryBackend(SELF, true);
  private final TestSession.Store store = new TestSession.Store();

  private TestSession session(String from, @Nullable Handle onlyMentionsOf) {
    return new TestSession(
        backend,
        store,
        new PushRules(List.of(new SenderGlob(from)), onlyMentionsOf, 100),
        Duration.ofSeconds(5));
  }

  private void say(Sender sender, String content) {
    backend.store(TOPIC, sender, content);
  }

  private static void awaitLast(TestSession session) {
    await().until(() -> session.pushedContents().contains(LAST));
  }

  @Test
  void with_the_mention_filter_acts_that_concern_the_handle_are_pushed_all_the_same()
      throws InterruptedException {
    say(Sender.agent(SELF), "#handoff ho-mine do it");
    say(OTHER, "#handoff ho-theirs do that");
    var session = session("*", SELF);
    try (var _ = session.follow(TOPIC)) {
      say(CODER, "#claim ho-mine");
      say(CODER, "#claim ho-theirs");
      say(OTHER, "#claim ho-mine");
      say(CODER, "#progress ho-mine half");
      say(CODER, "#done ho-mine merged");
      say(OTHER, "#handoff ho-named @self this one");
      say(OTHER, "#cancel ho-named");
      say(OTHER, "#cancel ho-nobody");
      say(OTHER, "> #cancel ho-mine");
      say(OTHER, LAST);
      awaitLast(session);
    }

    assertThat(session.pushedContents())
        .containsExactly(
            "#claim ho-mine",
            "#claim ho-mine",
            "#progress ho-mine half",
            "#done ho-mine merged",
            "#handoff ho-named @self this one",
            "#cancel ho-named",
            LAST);
  }

  @Test
  void a_pushed_act_tells_whether_it_counted() throws InterruptedException {
    say(Sender.agent(SELF), "#handoff ho-1 do it");
    var session = session("*", null);
    try (var _ = session.follow(TOPIC)) {
      say(CODER, "#claim ho-1");
      say(OTHER, "#claim ho-1");
      say(OTHER, LAST);
      awaitLast(session);
    }

    assertThat(session.pushed.get(0).effect()).isInstanceOf(Effect.Applied.class);
    assertThat(session.pushed.get(1).effect())
        .isInstanceOfSatisfying(
            Effect.Unlawful.class, late -> assertThat(late.handOff().claimer()).isEqualTo(CODER));
    assertThat(session.pushed.get(2).effect()).isNull();
  }

  @Test
  void whose_messages_are_not_pushed_has_no_acts_pushed_either() throws InterruptedException {
    var session = session("other", SELF);
    try (var _ = session.follow(TOPIC)) {
      say(CODER, "#handoff ho-1 @self do it");
      say(OTHER, LAST);
      awaitLast(session);
    }

    assertThat(session.pushedContents()).containsExactly(LAST);
  }

  @Test
  void what_was_read_for_a_push_is_stored() throws InterruptedException {
    var session = session("*", null);
    try (var _ = session.follow(TOPIC)) {
      say(CODER, "#handoff ho-1 do it");

      await().until(() -> store.find("memory", TOPIC).isPresent());
    }
    assertThat(store.find("memory", TOPIC).orElseThrow().handOffs()).hasSize(1);
  }

  @Test
  void an_act_whose_effect_cannot_be_read_is_pushed_without_one() throws InterruptedException {
    var rules = new PushRules(List.of(new SenderGlob("*")), SELF, 100);
    var session = new Session(SELF, Duration.ofSeconds(1));
    var unreadable = new MemoryBackend(SELF, false);
    unreadable.goDown();
    var listener = new TestSession(backend);
    var filter =
        new PushFilter(
            TOPIC,
            session,
            rules,
            new HandOffFolds(unreadable, "memory", store, Duration.ofSeconds(1)),
            new Flood(10, new ScheduledThreadPoolExecutor(0), _ -> {}),
            listener);

    var act = backend.store(TOPIC, CODER, "#claim ho-1");
    filter.message(act);

    assertThat(listener.pushed).singleElement().matches(pushed -> pushed.effect() == null);
    assertThat(listener.pushedContents()).containsExactly("#claim ho-1");
  }
}
