package dev.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.domain.topic.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u2003\u3000", "\u2028"})
  void refuses_content_without_anything_to_see(String content) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draft.of(TOPIC, content))
        .withMessage("content is empty or blank; there is nothing to post");
  }

  @Test
  void refuses_a_nul_and_says_where_it_is() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draft.of(TOPIC, "ab\0c"))
        .withMessage("content contains U+0000 at index 2; remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud83d", "a\ude00b", "a\ude00\ud83d"})
  void refuses_a_lone_surrogate_and_says_where_it_is(String content) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Draft.of(TOPIC, content))
        .withMessageContaining("lone surrogate U+D")
        .withMessageEndingWith("at index 1");
  }

  @Test
  void keeps_content_as_it_is() {
    var content = "  \ud83d\ude00 e\u0301 \u202eabc\u202c\r\n\t</channel> @everyone ";
    assertThat(Draft.of(TOPIC, content).content()).isEqualTo(content);
  }

  @Test
  void carries_its_parent_and_key() {
    var draft =
        Draft.of(TOPIC, "hi").inReplyTo(new MessageId("7")).under(new IdempotencyKey("once"));
    assertThat(draft)
        .isEqualTo(new Draft(TOPIC, "hi", new MessageId("7"), new IdempotencyKey("once")));
  }
}
