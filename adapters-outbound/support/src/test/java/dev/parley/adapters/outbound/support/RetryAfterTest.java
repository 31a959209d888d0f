package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "3, 3000", "' 1.25 ', 1250", "-5, 0", "1e30, 86400000"})
  void a_number_is_seconds_a_day_at_most(String value, long millis) {
    assertThat(read(value)).contains(Duration.ofMillis(millis));
  }

  @Test
  void a_date_is_that_far_away() {
    var inAMinute =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(1));
    assertThat(read(inAMinute).orElseThrow())
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(61));
  }

  @Test
  void a_date_in_the_past_asks_for_nothing() {
    assertThat(read("Wed, 21 Oct 2015 07:28:00 GMT")).contains(Duration.ZERO);
  }

  @Test
  void a_date_is_a_day_away_at_most() {
    assertThat(read("Fri, 31 Dec 9999 23:59:59 GMT")).contains(Duration.ofDays(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "1 s"})
  void what_cannot_be_read_asks_for_nothing(String value) {
    assertThat(read(value)).isEmpty();
  }

  private static Optional<Duration> read(String value) {
    return RetryAfter.of(HttpHeaders.of(Map.of("Retry-After", List.of(value)), (_, _) -> true));
  }
}
