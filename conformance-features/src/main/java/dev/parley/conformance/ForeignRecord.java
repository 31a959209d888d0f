package dev.parley.conformance;

import dev.parley.domain.topic.TopicName;
import java.util.function.Consumer;

/**
 * A record that other software leaves in a topic.
 *
 * @param what what is odd about it, a few words
 * @param write leaves it in a topic
 * @param shown what a reader is to see of it
 */
public record ForeignRecord(String what, Consumer<TopicName> write, Shown shown) {

  /** What a reader sees of a record. */
  public sealed interface Shown {}

  /** An ordinary message with this sender and this content. */
  public record AsMessage(String sender, String content) implements Shown {}

  /** A placeholder, marked {@link dev.parley.domain.message.Message.Condition#UNREADABLE}. */
  public record AsPlaceholder() implements Shown {}

  /** Nothing: it is not a message. */
  public record NotAtAll() implements Shown {}
}
