package dev.parley.ports.inbound;

import dev.parley.domain.history.Page;
import dev.parley.domain.topic.TopicName;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

/**
 * Observing a topic from beside the conversation, as a client does for its own display: what is
 * seen so counts neither as read by the agent nor as shown to it, and is pushed all the same.
 */
@PrimaryPort
public interface ObserveTopic {

  /**
   * The latest messages.
   *
   * @param messages the most messages
   * @param characters about how many characters of content the page may hold
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not read there
   * @throws dev.parley.ports.BackendException when the backend did not answer
   */
  Page recent(TopicName topic, int messages, int characters);

  /**
   * Watches a topic until closed. Connects in the background, and tells once when it has: whoever
   * reads the topic on being told misses nothing.
   *
   * @param changed runs whenever the topic may have new messages, the caller's own included; one
   *     run at a time, and one for all that came during the run before
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not read there
   * @throws dev.parley.ports.BackendException when the topic cannot be watched
   */
  Watch watch(TopicName topic, Runnable changed);

  /** A running watch; closing twice is fine. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}
