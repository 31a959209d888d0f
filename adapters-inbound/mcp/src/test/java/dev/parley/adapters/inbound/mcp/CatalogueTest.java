package dev.parley.adapters.inbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parley.domain.handoff.HandOffState;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.AccessDenied;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.ContentLimit;
import dev.parley.ports.StateUnavailable;
import dev.parley.ports.inbound.HandOffWork.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools: what they take, what they give, what they say when something is wrong. */
class CatalogueTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Limits LIMITS = new Limits(77, Duration.ofSeconds(50));

  private final FakeParley parley = new FakeParley();

  private Catalogue catalogue() {
    return new Catalogue(parley, parley, parley, parley, parley, parley, parley, LIMITS);
  }

  private Tool tool(String name) {
    return catalogue().tools().stream()
        .filter(t -> t.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Answer call(String tool, String arguments) throws IOException, InterruptedException {
    Map<String, Object> read =
        JSON.readerForMapOf(Object.class).readValue(arguments.replace('\'', '"'));
    return catalogue().call(tool(tool), read, _ -> {});
  }

  private static List<String> violations(Map<String, Object> schema, JsonNode json) {
    return SCHEMAS.getSchema(JSON.valueToTree(schema)).validate(json).stream()
        .map(Error::toString)
        .toList();
  }

  @Test
  void every_schema_is_json_schema_2020_12() {
    var meta = SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    for (var tool : catalogue().tools()) {
      for (var schema : List.of(tool.inputSchema(), tool.outputSchema())) {
        assertThat(meta.validate(JSON.<JsonNode>valueToTree(schema))).as(tool.name()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parley_post         | {'topic':'ctx','content':'x','in_reply_to':'1','key':'k'}",
        "parley_reply        | {'topic':'ctx','content':'x','in_reply_to':'1'}",
        "parley_fetch_recent | {'topic':'ctx','since':'c','limit':5,'block_ms':1}",
        "parley_fetch_recent | {'topic':'ctx','before':'c'}",
        "parley_catch_up     | {}",
        "parley_catch_up     | {'topics':['ctx'],'limit':5,'block_ms':1,'reader':'chat'}",
        "parley_post         | {'topic':'ctx','content':'#claim ho-1 mine'}",
        "parley_hand_off     | {'topic':'ctx','goal':'g'}",
        "parley_hand_off     |"
            + " {'topic':'side-1','goal':'g','to':'@a','context':'c','acceptance':'a'}",
        "parley_update_hand_off | {'id':'ho-1','action':'claim'}",
        "parley_update_hand_off | {'id':'HO-1','action':'done','topic':'ctx','note':'merged'}",
        "parley_list_hand_offs  | {}",
        "parley_list_hand_offs  | {'topic':'ctx','state':'claimed','mine':true}",
        "parley_list_users   | {}",
        "parley_list_users   |"
            + " {'filter':'a*','topic':'ctx','online_only':true,'since_ms':5,'limit':2}"
      })
  void arguments_and_results_fit_the_tools_own_schemas(String name, String arguments)
      throws Exception {
    var answer = call(name, arguments);

    assertThat(answer.error()).as(answer.text()).isFalse();
    assertThat(violations(tool(name).inputSchema(), JSON.readTree(arguments.replace('\'', '"'))))
        .isEmpty();
    assertThat(violations(tool(name).outputSchema(), JSON.readTree(answer.text()))).isEmpty();
  }

  @Test
  void a_message_carries_what_a_reader_needs() throws Exception {
    var messages = JSON.readTree(call("parley_catch_up", "{}").text()).at("/topics/0/messages");

    assertThat(messages.get(0).toString())
        .isEqualTo(
            "{\"topic\":\"ctx\",\"senderHandle\":\"agent\",\"senderKind\":\"agent\","
                + "\"senderAccount\":\"U1\",\"content\":\"over to @self: \\\"quoted\\\" <&>\\n"
                + "\ud83d\ude00\",\"timestamp\":\"1970-01-01T00:00:00Z\",\"backendMsgId\":\"1\","
                + "\"cursor\":\"c-1\",\"mentions\":[\"self\"]}");
    assertThat(messages.get(1).get("inReplyTo").asText()).isEqualTo("1");
    assertThat(messages.get(1).get("edited").asBoolean()).isTrue();
    assertThat(messages.get(1).get("pushed").asBoolean()).isTrue();
    assertThat(messages.get(2).get("deleted").asBoolean()).isTrue();
    assertThat(messages.get(3).get("unreadable").asBoolean()).isTrue();
  }

  @Test
  void more_gap_and_earlier_are_said_where_they_hold() throws Exception {
    var page = JSON.readTree(call("parley_fetch_recent", "{'topic':'ctx'}").text());
    var topics = JSON.readTree(call("parley_catch_up", "{}").text()).get("topics");

    assertThat(page.get("more").asBoolean() && page.get("gap").asBoolean()).isTrue();
    assertThat(page.get("nextCursor").asText()).isEqualTo("next");
    assertThat(topics.get(0).get("since").isNull()).isTrue();
    assertThat(topics.get(0).get("earlier").asBoolean()).isTrue();
    assertThat(topics.get(1).get("since").asText()).isEqualTo("c");
    assertThat(topics.get(1).get("more").asBoolean()).isTrue();
    assertThat(topics.get(1).has("gap")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "parley_list_users | {'online_only':'yes'} | 'online_only' has to be true or false",
        "parley_list_users | {'filter':' '}         | a sender pattern has 1 to 256 characters",
        "parley_list_users | {'limit':0}            | a whole number, 1 or more",
        "parley_list_users | {'user':'ann'}         | unknown argument 'user'",
        "parley_post | {'content':'x'}                              | 'topic' is missing; give it",
        "parley_post | {'topic':'ctx'}                              | 'content' is missing; give"
            + " it",
        "parley_post | {'topic':5,'content':'x'}                    | 'topic' has to be a text;"
            + " found 5",
        "parley_post | {'topic':['ctx'],'content':'x'}              | 'topic' has to be a text;"
            + " found a list",
        "parley_post | {'topic':'ctx','content':{}}                 | 'content' has to be a text;"
            + " found an object",
        "parley_post | {'topic':'ctx','content':'  '}               | 'content': content is empty",
        "parley_post | {'topic':'ctx','content':'a\\u0000b'}        | U+0000 at index 1",
        "parley_post | {'topic':'ctx','content':'a\\ud800b'}        | lone surrogate",
        "parley_post | {'topic':'','content':'x'}                   | 'topic': a topic name has 1"
            + " to 512",
        "parley_post | {'topic':'ctx','content':'x','key':''}       | 'key': a key has 1 to 128",
        "parley_post | {'topic':'ctx','content':'x','key':true}     | 'key' has to be a text; found"
            + " true",
        "parley_post | {'topic':'ctx','content':'x','in_reply_to':''} | 'in_reply_to': a message id"
            + " has",
        "parley_post | {'tpoic':'ctx','content':'x'}                | (did you mean 'topic'?); this"
            + " tool takes: topic, content, in_reply_to, key",
        "parley_post | {'inReplyTo':'1','topic':'c','content':'x'}  | did you mean 'in_reply_to'?",
        "parley_post | {'colour':'red','topic':'c','content':'x'}   | unknown argument 'colour';"
            + " this tool takes: topic",
        "parley_reply | {'topic':'ctx','content':'x','key':'k'}     | unknown argument 'key'",
        "parley_fetch_recent | {'topic':'ctx','limit':0}            | 'limit' has to be a whole"
            + " number, 1 or more; found 0",
        "parley_fetch_recent | {'topic':'ctx','limit':-1}           | found -1",
        "parley_fetch_recent | {'topic':'ctx','limit':1.5}          | found 1.5",
        "parley_fetch_recent | {'topic':'ctx','limit':'5'}          | found the text '5'",
        "parley_fetch_recent | {'topic':'ctx','block_ms':-1}        | 'block_ms' has to be a whole"
            + " number, 0 or more",
        "parley_fetch_recent | {'topic':'ctx','since':''}           | 'since': a cursor has 1 to",
        "parley_fetch_recent | {'topic':'ctx','since':'a','before':'b'} | exclude each other",
        "parley_fetch_recent | {'topic':'ctx','before':'b','block_ms':5} | leave one out",
        "parley_catch_up | {'topics':'ctx'}                         | 'topics' has to be a list of"
            + " texts; found the text 'ctx'",
        "parley_catch_up | {'topics':['ctx',5]}                     | 'topics' has to be a list of"
            + " texts; found 5",
        "parley_catch_up | {'topics':[null]}                        | found null",
        "parley_catch_up | {'reader':''}                            | 'reader': a reader name has",
        "parley_catch_up | {'since':'c'}                            | unknown argument 'since'",
        "parley_hand_off | {'goal':'g'}                             | 'topic' is missing",
        "parley_hand_off | {'topic':'ctx'}                          | 'goal' is missing",
        "parley_hand_off | {'topic':'ctx','goal':' '}               | a hand-off needs a goal",
        "parley_hand_off | {'topic':'ctx','goal':'g','to':'@'}      | 'to': a handle has 1 to 64",
        "parley_hand_off | {'topic':'ctx','goal':'@coder do it'}    | would make the offer one to"
            + " coder",
        "parley_hand_off | {'topic':'ctx','goal':'g','for':'a'}     | unknown argument 'for'",
        "parley_update_hand_off | {'action':'claim'}                | 'id' is missing",
        "parley_update_hand_off | {'id':'7q','action':'claim'}      | 'id': a hand-off id is 'ho-'",
        "parley_update_hand_off | {'id':'ho-1'}                     | 'action' is missing",
        "parley_update_hand_off | {'id':'ho-1','action':'take'}     | 'action': has to be one of"
            + " claim, progress, done, decline, release, cancel; found 'take'",
        "parley_update_hand_off | {'id':'ho-2','action':'claim'}    | no hand-off ho-2 is known in"
            + " the topics",
        "parley_update_hand_off | {'id':'ho-1','action':'claim','text':'x'} | unknown argument"
            + " 'text'",
        "parley_list_hand_offs  | {'state':'open'}                  | 'state': has to be one of"
            + " offered, claimed, done, declined, cancelled; found 'open'",
        "parley_list_hand_offs  | {'mine':'yes'}                    | 'mine' has to be true or"
            + " false; found the text 'yes'",
        "parley_list_hand_offs  | {'all':true}                      | unknown argument 'all'"
      })
  void an_argument_that_cannot_be_used_is_refused_with_what_to_do(
      String tool, String arguments, String words) throws Exception {
    var answer = call(tool, arguments);

    assertThat(answer.error()).isTrue();
    assertThat(answer.text()).contains(words).doesNotContain("\n", "Exception");
    assertThat(parley.drafts).isEmpty();
    assertThat(parley.acts).isEmpty();
  }

  @Test
  void an_act_in_a_post_says_what_it_did_and_other_posts_answer_as_ever() throws Exception {
    parley.verdict = Verdict.LOST;

    var act = JSON.readTree(call("parley_post", "{'topic':'ctx','content':'!Claim ho-1'}").text());
    var reply =
        JSON.readTree(call("parley_reply", "{'topic':'ctx','content':'#done ho-1'}").text());
    var talk = call("parley_post", "{'topic':'ctx','content':'> #claim ho-1'}").text();

    assertThat(act.at("/handOff/effect").asText()).isEqualTo("lost");
    assertThat(act.at("/handOff/says").asText()).isEqualTo("as it went");
    assertThat(reply.at("/handOff/handOffId").asText()).isEqualTo("ho-1");
    assertThat(talk).isEqualTo("{\"backendMsgId\":\"posted\"}");
  }

  @Test
  void an_offer_names_its_id_and_says_where_nothing_will_be_pushed() throws Exception {
    var followed = call("parley_hand_off", "{'topic':'ctx','goal':'g','to':'@coder'}").text();
    var polled = call("parley_hand_off", "{'topic':'side-1','goal':'g'}").text();

    assertThat(followed).isEqualTo("{\"handOffId\":\"ho-1\",\"backendMsgId\":\"posted\"}");
    assertThat(polled).contains("not followed here: poll");
    assertThat(parley.acts.getFirst().content()).isEqualTo("#handoff ho-1 @coder g");
  }

  @Test
  void an_offer_of_unknown_outcome_says_so_and_one_whose_id_is_taken_is_refused() throws Exception {
    parley.verdict = Verdict.UNSEEN;
    assertThat(call("parley_hand_off", "{'topic':'ctx','goal':'g'}").text())
        .contains("\"says\":\"as it went\"");
    parley.verdict = Verdict.UNLAWFUL;
    var refused = call("parley_hand_off", "{'topic':'ctx','goal':'g'}");
    assertThat(refused.error()).isTrue();
    assertThat(refused.text()).contains("call this again for another id");
  }

  @ParameterizedTest
  @EnumSource
  void an_update_tells_how_it_was_taken(Verdict verdict) throws Exception {
    parley.verdict = verdict;
    parley.handOffs =
        List.of(
            FakeParley.handOff(
                FakeParley.TOPIC,
                new HandOffState.Claimed(
                    new Sender("coder", null, Sender.Kind.PERSON), new MessageId("c"), "half")));

    var answer = call("parley_update_hand_off", "{'id':'ho-1','action':'claim'}");
    var json = JSON.readTree(answer.text());

    assertThat(json.get("effect").asText()).isEqualToIgnoringCase(verdict.name());
    assertThat(json.get("backendMsgId").asText()).isEqualTo("posted");
    assertThat(violations(tool("parley_update_hand_off").outputSchema(), json)).isEmpty();
    if (json.has("handOff")) {
      assertThat(json.get("handOff").toString())
          .isEqualTo(
              "{\"handOffId\":\"ho-1\",\"topic\":\"ctx\",\"state\":\"claimed\",\"goal\":\"goal\","
                  + "\"text\":\"goal\\nContext: why\",\"offeredBy\":\"planner\","
                  + "\"offeredByKind\":\"agent\",\"to\":\"self\",\"claimedBy\":\"coder\","
                  + "\"claimedByKind\":\"person\",\"claimMsgId\":\"c\",\"note\":\"half\","
                  + "\"offerMsgId\":\"o\"}");
    }
  }

  @Test
  void an_id_in_several_topics_needs_the_topic() throws Exception {
    var side = new TopicName("side");
    parley.handOffs =
        List.of(
            FakeParley.handOff(FakeParley.TOPIC, new HandOffState.Offered()),
            FakeParley.handOff(side, new HandOffState.Offered()));

    var refused = call("parley_update_hand_off", "{'id':'ho-1','action':'claim'}");

    assertThat(refused.error()).isTrue();
    assertThat(refused.text())
        .isEqualTo("hand-off ho-1 is ambiguous: give its topic, one of 'ctx', 'side'");
    assertThat(parley.acts).isEmpty();
  }

  @Test
  void a_list_fits_its_schema_in_every_state_and_stops_at_its_length() throws Exception {
    var by = new Sender("coder", null, Sender.Kind.UNVERIFIED);
    var claim = new MessageId("c");
    var states =
        List.of(
            new HandOffState.Offered(),
            new HandOffState.Claimed(by, claim, ""),
            new HandOffState.Done(by, claim, "half a pair: \ud83d."),
            new HandOffState.Declined(by, "busy"),
            new HandOffState.Cancelled(by, "moot"));
    var all = states.stream().map(s -> FakeParley.handOff(FakeParley.TOPIC, s)).toList();
    parley.handOffs = all;
    var json = JSON.readTree(call("parley_list_hand_offs", "{}").text());
    assertThat(violations(tool("parley_list_hand_offs").outputSchema(), json)).isEmpty();
    assertThat(json.get("handOffs")).hasSize(5);
    assertThat(json.get("truncated").asBoolean()).isFalse();

    parley.notes = List.of("the history is shorter than it was");
    parley.truncated = true;
    assertThat(call("parley_list_hand_offs", "{}").text())
        .contains("\"truncated\":true,\"notes\":[\"the history is shorter than it was\"]");

    parley.handOffs = Collections.nCopies(200, all.getFirst());
    parley.truncated = false;
    var text = call("parley_list_hand_offs", "{}").text();
    assertThat(text).hasSizeLessThan(41_000).contains("\"truncated\":true", "are not shown");
    assertThat(parley.lists.getLast().mine()).isFalse();
  }

  @Test
  void an_argument_that_is_null_counts_as_absent() throws Exception {
    call("parley_post", "{'topic':'ctx','content':'x','in_reply_to':null,'key':null}");

    assertThat(parley.drafts).singleElement().matches(draft -> draft.parent() == null);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5.0, 5",
    "1000, 1000",
    "1001, 1000",
    "18446744073709551616, 1000",
    "1e300, 1000"
  })
  void a_limit_is_clamped_at_1000(String asked, int given) throws Exception {
    assertThat(call("parley_fetch_recent", "{'topic':'ctx','limit':%s}".formatted(asked)).error())
        .isFalse();
    call("parley_catch_up", "{'limit':%s}".formatted(asked));

    assertThat(parley.fetches.getFirst().window()).isEqualTo(Window.latest(given));
    assertThat(parley.catchUps.getFirst().limit()).isEqualTo(given);
  }

  @Test
  void answers_are_short_unless_a_limit_is_named_and_catching_up_always_is() throws Exception {
    call("parley_fetch_recent", "{'topic':'ctx'}");
    call("parley_fetch_recent", "{'topic':'ctx','limit':100}");
    call("parley_catch_up", "{'limit':100}");
    call("parley_catch_up", "{}");

    assertThat(parley.fetches.getFirst().window()).isEqualTo(Window.latest(100));
    assertThat(parley.fetches.getFirst().characters()).isEqualTo(40_000);
    assertThat(parley.fetches.getLast().characters()).isEqualTo(1_048_576);
    assertThat(parley.catchUps).allMatch(query -> query.characters() == 40_000);
    assertThat(parley.catchUps.getLast().limit()).as("catchup.limit").isEqualTo(77);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "20, 20", "50000, 50000", "50001, 50000", "1e300, 50000"})
  void a_wait_is_capped(String asked, long given) throws Exception {
    call("parley_fetch_recent", "{'topic':'ctx','since':'c','block_ms':%s}".formatted(asked));
    call("parley_catch_up", "{'block_ms':%s}".formatted(asked));

    assertThat(parley.fetches.getFirst().block()).isEqualTo(Duration.ofMillis(given));
    assertThat(parley.catchUps.getFirst().block()).isEqualTo(Duration.ofMillis(given));
  }

  @Test
  void once_the_session_ends_nothing_waits() throws Exception {
    var catalogue = catalogue();
    catalogue.endWaits();
    var catchUp = catalogue.tools().getFirst();
    catalogue.call(catchUp, Map.of("block_ms", 5_000), _ -> {});

    assertThat(parley.catchUps.getFirst().block()).isZero();
  }

  static Stream<Arguments> failures() {
    var limit = new ContentLimit(10, ContentLimit.Unit.CODE_POINTS);
    return Stream.of(
        Arguments.of(
            new Misconfigured("the folder is gone: create it."), "create it; tell your user"),
        Arguments.of(new NoSuchTopic("no room for 'x'; there are: a, b"), "there are: a, b"),
        Arguments.of(ContentRejected.tooLong(11, limit), "shorten it or post it in parts"),
        Arguments.of(new CursorRejected("not of this store"), "store; leave out since and before"),
        Arguments.of(new AccessDenied("the file is read-only", null), "read-only; tell your user"),
        Arguments.of(
            new RateLimited("asked to slow down", Duration.ofSeconds(30)), "try again in 31 s"),
        Arguments.of(new Unavailable("no answer within 10 s", null, null), "can be repeated later"),
        Arguments.of(
            new Unavailable("no server", Instant.parse("2026-11-24T13:00:00.7Z"), null),
            "no server (so since 2026-11-24T13:00:00Z)"),
        Arguments.of(new OutcomeUnknown("the connection was cut", null), "read the topic before"),
        Arguments.of(
            new StateUnavailable("/state is full: make room", new IOException()), "make room"),
        Arguments.of(new IllegalStateException("secret detail"), "failed unexpectedly"),
        Arguments.of(new StackOverflowError(), "failed unexpectedly"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_is_one_sentence_with_its_remedy(Throwable failure, String remedy)
      throws Exception {
    parley.failure = failure;

    for (var tool : List.of("parley_post", "parley_fetch_recent", "parley_catch_up")) {
      var answer =
          call(
              tool,
              switch (tool) {
                case "parley_post" -> "{'topic':'ctx','content':'x'}";
                case "parley_catch_up" -> "{}";
                default -> "{'topic':'ctx'}";
              });
      assertThat(answer.error()).isTrue();
      assertThat(answer.text())
          .contains(remedy)
          .doesNotContain("\n", "\tat ", ".;", "null", "secret detail")
          .doesNotEndWith(".");
    }
  }

  @Test
  void descriptions_name_at_most_20_topics_and_say_how_many_more_there_are() {
    parley.subscribed = FakeParley.manyTopics(25);

    for (var tool : catalogue().tools()) {
      if (tool.name().equals("parley_update_hand_off")) {
        continue;
      }
      assertThat(tool.description())
          .contains("'topic-000'", "'topic-019'", "and 5 more", "side-.*")
          .doesNotContain("topic-020");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parley_post", "parley_reply"})
  void descriptions_of_posting_say_how_long_content_may_be(String tool) {
    assertThat(tool(tool).description()).contains("12,345 characters");
  }

  @Test
  void descriptions_are_running_text() {
    assertThat(catalogue().tools())
        .allSatisfy(tool ->
            assertThat(tool.description())
                .doesNotContain("  ", "\n")
                .isEqualTo(tool.description().strip()));
  }

  @Test
  void the_description_of_posting_says_that_a_key_belongs_to_one_post() {
    assertThat(tool("parley_post").description())
        .contains("A key that was used before stores nothing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void instructions_are_short_and_name_tools_that_exist(boolean pushed) {
    var text = catalogue().instructions(pushed);

    assertThat(text).hasSizeLessThan(1_900).contains("never instructions");
    assertThat(text.contains("<channel")).isEqualTo(pushed);
    assertThat(Stream.of(text.split("[^a-z_]+")).filter(word -> word.startsWith("parley_")))
        .isSubsetOf(catalogue().tools().stream().map(Tool::name).toList());
  }

  @Test
  void the_catalogue_has_the_names_that_users_rely_on() {
    assertThat(catalogue().tools())
        .extracting(Tool::name)
        .containsExactly(
            "parley_catch_up",
            "parley_fetch_recent",
            "parley_post",
            "parley_reply",
            "parley_list_users",
            "parley_hand_off",
            "parley_update_hand_off",
            "parley_list_hand_offs");
  }
}
