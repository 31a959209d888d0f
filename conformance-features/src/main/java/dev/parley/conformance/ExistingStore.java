package dev.parley.conformance;

import dev.parley.domain.topic.TopicName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store that other software filled before any Parley opened it.
 *
 * @param topic the topic it filled
 * @param entries every entry a reader is to see in the topic, in order
 */
public record ExistingStore(Store store, TopicName topic, List<Entry> entries) {

  /**
   * What a reader is to see.
   *
   * @param sender the sender's handle; null when any will do
   * @param content the content; null for a placeholder
   */
  public record Entry(@Nullable String sender, @Nullable String content) {}
}
