package dev.parley.domain.reading;

import dev.parley.domain.message.MessageId;
import java.util.LinkedHashSet;

/** The last ids that were added, up to a bound; adding one more forgets the oldest. */
public final class RecentIds {

  private final int bound;
  private final LinkedHashSet<MessageId> ids;

  /** Remembers at most {@code bound} ids, at least 1. */
  public RecentIds(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("a window of ids holds at least 1, not " + bound);
    }
    this.bound = bound;
    this.ids = LinkedHashSet.newLinkedHashSet(bound);
  }

  /** Adds an id; returns whether it was not among the remembered ones. */
  public synchronized boolean add(MessageId id) {
    if (!ids.add(id)) {
      return false;
    }
    if (ids.size() > bound) {
      ids.removeFirst();
    }
    return true;
  }

  /** Whether an id is among the remembered ones. */
  public synchronized boolean contains(MessageId id) {
    return ids.contains(id);
  }
}
