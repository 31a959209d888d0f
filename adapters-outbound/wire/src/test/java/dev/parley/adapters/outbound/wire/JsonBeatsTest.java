package dev.parley.adapters.outbound.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.presence.Announcement;
import dev.parley.domain.presence.Beat;
import dev.parley.domain.presence.Beat.Kind;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.ProcessInstance;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBeatsTest {

  private final JsonBeats wire = new JsonBeats();

  @Test
  void a_beat_is_written_in_the_fields_that_bridges_share() {
    var said =
        new Announcement(
            List.of(new TopicName("ctx \"a\"")), new PeerPatterns(List.of("p-\\d+")), true, true);
    var beat =
        new Beat(
            Kind.HELLO, new ProcessInstance("u-1"), Instant.ofEpochMilli(1_790_000_000_123L), said);

    assertThat(wire.write(beat))
        .isEqualTo(
            "{\"v\":2,\"kind\":\"hello\",\"at\":1790000000123,\"topics\":[\"ctx \\\"a\\\"\"],"
                + "\"postTopics\":[\"p-\\\\d+\"],\"instanceId\":\"u-1\",\"push\":true,\"more\":true}");
  }

  @Test
  void what_is_left_out_has_a_default_and_what_is_unknown_is_passed_over() {
    var beat =
        wire.read(
                "{\"kind\":\"heartbeat\",\"new\":{\"a\":[1,{}]},\"at\":5,\"topics\":null,\"v\":2}")
            .orElseThrow();

    assertThat(beat)
        .isEqualTo(
            new Beat(
                Kind.HEARTBEAT,
                ProcessInstance.UNNAMED,
                Instant.ofEpochMilli(5),
                new Announcement(List.of(), PeerPatterns.NONE, false, false)));
  }

  @Test
  void names_that_are_none_are_left_out_and_that_is_said() {
    var beat =
        wire.read("{\"v\":2,\"kind\":\"hello\",\"at\":5,\"topics\":[\"ctx\",\" \",\"a\\u0000\"]}")
            .orElseThrow();

    assertThat(beat.announcement().topics()).containsExactly(new TopicName("ctx"));
    assertThat(beat.announcement().more()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{",
        "[]",
        "{}",
        "null",
        "{\"v\":1,\"kind\":\"hello\",\"at\":5}",
        "{\"v\":4294967298,\"kind\":\"hello\",\"at\":5}",
        "{\"v\":\"2\",\"kind\":\"hello\",\"at\":5}",
        "{\"v\":2.0,\"kind\":\"hello\",\"at\":5}",
        "{\"v\":2,\"kind\":\"Hello\",\"at\":5}",
        "{\"v\":2,\"kind\":\"hello\"}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":\"5\"}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":99999999999999999999}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"topics\":\"ctx\"}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"topics\":[1]}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"postTopics\":{}}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"instanceId\":\"\"}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"push\":1}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5} {}",
        "{\"v\":2,\"kind\":\"hello\",\"at\":5"
      })
  void anything_else_is_no_beat(String content) {
    assertThat(wire.read(content)).isEmpty();
  }

  @Test
  void bombs_of_json_take_no_time_and_no_memory() {
    var deep = "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"x\":" + "[".repeat(900_000);
    var number = "{\"v\":2,\"kind\":\"hello\",\"at\":" + "9".repeat(900_000) + "}";
    var wide =
        IntStream.range(0, 200_000)
            .mapToObj(n -> "\"t" + n + "\"")
            .collect(
                Collectors.joining(",", "{\"v\":2,\"kind\":\"hello\",\"at\":5,\"topics\":[", "]}"));
    var start = System.nanoTime();

    assertThat(wire.read(deep)).isEmpty();
    assertThat(wire.read(number)).isEmpty();
    assertThat(wire.read(wide).orElseThrow().announcement().topics().size()).isLessThan(1_025);
    assertThat(wire.read(wide).orElseThrow().announcement().more()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
