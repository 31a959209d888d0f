package dev.parley.adapters.outbound.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.handoff.HandOffId;
import dev.parley.domain.handoff.HandOffKey;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.HandOffProjections.Projection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HandOffFileProperties {

  private static final TopicName TOPIC = new TopicName("ctx");

  @Property
  void a_projection_comes_back_as_it_was(
      @ForAll("projections") Projection projection, @ForAll String store) throws IOException {
    var bytes = HandOffFile.write(store, TOPIC, projection).getBytes(StandardCharsets.UTF_8);

    assertThat(HandOffFile.read(bytes, store, TOPIC)).isEqualTo(projection);
  }

  @Property
  void whatever_a_file_holds_is_read_or_said_to_be_unreadable(
      @ForAll("projections") Projection projection, @ForAll byte noise, @ForAll int place) {
    var bytes = HandOffFile.write("store", TOPIC, projection).getBytes(StandardCharsets.UTF_8);
    bytes[Math.floorMod(place, bytes.length)] = noise;
    try {
      assertThat(HandOffFile.read(bytes, "store", TOPIC)).isNotNull();
    } catch (HandOffFile.Unreadable said) {
      assertThat(said).hasMessageStartingWith("it ");
    }
  }

  @Provide
  Arbitrary<Projection> projections() {
    // Any characters at all, halves of surrogate pairs included: foreign text is like that.
    var texts = Arbitraries.strings().ofMaxLength(30);
    var ids = texts.map(text -> "m" + text).map(MessageId::new);
    var senders =
        Combinators.combine(texts, texts.injectNull(0.5), Arbitraries.of(Sender.Kind.class))
            .as(Sender::new);
    var states =
        Arbitraries.<HandOffState>oneOf(
            Arbitraries.just(new HandOffState.Offered()),
            Combinators.combine(senders, ids, texts).as(HandOffState.Claimed::new),
            Combinators.combine(senders, ids, texts).as(HandOffState.Done::new),
            Combinators.combine(senders, texts).as(HandOffState.Declined::new),
            Combinators.combine(senders, texts).as(HandOffState.Cancelled::new));
    var keys =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .ofMinLength(1)
            .ofMaxLength(8)
            .map(id -> new HandOffKey(TOPIC, new HandOffId("ho-" + id)));
    var handOffs =
        Combinators.combine(
                keys,
                senders,
                ids,
                Arbitraries.of("coder", "a.b-c").map(Handle::new).injectNull(0.5),
                texts,
                states)
            .as(HandOff::new);
    return Combinators.combine(
            texts.map(text -> new Cursor("c" + text)),
            handOffs.list().ofMaxSize(5),
            Arbitraries.of(true, false))
        .as(Projection::new);
  }
}
