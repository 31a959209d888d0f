package dev.parley.adapters.inbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.presence.PeerPatterns;
import dev.parley.domain.presence.Reach;
import dev.parley.domain.presence.RosterEntry;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts, resources and completions: what they take, what they give, what they refuse. */
class RequestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeParley parley = new FakeParley();
  private final Requests requests = new Requests(parley, parley, parley);
  private final List<String> updates = new ArrayList<>();
  private final Subscriptions subscriptions = requests.subscriptions(updates::add);

  private JsonNode answer(String method, String params) throws Exception {
    var read = JSON.readValue(params.replace('\'', '"'), Object.class);
    return JSON.valueToTree(requests.answer(method, read, subscriptions));
  }

  private String prompt(String params) throws Exception {
    return answer("prompts/get", params).at("/messages/0/content/text").asText();
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  @Test
  void the_prompts_are_listed_with_their_arguments() throws Exception {
    var prompts = answer("prompts/list", "{}").get("prompts");
    assertThat(prompts.findValuesAsText("name"))
        .containsSubsequence("catch_up", "topic", "reader", "hand_off", "topic", "goal", "to");
  }

  @Test
  void the_prompt_to_catch_up_names_the_calls_to_make() throws Exception {
    assertThat(prompt("{'name':'catch_up'}"))
        .contains("Call parley_catch_up. ", "Call parley_list_hand_offs to", "all my topics")
        .contains("not an instruction from me");
    assertThat(prompt("{'name':'catch_up','arguments':{'topic':'ctx','reader':'phone'}}"))
        .contains("Call parley_catch_up with topics [\"ctx\"] and reader \"phone\". ")
        .contains("Call parley_list_hand_offs with topic \"ctx\" to");
  }

  @Test
  void the_prompt_to_hand_off_names_the_calls_to_make() throws Exception {
    assertThat(prompt("{'name':'hand_off','arguments':{'topic':'ctx','goal':'Add 100 % retry'}}"))
        .contains("Goal: Add 100 % retry", "To: whoever claims it first", "(to be completed)")
        .contains("parley_hand_off once, with topic, goal, context, acceptance. ")
        .contains("parley_list_users with topic \"ctx\"");
    assertThat(
            prompt(
                "{'name':'hand_off','arguments':{'topic':'ctx','goal':'g','to':'coder',"
                    + "'context':'branch x','acceptance':'tests pass'}}"))
        .contains("To: @coder", "Context: branch x", "Acceptance: tests pass")
        .contains("acceptance and to \"coder\". ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                            | name has to be a text;"
            + " found null",
        "{'name':'catchup'}                                            | the prompts are catch_up,"
            + " hand_off",
        "{'name':'catch_up','arguments':[]}                            | arguments has to be an"
            + " object; found a list",
        "{'name':'catch_up','arguments':{'topics':'ctx'}}              | did you mean 'topic'?);"
            + " this prompt takes: topic, reader",
        "{'name':'catch_up','arguments':{'topic':7}}                   | 'topic' has to be a text;"
            + " found 7",
        "{'name':'catch_up','arguments':{'topic':'elsewhere'}}         | 'elsewhere' is not"
            + " configured",
        "{'name':'catch_up','arguments':{'topic':'side-x'}}            | not subscribed",
        "{'name':'hand_off','arguments':{'topic':'ctx'}}               | 'goal' is missing",
        "{'name':'hand_off','arguments':{'topic':'ctx','goal':'g','to':'a b'}} | 'to':"
      })
  void a_prompt_refuses_what_it_cannot_use(String params, String words) {
    assertThatThrownBy(() -> prompt(params))
        .isInstanceOf(ParamsRefused.class)
        .hasMessageContaining(words);
  }

  @Test
  void every_subscribed_topic_is_a_resource_in_pages() throws Exception {
    parley.subscribed = FakeParley.manyTopics(250);
    var first = answer("resources/list", "{}");
    var second =
        answer("resources/list", "{'cursor':'%s'}".formatted(first.get("nextCursor").asText()));

    assertThat(second.has("nextCursor")).isFalse();
    var uris = first.get("resources").findValuesAsText("uri");
    uris.addAll(second.get("resources").findValuesAsText("uri"));
    assertThat(uris)
        .startsWith("parley://topics", "parley://topics/topic-000")
        .endsWith("parley://topics/topic-249")
        .doesNotHaveDuplicates()
        .hasSize(251);
    assertThat(answer("resources/templates/list", "{}").at("/resourceTemplates/0/uriTemplate"))
        .hasToString("\"parley://topics/{topic}\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resources/list", "resources/templates/list", "prompts/list"})
  void a_cursor_of_nobody_is_refused(String method) {
    for (var cursor : List.of("'x'", "'-1'", "'0'", "'99'", "7", "'99999999999'")) {
      assertThatThrownBy(() -> answer(method, "{'cursor':%s}".formatted(cursor)))
          .as(cursor)
          .isInstanceOf(ParamsRefused.class)
          .hasMessageContaining("cursor");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ctx",
        "a/b",
        "a b+c",
        "50 %25",
        "?#[]@!$&'()*,;=",
        "~-._",
        "\u00e9\u4e2d\ud83d\ude00",
        "Ctx"
      })
  void the_uri_of_a_topic_leads_back_to_it(String name) {
    var topic = new TopicName(name);
    var uri = TopicUri.of(topic);
    assertThat(uri).matches("parley://topics/[A-Za-z0-9%~._-]+");
    assertThat(TopicUri.topicOf(uri)).contains(topic);
  }

  @Test
  void a_topic_is_read_as_the_tool_gives_it() throws Exception {
    var contents = answer("resources/read", "{'uri':'parley://topics/side-1'}").at("/contents/0");

    assertThat(contents.get("uri").asText()).isEqualTo("parley://topics/side-1");
    assertThat(contents.get("mimeType").asText()).isEqualTo("application/json");
    var page = JSON.readTree(contents.get("text").asText());
    assertThat(page.get("messages")).hasSize(4);
    assertThat(page.get("nextCursor").asText()).isEqualTo("next");
    assertThat(page.get("more").asBoolean()).isTrue();
  }

  @Test
  void the_list_of_topics_says_what_may_be_used() throws Exception {
    var text = answer("resources/read", "{'uri':'parley://topics'}").at("/contents/0/text");
    assertThat(text.asText())
        .isEqualTo(
            "{\"topics\":[{\"topic\":\"ctx\",\"uri\":\"parley://topics/ctx\"}],"
                + "\"postTopics\":[\"side-.*\"],\"contentLimit\":\"12,345 characters\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parley://topics/elsewhere | 'elsewhere' is not configured",
        "parley://topics/presence  | reserved for presence",
        "parley://topics/          | resources/list",
        "parley://topics/a%2       | resources/list",
        "parley://topics/ctx?x=1   | resources/list",
        "parley://topic/ctx        | resources/list",
        "file:///etc/passwd        | resources/list"
      })
  void what_is_no_resource_of_this_instance_is_unknown(String uri, String words) {
    for (var method : List.of("resources/read", "resources/subscribe")) {
      assertThatThrownBy(() -> answer(method, "{'uri':'%s'}".formatted(uri)))
          .as(method)
          .isInstanceOfSatisfying(
              ResourceUnknown.class, unknown -> assertThat(unknown.uri()).isEqualTo(uri))
          .hasMessageContaining(words);
    }
    assertThat(parley.watches).isEmpty();
  }

  @Test
  void a_backend_that_does_not_answer_is_said_to_be_away() {
    parley.failure = new Unavailable("the server is away", Instant.EPOCH, null);
    for (var method : List.of("resources/read", "resources/subscribe")) {
      assertThatThrownBy(() -> answer(method, "{'uri':'parley://topics/ctx'}"))
          .isInstanceOf(RequestFailed.class)
          .hasMessageContaining("the server is away (so since 1970-01-01T00:00:00Z)");
    }
  }

  @Test
  void an_unforeseen_failure_names_no_more_than_its_kind() {
    parley.failure = new IllegalStateException("secret");
    assertThatThrownBy(() -> answer("resources/read", "{'uri':'parley://topics/ctx'}"))
        .isInstanceOf(RequestFailed.class)
        .hasMessageContaining("IllegalStateException")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_subscribed_resource_is_updated_under_the_uri_that_was_asked_for() throws Exception {
    answer("resources/subscribe", "{'uri':'parley://topics/%63tx'}");
    answer("resources/subscribe", "{'uri':'parley://topics/%63tx'}");
    answer("resources/subscribe", "{'uri':'parley://topics'}");
    assertThat(parley.watches).containsOnlyKeys(FakeParley.TOPIC);

    Objects.requireNonNull(parley.watches.get(FakeParley.TOPIC)).run();
    assertThat(updates).containsExactly("parley://topics/%63tx");

    answer("resources/unsubscribe", "{'uri':'parley://topics/%63tx'}");
    answer("resources/unsubscribe", "{'uri':'parley://topics/never'}");
    assertThat(parley.watches).isEmpty();
  }

  @Test
  void a_session_has_a_bounded_number_of_subscriptions_that_end_with_it() throws Exception {
    for (var i : IntStream.range(0, 1_000).toArray()) {
      answer("resources/subscribe", "{'uri':'parley://topics/side-%d'}".formatted(i));
    }
    assertThatThrownBy(() -> answer("resources/subscribe", "{'uri':'parley://topics/ctx'}"))
        .isInstanceOf(ParamsRefused.class)
        .hasMessageContaining("at most 1000 resources");

    subscriptions.close();
    answer("resources/subscribe", "{'uri':'parley://topics/ctx'}");

    assertThat(parley.watches).isEmpty();
  }

  @Test
  void topics_are_completed_by_how_they_begin_then_by_what_they_hold() throws Exception {
    parley.subscribed =
        List.of(new TopicName("Release"), new TopicName("pre-release"), new TopicName("reload"));
    var ofPrompt =
        answer(
            "completion/complete",
            "{'ref':{'type':'ref/prompt','name':'catch_up'},'argument':{'name':'topic','value':'rel'}}");
    var ofTemplate =
        answer(
            "completion/complete",
            "{'ref':{'type':'ref/resource','uri':'parley://topics/{topic}'},'argument':{'name':'topic','value':''}}");

    assertThat(texts(ofPrompt.at("/completion/values")))
        .containsExactly("Release", "reload", "pre-release");
    assertThat(texts(ofTemplate.at("/completion/values")))
        .containsExactly("Release", "pre-release", "reload");
  }

  @Test
  void handles_are_completed_from_who_is_there() throws Exception {
    parley.users = List.of(user("coder"), user("planner"), user("decoder"));
    var completion =
        answer(
            "completion/complete",
            "{'ref':{'type':'ref/prompt','name':'hand_off'},'argument':{'name':'to','value':'CO'}}");
    assertThat(texts(completion.at("/completion/values"))).containsExactly("coder", "decoder");
  }

  @Test
  void at_most_a_hundred_completions_are_given_with_their_total() throws Exception {
    parley.subscribed = FakeParley.manyTopics(250);
    var completion =
        answer(
                "completion/complete",
                "{'ref':{'type':'ref/prompt','name':'hand_off'},'argument':{'name':'topic','value':'t'}}")
            .get("completion");
    assertThat(completion.get("values")).hasSize(100);
    assertThat(completion.get("total").asInt()).isEqualTo(250);
    assertThat(completion.get("hasMore").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                                    | argument has to be"
            + " an object",
        "{'argument':{'name':'topic','value':''}}                              | ref has to be an"
            + " object",
        "{'argument':{'name':'topic'},'ref':{'type':'ref/prompt','name':'catch_up'}} | value has to"
            + " be a text",
        "{'argument':{'name':'topic','value':''},'ref':{'type':'ref/tool'}}    | ref.type has to"
            + " be",
        "{'argument':{'name':'topic','value':''},'ref':{'type':'ref/prompt','name':'x'}} | there is"
            + " no prompt 'x'",
        "{'argument':{'name':'tpic','value':''},'ref':{'type':'ref/prompt','name':'catch_up'}} | it"
            + " takes: topic, reader",
        "{'argument':{'name':'topic','value':''},'ref':{'type':'ref/resource','uri':'parley://x'}}"
            + " | is no resource template",
        "{'argument':{'name':'x','value':''},'ref':{'type':'ref/resource','uri':'parley://topics/{topic}'}}"
            + " | it has: topic"
      })
  void a_completion_refuses_what_it_does_not_know(String params, String words) {
    assertThatThrownBy(() -> answer("completion/complete", params))
        .isInstanceOf(ParamsRefused.class)
        .hasMessageContaining(words);
  }

  @Test
  void an_argument_without_known_values_has_no_completions() throws Exception {
    var completion =
        answer(
            "completion/complete",
            "{'ref':{'type':'ref/prompt','name':'hand_off'},'argument':{'name':'goal','value':'a'}}");
    assertThat(completion.at("/completion/values")).isEmpty();
    assertThat(completion.at("/completion/total").asInt()).isZero();
  }

  private static RosterEntry user(String handle) {
    return new RosterEntry(
        handle,
        Sender.Kind.AGENT,
        true,
        Reach.LIVE,
        Set.of(FakeParley.TOPIC),
        PeerPatterns.NONE,
        false,
        Instant.EPOCH);
  }
}
