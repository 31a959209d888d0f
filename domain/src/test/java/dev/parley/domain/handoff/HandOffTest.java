package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.domain.handoff.HandOffState.Cancelled;
import dev.parley.domain.handoff.HandOffState.Claimed;
import dev.parley.domain.handoff.HandOffState.Declined;
import dev.parley.domain.handoff.HandOffState.Done;
import dev.parley.domain.handoff.HandOffState.Offered;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.Sender.Kind;
import dev.parley.domain.topic.TopicName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HandOffTest {

  private static final HandOffKey KEY =
      new HandOffKey(new TopicName("ctx"), new HandOffId("ho-7q2k4m"));
  private static final MessageId OFFER = new MessageId("offer");
  private static final MessageId CLAIM = new MessageId("claim");
  private static final MessageId ACT = new MessageId("act");
  private static final Handle CODER = new Handle("coder");
  private static final Sender PLANNER = Sender.agent(new Handle("planner"));

  private static final Map<String, Sender> WHO = who();
  private static final Map<String, HandOff> STATES = states();
  private static final List<String> WORDS =
      List.of("handoff", "claim", "progress", "done", "decline", "release", "cancel");

  /** Every lawful act: from, act, who, to. Nothing else may change anything. */
  private static final String LAWFUL =
      """
      offered to coder | claim    | coder, unverified coder                            | claimed
      offered to coder | decline  | coder, unverified coder                            | declined
      offered to coder | cancel   | planner, person                                    | cancelled
      offered          | claim    | coder, unverified coder, other, person, unverified | claimed
      offered          | cancel   | planner, person                                    | cancelled
      claimed by coder | progress | coder                                              | claimed
      claimed by coder | done     | coder                                              | done
      claimed by coder | decline  | coder                                              | offered
      claimed by coder | release  | coder, planner, person                             | offered
      claimed by coder | cancel   | planner, person                                    | cancelled
      done by coder    | release  | coder, planner, person                             | offered
      declined         | cancel   | planner, person                                    | cancelled
      cancelled        | cancel   | planner, person                                    | cancelled
      """;

  @TestFactory
  Stream<DynamicTest> every_act_from_everybody_in_every_state() {
    var lawful = lawful();
    var tests = new ArrayList<DynamicTest>();
    STATES.forEach((from, handOff) ->
        WHO.forEach((who, sender) ->
            WORDS.forEach(word -> {
              var next = lawful.get(from + "|" + word + "|" + who);
              tests.add(
                  dynamicTest(
                      "%s, %s by %s: %s".formatted(from, word, who, next == null ? "no" : next),
                      () -> check(handOff, word, sender, next)));
            })));
    assertThat(lawful).hasSize(28);
    return tests.stream();
  }

  @Test
  void a_claim_is_told_by_its_message() {
    var handOff = applied(from("offered"), "#claim ho-7q2k4m", Sender.agent(CODER), CLAIM);
    var second = handOff.apply(act("#claim ho-7q2k4m"), Sender.agent(CODER), ACT);
    assertThat(second).isEqualTo(new Effect.AlreadyYours(act("#claim ho-7q2k4m"), handOff));
    assertThat(handOff.isClaimedBy(CLAIM)).isTrue();
    assertThat(handOff.isClaimedBy(ACT)).isFalse();
  }

  @Test
  void losing_a_claim_says_who_won() {
    var lost = from("claimed by coder").apply(act("#claim ho-7q2k4m"), PLANNER, ACT);
    assertThat(lost)
        .isEqualTo(
            new Effect.Unlawful(
                act("#claim ho-7q2k4m"), from("claimed by coder"), "it is claimed by coder"));
  }

  @Test
  void another_account_under_the_claimers_name_is_not_the_claimer() {
    var ours = new Sender("coder", "u1", Kind.AGENT);
    var theirs = new Sender("coder", "u2", Kind.AGENT);
    var claimed = applied(from("offered"), "#claim ho-7q2k4m", ours, CLAIM);
    assertThat(claimed.apply(act("#done ho-7q2k4m"), theirs, ACT))
        .isInstanceOf(Effect.Unlawful.class);
    assertThat(claimed.apply(act("#claim ho-7q2k4m"), theirs, ACT))
        .isInstanceOf(Effect.Unlawful.class);
  }

  @Test
  void the_texts_of_acts_are_kept() {
    var coder = Sender.agent(CODER);
    var claimed = from("claimed by coder");
    assertThat(applied(claimed, "#progress ho-7q2k4m half", coder, ACT).state())
        .isEqualTo(new Claimed(coder, CLAIM, "half"));
    assertThat(applied(claimed, "#done ho-7q2k4m merged", coder, ACT).state())
        .isEqualTo(new Done(coder, CLAIM, "merged"));
    assertThat(applied(claimed, "#cancel ho-7q2k4m moot", PLANNER, ACT).state())
        .isEqualTo(new Cancelled(PLANNER, "moot"));
    assertThat(applied(from("offered to coder"), "#decline ho-7q2k4m busy", coder, ACT).state())
        .isEqualTo(new Declined(coder, "busy"));
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    var text = "x".repeat(HandOff.KEPT_TEXT - 4) + "\ud83d\ude00".repeat(3);
    var act = new Act.Offer(KEY.id(), null, text);
    var handOff = HandOff.offered(KEY.topic(), act, PLANNER, OFFER);
    assertThat(handOff.text()).isEqualTo("x".repeat(HandOff.KEPT_TEXT - 4) + "...");
  }

  @Test
  void concerns_whoever_has_to_do_with_it() {
    var claimed = from("claimed by coder");
    var open = from("offered");
    assertThat(claimed.concerns(CODER)).isTrue();
    assertThat(claimed.concerns(new Handle("Planner"))).isTrue();
    assertThat(claimed.concerns(new Handle("other"))).isFalse();
    assertThat(open.concerns(CODER)).isFalse();
    assertThat(from("offered to coder").concerns(new Handle("Coder"))).isTrue();
    var released = from("claimed by coder").apply(act("#release ho-7q2k4m"), PLANNER, ACT);
    assertThat(released.concerns(CODER)).isTrue();
  }

  private static void check(HandOff handOff, String word, Sender by, @Nullable String next) {
    var act = act("#" + word + " ho-7q2k4m some text");
    var effect = handOff.apply(act, by, ACT);
    if (next != null) {
      assertThat(effect).isInstanceOf(Effect.Applied.class);
      var applied = (Effect.Applied) effect;
      assertThat(applied.before()).isEqualTo(handOff);
      assertThat(applied.after().state().getClass().getSimpleName()).isEqualToIgnoringCase(next);
    } else if (effect instanceof Effect.AlreadyYours already) {
      assertThat(act).isInstanceOf(Act.Claim.class);
      assertThat(handOff.state()).isEqualTo(new Claimed(by, CLAIM, ""));
      assertThat(already.handOff()).isEqualTo(handOff);
    } else {
      assertThat(effect).isInstanceOf(Effect.Unlawful.class);
      var unlawful = (Effect.Unlawful) effect;
      assertThat(unlawful.handOff()).isEqualTo(handOff);
      assertThat(unlawful.why()).isNotBlank().doesNotContain("null").doesNotEndWith(".");
    }
  }

  private static Map<String, String> lawful() {
    var rows = new LinkedHashMap<String, String>();
    LAWFUL
        .lines()
        .map(line -> line.strip().split(" *\\| *"))
        .forEach(row ->
            Stream.of(row[2].split(", "))
                .forEach(who -> rows.put(row[0] + "|" + row[1] + "|" + who, row[3])));
    return rows;
  }

  private static Map<String, Sender> who() {
    var who = new LinkedHashMap<String, Sender>();
    who.put("planner", PLANNER);
    who.put("coder", Sender.agent(CODER));
    who.put("other", Sender.agent(new Handle("other")));
    who.put("person", Sender.person(new Handle("anna")));
    who.put("unverified", new Sender("drifter", null, Kind.UNVERIFIED));
    who.put("unverified coder", new Sender("coder", null, Kind.UNVERIFIED));
    return who;
  }

  private static Map<String, HandOff> states() {
    var coder = Sender.agent(CODER);
    var from = new LinkedHashMap<String, HandOff>();
    from.put("offered to coder", new HandOff(KEY, PLANNER, OFFER, CODER, "goal", new Offered()));
    from.put("offered", new HandOff(KEY, PLANNER, OFFER, null, "goal", new Offered()));
    from.put(
        "claimed by coder",
        new HandOff(KEY, PLANNER, OFFER, null, "goal", new Claimed(coder, CLAIM, "")));
    from.put(
        "done by coder",
        new HandOff(KEY, PLANNER, OFFER, null, "goal", new Done(coder, CLAIM, "merged")));
    from.put(
        "declined", new HandOff(KEY, PLANNER, OFFER, CODER, "goal", new Declined(coder, "busy")));
    from.put(
        "cancelled", new HandOff(KEY, PLANNER, OFFER, null, "goal", new Cancelled(PLANNER, "")));
    return from;
  }

  private static HandOff applied(HandOff handOff, String content, Sender by, MessageId message) {
    var effect = handOff.apply(act(content), by, message);
    assertThat(effect).isInstanceOf(Effect.Applied.class);
    return ((Effect.Applied) effect).after();
  }

  private static Act act(String content) {
    return Act.in(content).orElseThrow();
  }

  private static HandOff from(String state) {
    return Objects.requireNonNull(STATES.get(state), state);
  }
}
