package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

  @ParameterizedTest
  @CsvSource({
    "\ud83d\ude00, :grinning:",
    "\ud83d\udc4d, :+1:",
    "\ud83d\udc4d\ud83c\udffd, :+1::skin-tone-4:",
    "\ud83d\udc69\u200d\ud83d\udcbb, :female-technologist:",
    "\u263a\ufe0f, :relaxed:"
  })
  void an_emoji_has_a_name_and_the_name_shows_it(String emoji, String name) {
    assertThat(Emoji.named("a" + emoji + "b")).isEqualTo("a" + name + "b");
    assertThat(Emoji.shown("a" + name + "b")).isEqualTo("a" + emoji + "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10:30:45", "a:no-such-emoji:b", "::", "caf\u00e9", "e\u0301", "12"})
  void what_is_no_emoji_stays(String text) {
    assertThat(Emoji.named(text)).isEqualTo(text);
    assertThat(Emoji.shown(text)).isEqualTo(text);
  }

  @Test
  void names_side_by_side_are_several_emoji() {
    assertThat(Emoji.shown(":+1::grinning:")).isEqualTo("\ud83d\udc4d\ud83d\ude00");
  }
}
