package dev.parley.domain.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.HandOffState.Claimed;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Transcript;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.participant.Sender.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class HandOffsPropertiesTest {

  /** One line that somebody says. */
  private record Line(Sender sender, String content, Message.Condition condition) {}

  @Property
  void the_fold_does_not_depend_on_how_pages_were_cut(
      @ForAll("talks") List<Message> messages,
      @ForAll List<@IntRange(min = 1, max = 9) Integer> pages) {
    var whole = new HandOffs(new Transcript("ctx").topic());
    var effects = messages.stream().map(whole::apply).toList();

    var cut = new HandOffs(new Transcript("ctx").topic());
    var cutEffects = new ArrayList<Optional<Effect>>();
    var from = 0;
    for (int page = 0; from < messages.size(); page++) {
      var size = page < pages.size() ? pages.get(page) : messages.size();
      var to = Math.min(messages.size(), from + size);
      cut = new HandOffs(new Transcript("ctx").topic(), cut.all());
      messages.subList(from, to).stream().map(cut::apply).forEach(cutEffects::add);
      from = to;
    }

    assertThat(cutEffects).isEqualTo(effects);
    assertThat(cut.all()).isEqualTo(whole.all());
  }

  @Property
  void only_a_lawful_act_changes_anything_and_only_its_own_hand_off(
      @ForAll("talks") List<Message> messages) {
    var handOffs = new HandOffs(new Transcript("ctx").topic());
    for (var message : messages) {
      var before = handOffs.all();
      var effect = handOffs.apply(message);
      if (effect.orElse(null) instanceof Effect.Applied applied) {
        var others = new ArrayList<>(before);
        others.removeIf(other -> other.key().equals(applied.after().key()));
        others.add(applied.after());
        assertThat(handOffs.all()).isEqualTo(others);
      } else {
        assertThat(handOffs.all()).isEqualTo(before);
      }
    }
  }

  @Property
  void a_claim_holds_until_its_claimer_the_offerer_or_a_person_ends_it(
      @ForAll("talks") List<Message> messages) {
    var handOffs = new HandOffs(new Transcript("ctx").topic());
    for (var message : messages) {
      if (handOffs.apply(message).orElse(null) instanceof Effect.Applied applied
          && applied.before() != null
          && applied.before().state() instanceof Claimed held) {
        var by = message.sender();
        var mayEnd =
            held.by().isSameAs(by)
                || applied.before().offerer().isSameAs(by)
                || by.kind() == Kind.PERSON;
        assertThat(mayEnd).isTrue();
        assertThat(applied.act()).isNotInstanceOf(Act.Claim.class);
        if (applied.after().state() instanceof Claimed still) {
          assertThat(still.claim()).isEqualTo(held.claim());
        }
      }
    }
  }

  @Provide
  Arbitrary<List<Message>> talks() {
    var senders =
        Arbitraries.of(
            Sender.agent(new Handle("planner")),
            Sender.agent(new Handle("coder")),
            Sender.person(new Handle("anna")),
            new Sender("coder", null, Kind.UNVERIFIED));
    var words =
        Arbitraries.of(
            "#handoff",
            "#handoff",
            "#claim",
            "#claim",
            "#progress",
            "#done",
            "!decline",
            "#release",
            "#CANCEL",
            "hello");
    var ids = Arbitraries.of("ho-1", "HO-1", "ho-2");
    var texts = Arbitraries.of("", "@coder go", "ok\nmore");
    var conditions =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just(Message.Condition.ORIGINAL)),
            Tuple.of(1, Arbitraries.of(Message.Condition.class)));
    return Combinators.combine(senders, words, ids, texts, conditions)
        .as((sender, word, id, text, condition) ->
            new Line(sender, word + " " + id + " " + text, condition))
        .list()
        .ofMaxSize(40)
        .map(HandOffsPropertiesTest::said);
  }

  private static List<Message> said(List<Line> lines) {
    var transcript = new Transcript("ctx");
    return lines.stream()
        .map(line -> transcript.says(line.sender(), line.content(), line.condition()))
        .toList();
  }
}
