package dev.parley.domain.reading;

import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * How far a topic was followed live: the cursor of the last message delivered, and the bounded
 * window of ids that tells a repeat from a new message. Kept in memory, starts at the tail.
 */
public final class FollowPosition {

  private final RecentIds delivered;
  private Cursor cursor;
  private @Nullable MessageId last;

  /** Starts at a cursor, with a window of ids. */
  public FollowPosition(Cursor start, int window) {
    this.cursor = start;
    this.delivered = new RecentIds(window);
  }

  /** Moves past a message; returns false, and stays, when it was delivered before. */
  public boolean advance(Message message) {
    if (!delivered.add(message.id())) {
      return false;
    }
    cursor = message.cursor();
    last = message.id();
    return true;
  }

  /** Moves to the end of a page whose messages were all passed. */
  public void advanceTo(Cursor next) {
    cursor = next;
  }

  /** Whether a message was delivered, as far as the window remembers. */
  public boolean hasDelivered(MessageId id) {
    return delivered.contains(id);
  }

  /** Whether a message is the one delivered last: whoever hands it over stands where this does. */
  public boolean standsAt(MessageId id) {
    return id.equals(last);
  }

  /** Where to read on. */
  public Cursor cursor() {
    return cursor;
  }
}
