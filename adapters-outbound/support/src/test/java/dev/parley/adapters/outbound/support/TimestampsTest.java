package dev.parley.adapters.outbound.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00.000Z",
        "2000-02-29T23:59:59.999Z",
        "2024-02-29T12:00:00.001Z",
        "2026-11-30T14:41:30.120Z",
        "2026-12-31T23:59:59.999Z"
      })
  void the_own_form_is_read_and_written(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Instant.parse(text));
    assertThat(Timestamps.format(Instant.parse(text))).isEqualTo(text);
  }

  @Test
  void any_instant_comes_back_to_the_millisecond() {
    var seed = System.nanoTime();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (var n = 0; n < 10_000; n++) {
      var instant = Instant.EPOCH.plus(Duration.ofMillis(random.nextLong(4_000_000_000_000L)));
      assertThat(Timestamps.parse(Timestamps.format(instant))).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T14:41:30Z, 2026-11-22T14:41:30Z",
    "2026-11-22T14:41:30.123456789Z, 2026-11-22T14:41:30.123456789Z",
    "2026-11-22T14:41:30+02:00, 2026-11-22T12:41:30Z",
    "2026-11-22 14:41:30, 2026-11-22T14:41:30Z",
    "2026-11-22T14:41, 2026-11-22T14:41:00Z",
    "2026-11-22, 2026-11-22T00:00:00Z"
  })
  void other_iso_forms_are_read(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "2025-02-29T00:00:00.000Z",
        "2026-13-01T00:00:00.000Z",
        "2026-11-22T24:41:30.123Z",
        "1738555506",
        "2026-11-22T14:41:30.123z?"
      })
  void what_cannot_be_read_is_1970(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(Instant.EPOCH);
  }

  @Test
  void no_time_is_1970() {
    assertThat(Timestamps.parse(null)).isEqualTo(Instant.EPOCH);
  }
}
