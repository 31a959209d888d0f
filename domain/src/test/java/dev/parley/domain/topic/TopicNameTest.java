package dev.parley.domain.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "ctx-demo", "a/b.c *", "\u00dcber alles", "\ud83d\ude00", "a\u00a0b"})
  void accepts_names_as_people_write_them(String value) {
    assertThat(new TopicName(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void refuses_a_blank_name(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicName(value))
        .withMessage(
            "a topic name has 1 to 512 characters, not all blank; this one has %d", value.length());
  }

  @Test
  void has_at_most_512_characters() {
    assertThat(new TopicName("x".repeat(512)).value()).hasSize(512);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicName("x".repeat(513)))
        .withMessage("a topic name has 1 to 512 characters, not all blank; this one has 513");
  }

  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "\u00a0a", "a\u3000", "a\n"})
  void refuses_a_blank_at_either_end(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicName(value))
        .withMessage("a topic name has no blank at either end; found '%s'", value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\0b", "a\u0085b", "a\u2028b", "a\u2029b", "a\ud83db", "\ude00"})
  void refuses_control_characters_line_separators_and_lone_surrogates(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TopicName(value))
        .withMessageStartingWith(
            "a topic name has no control characters, line separators or lone surrogates; found U+");
  }

  @Test
  void tells_case_and_unicode_form_apart() {
    assertThat(new TopicName("ctx")).isNotEqualTo(new TopicName("Ctx"));
    assertThat(new TopicName("\u00e9")).isNotEqualTo(new TopicName("e\u0301"));
  }
}
