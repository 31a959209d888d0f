package dev.parley.adapters.inbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Iso8601Test {

  private static final long SEED = 20_261_130;

  private static void assertIsWrittenAsEver(Instant instant) {
    assertThat(new String(Iso8601.of(instant), StandardCharsets.UTF_8))
        .isEqualTo(instant.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "2000-02-29T12:34:56.7Z",
        "2026-11-30T21:45:42.007Z",
        "2026-11-30T21:45:42.000001Z",
        "2026-11-30T21:45:42.123456789Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "-1000000000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z"
      })
  void an_instant_is_written_as_ever(String text) {
    assertIsWrittenAsEver(Instant.parse(text));
  }

  static Stream<Instant> anyMillis() {
    var first = Instant.parse("-0100-01-01T00:00:00Z").toEpochMilli();
    var last = Instant.parse("+10100-01-01T00:00:00Z").toEpochMilli();
    return new Random(SEED).longs(1_000, first, last).mapToObj(Instant::ofEpochMilli);
  }

  @ParameterizedTest
  @MethodSource("anyMillis")
  void any_millisecond_of_ten_thousand_years_is(Instant instant) {
    assertIsWrittenAsEver(instant);
  }
}
