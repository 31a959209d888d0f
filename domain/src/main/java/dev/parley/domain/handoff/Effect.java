package dev.parley.domain.handoff;

import dev.parley.domain.participant.Handle;
import org.jspecify.annotations.Nullable;

/** What an act did. Only {@link Applied} changed anything. */
public sealed interface Effect {

  /** The act. */
  Act act();

  /** The hand-off after the act, or null when none is known. */
  @Nullable HandOff handOff();

  /**
   * Whether the participant of this handle has to do with the hand-off, before or after the act.
   */
  boolean concerns(Handle handle);

  /**
   * The act was lawful.
   *
   * @param before the hand-off before it, or null for an offer
   */
  record Applied(Act act, @Nullable HandOff before, HandOff after) implements Effect {
    @Override
    public HandOff handOff() {
      return after;
    }

    @Override
    public boolean concerns(Handle handle) {
      return after.concerns(handle) || (before != null && before.concerns(handle));
    }
  }

  /**
   * The participant claimed what it holds. Sessions that share a handle are one participant here;
   * {@link HandOff#isClaimedBy} tells which of them holds it.
   */
  record AlreadyYours(Act act, HandOff handOff) implements Effect {
    @Override
    public boolean concerns(Handle handle) {
      return handOff.concerns(handle);
    }
  }

  /**
   * The act was not lawful from its sender, or not in this state.
   *
   * @param handOff the hand-off as it stays
   * @param why one clause, without a full stop
   */
  record Unlawful(Act act, HandOff handOff, String why) implements Effect {
    @Override
    public boolean concerns(Handle handle) {
      return handOff.concerns(handle);
    }
  }

  /** No offer of this id is known in the topic. */
  record Unknown(Act act) implements Effect {
    @Override
    public @Nullable HandOff handOff() {
      return null;
    }

    @Override
    public boolean concerns(Handle handle) {
      return false;
    }
  }
}
