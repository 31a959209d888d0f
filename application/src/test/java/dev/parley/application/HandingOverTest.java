package dev.parley.application;

import static dev.parley.application.TestSession.ALL;
import static dev.parley.application.TestSession.SELF;
import static dev.parley.application.TestSession.SIDE;
import static dev.parley.application.TestSession.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Brief;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.InstanceId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.AllowedTopics;
import dev.parley.domain.topic.TopicName;
import dev.parley.domain.topic.TopicRefused;
import dev.parley.ports.BackendException;
import dev.parley.ports.inbound.HandOffWork.Outcome;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import dev.parley.ports.inbound.PostMessage;
import dev.parley.ports.inbound.ShowHandOffs.Listing;
import dev.parley.ports.inbound.ShowHandOffs.Query;
import dev.parley.ports.outbound.Self;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What acting on hand-offs answers. */
@Timeout(20)
class HandingOverTest {

  private static final Brief BRIEF = new Brief("add retry", "it fails on 503", "tests pass");
  private static final Sender PLANNER = Sender.agent(new Handle("planner"));
  private static final Sender CODER = Sender.agent(new Handle("coder"));
  private static final Duration SOON = Duration.ofMillis(200);

  private final MemoryBackend backend = new MemoryBackend(SELF, true);
  private final TestSession planner = session(PLANNER);
  private final TestSession coder = session(CODER);

  private TestSession session(Sender self) {
    return session(self, new TestSession.Store());
  }

  private TestSession session(Sender self, TestSession.Store store) {
    return new TestSession(backend.as(self), self, store, ALL, SOON);
  }

  private static Outcome offer(TestSession session, @Nullable Handle to)
      throws InterruptedException {
    return session.useCases.handOffWork().offer(TOPIC, to, BRIEF);
  }

  private static Outcome act(TestSession session, String line) throws InterruptedException {
    return session.useCases.handOffWork().perform(TOPIC, Act.in(line).orElseThrow());
  }

  private static Listing list(TestSession session) {
    return session.useCases.handOffs().list(new Query(null, Set.of(), false));
  }

  private static List<String> ids(Listing listing) {
    return listing.handOffs().stream().map(one -> one.key().id().value()).toList();
  }

  private HandOff offered() throws InterruptedException {
    return Objects.requireNonNull(offer(planner, null).handOff());
  }

  @Test
  void an_offer_is_posted_as_people_read_it_and_read_back() throws InterruptedException {
    var outcome = offer(planner, new Handle("coder"));

    assertThat(outcome.verdict()).isEqualTo(Verdict.APPLIED);
    assertThat(outcome.sentence()).isEqualTo(outcome.act().id() + " is offered to coder");
    var posted = backend.history(TOPIC).getFirst();
    assertThat(posted.id()).isEqualTo(outcome.message());
    assertThat(posted.content())
        .isEqualTo(
            "#handoff %s @coder add retry\nContext: it fails on 503\nAcceptance: tests pass"
                .formatted(outcome.act().id()));
    assertThat(Objects.requireNonNull(outcome.handOff()).offerer()).isEqualTo(PLANNER);
  }

  @Test
  void an_offer_takes_no_id_that_is_in_use() throws InterruptedException {
    var taken = HandOffId.random(new Random(7));
    act(coder, "#handoff " + taken + " something else");

    var outcome = service(7, draft -> backend.as(PLANNER).post(draft)).offer(TOPIC, null, BRIEF);

    assertThat(outcome.verdict()).isEqualTo(Verdict.APPLIED);
    assertThat(outcome.act().id()).isNotEqualTo(taken);
    assertThat(backend.history(TOPIC)).hasSize(2);
  }

  @Test
  void an_offer_whose_id_is_taken_in_between_is_made_under_another() throws InterruptedException {
    var first = new AtomicBoolean(true);
    PostMessage racing =
        draft -> {
          if (first.getAndSet(false)) {
            backend.store(TOPIC, CODER, draft.content());
          }
          return backend.as(PLANNER).post(draft);
        };

    var outcome = service(7, racing).offer(TOPIC, null, BRIEF);

    assertThat(outcome.verdict()).isEqualTo(Verdict.APPLIED);
    assertThat(Objects.requireNonNull(outcome.handOff()).offerer()).isEqualTo(PLANNER);
    assertThat(backend.history(TOPIC)).hasSize(3);
  }

  private HandingOver service(int seed, PostMessage posting) {
    var store = new TestSession.Store();
    var handle = new Handle("planner");
    return new HandingOver(
        new Self(handle, Sender.Kind.AGENT, new InstanceId("planner"), Path.of("state")),
        new AllowedTopics(List.of(TOPIC), List.of(), new TopicName("presence")),
        backend,
        posting,
        new HandOffFolds(backend, "memory", store, SOON),
        new Session(handle, SOON),
        store,
        SOON,
        new Random(seed));
  }

  @Test
  void the_first_claim_wins_and_the_loser_is_told_who_won() throws InterruptedException {
    var id = offered().key().id();

    var won = act(coder, "#claim " + id);
    var lost = act(session(Sender.agent(new Handle("late"))), "#claim " + id);

    assertThat(won.verdict()).isEqualTo(Verdict.APPLIED);
    assertThat(won.sentence()).isEqualTo(id + " is yours");
    assertThat(lost.verdict()).isEqualTo(Verdict.LOST);
    assertThat(lost.sentence()).isEqualTo(id + " is not yours: it is claimed by coder");
    assertThat(Objects.requireNonNull(lost.handOff()).claimer()).isEqualTo(CODER);
  }

  @Test
  void a_repeat_by_the_winner_is_already_its_own_also_after_a_restart()
      throws InterruptedException {
    var id = offered().key().id();
    var store = new TestSession.Store();
    var session = session(CODER, store);
    act(session, "#claim " + id);

    assertThat(act(session, "#claim " + id).verdict()).isEqualTo(Verdict.ALREADY_YOURS);
    assertThat(act(session(CODER, store), "#claim " + id).sentence())
        .isEqualTo(id + " is already yours");
  }

  @Test
  void of_two_sessions_of_one_handle_one_wins() throws InterruptedException {
    var id = offered().key().id();
    var won = act(coder, "#claim " + id);

    var lost = act(session(CODER), "#claim " + id);

    assertThat(lost.verdict()).isEqualTo(Verdict.LOST);
    assertThat(lost.sentence())
        .isEqualTo(
            "%s is not yours: another session of 'coder' claimed it first, with message %s"
                .formatted(id, won.message()));
  }

  @Test
  void a_person_is_one_at_two_terminals() throws InterruptedException {
    var id = offered().key().id();
    var anna = Sender.person(new Handle("anna"));
    act(session(anna), "#claim " + id);

    assertThat(act(session(anna), "#claim " + id).verdict()).isEqualTo(Verdict.ALREADY_YOURS);
  }

  @Test
  void a_claim_for_an_offer_that_nobody_made_is_unknown() throws InterruptedException {
    var outcome = act(coder, "#claim ho-nobody");

    assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(outcome.sentence())
        .isEqualTo("no offer ho-nobody is known in this topic, so nothing changed");
    assertThat(outcome.handOff()).isNull();
  }

  @Test
  void what_is_not_lawful_changes_nothing_and_says_why() throws InterruptedException {
    var id = offered().key().id();

    var refused = act(coder, "#done " + id);

    assertThat(refused.verdict()).isEqualTo(Verdict.UNLAWFUL);
    assertThat(refused.sentence())
        .isEqualTo(
            "nothing changed for %s: only a claimed one gets done; it is offered".formatted(id));
  }

  @Test
  void each_lawful_act_says_what_it_did() throws InterruptedException {
    var id = offered().key().id().value();

    act(coder, "#claim " + id);
    assertThat(act(coder, "#progress " + id + " half").sentence())
        .isEqualTo("the progress of %s is noted", id);
    assertThat(act(coder, "#decline " + id).sentence())
        .isEqualTo("%s is given back and can be claimed again", id);
    act(coder, "#claim " + id);
    assertThat(act(coder, "#done " + id + " merged").sentence()).isEqualTo("%s is done", id);
    assertThat(act(planner, "#release " + id).sentence()).isEqualTo("%s can be claimed again", id);
    assertThat(act(planner, "#cancel " + id).sentence()).isEqualTo("%s is cancelled", id);
    var named = offer(planner, new Handle("coder")).act().id();
    assertThat(act(coder, "#decline " + named).sentence()).isEqualTo("%s is declined", named);
  }

  @Test
  void a_posted_act_that_cannot_be_read_back_has_an_unknown_outcome() throws InterruptedException {
    var id = offered().key().id();
    var silent =
        service(
            1,
            draft -> {
              var message = backend.as(PLANNER).post(draft);
              backend.goDown();
              return message;
            });

    var outcome = silent.perform(TOPIC, new Act.Cancel(id, ""));

    assertThat(outcome.verdict()).isEqualTo(Verdict.UNSEEN);
    assertThat(outcome.handOff()).isNull();
    assertThat(outcome.sentence())
        .startsWith("message m2 is stored, but what it did is unknown, since the backend")
        .contains("before you act again");
  }

  @Test
  void an_act_that_never_appears_has_an_unknown_outcome_after_a_bounded_wait()
      throws InterruptedException {
    var outcome =
        service(1, _ -> new MessageId("elsewhere"))
            .perform(TOPIC, new Act.Claim(new HandOffId("ho-1"), ""));

    assertThat(outcome.verdict()).isEqualTo(Verdict.UNSEEN);
    assertThat(outcome.sentence()).contains("it did not appear as an act within");
  }

  @Test
  void an_act_that_may_not_have_been_stored_is_an_error_of_unknown_outcome() {
    backend.loseAnswers(true);

    assertThatThrownBy(() -> offer(planner, null))
        .isInstanceOf(BackendException.OutcomeUnknown.class);
  }

  @Test
  void nothing_is_posted_where_it_is_not_allowed_or_cannot_be_read() {
    assertThatThrownBy(
            () -> planner.useCases.handOffWork().offer(new TopicName("elsewhere"), null, BRIEF))
        .isInstanceOf(TopicRefused.class);
    backend.goDown();
    assertThatThrownBy(() -> offer(planner, null)).isInstanceOf(BackendException.Unavailable.class);
    assertThat(backend.history(TOPIC)).isEmpty();
  }

  @Test
  void an_act_may_be_posted_as_a_plain_message() throws InterruptedException {
    var id = offered().key().id();
    var claim = new Act.Claim(id, "mine");
    var message = coder.useCases.post().post(Draft.of(TOPIC, claim.content()));

    assertThat(coder.useCases.handOffWork().outcomeOf(TOPIC, claim, message).verdict())
        .isEqualTo(Verdict.APPLIED);
  }

  @Test
  void open_ones_are_listed_first_and_then_the_one_changed_last() throws InterruptedException {
    act(planner, "#handoff ho-first one");
    act(planner, "#handoff ho-moot two");
    act(planner, "#handoff ho-last three");
    act(planner, "#cancel ho-moot");
    act(coder, "#claim ho-first");

    assertThat(ids(list(coder))).containsExactly("ho-first", "ho-last", "ho-moot");
  }

  @Test
  void a_list_is_narrowed_by_topic_state_and_who_has_to_do_with_it() throws InterruptedException {
    act(planner, "#handoff ho-1 one");
    act(planner, "#handoff ho-2 @coder two");
    act(planner, "#handoff ho-3 three");
    act(coder, "#claim ho-3");
    backend.store(SIDE, CODER, "#handoff ho-4 four");
    var show = coder.useCases.handOffs();

    assertThat(ids(show.list(new Query(SIDE, Set.of(), false)))).containsExactly("ho-4");
    assertThat(ids(show.list(new Query(null, Set.of(HandOffState.Kind.CLAIMED), false))))
        .containsExactly("ho-3");
    assertThat(ids(show.list(new Query(null, Set.of(), true))))
        .containsExactlyInAnyOrder("ho-2", "ho-3", "ho-4");
    assertThat(list(coder).truncated()).isFalse();
    assertThatThrownBy(() -> show.list(new Query(new TopicName("presence"), Set.of(), false)))
        .isInstanceOf(TopicRefused.class);
  }

  @Test
  void an_id_is_found_wherever_this_session_has_looked() throws InterruptedException {
    var elsewhere = new TopicName("post-only");
    act(planner, "#handoff ho-1 one");
    backend.store(SIDE, CODER, "#handoff ho-1 another");
    backend.store(elsewhere, CODER, "#handoff ho-1 a third");
    var show = coder.useCases.handOffs();
    var id = new HandOffId("ho-1");

    assertThat(show.find(id)).extracting(one -> one.key().topic()).containsExactly(TOPIC, SIDE);
    show.list(new Query(elsewhere, Set.of(), false));
    assertThat(show.find(id)).extracting(HandOff::goal).contains("a third");
    assertThat(show.find(new HandOffId("ho-2"))).isEmpty();
  }
}
