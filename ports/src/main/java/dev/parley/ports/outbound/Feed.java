package dev.parley.ports.outbound;

import dev.parley.domain.message.Message;
import dev.parley.ports.BackendException;

/**
 * Where a subscription hands over what happens in a topic. Calls are serial per subscription, on
 * any thread, perhaps before {@code subscribe} returned, never after {@link Subscription#close()}
 * returned. Implementations return at once; what they throw is logged and does not end the feed.
 */
public interface Feed {

  /** One new message, in the topic's order; it is in the history by now. */
  void message(Message message);

  /** Something may not have been handed over: read it with {@code fetchRecent}. */
  void behind();

  /** The live path is down; when it is back, {@link #behind()} says so. */
  void interrupted(BackendException why);

  /**
   * Whether hints are enough, since whoever is behind this feed reads the history anyway: then
   * {@link #behind()} may take the place of {@link #message}, and nothing has to be read for it.
   * Always the same. Such a feed's calls only leave a note, so that they can be made on the thread
   * that serves every feed.
   */
  default boolean takesHints() {
    return false;
  }
}
