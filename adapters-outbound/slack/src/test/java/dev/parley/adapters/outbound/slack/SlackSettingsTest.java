package dev.parley.adapters.outbound.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.outbound.BackendConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackSettingsTest {

  private static SlackSettings with(String setting, Object value) {
    var values = new HashMap<String, Object>();
    values.put("bot_token", "xoxb-secret");
    values.put("app_token", "xapp-secret");
    values.put("channel_map", Map.of("planning", "C0123456789"));
    values.put(setting, value);
    return SlackSettings.from(new BackendConfig(values));
  }

  @ParameterizedTest
  @CsvSource({
    "bot_token, xapp-1, xoxb-",
    "bot_token, 'xoxb 1', blanks",
    "app_token, xoxb-1, xapp-",
    "app_token, ' ', missing",
    "api_url, ftp://slack.com, api_url",
    "api_url, slack.com, api_url"
  })
  void a_wrong_text_is_refused_in_words_that_do_not_show_it(
      String setting, String value, String word) {
    assertThatThrownBy(() -> with(setting, value))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining(setting)
        .hasMessageContaining(word);
  }

  @Test
  void a_name_in_the_place_of_a_channels_id_is_refused() {
    assertThatThrownBy(() -> with("channel_map", Map.of("planning", "#general")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'planning' to '#general'");
  }

  @Test
  void a_bridge_that_is_no_bot_id_is_refused() {
    assertThatThrownBy(() -> with("bridge_accounts", List.of("U0GRACE")))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("'U0GRACE'");
  }

  @Test
  void a_slash_at_the_end_of_the_address_does_not_matter() {
    assertThat(with("api_url", "https://example.com/api/").api())
        .hasToString("https://example.com/api");
  }

  @Test
  void the_tokens_are_not_shown() {
    assertThat(with("settling_ms", 0L).toString()).doesNotContain("secret").contains("slack.com");
  }

  @Test
  void a_topic_without_a_channel_is_refused_with_a_map_that_is_not_endless() {
    var many =
        IntStream.rangeClosed(1, 30)
            .boxed()
            .collect(Collectors.toMap("topic-%02d"::formatted, "C0%05d"::formatted));
    var settings = with("channel_map", many);
    assertThat(settings.channelOf(new TopicName("topic-07"))).isEqualTo("C000007");
    assertThatThrownBy(() -> settings.channelOf(new TopicName("elsewhere")))
        .isInstanceOf(NoSuchTopic.class)
        .hasMessageContaining("topic-01: C000001")
        .hasMessageContaining("and 10 more");
  }
}
