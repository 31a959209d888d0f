package dev.parley.domain.handoff;

import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import org.jmolecules.ddd.annotation.ValueObject;

/** Where a hand-off stands. */
public sealed interface HandOffState {

  /** Waits for somebody to claim it. */
  @ValueObject
  record Offered() implements HandOffState {}

  /**
   * Somebody is at work.
   *
   * @param claim the message that claimed it: of two sessions of one handle, the one that posted
   *     this message holds the claim
   * @param progress what the claimer said last about it; empty at first
   */
  @ValueObject
  record Claimed(Sender by, MessageId claim, String progress) implements HandOffState {}

  /** The claimer says it is done. */
  @ValueObject
  record Done(Sender by, MessageId claim, String result) implements HandOffState {}

  /** The one it was for does not want it. */
  @ValueObject
  record Declined(Sender by, String why) implements HandOffState {}

  /** It is no longer wanted. */
  @ValueObject
  record Cancelled(Sender by, String why) implements HandOffState {}

  /** The states without what belongs to each. */
  enum Kind {
    /** {@link Offered}. */
    OFFERED,
    /** {@link Claimed}. */
    CLAIMED,
    /** {@link Done}. */
    DONE,
    /** {@link Declined}. */
    DECLINED,
    /** {@link Cancelled}. */
    CANCELLED;

    /** The state as people and agents read it, such as {@code claimed}. */
    public String word() {
      return HandOffId.lowerCase(name());
    }
  }

  /** Which state this is. */
  default Kind kind() {
    return switch (this) {
      case Offered _ -> Kind.OFFERED;
      case Claimed _ -> Kind.CLAIMED;
      case Done _ -> Kind.DONE;
      case Declined _ -> Kind.DECLINED;
      case Cancelled _ -> Kind.CANCELLED;
    };
  }

  /** Whether nobody is expected to do anything about it. */
  default boolean isClosed() {
    return switch (this) {
      case Offered _, Claimed _ -> false;
      case Done _, Declined _, Cancelled _ -> true;
    };
  }
}
