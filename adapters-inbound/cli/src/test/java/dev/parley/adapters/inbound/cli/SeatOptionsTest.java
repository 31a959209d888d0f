package dev.parley.adapters.inbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person who gives no name goes by the user's. */
class SeatOptionsTest {

  @ParameterizedTest
  @CsvSource({
    "ann, ann",
    "Ann.Lee, Ann.Lee",
    "'ann lee', annlee",
    "_ann_, ann",
    "DOMAIN\\ann, DOMAINann",
    "\u00fc, person",
    "'', person"
  })
  void a_user_name_becomes_a_handle(String user, String handle) {
    assertThat(SeatOptions.ofUser(Map.of("USER", user), "root")).hasToString(handle);
  }

  @Test
  void a_long_user_name_is_cut_at_a_letter() {
    var handle = SeatOptions.ofUser(Map.of("USER", "a".repeat(63) + "-b"), "root");
    assertThat(handle).hasToString("a".repeat(63));
  }

  @Test
  void a_system_without_user_names_still_has_a_person() {
    assertThat(SeatOptions.ofUser(Map.of(), "")).hasToString("person");
    assertThat(SeatOptions.ofUser(Map.of("USERNAME", "ann"), "root")).hasToString("ann");
    assertThat(SeatOptions.ofUser(Map.of(), "root")).hasToString("root");
  }
}
