package dev.parley.adapters.inbound.oauth.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.inbound.oauth.builtin.Guesses.Leave;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GuessesTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Guesses guesses = new Guesses(nanos::get);

  @Test
  void a_guess_counts_before_it_is_known_to_be_wrong() {
    for (var n = 0; n < 5; n++) {
      assertThat(guesses.take("one")).isEqualTo(Leave.GIVEN);
    }

    assertThat(guesses.take("one")).isEqualTo(Leave.WAIT_TEN_MINUTES);
  }

  @Test
  void a_refusal_for_the_sake_of_all_costs_an_address_nothing() {
    for (var n = 0; n < 6; n++) {
      guesses.take("stranger " + n);
    }
    for (var n = 0; n < 20; n++) {
      assertThat(guesses.take("one")).isEqualTo(Leave.WAIT_A_MINUTE);
    }
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    for (var n = 0; n < 5; n++) {
      assertThat(guesses.take("one")).isEqualTo(Leave.GIVEN);
    }
  }

  @Test
  void one_who_is_known_has_five_guesses_like_all() {
    guesses.take("owner");
    guesses.wasRight("owner");
    for (var n = 0; n < 5; n++) {
      assertThat(guesses.take("owner")).isEqualTo(Leave.GIVEN);
    }

    assertThat(guesses.take("owner")).isEqualTo(Leave.WAIT_TEN_MINUTES);
  }

  @Test
  void the_100_who_were_right_last_are_known() {
    for (var n = 0; n <= 100; n++) {
      guesses.take("owner " + n);
      guesses.wasRight("owner " + n);
    }
    for (var n = 0; n < 6; n++) {
      guesses.take("stranger " + n);
    }

    assertThat(guesses.take("owner 0")).isEqualTo(Leave.WAIT_A_MINUTE);
    assertThat(guesses.take("owner 1")).isEqualTo(Leave.GIVEN);
  }

  /** However many addresses there are, and whenever they guess, wrong guesses stay this few. */
  @Property(tries = 200)
  void wrong_guesses_of_strangers_are_six_a_minute(
      @ForAll @Size(max = 300) List<@IntRange(max = 50) Integer> addresses,
      @ForAll @IntRange(min = 1, max = 5_000) int millisBetween) {
    // One object serves all tries, and a minute of the try before would still be running.
    var fresh = new Guesses(nanos::get);
    var given = 0;
    for (var address : addresses) {
      nanos.addAndGet(Duration.ofMillis(millisBetween).toNanos());
      if (fresh.take("stranger " + address) == Leave.GIVEN) {
        given++;
      }
    }
    var minutes = 1 + (long) addresses.size() * millisBetween / 60_000;

    assertThat((long) given).isLessThanOrEqualTo(6 * minutes);
  }
}
