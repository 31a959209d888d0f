package dev.parley.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that see each other, and a person who looks. */
class PresenceTest {

  @TempDir Path folder;
  private Parley parley;
  private Process coder;
  private BufferedReader said;

  @BeforeEach
  void aCoderIsThere() throws IOException {
    parley = new Parley(folder).configured("presence: { heartbeat_ms: 1000, ttl_ms: 10000 }");
    coder = parley.start(folder.resolve("coder.err"), "serve", "--handle", "coder");
    said = Parley.linesOf(coder);
    coder.getOutputStream().write(Sessions.INITIALIZE.getBytes(StandardCharsets.UTF_8));
    coder.getOutputStream().flush();
    assertThat(said.readLine()).contains("serverInfo");
    await(() -> is("coder", "online", "true"));
  }

  @AfterEach
  void end() {
    coder.destroyForcibly();
  }

  @Test
  void a_person_sees_a_session_and_is_not_announced() {
    var users = parley.run("users");

    assertThat(users.code()).isZero();
    assertThat(users.err()).isEmpty();
    assertThat(users.out().lines())
        .singleElement()
        .asString()
        .matches("coder +online +live +agent +\\S.*general other");
    assertThat(parley.run("users", "--json", "--filter", "x*").out()).isEmpty();
    assertThat(parley.run("users", "--topic", "secret").code()).isEqualTo(1);
  }

  @Test
  void a_person_who_posted_is_listed_as_one() {
    parley.run("post", "--as", "grace", "general", "hello");

    assertThat(user("grace").path("kind").asText()).isEqualTo("person");
    assertThat(user("grace").path("reach").asText()).isEqualTo("reads");
    assertThat(parley.run("users", "--online").out()).doesNotContain("grace");
  }

  @Test
  void a_session_whose_input_ends_says_goodbye() throws IOException {
    coder.getOutputStream().close();
    assertThat(Parley.codeOf(coder)).isZero();

    assertThat(user("coder").path("online").asBoolean()).isFalse();
    assertThat(user("coder").path("reach").asText()).isEqualTo("later");
  }

  @Test
  void a_session_that_is_told_to_end_says_goodbye() {
    coder.destroy();
    Parley.codeOf(coder);

    assertThat(user("coder").path("online").asBoolean()).isFalse();
  }

  @Test
  void a_session_that_is_killed_is_gone_when_its_time_is_over() {
    coder.destroyForcibly();
    Parley.codeOf(coder);

    assertThat(user("coder").path("online").asBoolean()).isTrue();
    await(() -> is("coder", "online", "false"));
  }

  private boolean is(String handle, String field, String value) {
    return user(handle).path(field).asText().equals(value);
  }

  private JsonNode user(String handle) {
    return parley
        .run("users", "--json")
        .out()
        .lines()
        .map(Sessions::parsed)
        .filter(user -> user.path("handle").asText().equals(handle))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }
}
