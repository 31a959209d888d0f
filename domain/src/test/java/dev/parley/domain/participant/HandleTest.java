package dev.parley.domain.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "7", "agent-2", "A.b_c-d", "x..y"})
  void accepts_what_a_mention_can_name(String value) {
    assertThat(new Handle(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", ".", "a b", "\u00fcber", "a@b", "a\n", "@a"})
  void refuses_the_rest_and_says_what_it_found(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handle(value))
        .withMessage(
            "a handle has 1 to 64 characters, a letter or digit at both ends, and only letters,"
                + " digits, '.', '_' and '-' inside; found '%s'",
            value);
  }

  @Test
  void refuses_a_long_one_without_repeating_it() {
    assertThat(new Handle("x".repeat(64)).value()).hasSize(64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handle("x".repeat(65)))
        .withMessage("a handle has 1 to 64 characters; this one has 65");
  }

  @Test
  void the_longest_at_a_place_ends_with_a_letter_or_digit() {
    assertThat(Handle.longestAt("see a.b-. now", 4)).isEqualTo("a.b");
    assertThat(Handle.longestAt("--", 0)).isEmpty();
    assertThat(Handle.longestAt("a", 1)).isEmpty();
  }
}
