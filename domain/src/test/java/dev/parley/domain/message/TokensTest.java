package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TokensTest {

  @Test
  void a_cursor_is_shown_as_its_value() {
    assertThat(new Cursor("store:17")).hasToString("store:17");
  }

  @Test
  void a_cursor_has_at_most_4096_characters() {
    assertThat(new Cursor("x".repeat(4096)).value()).hasSize(4096);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cursor("x".repeat(4097)))
        .withMessage("a cursor has 1 to 4096 characters; this one has 4097");
  }

  @Test
  void a_blank_cursor_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Cursor(" "))
        .withMessage("a cursor has 1 to 4096 characters; this one has 1");
  }

  @Test
  void a_message_id_has_at_most_512_characters() {
    assertThat(new MessageId("x".repeat(512))).hasToString("x".repeat(512));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MessageId("x".repeat(513)))
        .withMessage("a message id has 1 to 512 characters; this one has 513");
  }

  @Test
  void tokens_are_equal_when_their_texts_are() {
    assertThat(new MessageId("a"))
        .isEqualTo(new MessageId("a"))
        .hasSameHashCodeAs(new MessageId("a"))
        .isNotEqualTo(new MessageId("b"))
        .isNotEqualTo(new Cursor("a"));
    assertThat(new Cursor("a"))
        .isEqualTo(new Cursor("a"))
        .hasSameHashCodeAs(new Cursor("a"))
        .isNotEqualTo(new Cursor("b"))
        .isNotEqualTo(new MessageId("a"));
  }

  @Test
  void a_key_has_no_control_characters() {
    assertThat(new IdempotencyKey("retry 7")).hasToString("retry 7");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyKey("a\nb"))
        .withMessageContaining("no control characters");
  }
}
