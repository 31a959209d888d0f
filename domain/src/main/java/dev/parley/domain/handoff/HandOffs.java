package dev.parley.domain.handoff;

import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The hand-offs of one topic: a fold over its messages. It keeps at most {@value #KEPT} hand-offs;
 * one more makes it forget the closed one that was changed the longest ago, or, when none is
 * closed, the one that was changed the longest ago. Not for several threads at once.
 */
public final class HandOffs {

  /** The most hand-offs of a topic that are kept. */
  public static final int KEPT = 1_000;

  private final TopicName topic;
  private final SequencedMap<HandOffId, HandOff> byId = new LinkedHashMap<>();
  private boolean forgotOpen;

  /** A topic without hand-offs. */
  public HandOffs(TopicName topic) {
    this.topic = topic;
  }

  /** A topic whose hand-offs are known already, in the order of {@link #all()}. */
  public HandOffs(TopicName topic, Collection<HandOff> known) {
    this.topic = topic;
    known.forEach(this::keep);
  }

  /**
   * Takes the next message of the topic; each one once, in the topic's order.
   *
   * @return what its act did, or empty when it is no act
   */
  public Optional<Effect> apply(Message message) {
    if (!message.topic().equals(topic)) {
      throw new IllegalArgumentException(
          "these are the hand-offs of topic '%s'; the message is in '%s'"
              .formatted(topic, message.topic()));
    }
    var effect = Act.in(message).map(act -> effect(act, message));
    if (effect.orElse(null) instanceof Effect.Applied applied) {
      keep(applied.after());
    }
    return effect;
  }

  /** The hand-off of this id, if it is known. */
  public Optional<HandOff> find(HandOffId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The known hand-offs, the one changed last at the end. */
  public List<HandOff> all() {
    return List.copyOf(byId.values());
  }

  /** Whether one was forgotten that somebody may still wait for. */
  public boolean forgotOpen() {
    return forgotOpen;
  }

  /** Makes an id that is not in use here. */
  public HandOffId unusedId(RandomGenerator source) {
    return Stream.generate(() -> HandOffId.random(source))
        .filter(id -> !byId.containsKey(id))
        .findFirst()
        .orElseThrow();
  }

  private Effect effect(Act act, Message message) {
    var known = byId.get(act.id());
    if (known != null) {
      return known.apply(act, message.sender(), message.id());
    }
    if (act instanceof Act.Offer offer) {
      var offered = HandOff.offered(topic, offer, message.sender(), message.id());
      return new Effect.Applied(act, null, offered);
    }
    return new Effect.Unknown(act);
  }

  private void keep(HandOff handOff) {
    byId.putLast(handOff.key().id(), handOff);
    if (byId.size() > KEPT) {
      byId.sequencedValues().stream()
          .filter(other -> other.state().isClosed())
          .findFirst()
          .map(other -> other.key().id())
          .ifPresentOrElse(byId::remove, this::forgetOpen);
    }
  }

  private void forgetOpen() {
    byId.pollFirstEntry();
    forgotOpen = true;
  }
}
