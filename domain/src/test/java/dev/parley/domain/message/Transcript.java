package dev.parley.domain.message;

import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import java.time.Instant;

/** Writes messages of one topic, one after another. */
public final class Transcript {

  private final TopicName topic;
  private int written;

  public Transcript(String topic) {
    this.topic = new TopicName(topic);
  }

  public TopicName topic() {
    return topic;
  }

  /** The next message. */
  public Message says(Sender sender, String content) {
    return says(sender, content, Message.Condition.ORIGINAL);
  }

  /** The next message, and what has become of it. */
  public Message says(Sender sender, String content, Message.Condition condition) {
    var number = ++written;
    return new Message(
        new MessageId("m" + number),
        topic,
        sender,
        content,
        new Cursor("c" + number),
        Instant.EPOCH.plusSeconds(number),
        null,
        condition);
  }
}
