package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An operation, and each attempt of it, ends in time. */
class DeadlineTest {

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void is_over_when_its_time_is_over() {
    assertThat(Deadline.in(Duration.ZERO).isOver()).isTrue();
    assertThat(Deadline.in(LONG).isOver()).isFalse();
    assertThat(Deadline.in(LONG).left()).isBetween(LONG.minus(SHORT), LONG);
  }

  @Test
  void the_sooner_end_counts() {
    assertThat(Deadline.in(LONG).atMost(SHORT).left()).isLessThanOrEqualTo(SHORT);
    assertThat(Deadline.in(SHORT).atMost(LONG).left()).isLessThanOrEqualTo(SHORT);
  }

  @Test
  void an_attempt_has_its_part_of_the_whole() {
    assertThat(Deadline.in(LONG).ofAttempt(3).left())
        .isBetween(Duration.ofSeconds(19), Duration.ofSeconds(20));
  }

  @Test
  void an_attempt_has_a_quarter_of_a_second_at_least_and_what_is_left_at_most() {
    assertThat(Deadline.in(Duration.ofMillis(300)).ofAttempt(3).left())
        .isBetween(Duration.ofMillis(101), Duration.ofMillis(250));
    assertThat(Deadline.in(Duration.ZERO).ofAttempt(3).isOver()).isTrue();
  }
}
