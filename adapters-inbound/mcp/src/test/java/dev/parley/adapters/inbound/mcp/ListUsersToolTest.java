package dev.parley.adapters.inbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.Reach;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListUsersToolTest {

  private final FakeParley parley = new FakeParley();
  private final Tool tool =
      new ListUsersTool(parley, new Limits(100, Duration.ofSeconds(1)), new Waits())
          .describe("Topics: 'ctx'.");

  private JsonNode call(Map<String, ?> arguments) throws Exception {
    var answer = tool.handler().call(new Arguments(arguments), _ -> {});
    return new JsonMapper().readTree(answer.text());
  }

  private static RosterEntry user(String handle, String... topics) {
    return new RosterEntry(
        handle,
        Sender.Kind.AGENT,
        true,
        Reach.LIVE,
        Set.of(List.of(topics).stream().map(TopicName::new).toArray(TopicName[]::new)),
        new PeerPatterns(List.of("plan-.*")),
        true,
        Instant.ofEpochMilli(1_790_000_000_123L));
  }

  @Test
  void a_user_is_shown_with_everything_that_is_known() throws Exception {
    parley.users = List.of(user("coder", "review", "ctx"));

    assertThat(call(Map.of()).toString())
        .isEqualTo(
            "{\"users\":[{\"handle\":\"coder\",\"kind\":\"agent\",\"online\":true,\"reach\":\"live\","
                + "\"topics\":[\"ctx\",\"review\"],\"postTopics\":[\"plan-.*\"],"
                + "\"lastSeenMs\":1790000000123,\"more\":true}],\"truncated\":false}");
  }

  @Test
  void what_is_not_known_is_said() throws Exception {
    parley.caveat = "presence is off";

    assertThat(call(Map.of()).get("note").asText()).isEqualTo("presence is off");
  }

  @Test
  void the_arguments_narrow_the_list() throws Exception {
    call(Map.of("filter", "c*", "topic", "ctx", "online_only", true, "limit", 5000));
    var query = parley.listings.getFirst();

    assertThat(String.valueOf(query.filter())).isEqualTo("c*");
    assertThat(query.topic()).isEqualTo(new TopicName("ctx"));
    assertThat(query.onlineOnly()).isTrue();
    assertThat(query.limit()).isEqualTo(1000);
    assertThat(query.seenSince()).isNull();
  }

  @Test
  void since_is_a_stretch_of_time_or_a_moment() throws Exception {
    call(Map.of("since_ms", 60_000));
    call(Map.of("since_ms", 1_790_000_000_123L));

    assertThat(parley.listings.getFirst().seenSince())
        .isCloseTo(Instant.now().minusSeconds(60), within(10, ChronoUnit.SECONDS));
    assertThat(parley.listings.getLast().seenSince())
        .isEqualTo(Instant.ofEpochMilli(1_790_000_000_123L));
  }

  @Test
  void an_answer_that_would_be_too_long_is_cut_and_says_so() throws Exception {
    var wide = user("coder", "t".repeat(500), "u".repeat(500));
    parley.users = Collections.nCopies(100, wide);

    assertThat(call(Map.of()).get("users").size()).isBetween(20, 40);
    assertThat(call(Map.of()).get("truncated").asBoolean()).isTrue();
    assertThat(call(Map.of("limit", 100)).get("users")).hasSize(100);
  }
}
