package dev.parley.application;

import dev.parley.domain.handoff.Effect;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.SenderGlob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is pushed to a session of what it follows.
 *
 * @param from whose messages: a sender that no pattern matches is not pushed
 * @param onlyMentionsOf when set, only messages that mention this handle, or that concern a
 *     hand-off which this handle has to do with
 * @param maxPerMinute how many messages a minute, at least 1; the rest is counted
 */
public record PushRules(List<SenderGlob> from, @Nullable Handle onlyMentionsOf, int maxPerMinute) {

  public PushRules {
    from = List.copyOf(from);
    if (maxPerMinute < 1) {
      throw new IllegalArgumentException(
          "at least 1 message a minute is pushed, not " + maxPerMinute);
    }
  }

  /** Whether messages of this sender may be pushed at all. */
  boolean admitsSender(Message message) {
    return from.stream().anyMatch(glob -> glob.matches(message.sender()));
  }

  /**
   * Whether the session wants to hear of a message.
   *
   * @param effect what it did to a hand-off, or null when it did nothing that is known
   */
  boolean wants(Message message, @Nullable Effect effect) {
    return onlyMentionsOf == null
        || message.mentions(onlyMentionsOf)
        || (effect != null && effect.concerns(onlyMentionsOf));
  }
}
