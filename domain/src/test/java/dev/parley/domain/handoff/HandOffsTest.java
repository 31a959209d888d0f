package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.handoff.HandOffState.Claimed;
import dev.parley.domain.handoff.HandOffState.Offered;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandOffsTest {

  private static final Sender PLANNER = Sender.agent(new Handle("planner"));
  private static final Sender CODER = Sender.agent(new Handle("coder"));
  private static final Sender TESTER = Sender.agent(new Handle("tester"));
  private static final HandOffId ID = new HandOffId("ho-1");

  private final Transcript transcript = new Transcript("ctx");
  private final HandOffs handOffs = new HandOffs(transcript.topic());

  @Test
  void the_first_claim_in_order_wins() {
    effect(PLANNER, "#handoff ho-1 fix it");
    var won = transcript.says(CODER, "#claim ho-1");
    assertThat(handOffs.apply(won)).get().isInstanceOf(Effect.Applied.class);
    assertThat(effect(TESTER, "#claim ho-1")).isInstanceOf(Effect.Unlawful.class);
    assertThat(effect(CODER, "#claim ho-1")).isInstanceOf(Effect.AlreadyYours.class);
    assertThat(stateOf(ID)).isEqualTo(new Claimed(CODER, won.id(), ""));
  }

  @Test
  void the_first_offer_owns_its_id() {
    effect(PLANNER, "#handoff ho-1 fix it");
    effect(PLANNER, "#cancel ho-1");
    assertThat(effect(CODER, "#handoff HO-1 mine"))
        .isInstanceOfSatisfying(
            Effect.Unlawful.class,
            taken -> assertThat(taken.why()).isEqualTo("the id is taken: planner offered it"));
    assertThat(handOffs.find(ID)).get().returns(PLANNER, HandOff::offerer);
  }

  @Test
  void a_claim_for_an_offer_that_nobody_made_is_unknown() {
    assertThat(effect(CODER, "#claim ho-1")).isEqualTo(new Effect.Unknown(new Act.Claim(ID, "")));
    assertThat(handOffs.all()).isEmpty();
  }

  @Test
  void talk_and_edited_messages_are_no_acts() {
    assertThat(handOffs.apply(transcript.says(PLANNER, "let us #handoff ho-1"))).isEmpty();
    assertThat(handOffs.apply(transcript.says(PLANNER, "#handoff ho-1 x", Condition.EDITED)))
        .isEmpty();
    assertThat(handOffs.all()).isEmpty();
  }

  @Test
  void a_released_one_can_be_claimed_by_another() {
    effect(PLANNER, "#handoff ho-1 fix it");
    effect(CODER, "#claim ho-1");
    effect(CODER, "#release ho-1");
    assertThat(stateOf(ID)).isEqualTo(new Offered());
    assertThat(effect(TESTER, "#claim ho-1")).isInstanceOf(Effect.Applied.class);
  }

  @Test
  void a_message_of_another_topic_is_refused() {
    var elsewhere = new Transcript("ops").says(PLANNER, "hi");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handOffs.apply(elsewhere))
        .withMessage("these are the hand-offs of topic 'ctx'; the message is in 'ops'");
  }

  @Test
  void an_unused_id_is_not_one_in_use() {
    var taken = HandOffId.random(new Random(7));
    effect(PLANNER, "#handoff " + taken + " fix it");
    assertThat(handOffs.unusedId(new Random(7))).isNotEqualTo(taken);
  }

  @Test
  void the_closed_one_changed_the_longest_ago_is_forgotten_first() {
    effect(PLANNER, "#handoff ho-open fix it");
    effect(PLANNER, "#handoff ho-late fix it");
    effect(PLANNER, "#handoff ho-early fix it");
    effect(PLANNER, "#cancel ho-early");
    effect(PLANNER, "#cancel ho-late");
    fill(HandOffs.KEPT - 2);
    assertThat(handOffs.all()).hasSize(HandOffs.KEPT);
    assertThat(handOffs.find(new HandOffId("ho-early"))).isEmpty();
    assertThat(handOffs.find(new HandOffId("ho-late"))).isPresent();
    assertThat(handOffs.find(new HandOffId("ho-open"))).isPresent();
    assertThat(handOffs.forgotOpen()).isFalse();
  }

  @Test
  void when_all_are_open_the_one_changed_the_longest_ago_is_forgotten() {
    effect(PLANNER, "#handoff ho-idle fix it");
    effect(PLANNER, "#handoff ho-busy fix it");
    fill(HandOffs.KEPT - 2);
    effect(CODER, "#claim ho-idle");
    fill(1);
    assertThat(handOffs.find(new HandOffId("ho-idle"))).isPresent();
    assertThat(handOffs.find(new HandOffId("ho-busy"))).isEmpty();
    assertThat(handOffs.all()).hasSize(HandOffs.KEPT);
    assertThat(handOffs.forgotOpen()).isTrue();
  }

  private void fill(int count) {
    var random = new Random(count);
    for (int i = 0; i < count; i++) {
      effect(PLANNER, "#handoff " + handOffs.unusedId(random) + " more work");
    }
  }

  private Effect effect(Sender sender, String content) {
    return handOffs.apply(transcript.says(sender, content)).orElseThrow();
  }

  private HandOffState stateOf(HandOffId id) {
    return handOffs.find(id).orElseThrow().state();
  }
}
