package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which ids are final. */
class SettlingTest {

  private static final Duration OLD = Duration.ofMinutes(1);

  private final Settling settling = new Settling();

  @Test
  void an_old_id_is_final_with_all_below() {
    settling.seen(100, OLD);
    assertThat(settling.settledUpTo()).isEqualTo(100);
    assertThat(settling.until(50)).isZero();
  }

  @Test
  void an_id_without_a_hole_below_is_final_at_once() {
    settling.seen(100, OLD);
    settling.seen(101, Duration.ZERO);
    assertThat(settling.settledUpTo()).isEqualTo(101);
  }

  @Test
  void a_hole_is_waited_for_until_it_is_filled() {
    settling.seen(100, OLD);
    settling.seen(102, Duration.ZERO);
    settling.seen(103, Duration.ZERO);
    assertThat(settling.settledUpTo()).isEqualTo(100);
    assertThat(settling.until(103)).isPositive().isLessThanOrEqualTo(Settling.LONGEST);
    settling.seen(101, Duration.ZERO);
    assertThat(settling.settledUpTo()).isEqualTo(103);
  }

  @Test
  void a_hole_is_not_waited_for_longer_than_storing_takes() {
    settling.seen(100, OLD);
    settling.seen(105, Duration.ZERO);
    await().atMost(Duration.ofSeconds(5)).until(() -> settling.settledUpTo() == 105);
    assertThat(settling.until(105)).isZero();
  }

  @Test
  void a_higher_id_known_for_long_settles_a_lower_one_seen_later() {
    settling.seen(100, OLD);
    settling.seen(110, Settling.LONGEST.minusMillis(1));
    settling.seen(105, Duration.ZERO);
    assertThat(settling.until(105)).isLessThan(Duration.ofMillis(2));
  }
}
