package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

  private static String read(String text) {
    return Texts.read(text, id -> id.equals("U0GRACE") ? "grace" : id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a & b",
        "<@U0GRACE>",
        "&lt;",
        "&amp;lt;",
        "a < b > c",
        "<!channel>",
        "<http://a>"
      })
  void what_is_escaped_is_read_as_it_was(String content) {
    assertThat(Texts.escaped(content)).doesNotContain("<", ">");
    assertThat(read(Texts.escaped(content))).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "ask <@U0GRACE>, ask @grace",
    "ask <@U0GRACE|whatever>, ask @grace",
    "<@U0NOBODY>, @U0NOBODY",
    "in <#C0123|general>, in #general",
    "in <#C0123>, in #C0123",
    "<!here>, @here",
    "<!subteam^S01|@team>, @team",
    "<!date^1^{date}|today>, today",
    "<https://a.b/c?d=1&amp;e=2>, https://a.b/c?d=1&e=2",
    "<https://a.b|a.b>, https://a.b",
    "<https://a.b|see here>, see here (https://a.b)",
    "<mailto:a@b.c|a@b.c>, a@b.c",
    "1 &lt; 2, 1 < 2",
    "<>, <>"
  })
  void markup_of_slack_is_read_as_text(String text, String content) {
    assertThat(read(text)).isEqualTo(content);
  }

  @Test
  void plain_text_survives_and_what_slack_changes_does_not() {
    assertThat(survives("a *b* \ud83d\ude00")).isTrue();
    assertThat(survives("a :smile: b")).isFalse();
    assertThat(survives("a\r\nb")).isFalse();
    assertThat(survives(" a")).isFalse();
  }

  private static boolean survives(String content) {
    return Texts.survives(content, Texts.escaped(content), id -> id);
  }
}
