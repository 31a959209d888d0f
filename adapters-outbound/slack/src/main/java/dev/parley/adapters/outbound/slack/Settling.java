package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * How far a channel's order is final. Slack may show a message a little after one with a higher
 * {@code ts}; so what is handed out is older than the settling time, by Slack's clock or by when
 * something as new was seen first.
 */
final class Settling {

  private record Sighting(Ts newest, long nanos) {}

  private final ServerClock clock;
  private final Duration time;
  private final Deque<Sighting> sightings = new ArrayDeque<>();
  private Ts settled = Ts.BEGINNING;

  Settling(ServerClock clock, Duration time) {
    this.clock = clock;
    this.time = time;
  }

  /** Something is there as of now. */
  synchronized void seen(Ts newest) {
    var _ = bound();
    var last = sightings.peekLast();
    if (newest.isAfter(settled) && (last == null || newest.isAfter(last.newest()))) {
      sightings.add(new Sighting(newest, System.nanoTime()));
    }
  }

  /** The newest place of which something was seen. */
  synchronized Ts newest() {
    var last = sightings.peekLast();
    return last == null ? settled : last.newest();
  }

  /** Up to here a request that is made from now on sees everything there will ever be. */
  synchronized Ts bound() {
    var now = System.nanoTime();
    for (var first = sightings.peek();
        first != null && now - first.nanos() >= time.toNanos();
        first = sightings.peek()) {
      settled = first.newest();
      sightings.remove();
    }
    var byClock = clock.now().minus(time).second();
    return byClock.isAfter(settled) ? byClock : settled;
  }

  /** Waits until a place that was seen is settled. */
  void await(Ts place, Supplier<BackendException> interrupted) {
    while (place.isAfter(bound())) {
      try {
        Deadlines.pause(Duration.ofNanos(Math.max(1_000_000, nanosUntil(place))));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw interrupted.get();
      }
    }
  }

  private synchronized long nanosUntil(Ts place) {
    var bySight =
        sightings.stream()
            .filter(sighting -> !place.isAfter(sighting.newest()))
            .mapToLong(sighting -> sighting.nanos() + time.toNanos() - System.nanoTime())
            .findFirst()
            .orElse(time.toNanos());
    var byClock = (place.secondAfter().micros() - clock.now().minus(time).micros()) * 1_000;
    return Math.min(bySight, byClock);
  }
}
