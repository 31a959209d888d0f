package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of topics in Zulip. */
class TopicsTest {

  private static final List<String> PIECES =
      List.of(
          "a",
          "A",
          "b",
          "\u00e9",
          "\u00c9",
          "e\u0301",
          "\u00df",
          "ss",
          "SS",
          "\u0131",
          "i",
          "I",
          "\u0130",
          "\u017f",
          "s",
          "\u03c3",
          "\u03c2",
          "\u03a3",
          "\u00b5",
          "\u03bc",
          "\u212a",
          "k",
          "-0123456789",
          "-",
          "_",
          "\ud83d\ude00",
          "\u2714",
          "\ufffe",
          "x".repeat(30));
  private static final int TRIES = 20_000;

  private final Topics topics = new Topics(Map.of());

  private String nameOf(String topic) {
    return topics.nameOf(new TopicName(topic));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uploader",
        "release 2.0",
        "a/b",
        "caf\u00e9",
        "\u4f1a\u8bae",
        "\ud83d\ude00",
        "general chat"
      })
  void what_zulip_keeps_apart_stays_as_it_is(String topic) {
    assertThat(nameOf(topic)).isEqualTo(topic);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Planning", "a-0123456789", "(no topic)", "\u2714 done", "stra\u00dfe", "e\u0301"})
  void what_it_may_take_for_another_gets_a_hash(String topic) {
    assertThat(nameOf(topic)).matches(".*-[0-9a-f]{10}").isNotEqualTo(topic);
  }

  @Test
  void no_two_topics_share_a_name_however_zulip_compares_them() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var byName = new HashMap<String, String>();
    for (var n = 0; n < TRIES; n++) {
      var topic =
          random
              .ints(1 + random.nextInt(6), 0, PIECES.size())
              .mapToObj(PIECES::get)
              .collect(Collectors.joining());
      var name = nameOf(topic);
      assertThat(name.codePointCount(0, name.length())).isBetween(1, 60);
      for (var key : List.of(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
        var other = byName.put(Normalizer.normalize(key, Normalizer.Form.NFC), topic);
        assertThat(other == null || other.equals(topic))
            .as("seed %d: '%s' and '%s' are '%s'", seed, topic, other, name)
            .isTrue();
      }
    }
  }

  @Test
  void a_mapped_name_is_nobody_elses() {
    var mapped = new Topics(Map.of("uploader", "Uploads"));
    assertThat(mapped.nameOf(new TopicName("uploader"))).isEqualTo("Uploads");
    assertThat(mapped.nameOf(new TopicName("uploads"))).matches("uploads-[0-9a-f]{10}");
  }

  @Test
  void a_map_that_zulip_cannot_follow_is_refused() {
    for (var map :
        List.of(Map.of("a", "x", "b", "X"), Map.of("a", "y".repeat(61)), Map.of("a", " "))) {
      assertThatThrownBy(() -> new Topics(map))
          .isInstanceOf(Misconfigured.class)
          .hasMessageContaining("topic_map");
    }
  }
}
