package dev.parley.adapters.outbound.support;

import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long the header {@code Retry-After} asks to wait (RFC 9110, 10.2.3): seconds, with a fraction
 * as some vendors send it, or a date; a day at most.
 */
public final class RetryAfter {

  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /** What the headers of an answer ask for; empty when they say nothing that can be read. */
  public static Optional<Duration> of(HttpHeaders headers) {
    return headers.firstValue("Retry-After").map(String::strip).flatMap(RetryAfter::read);
  }

  private static Optional<Duration> read(String value) {
    try {
      return Optional.of(seconds(new BigDecimal(value)));
    } catch (NumberFormatException noNumber) {
      return date(value);
    }
  }

  /** A number of seconds. */
  public static Duration seconds(BigDecimal seconds) {
    var sane = seconds.max(BigDecimal.ZERO).min(BigDecimal.valueOf(LONGEST.toSeconds()));
    return Duration.ofMillis(sane.movePointRight(3).longValue());
  }

  private static Optional<Duration> date(String value) {
    try {
      var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var wait = Duration.between(Instant.now(), until);
      if (wait.isNegative()) {
        return Optional.of(Duration.ZERO);
      }
      return Optional.of(wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
