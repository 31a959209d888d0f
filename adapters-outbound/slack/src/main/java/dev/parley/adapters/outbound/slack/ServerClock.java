package dev.parley.adapters.outbound.slack;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Slack's clock as its answers show it: never ahead of it, and behind by a second at most once a
 * few answers came. This machine's clock may be wrong, and does not matter.
 */
final class ServerClock {

  private static final Duration STEP = Duration.ofSeconds(2);

  private @Nullable Reading reading;

  private record Reading(Instant time, long nanos) {
    Instant now() {
      return time.plusNanos(System.nanoTime() - nanos);
    }
  }

  /** Takes note of an answer's date, which is cut to whole seconds. */
  synchronized void answered(HttpHeaders headers) {
    headers
        .firstValue("Date")
        .ifPresent(date -> {
          try {
            note(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
          } catch (DateTimeException _) {
            // Whatever it is, it is no clock.
          }
        });
  }

  private void note(Instant date) {
    var known = reading;
    // Both are not ahead, so the later one is closer; unless the clock was set back.
    if (known == null || known.now().isBefore(date) || known.now().isAfter(date.plus(STEP))) {
      reading = new Reading(date, System.nanoTime());
    }
  }

  /** A time that is not ahead of Slack's; the beginning of all when it never answered. */
  synchronized Ts now() {
    return reading == null ? Ts.BEGINNING : Ts.at(reading.now());
  }
}
