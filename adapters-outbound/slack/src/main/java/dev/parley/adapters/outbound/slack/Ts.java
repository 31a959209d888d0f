package dev.parley.adapters.outbound.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Slack's {@code ts}: the id of a message in its channel and its place in the order, as a whole
 * number of microseconds, since a floating-point number would mix up neighbours. Slack promises
 * that what stands before the point is a time; the fraction only makes it unique.
 */
record Ts(long micros) implements Comparable<Ts> {

  static final Ts BEGINNING = new Ts(0);

  private static final long PER_SECOND = 1_000_000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\.(\\d{6})");

  static Optional<Ts> parse(String text) {
    var parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Ts(Long.parseLong(parts.group(1)) * PER_SECOND + Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  static Ts at(Instant instant) {
    return new Ts(instant.getEpochSecond() * PER_SECOND + instant.getNano() / 1_000);
  }

  Ts plus(Duration duration) {
    return new Ts(micros + duration.toNanos() / 1_000);
  }

  Ts minus(Duration duration) {
    return new Ts(Math.max(0, micros - duration.toNanos() / 1_000));
  }

  /** The beginning of its second. */
  Ts second() {
    return new Ts(micros / PER_SECOND * PER_SECOND);
  }

  /** The beginning of the second after it, or itself where that is one. */
  Ts secondAfter() {
    return new Ts((micros + PER_SECOND - 1) / PER_SECOND * PER_SECOND);
  }

  /** The first place after this one. */
  Ts next() {
    return new Ts(micros + 1);
  }

  Instant instant() {
    return Instant.ofEpochSecond(micros / PER_SECOND, micros % PER_SECOND * 1_000);
  }

  boolean isAfter(Ts other) {
    return micros > other.micros;
  }

  @Override
  public int compareTo(Ts other) {
    return Long.compare(micros, other.micros);
  }

  @Override
  public String toString() {
    return "%d.%06d".formatted(micros / PER_SECOND, micros % PER_SECOND);
  }
}
