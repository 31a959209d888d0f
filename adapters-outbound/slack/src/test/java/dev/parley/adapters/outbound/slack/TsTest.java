package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TsTest {

  private static Ts ts(String text) {
    return Ts.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1700000000.000001", "0.000000", "999999999999.999999"})
  void what_is_parsed_is_written_the_same(String text) {
    assertThat(ts(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1700000000", "1700000000.1", "1700000000.0000001", "1e9.000000", "-1.000000"})
  void what_is_no_ts_is_none(String text) {
    assertThat(Ts.parse(text)).isEmpty();
  }

  @Test
  void neighbours_are_told_apart_where_a_floating_point_number_would_mix_them_up() {
    var one = ts("170000000000.000001");
    var next = ts("170000000000.000002");
    assertThat(Double.parseDouble(one.toString())).isEqualTo(Double.parseDouble(next.toString()));
    assertThat(next.isAfter(one)).isTrue();
    assertThat(one.isAfter(one)).isFalse();
    assertThat(one.next()).isEqualTo(next);
    assertThat(one).isLessThan(next);
  }

  @Test
  void it_is_a_time() {
    var instant = Instant.parse("2026-11-28T10:00:00.123456Z");
    assertThat(Ts.at(instant).instant()).isEqualTo(instant);
    assertThat(Ts.at(instant).plus(Duration.ofSeconds(1)).instant())
        .isEqualTo(instant.plusSeconds(1));
  }

  @Test
  void nothing_is_before_the_beginning() {
    assertThat(ts("1.000000").minus(Duration.ofDays(1))).isEqualTo(Ts.BEGINNING);
  }

  @Test
  void it_lies_in_its_second_and_before_the_next() {
    var within = new Ts(1_700_000_000_000_100L);
    assertThat(within.second()).hasToString("1700000000.000000");
    assertThat(within.secondAfter()).hasToString("1700000001.000000");
    assertThat(within.second().secondAfter()).isEqualTo(within.second());
  }
}
