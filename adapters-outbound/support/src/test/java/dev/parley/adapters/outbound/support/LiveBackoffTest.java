package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveBackoffTest {

  private final BackendException silent = new Unavailable("silent", null, null);
  private final BackendException denied = new AccessDenied("denied", null);

  private final LiveBackoff backoff = new LiveBackoff();

  @Test
  void who_does_not_answer_is_asked_every_second() {
    assertThat(after(20, silent)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  @Test
  void what_is_refused_is_tried_every_five() {
    assertThat(after(20, denied)).isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(5));
  }

  @Test
  void the_delays_of_one_do_not_grow_with_those_of_the_other() {
    after(20, silent);

    assertThat(backoff.next(denied)).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void success_starts_over() {
    after(20, silent);
    after(20, denied);
    backoff.reset();

    assertThat(backoff.next(silent)).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(backoff.next(denied)).isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  /** The delay after that many attempts that failed so. */
  private Duration after(int attempts, BackendException why) {
    var delay = Duration.ZERO;
    for (var n = 0; n < attempts; n++) {
      delay = backoff.next(why);
    }
    return delay;
  }
}
