package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(350));

  @Test
  void delays_double_up_to_the_longest_and_lose_at_most_half_to_chance() {
    for (var full : new int[] {100, 200, 350, 350}) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }
  }

  @Test
  void success_starts_over() {
    backoff.next();
    backoff.next();
    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(100));
  }
}
