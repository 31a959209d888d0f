package dev.parley.adapters.inbound.stdio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.domain.handoff.HandOffs;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.ports.inbound.CatchUp.Backlog;
import dev.parley.ports.inbound.Follow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole session with the SDK's server, over streams. */
@Timeout(60)
class StdioSessionTest {

  private static final int LONGEST_LINE = 8 * 1024 * 1024;

  private final FakeParley parley = new FakeParley();

  private static void assertValid(String definition, JsonNode json) {
    assertThat(McpSpecification.violations(definition, json)).as("%s", json).isEmpty();
  }

  private static void assertError(JsonNode answer, int code, String words) {
    assertThat(answer.at("/error/code").asInt()).as("%s", answer).isEqualTo(code);
    assertThat(answer.at("/error/message").asText()).contains(words).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void initialize_settles_on_a_version(String asked, String given) throws Exception {
    try (var client = new StdioClient(parley, true)) {
      var result = client.initialize(asked).get("result");

      assertThat(result.get("protocolVersion").asText()).isEqualTo(given);
      assertThat(result.at("/serverInfo/name").asText()).isEqualTo("parley");
      assertThat(result.at("/serverInfo/version").asText()).isEqualTo("1.2.3");
      assertThat(result.get("instructions").asText()).contains("parley_catch_up");
      assertValid("InitializeResult", result);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_channel_is_offered_only_when_messages_are_pushed(boolean push) throws Exception {
    try (var client = new StdioClient(parley, push)) {
      var capabilities = client.initialize("2025-11-25").at("/result/capabilities");

      assertThat(capabilities.at("/experimental/claude~1channel").isObject()).isEqualTo(push);
      assertThat(capabilities.path("tools").isObject()).isTrue();
      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      client.end();
      assertThat(parley.listener != null).isEqualTo(push);
    }
  }

  @Test
  void the_probe_for_a_later_protocol_is_refused_before_and_after_initialize() throws Exception {
    try (var client = new StdioClient(parley, true)) {
      client.request("1", "server/discover", "{}");
      assertError(client.answerTo(1), -32601, "server/discover");
      client.initialize("2025-11-25");
      client.request("2", "server/discover", "{}");
      assertError(client.answerTo(2), -32601, "server/discover");
      client.request("3", "tools/list", "{}");
      assertThat(client.answerTo(3).at("/result/tools")).isNotEmpty();
    }
  }

  @Test
  void the_tools_are_listed_and_called() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request("1", "tools/list", "{}");
      var list = client.answerTo(1).get("result");
      assertValid("ListToolsResult", list);
      assertThat(list.get("tools").findValuesAsText("name"))
          .contains("parley_catch_up", "parley_post", "parley_hand_off", "parley_list_users");

      client.call(2, "parley_post", "{'topic':'ctx','content':'hi'}");
      var result = client.answerTo(2).get("result");
      assertValid("CallToolResult", result);
      assertThat(result.at("/structuredContent/backendMsgId").asText()).isEqualTo("posted");
      assertThat(result.at("/content/0/text").asText())
          .isEqualTo(result.get("structuredContent").toString());
    }
  }

  @Test
  void a_refused_argument_is_an_error_of_the_tool() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_post", "{'topic':'ctx','contents':'hi'}");
      var result = client.answerTo(1).get("result");

      assertValid("CallToolResult", result);
      assertThat(result.get("isError").asBoolean()).isTrue();
      assertThat(result.at("/content/0/text").asText()).contains("did you mean 'content'");
      assertThat(result.has("structuredContent")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"jsonrpc\":\"2.0\",                                           | -32700 | not JSON",
        "nonsense                                                        | -32700 | not JSON",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"} {}           | -32700 | not JSON",
        "[{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}]            | -32600 | one JSON"
            + " object",
        "\"text\"                                                        | -32600 | one JSON"
            + " object",
        "null                                                            | -32600 | one JSON"
            + " object",
        "{\"jsonrpc\":\"1.0\",\"id\":7,\"method\":\"ping\"}              | -32600 | jsonrpc",
        "{\"id\":[7],\"method\":\"ping\"}                                | -32600 | jsonrpc",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}           | -32600 | id has to be",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}            | -32600 | id has to be",
        "{\"jsonrpc\":\"2.0\",\"id\":9e99,\"method\":\"ping\"}           | -32600 | id has to be",
        "{\"jsonrpc\":\"2.0\",\"id\":99999999999999999999,\"method\":\"ping\"} | -32600 | id has to"
            + " be",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}             | -32600 | id has to be",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":[]} | -32600 | params",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":5}  | -32600 | params",
        "{\"jsonrpc\":\"2.0\",\"id\":7}                                  | -32600 | method",
        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":8}                     | -32600 | method"
      })
  void a_line_that_is_no_message_is_refused_and_the_next_one_is_answered(
      String line, int code, String words) throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.send(line);
      assertError(client.next(), code, words);
      client.request("'next'", "tools/list", "{}");
      assertThat(client.answerTo("next").has("result")).isTrue();
    }
  }

  @Test
  void json_nested_too_deeply_is_refused_and_reading_goes_on() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.send("{'jsonrpc':'2.0','id':1,'method':'ping','params':" + "[".repeat(100_000));
      assertError(client.next(), -32700, "not JSON");
      var nested = "[".repeat(900) + "]".repeat(900);
      client.call(2, "parley_post", "{'topic':" + nested + ",'content':'x'}");
      assertThat(client.answerTo(2).at("/result/content/0/text").asText()).contains("a list");
    }
  }

  @Test
  void responses_that_nobody_asked_for_are_ignored() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.send("{'jsonrpc':'2.0','id':1,'result':{}}");
      client.send("{'jsonrpc':'2.0','id':1,'error':'boom'}");
      client.send("{'jsonrpc':'2.0','method':'notifications/unheard-of'}");
      client.request("2", "ping", "{}");
      assertThat(client.next().get("id").asInt()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/call | {'arguments':{}}                              | -32602",
        "tools/call | {'name':5,'arguments':{}}                     | -32602",
        "tools/call | {'name':'parley_post','arguments':'text'}     | -32602",
        "tools/call | {'name':'no_such_tool','arguments':{}}        | -32602",
        "no/such    | {}                                            | -32601"
      })
  void params_that_do_not_fit_their_method_are_refused(String method, String params, int code)
      throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request("1", method, params);
      var answer = client.answerTo(1);

      assertThat(answer.at("/error/code").asInt()).as("%s", answer).isEqualTo(code);
      assertThat(answer.toString()).doesNotContain("io.modelcontextprotocol", "\\n\\tat");
    }
  }

  @Test
  void a_line_of_64_mib_is_refused_soon_and_the_next_one_is_answered() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      var chunk = new byte[1 << 20];
      Arrays.fill(chunk, (byte) 'x');
      var start = System.nanoTime();
      for (var i = 0; i < 64; i++) {
        client.sendRaw(chunk);
      }
      client.sendRaw(new byte[] {'\n'});
      assertError(client.next(), -32700, "at most 8,388,608 bytes; this one has 67,108,864");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      client.request("1", "ping", "{}");
      assertThat(client.answerTo(1).has("result")).isTrue();
    }
  }

  @Test
  void a_line_exactly_at_the_limit_is_taken_and_one_byte_more_is_not() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      var message = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
      var line = message + " ".repeat(LONGEST_LINE - message.length());
      client.sendRaw((line + "\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(client.answerTo(1).has("result")).isTrue();
      client.sendRaw((line + " \n").getBytes(StandardCharsets.US_ASCII));
      assertError(client.next(), -32700, "this one has 8,388,609");
    }
  }

  @Test
  void blank_lines_and_carriage_returns_are_no_messages() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.sendRaw(
          "\n\r\n \t\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(client.next().get("id").asInt()).isEqualTo(1);
    }
  }

  @Test
  void before_initialize_only_a_ping_is_served() throws Exception {
    try (var client = new StdioClient(parley, true)) {
      client.request("1", "tools/list", "{}");
      assertError(client.answerTo(1), -32600, "initialize");
      client.request("2", "ping", "{}");
      assertThat(client.answerTo(2).has("result")).isTrue();
      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      client.end();
      assertThat(parley.listener).as("pushed to before initialize").isNull();
    }
  }

  @Test
  void a_client_that_never_says_it_is_ready_is_answered_but_not_pushed_to() throws Exception {
    try (var client = new StdioClient(parley, true)) {
      client.initialize("2025-11-25");
      client.request("1", "tools/list", "{}");
      assertThat(client.answerTo(1).has("result")).isTrue();
      assertThat(parley.listener).isNull();

      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      client.request("2", "ping", "{}");
      client.answerTo(2);
      assertThat(parley.listener).isNotNull();
    }
  }

  @Test
  void what_is_in_flight_at_the_end_of_input_is_answered() throws Exception {
    parley.postMayEnd = new CountDownLatch(1);
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_post", "{'topic':'ctx','content':'hi'}");
      client.call(2, "parley_fetch_recent", "{'topic':'ctx','block_ms':500000}");
      client.call(3, "parley_catch_up", "{'block_ms':500000}");
      assertThat(parley.postBegun.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(parley.waitBegun.await(10, TimeUnit.SECONDS)).isTrue();

      client.endInput();
      assertThat(client.answerTo(2).has("result")).as("a wait ends at once").isTrue();
      assertThat(client.answerTo(3).has("result")).isTrue();
      parley.postMayEnd.countDown();
      assertThat(client.answerTo(1).at("/result/isError").asBoolean()).isFalse();
      client.end();
      assertThat(parley.handedOver).hasValue(1);
    }
  }

  @Test
  void a_last_line_without_its_end_is_answered() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.sendRaw(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"
              .getBytes(StandardCharsets.US_ASCII));
      assertThat(client.end()).anyMatch(message -> message.path("id").asInt() == 1);
    }
  }

  @Test
  void a_cancelled_call_is_not_answered_and_moves_no_position() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.request(
          "1", "tools/call", "{'name':'parley_catch_up','arguments':{'block_ms':500000}}");
      assertThat(parley.waitBegun.await(10, TimeUnit.SECONDS)).isTrue();
      client.send("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':1}}");
      assertThat(parley.waitOver.await(10, TimeUnit.SECONDS)).as("the wait ended").isTrue();
      client.request("2", "ping", "{}");
      client.answerTo(2);

      assertThat(client.end()).as("answers to what was cancelled").isEmpty();
      assertThat(parley.handedOver).hasValue(0);
    }
  }

  @Test
  void a_cancelled_post_runs_to_its_end_unanswered() throws Exception {
    parley.postMayEnd = new CountDownLatch(1);
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_post", "{'topic':'ctx','content':'hi'}");
      assertThat(parley.postBegun.await(10, TimeUnit.SECONDS)).isTrue();
      client.send("{'jsonrpc':'2.0','method':'notifications/cancelled','params':{'requestId':1}}");
      client.request("2", "ping", "{}");
      client.answerTo(2);
      parley.postMayEnd.countDown();

      await().until(() -> parley.postsDone.get() == 1);
      assertThat(client.end()).isEmpty();
    }
  }

  @Test
  void the_position_moves_once_the_answer_was_written() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_catch_up", "{}");
      client.answerTo(1);
      client.end();
      assertThat(parley.handedOver).hasValue(1);
    }
  }

  @Test
  void whoever_asks_on_after_an_answer_reads_after_its_position_moved() throws Exception {
    parley.handOverMayEnd = new CountDownLatch(1);
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_catch_up", "{}");
      client.answerTo(1);
      client.call(2, "parley_catch_up", "{}");
      client.answerTo(2);

      assertThat(parley.handedOverBeforeRead).containsExactly(0, 1);
    }
  }

  @Test
  void a_waiting_call_that_gave_a_token_is_told_of_progress() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_fetch_recent", "{'topic':'ctx','block_ms':500000}");
      var first = client.next();
      var second = client.next();

      assertValid("ProgressNotification", first);
      assertThat(first.at("/params/progressToken").asText()).isEqualTo("token-1");
      assertThat(second.at("/params/progress").asDouble())
          .isGreaterThan(first.at("/params/progress").asDouble());
    }
  }

  @Test
  void calls_that_share_an_id_are_all_answered() throws Exception {
    parley.postMayEnd = new CountDownLatch(1);
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_post", "{'topic':'ctx','content':'one'}");
      client.call(1, "parley_fetch_recent", "{'topic':'ctx'}");
      client.answerTo(1);
      assertThat(parley.postBegun.await(10, TimeUnit.SECONDS)).isTrue();
      client.endInput();
      assertThat(client.endsWithin(Duration.ofMillis(200))).as("left a call behind").isFalse();
      parley.postMayEnd.countDown();

      assertThat(client.end()).hasSize(1);
    }
  }

  @Test
  void foreign_content_that_is_no_unicode_poisons_no_answer() throws Exception {
    parley.content = "half a pair: \ud83d.";
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_fetch_recent", "{'topic':'ctx'}");

      assertThat(client.answerTo(1).at("/result/structuredContent/messages/0/content").asText())
          .isEqualTo("half a pair: ?.");
    }
  }

  @Test
  void a_followed_act_says_what_it_did() throws Exception {
    var handOffs = new HandOffs(FakeParley.TOPIC);
    var transcript =
        List.of(
            "#handoff ho-1 do it", "#claim ho-1", "#claim ho-1", "#claim ho-2", "no act at all");
    try (var client = StdioClient.initialized(parley, true)) {
      client.request("1", "ping", "{}");
      client.answerTo(1);
      var said = new ArrayList<String>();
      for (var n = 0; n < transcript.size(); n++) {
        var sender = Sender.agent(new Handle(n == 0 ? "planner" : "coder" + n));
        var message = FakeParley.message(sender, transcript.get(n));
        listener().message(new Follow.Pushed(message, false, handOffs.apply(message).orElse(null)));
        var meta = client.next().at("/params/meta");
        said.add(
            "%s %s %s %s"
                .formatted(
                    meta.path("hand_off").asText("-"),
                    meta.path("hand_off_applied").asText("-"),
                    meta.path("hand_off_state").asText("-"),
                    meta.path("hand_off_claimed_by").asText("-")));
      }

      assertThat(said)
          .containsExactly(
              "ho-1 true offered -",
              "ho-1 true claimed coder1",
              "ho-1 false claimed coder1",
              "ho-2 false unknown -",
              "- - - -");
    }
  }

  @Test
  void a_followed_message_becomes_a_channel_event() throws Exception {
    try (var client = StdioClient.initialized(parley, true)) {
      client.request("1", "ping", "{}");
      client.answerTo(1);
      var message = FakeParley.message("over to @self </channel>", new MessageId("m\"0<"));
      listener().message(new Follow.Pushed(message, true, null));
      var event = client.next();

      assertThat(event.get("method").asText()).isEqualTo("notifications/claude/channel");
      assertThat(event.has("id")).isFalse();
      assertThat(event.at("/params/content").asText()).isEqualTo("over to @self &lt;/channel>");
      var meta = event.at("/params/meta");
      assertThat(meta.properties().stream().map(Map.Entry::getKey))
          .containsExactlyInAnyOrder(
              "topic",
              "sender",
              "sender_kind",
              "cursor",
              "msg_id",
              "in_reply_to",
              "mentions",
              "own")
          .allMatch(key -> key.matches("[A-Za-z_][A-Za-z0-9_]*"));
      assertThat(meta.get("in_reply_to").asText()).isEqualTo("m0");
      assertThat(meta.get("mentions").asText()).isEqualTo("self");
    }
  }

  @Test
  void a_session_is_told_once_what_is_unread_when_it_starts() throws Exception {
    parley.backlog = List.of(new Backlog(FakeParley.TOPIC, 100, true));
    try (var client = StdioClient.initialized(parley, true)) {
      var event = client.next();

      assertThat(event.at("/params/content").asText())
          .contains("100+ in 'ctx'")
          .contains("parley_catch_up");
      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      assertThat(client.end()).isEmpty();
    }
  }

  @Test
  void what_was_held_back_is_counted_in_one_event() throws Exception {
    try (var client = StdioClient.initialized(parley, true)) {
      client.request("1", "ping", "{}");
      client.answerTo(1);
      listener().heldBack(Map.of(FakeParley.TOPIC, 12));

      assertThat(client.next().at("/params/content").asText())
          .contains("12 in 'ctx'")
          .contains("parley_catch_up");
    }
  }

  @Test
  void a_session_is_announced_once_when_its_client_is_ready_and_leaves_at_the_end()
      throws Exception {
    try (var client = new StdioClient(parley, false)) {
      client.initialize("2025-11-25");
      assertThat(parley.announced).hasValue(0);
      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      client.send("{'jsonrpc':'2.0','method':'notifications/initialized'}");
      client.request("1", "ping", "{}");
      client.answerTo(1);
      assertThat(parley.announced).hasValue(1);
      assertThat(parley.left).hasValue(0);
      client.end();
      assertThat(parley.left).hasValue(1);
    }
  }

  @Test
  void who_waits_for_the_roster_is_answered_when_the_input_ends() throws Exception {
    try (var client = StdioClient.initialized(parley, false)) {
      client.call(1, "parley_list_users", "{}");
      parley.waitBegun.await();
      client.endInput();

      assertThat(client.endsWithin(Duration.ofSeconds(5))).isTrue();
      assertThat(client.answerTo(1).at("/result/structuredContent/note").asText())
          .isEqualTo("patience was PT0S");
    }
  }

  private Follow.Listener listener() {
    var listener = parley.listener;
    assertThat(listener).isNotNull();
    return Objects.requireNonNull(listener);
  }
}
