package dev.parley.adapters.outbound.zulip;

import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Up to which id the messages of a channel are final. Zulip gives a message its id before it stores
 * it: of two that are sent at once the one with the higher id may be seen first, and whoever read
 * on from it would miss the other. So an id counts once every lower one must have come: when there
 * is no lower one that was not seen, or the id has been known for half a second.
 */
final class Settling {

  /** Longer than the server takes from giving an id to storing the message. */
  static final Duration LONGEST = Duration.ofMillis(500);

  // Ids above the settled one, and since when each is known, as System.nanoTime() says.
  private final NavigableMap<Long, Long> known = new TreeMap<>();
  private long settled;

  /**
   * A message with this id exists.
   *
   * @param age for how long at least
   */
  synchronized void seen(long id, Duration age) {
    if (id > settled) {
      known.merge(
          id, System.nanoTime() - age.toNanos(), (one, other) -> one - other < 0 ? one : other);
      settle();
    }
  }

  /** The highest id below which nothing can come any more. */
  synchronized long settledUpTo() {
    settle();
    return settled;
  }

  /** How long it takes until an id that was seen is settled; zero when it is. */
  synchronized Duration until(long id) {
    settle();
    if (id <= settled) {
      return Duration.ZERO;
    }
    var now = System.nanoTime();
    var left =
        known.tailMap(id, true).values().stream()
            .mapToLong(since -> since + LONGEST.toNanos() - now)
            .min();
    return Duration.ofNanos(left.orElse(LONGEST.toNanos()));
  }

  /** Ids begin anew. */
  synchronized void forget() {
    known.clear();
    settled = 0;
  }

  private void settle() {
    var latest = System.nanoTime() - LONGEST.toNanos();
    known.entrySet().stream()
        .filter(entry -> entry.getValue() - latest <= 0)
        .mapToLong(Map.Entry::getKey)
        .max()
        .ifPresent(this::settle);
    while (known.containsKey(settled + 1)) {
      settle(settled + 1);
    }
  }

  private void settle(long id) {
    settled = id;
    known.headMap(id, true).clear();
  }
}
