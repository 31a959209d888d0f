package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slack's clock goes on with this machine's, and is some minutes away from it here. */
class ServerClockTest {

  private static final Instant THEN = Instant.parse("2026-01-01T12:00:00Z");

  private final ServerClock clock = new ServerClock();

  private void answered(Instant date) {
    answered(DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC)));
  }

  private void answered(String date) {
    clock.answered(HttpHeaders.of(Map.of("Date", List.of(date)), (name, value) -> true));
  }

  private Duration since(Instant instant) {
    return Duration.between(instant, clock.now().instant());
  }

  @Test
  void before_the_first_answer_it_is_the_beginning_of_all() {
    assertThat(clock.now()).isEqualTo(Ts.BEGINNING);
    answered("yesterday");
    assertThat(clock.now()).isEqualTo(Ts.BEGINNING);
  }

  @Test
  void it_shows_the_answers_date_whatever_this_machines_clock_says() {
    answered(THEN);
    assertThat(since(THEN)).isBetween(Duration.ZERO, Duration.ofSeconds(30));
  }

  @Test
  void a_later_date_is_closer_and_an_earlier_one_by_a_second_is_not() {
    answered(THEN.plusSeconds(61));
    answered(THEN.plusSeconds(60));
    assertThat(since(THEN)).isGreaterThanOrEqualTo(Duration.ofSeconds(61));
    answered(THEN.plusSeconds(121));
    assertThat(since(THEN)).isGreaterThanOrEqualTo(Duration.ofSeconds(121));
  }

  @Test
  void a_clock_that_is_set_back_is_followed() {
    answered(THEN.plusSeconds(3_600));
    answered(THEN);
    assertThat(since(THEN)).isBetween(Duration.ZERO, Duration.ofSeconds(30));
  }
}
