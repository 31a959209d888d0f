package dev.parley.adapters.outbound.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.conformance.OpenStore;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.outbound.Backend;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a post when Telegram is slow, fails, or has moved the chat. */
class PostingTest {

  private final Fixture fixture = new Fixture();
  private final Backend alice = fixture.open("alice");

  @BeforeEach
  void inUse() {
    fixture.post(alice, "first");
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void waitsAsAskedAndPostsOnce() {
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.tooMany(1));
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.tooMany(null));

    fixture.post(alice, "patient");

    assertThat(fixture.contents(alice)).containsExactly("first", "patient");
    assertThat(fixture.group().messages.lastEntry().getValue().path("text").asText())
        .isEqualTo("alice: patient");
  }

  @Test
  void saysHowLongToWaitWhenThatIsTooLong() {
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.tooMany(40));

    var limited = catchThrowableOfType(RateLimited.class, () -> fixture.post(alice, "hasty"));

    assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(40));
    assertThat(fixture.contents(alice)).containsExactly("first");
  }

  @Test
  void aServerThatFailsAfterStoringIsNotAskedAgain() {
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.failsAfter());
    var calls = fixture.server.calls(fixture.bot(), "sendMessage");

    assertThatThrownBy(() -> fixture.post(alice, "perhaps")).isInstanceOf(OutcomeUnknown.class);

    assertThat(fixture.server.calls(fixture.bot(), "sendMessage")).isEqualTo(calls + 1);
    assertSaidToBeUnknown("perhaps");
  }

  @Test
  void aServerThatStoresAndSaysNothingLeavesTheOutcomeUnknownInTime() {
    var released = new CountDownLatch(1);
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.silentAfter(released));
    var begun = System.nanoTime();

    assertThatThrownBy(() -> fixture.post(alice, "swallowed")).isInstanceOf(OutcomeUnknown.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isLessThan(Duration.ofMillis(TelegramStore.REQUEST_TIMEOUT_MS).plusSeconds(2));
    released.countDown();
    assertSaidToBeUnknown("swallowed");
  }

  private void assertSaidToBeUnknown(String content) {
    var last = fixture.history(alice, 2).getLast();
    assertThat(last.condition()).isEqualTo(Condition.UNREADABLE);
    assertThat(last.content()).contains("may be in the chat").contains(content);
    assertThat(last.sender().handle()).isEqualTo("alice");
  }

  @Test
  void aChatThatMovedIsFollowedAndItsHistoryStays() {
    var before = fixture.history(alice).getFirst();
    var moved = fixture.telegram().upgrade(fixture.group(), fixture.grace());

    var id = fixture.post(alice, "after the move");

    assertThat(id.value()).startsWith(moved.id + ":");
    assertThat(fixture.history(alice)).first().isEqualTo(before);
    fixture.telegram().say(moved, fixture.grace(), m -> m.put("text", "here now"));
    assertThat(fixture.history(alice, 3))
        .extracting(Message::content)
        .containsExactly("first", "after the move", "here now");
  }

  @Test
  void aReplyIsTelegramsReplyAndKeepsItsParent() {
    var question = fixture.post(alice, "shall we?");
    var answer = alice.post(Draft.of(Fixture.TOPIC, "yes").inReplyTo(question));

    var shown = fixture.group().messages.lastEntry().getValue();
    assertThat(shown.path("reply_to_message").path("text").asText()).isEqualTo("alice: shall we?");
    assertThat(fixture.history(alice).getLast().id()).isEqualTo(answer);
    assertThat(fixture.history(alice).getLast().parent()).isEqualTo(question);
  }

  @Test
  void theTokenIsInNoError() {
    fixture.proxy.cut();
    var refused = catchThrowableOfType(BackendException.class, () -> fixture.post(alice, "cut"));
    fixture.proxy.mend();
    fixture.server.next(fixture.bot(), "sendMessage", Mishap.failsAfter());
    var unknown = catchThrowableOfType(BackendException.class, () -> fixture.post(alice, "500"));

    for (var error : new BackendException[] {refused, unknown}) {
      var trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain(fixture.bot().token).doesNotContain("/bot");
    }
    assertThat(
            TelegramSettings.from(OpenStore.config(new TelegramPlugin(), fixture.store.config()))
                .toString())
        .doesNotContain(fixture.bot().token);
  }
}
