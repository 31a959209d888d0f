package dev.parley.domain.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

  @ParameterizedTest
  @CsvSource({
    "team-.*, team-a, true",
    "team-.*, my-team-a, false",
    "team, team-a, false",
    "a|ab, ab, true",
    "(?i)CTX, ctx, true",
    "'[0-9]{4}-[0-9]{2}(-[a-z]+){0,3}', 2026-11-alpha-beta, true",
  })
  void matches_whole_names_only(String expression, String name, boolean matches) {
    assertThat(new TopicPattern(expression).matches(new TopicName(name))).isEqualTo(matches);
  }

  @Test
  void refuses_an_empty_or_long_expression() {
    assertThat(new TopicPattern("x".repeat(512)).toString()).hasSize(512);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicPattern(""))
        .withMessage("a topic pattern has 1 to 512 characters; this one has 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicPattern("x".repeat(513)))
        .withMessage("a topic pattern has 1 to 512 characters; this one has 513");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a(", "*", "a**b", "(?=a)", "\\1", "[z-a]", "a{1001}"})
  void refuses_what_is_not_re2_syntax_and_repeats_it(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicPattern(expression))
        .withMessageStartingWith(
            "a topic pattern is a regular expression in RE2 syntax; in '%s': ", expression);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{999}){999}){999}",
        "((a{30}){30}){30}",
        "(a{1000}){99}",
        "(?:(?:a|b){1,100}){1,101}",
        "((((((a{9}){9}){9}){9}){9}){9}){9}",
        "(a{0}){1000}(b{11}){11}"
      })
  void refuses_repetitions_that_would_fill_the_memory(String expression) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicPattern(expression))
        .withMessageContaining("may repeat at most 10000 steps in all; '%s'", expression);
  }

  @Test
  void is_equal_to_another_of_the_same_expression() {
    assertThat(new TopicPattern("a.*"))
        .isEqualTo(new TopicPattern("a.*"))
        .hasSameHashCodeAs(new TopicPattern("a.*"))
        .isNotEqualTo(new TopicPattern("a.+"));
  }
}
