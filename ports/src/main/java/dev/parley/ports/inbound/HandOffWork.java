package dev.parley.ports.inbound;

import dev.parley.domain.handoff.Act;
import dev.parley.domain.handoff.Brief;
import dev.parley.domain.handoff.HandOff;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import org.jmolecules.architecture.hexagonal.PrimaryPort;
import org.jspecify.annotations.Nullable;

/**
 * Handing work over: each act is posted as a message, and what it did is read from the topic, where
 * the backend's order decides.
 */
@PrimaryPort
public interface HandOffWork {

  /**
   * Offers work under an id that is not in use in the topic.
   *
   * @param to whom it is for, or null for anyone
   * @throws IllegalArgumentException when no message can say this
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not post there
   * @throws dev.parley.ports.BackendException when nothing was posted, or when that is not known
   */
  Outcome offer(TopicName topic, @Nullable Handle to, Brief brief) throws InterruptedException;

  /**
   * Posts an act.
   *
   * @throws IllegalArgumentException when no message can say this
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not post there
   * @throws dev.parley.ports.BackendException when nothing was posted, or when that is not known
   */
  Outcome perform(TopicName topic, Act act) throws InterruptedException;

  /** What an act did that this session posted as a plain message. */
  Outcome outcomeOf(TopicName topic, Act act, MessageId message) throws InterruptedException;

  /**
   * What an act did.
   *
   * @param message the message that is the act
   * @param handOff the hand-off after it, or null when it is not known
   * @param sentence what happened, for the one who acted; without a full stop
   */
  record Outcome(
      Act act, MessageId message, Verdict verdict, @Nullable HandOff handOff, String sentence) {}

  /** How an act was taken. */
  enum Verdict {
    /** It was lawful and counts. */
    APPLIED,
    /** The claim repeats one by which this session, or this person, holds the hand-off. */
    ALREADY_YOURS,
    /** The claim came too late: somebody else holds the hand-off, or another session does. */
    LOST,
    /** It changed nothing: not lawful from this participant, or not in this state. */
    UNLAWFUL,
    /** It changed nothing: no such offer is known in the topic. */
    UNKNOWN,
    /** It was posted and could not be read back in time, so its outcome is unknown. */
    UNSEEN
  }
}
