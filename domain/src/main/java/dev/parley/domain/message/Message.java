package dev.parley.domain.message;

import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;
import java.util.List;
import org.jmolecules.ddd.annotation.AggregateRoot;
import org.jmolecules.ddd.annotation.Identity;
import org.jspecify.annotations.Nullable;

/**
 * What one sender said in one topic.
 *
 * @param cursor where it stands in the topic's order; reading after it starts with the next message
 * @param timestamp when it was posted, to be shown to people only: order never depends on it
 * @param parent the message it answers, if any
 * @param condition whether the content is what the sender first wrote
 */
@AggregateRoot
public record Message(
    @Identity MessageId id,
    TopicName topic,
    Sender sender,
    String content,
    Cursor cursor,
    Instant timestamp,
    @Nullable MessageId parent,
    Condition condition) {

  /** What has become of a message since it was posted. */
  public enum Condition {
    /** The content is what the sender wrote. */
    ORIGINAL,
    /** The sender changed the content later; the content is the latest. */
    EDITED,
    /** The message was taken back; the content is a marker. */
    DELETED,
    /** The stored record could not be read; the content is a marker that says why. */
    UNREADABLE
  }

  /** Whether the sender changed the content after posting it. */
  public boolean edited() {
    return condition == Condition.EDITED;
  }

  /** The names this message mentions, each once, as first written and in order of appearance. */
  public List<String> mentions() {
    return Mentions.in(content);
  }

  /** Whether this message mentions the handle; case does not matter. */
  public boolean mentions(Handle handle) {
    return mentions().stream().anyMatch(handle.value()::equalsIgnoreCase);
  }
}
