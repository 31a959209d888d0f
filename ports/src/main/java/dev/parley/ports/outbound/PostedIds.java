package dev.parley.ports.outbound;

import dev.parley.domain.message.MessageId;
import org.jmolecules.architecture.hexagonal.SecondaryPort;

/**
 * The ids of the messages that this instance posted, over restarts: they are not unread. Bounded;
 * an id that was forgotten only makes an old post of one's own appear as unread.
 */
@SecondaryPort
public interface PostedIds {

  /** Remembers an id; best effort, never throws. */
  void add(MessageId id);

  /** Whether an id is remembered. */
  boolean contains(MessageId id);
}
