package dev.parley.domain.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIdTest {

  @Test
  void numbers_the_further_processes() {
    assertThat(new InstanceId("agent").numbered(2)).hasToString("agent-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0007"})
  void refuses_blank_and_control_characters(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InstanceId(value))
        .withMessage(
            "an instance id has 1 to 128 characters and no control characters; found %d characters",
            value.length());
  }

  @Test
  void has_at_most_128_characters() {
    assertThat(new InstanceId("x".repeat(128)).value()).hasSize(128);
    assertThatIllegalArgumentException().isThrownBy(() -> new InstanceId("x".repeat(129)));
  }
}
