package dev.parley.adapters.outbound.slack;

import java.time.Duration;
import java.util.Optional;

/**
 * A place in a channel's order, as a cursor holds it.
 *
 * @param empty whether nothing was there at the time, so that the place is no message's
 */
record Place(Ts ts, boolean empty) {

  private static final String EMPTY = "-empty";

  static Place at(Ts ts) {
    return new Place(ts, false);
  }

  static Place emptyAt(Ts ts) {
    return new Place(ts, true);
  }

  static Optional<Place> parse(String text) {
    var empty = text.endsWith(EMPTY);
    return Ts.parse(empty ? text.substring(0, text.length() - EMPTY.length()) : text)
        .map(ts -> new Place(ts, empty));
  }

  /** Whether it lies so far back that what came after it may be gone by now. */
  boolean isOlderThan(Duration age, Ts now) {
    return now.minus(age).isAfter(ts);
  }

  @Override
  public String toString() {
    return empty ? ts + EMPTY : ts.toString();
  }
}
