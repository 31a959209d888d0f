package dev.parley.adapters.outbound.zulip.realm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A message as the organization keeps it; immutable, replaced when it is changed. */
public record StoredMessage(
    long id,
    RealmChannel channel,
    String topic,
    Account sender,
    String content,
    Instant sent,
    List<Change> changes) {

  /**
   * What an edit replaced.
   *
   * @param previousContent what it replaced, or the same when only the topic changed
   */
  public record Change(Instant at, String previousContent, String previousTopic) {}

  StoredMessage edited(String replacement) {
    return changed(topic, replacement);
  }

  StoredMessage moved(String newTopic) {
    return changed(newTopic, content);
  }

  private StoredMessage changed(String newTopic, String newContent) {
    var more = new ArrayList<>(changes);
    more.addFirst(new Change(Instant.now(), content, topic));
    return new StoredMessage(id, channel, newTopic, sender, newContent, sent, List.copyOf(more));
  }

  boolean isIn(RealmChannel where, String topicName) {
    return channel == where && topic.equalsIgnoreCase(topicName);
  }
}
