package dev.parley.ports.inbound;

import dev.parley.domain.message.Draft;
import dev.parley.domain.message.MessageId;
import org.jmolecules.architecture.hexagonal.PrimaryPort;

/** Posting to a topic. */
@PrimaryPort
public interface PostMessage {

  /**
   * Posts a draft; the message is durable when this returns.
   *
   * @throws dev.parley.domain.topic.TopicRefused when this instance may not post there
   * @throws dev.parley.ports.BackendException when the backend did not take it, or when it is not
   *     known whether it did
   */
  MessageId post(Draft draft);
}
