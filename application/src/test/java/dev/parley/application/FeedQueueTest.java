package dev.parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.application.FeedQueue.Signal;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FeedQueueTest {

  private final Unavailable down = new Unavailable("down", Instant.EPOCH, null);

  private final FeedQueue queue = new FeedQueue(4);

  @Test
  void an_interruption_that_is_over_is_not_told() throws InterruptedException {
    queue.interrupted(down);
    queue.behind();
    assertThat(queue.take()).isEqualTo(new Signal.Behind());

    queue.interrupted(down);
    queue.behind();
    queue.awaitBehind(Duration.ofSeconds(1));
    queue.behind();
    assertThat(queue.take()).isEqualTo(new Signal.Behind());
  }

  @Test
  void an_interruption_that_came_last_is_told() throws InterruptedException {
    queue.behind();
    queue.interrupted(down);
    queue.awaitBehind(Duration.ofSeconds(1));
    assertThat(queue.take()).isEqualTo(new Signal.Interrupted(down));
  }

  @Test
  void a_backend_that_asks_for_years_is_asked_again_after_a_day() {
    var asked = new RateLimited("later", Duration.ofDays(365_000));
    assertThat(new Backoff().next(asked)).isEqualTo(Duration.ofDays(1));
  }
}
