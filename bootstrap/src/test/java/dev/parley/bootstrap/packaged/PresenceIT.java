package dev.parley.bootstrap.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packaged sessions that see each other come, go and die. */
class PresenceIT {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  private ServeProcess serve(String handle) throws IOException {
    var installation = Installation.built(folder);
    var config = installation.config(handle);
    Files.writeString(
        config, Files.readString(config) + "presence: { heartbeat_ms: 1000, ttl_ms: 3000 }\n");
    return ServeProcess.start(installation.launcher(), config, folder);
  }

  private static JsonNode user(ServeProcess session, String handle) {
    try {
      for (var user :
          new JsonMapper().readTree(session.call("parley_list_users", "{}")).get("users")) {
        if (user.get("handle").asText().equals(handle)) {
          return user;
        }
      }
      return MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOnline(ServeProcess session, String handle) {
    return user(session, handle).path("online").asBoolean();
  }

  @Test
  void two_sessions_see_each_other_until_one_ends() throws Exception {
    try (var planner = serve("planner");
        var coder = serve("coder")) {
      await().atMost(SOON).until(() -> isOnline(planner, "coder") && isOnline(coder, "planner"));
      assertThat(user(planner, "coder").get("reach").asText()).isEqualTo("live");
      assertThat(user(planner, "coder").get("topics").toString()).isEqualTo("[\"talk\"]");

      assertThat(coder.end()).isLessThan(Duration.ofSeconds(2));

      assertThat(isOnline(planner, "coder")).isFalse();
      assertThat(user(planner, "coder").get("reach").asText()).isEqualTo("later");
      assertThat(planner.said()).isEmpty();
    }
  }

  @Test
  void a_session_that_is_killed_is_gone_when_its_time_is_over_and_no_sooner() throws Exception {
    try (var planner = serve("planner")) {
      try (var coder = serve("coder")) {
        await().atMost(SOON).until(() -> isOnline(planner, "coder"));
        assertThat(coder.said()).isEmpty();
      }
      assertThat(isOnline(planner, "coder")).isTrue();
      await().atMost(SOON).until(() -> !isOnline(planner, "coder"));
      assertThat(isOnline(planner, "planner")).isTrue();
    }
  }
}
