package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostingTest {

  private static final String SMILE = "\ud83d\ude00";

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void revoke(String scope) {
    var scopes = new HashSet<>(Workspace.ALL_SCOPES);
    scopes.remove(scope);
    fixture.workspace().grantOnly(scopes);
  }

  @Test
  void a_post_that_slack_stored_and_did_not_answer_has_an_unknown_outcome_and_is_not_repeated() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "before"));
    fixture.slack().trouble().swallowNext("chat.postMessage", 1);
    assertThatThrownBy(() -> ada.post(Draft.of(TOPIC, "who knows")))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("look into the topic");
    assertThat(Fixture.contents(ada)).containsExactly("before", "who knows");
  }

  @Test
  void a_post_that_ends_in_an_error_of_the_server_has_an_unknown_outcome() {
    var ada = fixture.session("ada");
    fixture.slack().trouble().failNext("chat.postMessage", 1);
    assertThatThrownBy(() -> ada.post(Draft.of(TOPIC, "lost")))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("500");
    assertThat(Fixture.contents(ada)).isEmpty();
  }

  @Test
  void a_read_that_ends_in_an_error_of_the_server_is_repeated() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "there"));
    fixture.slack().trouble().failNext("conversations.history", 2);
    assertThat(Fixture.contents(ada)).containsExactly("there");
  }

  @Test
  void a_read_whose_answer_is_lost_is_repeated_in_time() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "there"));
    fixture.slack().trouble().swallowNext("conversations.history", 1);
    assertThat(Fixture.contents(ada)).containsExactly("there");
  }

  @Test
  void a_post_waits_as_long_as_slack_asks_for_when_that_is_in_time() {
    var ada = fixture.session("ada");
    fixture.slack().trouble().limitNext("chat.postMessage", 1, 1);
    ada.post(Draft.of(TOPIC, "after a second"));
    assertThat(Fixture.contents(ada)).containsExactly("after a second");
    assertThat(fixture.slack().trouble().calls("chat.postMessage")).isEqualTo(2);
  }

  @Test
  void a_post_is_made_again_when_slack_does_not_say_how_long_to_wait() {
    var ada = fixture.session("ada");
    fixture.slack().trouble().limitNextVaguely("chat.postMessage", 1);
    ada.post(Draft.of(TOPIC, "a little later"));
    assertThat(Fixture.contents(ada)).containsExactly("a little later");
    assertThat(fixture.slack().trouble().calls("chat.postMessage")).isEqualTo(2);
  }

  @Test
  void a_page_waits_as_well() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "there"));
    // Longer than its first attempt may take, and in time.
    fixture.slack().trouble().limitNext("conversations.history", 1, 3);
    assertThat(Fixture.contents(ada)).containsExactly("there");
    fixture.slack().trouble().limitNextVaguely("conversations.history", 1);
    assertThat(Fixture.contents(ada)).containsExactly("there");
  }

  @Test
  void a_limit_of_one_method_holds_up_no_other() throws InterruptedException {
    var ada = fixture.session("ada");
    fixture.slack().trouble().limitNext("chat.postMessage", 1, 3);
    var posting = Thread.startVirtualThread(() -> ada.post(Draft.of(TOPIC, "at last")));
    await().until(() -> fixture.slack().trouble().calls("chat.postMessage") == 1);
    assertThat(Fixture.contents(ada)).isEmpty();
    assertThat(posting.isAlive()).isTrue();
    posting.join();
    assertThat(Fixture.contents(ada)).containsExactly("at last");
  }

  @Test
  void a_wait_that_is_too_long_is_said() {
    var ada = fixture.session("ada");
    fixture.slack().trouble().limitNext("chat.postMessage", 1, 30);
    var limited =
        catchThrowableOfType(RateLimited.class, () -> ada.post(Draft.of(TOPIC, "too soon")));
    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(30));
    assertThat(limited).hasMessageContaining("30 s").hasMessageContaining("chat.postMessage");
    assertThat(Fixture.contents(ada)).isEmpty();
  }

  @Test
  void without_the_scope_for_names_the_handle_is_in_the_text_and_read_back() {
    revoke("chat:write.customize");
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "hello"));
    assertThat(fixture.channel().shown().getFirst().path("text").asText())
        .isEqualTo("**ada:** hello");
    assertThat(Fixture.history(ada))
        .singleElement()
        .satisfies(message -> {
          assertThat(message.content()).isEqualTo("hello");
          assertThat(message.sender().handle()).isEqualTo("ada");
          assertThat(message.sender().kind()).isEqualTo(Sender.Kind.AGENT);
        });
  }

  @Test
  void a_long_text_with_a_header_is_read_back_without_it() {
    revoke("chat:write.customize");
    var ada = fixture.session("ada");
    var text = (SMILE + " long ").repeat(1_000) + "end";
    ada.post(Draft.of(TOPIC, text));
    assertThat(Fixture.contents(ada)).containsExactly(text);
  }

  @Test
  void a_scope_that_is_lost_later_is_noticed() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "under my name"));
    revoke("chat:write.customize");
    ada.post(Draft.of(TOPIC, "in the text"));
    assertThat(fixture.channel().shown().getLast().path("text").asText())
        .isEqualTo("**ada:** in the text");
    assertThat(Fixture.contents(ada)).containsExactly("under my name", "in the text");
  }

  @Test
  void a_text_is_refused_that_is_too_long_once_it_is_escaped() {
    var ada = fixture.session("ada");
    assertThatThrownBy(() -> ada.post(Draft.of(TOPIC, "&".repeat(8_001))))
        .isInstanceOf(ContentRejected.class)
        .hasMessageContaining("40,005")
        .hasMessageContaining("40,000");
    ada.post(Draft.of(TOPIC, "&".repeat(8_000)));
    assertThat(Fixture.contents(ada)).containsExactly("&".repeat(8_000));
  }

  @Test
  void a_long_text_that_slack_would_change_is_refused_rather_than_changed() {
    var ada = fixture.session("ada");
    for (var fragile : new String[] {":smile:", "a\r\nb", "  "}) {
      var text = fragile.isBlank() ? "x".repeat(5_000) + fragile : fragile + "x".repeat(5_000);
      assertThatThrownBy(() -> ada.post(Draft.of(TOPIC, text)))
          .isInstanceOf(ContentRejected.class)
          .hasMessageContaining("would change");
    }
    assertThat(Fixture.contents(ada)).isEmpty();
  }

  @Test
  void nobody_is_notified_by_what_only_looks_like_a_mention_and_no_link_is_previewed() {
    var ada = fixture.session("ada");
    var text = "<!here> <!channel|all> @everyone <!subteam^S0ALL> <@U0GRACE> https://example.com";
    ada.post(Draft.of(TOPIC, text));
    assertThat(fixture.workspace().notifications()).isZero();
    assertThat(fixture.workspace().previews()).isZero();
    assertThat(Fixture.contents(ada)).containsExactly(text);
  }

  @Test
  void a_member_who_is_mentioned_is_notified() {
    var ada = fixture.session("ada");
    ada.post(Draft.of(TOPIC, "ask @grace"));
    assertThat(fixture.workspace().notifications()).isEqualTo(1);
    assertThat(Fixture.contents(ada)).containsExactly("ask @grace");
  }

  @Test
  void a_topic_without_a_channel_is_refused_with_the_map() {
    var ada = fixture.session("ada");
    assertThatThrownBy(() -> ada.post(Draft.of(new TopicName("elsewhere"), "x")))
        .isInstanceOf(NoSuchTopic.class)
        .hasMessageContaining("planning: " + fixture.channel().id());
    assertThatThrownBy(() -> ada.fetchRecent(new TopicName("elsewhere"), Window.latest(1)))
        .isInstanceOf(NoSuchTopic.class);
  }

  @Test
  void another_bridge_is_believed_when_it_is_listed_and_not_before() {
    var message = Workspace.message().put("bot_id", "B0OTHER").put("username", "eve");
    message.put("text", "from the other machine");
    message
        .putObject("metadata")
        .put("event_type", Records.METADATA)
        .putObject("event_payload")
        .put("handle", "eve");
    fixture.workspace().add(fixture.channel(), message);
    assertThat(Fixture.history(fixture.session("ada")).getFirst().sender().kind())
        .isEqualTo(Sender.Kind.UNVERIFIED);
    var believing = fixture.session("bob", Map.of("bridge_accounts", java.util.List.of("B0OTHER")));
    assertThat(Fixture.history(believing).getFirst().sender())
        .isEqualTo(new Sender("eve", "B0OTHER", Sender.Kind.AGENT));
  }

  @Test
  void what_the_bot_stored_without_its_bot_id_is_no_persons() {
    var message = Workspace.message().put("user", "U0BOT").put("text", "a file");
    fixture.workspace().add(fixture.channel(), message);
    assertThat(Fixture.history(fixture.session("ada")).getFirst().sender())
        .isEqualTo(new Sender("U0BOT", "U0BOT", Sender.Kind.UNVERIFIED));
  }
}
