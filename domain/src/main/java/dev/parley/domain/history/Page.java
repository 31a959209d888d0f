package dev.parley.domain.history;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import java.util.List;

/**
 * A stretch of a topic's history.
 *
 * @param messages in ascending order; empty only when {@code more} is false
 * @param next where the next page in the window's direction starts: after the last message, or
 *     before the first one for {@link Window.Before}; after a gap to the end of a topic it is past
 *     the gap, so that it is told once; it can be replayed any number of times
 * @param more whether the topic holds further messages in the window's direction (older ones for
 *     {@link Window.Before} and {@link Window.Latest})
 * @param gap whether history between the window's cursor and the first message is gone
 */
public record Page(List<Message> messages, Cursor next, boolean more, boolean gap) {

  public Page {
    messages = List.copyOf(messages);
    if (messages.isEmpty() && more) {
      throw new IllegalArgumentException("a page without messages cannot have more to come");
    }
  }
}
