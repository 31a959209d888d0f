package dev.parley.adapters.outbound.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class StreamKeysTest {

  private static final List<String> PREFIXES = List.of("parley:", "{parley}:", "");

  @Test
  void a_stream_is_where_other_bridges_have_it() {
    var keys = new StreamKeys("parley:");

    assertThat(text(keys.streamOf(new TopicName("ctx \u00e9 {x}"))))
        .isEqualTo("parley:ctx \u00e9 {x}");
    assertThat(text(keys.beside(new TopicName("ctx"), "key:a:b")))
        .isEqualTo("parley: {parley:ctx}key:a:b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ctx", "{a}b", "a{b}c", "{", "}", "{}", "a}b", "{}{a}", "}{", "{a{b}c}", "x{}y}z"})
  void what_belongs_to_a_topic_is_in_its_slot(String name) {
    var topic = new TopicName(name);
    for (var prefix : PREFIXES) {
      var keys = new StreamKeys(prefix);
      assertThat(JedisClusterCRC16.getSlot(keys.beside(topic, "key:a:b")))
          .as("with prefix '%s'", prefix)
          .isEqualTo(JedisClusterCRC16.getSlot(keys.streamOf(topic)));
    }
  }

  @Test
  void no_two_keys_are_the_same() {
    var keys = new StreamKeys("parley:");
    var all = new HashSet<String>();
    var count = 0;
    for (var name :
        List.of("a", "{a}", "{a}b", "{a}b key:a:b", "b", "store", "{parley:a}key:a:b")) {
      for (var key :
          List.of(
              keys.streamOf(new TopicName(name)),
              keys.beside(new TopicName(name), "key:a:b"),
              keys.beside(new TopicName(name), "key:a:b key:a:b"))) {
        all.add(text(key));
        count++;
      }
    }
    all.add(text(keys.store(-1)));

    assertThat(all).hasSize(count + 1);
  }

  @Test
  void a_key_in_a_slot_is_in_that_slot() {
    var keys = new StreamKeys("parley:");

    for (var slot : List.of(0, 1, 5_461, 16_383)) {
      assertThat(JedisClusterCRC16.getSlot(keys.inSlot(slot, "doctor"))).isEqualTo(slot);
    }
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
