package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.ports.BackendException.Unavailable;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts, resources and completions in a session; every answer is held against MCP's schema. */
@Timeout(60)
class StdioRequestsTest {

  private final FakeParley parley = new FakeParley();

  @Test
  void the_capabilities_are_declared() throws Exception {
    try (var client = new StdioClient(parley, false)) {
      var capabilities = client.initialize("2025-11-25").at("/result/capabilities");
      assertThat(capabilities.path("prompts").isObject()).isTrue();
      assertThat(capabilities.path("completions").isObject()).isTrue();
      assertThat(capabilities.at("/resources/subscribe").asBoolean()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prompts/list             | {} | ListPromptsResult",
        "prompts/get              | {'name':'catch_up','arguments':{'topic':'ctx'}} |"
            + " GetPromptResult",
        "prompts/get              | {'name':'hand_off','arguments':{'topic':'ctx','goal':'g'}} |"
            + " GetPromptResult",
        "resources/list           | {} | ListResourcesResult",
        "resources/templates/list | {} | ListResourceTemplatesResult",
        "resources/read           | {'uri':'parley://topics'} | ReadResourceResult",
        "resources/read           | {'uri':'parley://topics/ctx'} | ReadResourceResult",
        "resources/subscribe      | {'uri':'parley://topics/ctx'} | EmptyResult",
        "resources/unsubscribe    | {'uri':'parley://topics/ctx'} | EmptyResult",
        "completion/complete      |"
            + " {'ref':{'type':'ref/prompt','name':'catch_up'},'argument':{'name':'topic','value':'c'}}"
            + " | CompleteResult"
      })
  void an_answer_fits_the_schema(String method, String params, String definition) throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request("1", method, params);
      var answer = client.answerTo(1);
      assertThat(answer.has("result")).as("%s", answer).isTrue();
      assertThat(McpSpecification.violations(definition, answer.get("result")))
          .as("%s", answer)
          .isEmpty();
    }
  }

  @Test
  void a_subscribed_topic_is_told_to_be_updated_until_the_session_ends() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request("1", "resources/subscribe", "{'uri':'parley://topics/ctx'}");
      client.answerTo(1);

      Objects.requireNonNull(parley.watcher).run();

      var update = client.next();
      assertThat(update.get("method").asText()).isEqualTo("notifications/resources/updated");
      assertThat(update.at("/params/uri").asText()).isEqualTo("parley://topics/ctx");
      assertThat(McpSpecification.violations("ResourceUpdatedNotification", update)).isEmpty();
      client.endInput();
      await().untilAsserted(() -> assertThat(parley.watcher).isNull());
    }
  }

  @Test
  void what_is_wrong_is_an_error_of_the_protocol() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request("1", "prompts/get", "{'name':'nothing'}");
      assertError(client.answerTo(1), -32602, "the prompts are catch_up, hand_off");
      client.request("2", "resources/read", "{'uri':'parley://topics/elsewhere'}");
      var unknown = client.answerTo(2);
      assertError(unknown, -32002, "'elsewhere' is not configured");
      assertThat(unknown.at("/error/data/uri").asText()).isEqualTo("parley://topics/elsewhere");
      parley.failure = new Unavailable("the server is away", null, null);
      client.request("3", "resources/read", "{'uri':'parley://topics/ctx'}");
      assertError(client.answerTo(3), -32603, "the server is away");
    }
  }

  @Test
  void nothing_is_served_before_initialize() throws Exception {
    try (var client = new StdioClient(parley, false)) {
      client.request("1", "prompts/list", "{}");
      assertError(client.answerTo(1), -32600, "initialize");
    }
  }

  private static void assertError(JsonNode answer, int code, String words) {
    assertThat(answer.at("/error/code").asInt()).as("%s", answer).isEqualTo(code);
    assertThat(answer.at("/error/message").asText()).contains(words).doesNotContain("Exception");
  }
}
