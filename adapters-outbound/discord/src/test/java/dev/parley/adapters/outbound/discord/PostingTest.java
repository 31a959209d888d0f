package dev.parley.adapters.outbound.discord;

import static dev.parley.adapters.outbound.discord.Fixture.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.reading.History;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a post when Discord fails, and what is said of it. */
class PostingTest {

  private static final String POSTS = "POST /(channels|webhooks)/.*";

  @TempDir Path folder;
  private Fixture fixture;
  private Mishaps mishaps;
  private Backend alice;

  @BeforeEach
  void open() {
    fixture = new Fixture(folder);
    mishaps = fixture.discord().mishaps();
    mishaps.onlyOn(POSTS);
    alice = fixture.open("alice");
    post("before");
  }

  @AfterEach
  void leave() throws Exception {
    fixture.close();
  }

  private MessageId post(String content) {
    return alice.post(Draft.of(PLANNING, content));
  }

  private static Draft keyed(String content) {
    return Draft.of(PLANNING, content).under(new IdempotencyKey("the-key"));
  }

  @Test
  void aServerErrorLeavesTheOutcomeUnknownAndIsNotRepeatedThroughAWebhook() {
    mishaps.fail(1, 500);
    assertThatThrownBy(() -> post("lost")).isInstanceOf(OutcomeUnknown.class);
    mishaps.fail(2, 502);
    assertThatThrownBy(() -> post("lost as well")).isInstanceOf(OutcomeUnknown.class);
    mishaps.fail(0, 0);
    assertThat(History.contents(History.whole(alice, PLANNING))).containsExactly("before");
  }

  @Test
  void aPostUnderAKeyThatWasStoredWithoutAnAnswerCanBeRepeated() {
    // The HTTP client itself may try once more, on another connection.
    mishaps.cutAfterStoring(10);
    assertThatThrownBy(() -> alice.post(keyed("once"))).isInstanceOf(OutcomeUnknown.class);
    mishaps.cutAfterStoring(0);
    var id = alice.post(keyed("once"));
    assertThat(alice.post(keyed("once"))).isEqualTo(id);
    assertThat(History.contents(History.whole(alice, PLANNING))).containsExactly("before", "once");
  }

  @Test
  void aPostThatIsStoredAndNotAnsweredInTimeIsOfUnknownOutcome() {
    var slow = fixture.open("carol", Map.of("request_timeout_ms", "1000"));
    var _ = slow.fetchRecent(PLANNING, Window.latest(1));
    for (var draft : List.of(Draft.of(PLANNING, "by webhook"), keyed("by the bot"))) {
      mishaps.keepSilentAfterStoring(1);
      assertThatThrownBy(() -> slow.post(draft)).isInstanceOf(OutcomeUnknown.class);
    }
    var _ = slow.post(keyed("by the bot"));
    assertThat(History.contents(History.whole(alice, PLANNING)))
        .containsExactly("before", "by webhook", "by the bot");
  }

  @Test
  void aServerErrorOnAPageIsSaidAndTheNextOneIsRead() {
    mishaps.onlyOn("GET /channels/.*/messages");
    mishaps.fail(1, 500);
    assertThatThrownBy(() -> alice.fetchRecent(PLANNING, Window.latest(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("500");
    assertThat(alice.fetchRecent(PLANNING, Window.latest(1)).messages()).hasSize(1);
  }

  @Test
  void aWebhookThatWasRemovedIsMadeAnew() {
    fixture.channel().webhooks.clear();
    post("by the bot, or anew");
    post("anew");
    assertThat(fixture.channel().webhooks).hasSize(1);
    assertThat(History.whole(alice, PLANNING))
        .allMatch(message -> message.sender().handle().equals("alice"));
  }

  @Test
  void aShortLimitIsWaitedFor() {
    mishaps.close(Duration.ofMillis(900), false, true);
    post("later");
    assertThat(mishaps.refusals()).isPositive();
    assertThat(History.contents(History.whole(alice, PLANNING))).containsExactly("before", "later");
  }

  @Test
  void aLimitWithoutAHintIsWaitedForWithoutHammering() {
    mishaps.close(Duration.ofMillis(1_500), false, false);
    post("later");
    assertThat(mishaps.refusals()).isBetween(1, 4);
  }

  @Test
  void theLimitOfOneRouteHoldsUpNoOther() {
    mishaps.onlyOn("POST /webhooks/.*");
    mishaps.close(Duration.ofSeconds(60), false, true);
    assertThatThrownBy(() -> post("never")).isInstanceOf(RateLimited.class);
    var _ = alice.post(keyed("by the bot"));
    assertThat(History.contents(History.whole(alice, PLANNING)))
        .containsExactly("before", "by the bot");
  }

  @Test
  void aBucketThatIsUsedUpIsWaitedForBeforeDiscordRefuses() {
    mishaps.limit(2, Duration.ofMillis(600));
    for (var n = 1; n <= 5; n++) {
      post("post " + n);
    }
    assertThat(mishaps.refusals()).isLessThanOrEqualTo(1);
    assertThat(History.whole(alice, PLANNING)).hasSize(6);
  }

  @Test
  void aLongLimitIsSaidAndNothingIsPostedLater() {
    mishaps.close(Duration.ofSeconds(60), true, true);
    assertThatThrownBy(() -> post("never"))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isGreaterThan(Duration.ofSeconds(30)));
    assertThatThrownBy(() -> alice.fetchRecent(PLANNING, Window.latest(1)))
        .isInstanceOf(RateLimited.class);
    mishaps.usualLimit();
    assertThat(History.contents(History.whole(fixture.open("bob"), PLANNING)))
        .containsExactly("before");
  }

  @Test
  void whatIsNeverSentIsSaidToBeUnsent() {
    var bob = fixture.open("bob");
    fixture.discord().stop();
    assertThatThrownBy(() -> bob.post(Draft.of(PLANNING, "never"))).isInstanceOf(Unavailable.class);
  }

  @Test
  void aTopicWithoutAChannelIsRefusedWithTheListOfThoseThatHaveOne() {
    assertThatThrownBy(() -> alice.post(Draft.of(new TopicName("nowhere"), "x")))
        .isInstanceOf(NoSuchTopic.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("'planning'");
  }

  @Test
  void aReplyToWhatIsNoMessageOfDiscordIsRefused() {
    var draft = Draft.of(PLANNING, "x").inReplyTo(new MessageId("1700000000.000100"));
    assertThatThrownBy(() -> alice.post(draft)).isInstanceOf(ContentRejected.class);
  }

  @Test
  void theTokenIsShownNowhere() {
    var token = fixture.store().bot().token;
    fixture.discord().stop();
    assertThatThrownBy(() -> post("never")).hasMessageNotContaining(token);
    assertThat(alice.about().toString()).doesNotContain(token);
  }
}
