package dev.parley.adapters.outbound.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Sender.Kind;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Misconfigured;
import dev.parley.ports.BackendException.NoSuchTopic;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is stored of what Telegram tells, and what is said of what it does not tell. */
class ObservingTest {

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void whatWasSaidWhileNobodyRanComesLater() {
    fixture.say("one");
    fixture.say("two");

    assertThat(fixture.history(fixture.open("alice"), 2))
        .extracting(Message::content)
        .containsExactly("one", "two");
  }

  @Test
  void anEditShowsTheLatestTextAndIsNotPushedAgain() {
    var alice = fixture.open("alice");
    var feed = fixture.follow(alice);
    fixture.say("helo");
    var before = fixture.history(alice, 1).getFirst();

    fixture
        .telegram()
        .edit(fixture.group(), fixture.group().messages.lastEntry().getValue(), "hello");
    Fixture.soon().until(() -> fixture.contents(alice).contains("hello"));
    fixture.post(alice, "next");

    var after = fixture.history(alice, 2).getFirst();
    assertThat(after.condition()).isEqualTo(Condition.EDITED);
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.cursor()).isEqualTo(before.cursor());
    feed.untilContents(2);
    assertThat(feed.contents()).containsExactly("helo", "next");
  }

  @Test
  void updatesThatExpiredAreAGapAndWhatFollowsIsNone() {
    var alice = fixture.open("alice");
    fixture.say("kept");
    var place = fixture.history(alice, 1).getFirst().cursor();
    alice.close();
    fixture.say("never polled");
    fixture.bot().updates.expire();
    fixture.say("a day later");

    var later = fixture.open("alice");
    fixture.history(later, 2);
    var page = later.fetchRecent(Fixture.TOPIC, Window.after(place, 10));

    assertThat(page.gap()).isTrue();
    assertThat(page.messages()).extracting(Message::content).containsExactly("a day later");
    assertThat(later.fetchRecent(Fixture.TOPIC, Window.after(page.next(), 10)).gap()).isFalse();
  }

  @Test
  void aGapInTheMiddleOfAPageEndsThePageBeforeIt() {
    var alice = fixture.open("alice");
    fixture.say("one");
    var place = fixture.history(alice, 1).getFirst().cursor();
    fixture.post(alice, "two");
    alice.close();
    fixture.say("never polled");
    fixture.bot().updates.expire();
    fixture.say("three");

    var later = fixture.open("alice");
    fixture.history(later, 3);
    var first = later.fetchRecent(Fixture.TOPIC, Window.after(place, 10));
    var second = later.fetchRecent(Fixture.TOPIC, Window.after(first.next(), 10));

    assertThat(first.messages()).extracting(Message::content).containsExactly("two");
    assertThat(first.gap()).isFalse();
    assertThat(first.more()).isTrue();
    assertThat(second.messages()).extracting(Message::content).containsExactly("three");
    assertThat(second.gap()).isTrue();
  }

  @Test
  void numbersThatStartAnewHoldNothingUp() {
    var alice = fixture.open("alice");
    fixture.say("before");
    fixture.history(alice, 1);
    fixture.store.awaitFetched();
    Fixture.soon().until(() -> fixture.server.calls(fixture.bot(), "getUpdates") > 3);
    fixture.bot().updates.renumber(17);
    fixture.say("a week later");

    assertThat(fixture.history(alice, 2))
        .last()
        .extracting(Message::content)
        .isEqualTo("a week later");
  }

  @Test
  void answersInTheWrongOrderAreStoredInTheRightOne() {
    fixture.bot().updates.answerBackwards();
    fixture.say("one");
    fixture.say("two");
    fixture.say("three");

    assertThat(fixture.history(fixture.open("alice"), 3))
        .extracting(Message::content)
        .containsExactly("one", "two", "three");
  }

  @Test
  void updatesThatAreDeliveredAgainAreStoredOnceAndStayInTheirPlace() {
    fixture.say("once");
    var alice = fixture.open("alice");
    fixture.history(alice, 1);
    var message = fixture.group().messages.lastEntry().getValue();
    fixture.post(alice, "between");
    fixture.bot().updates.add("message", message.objectNode().set("message", message.deepCopy()));
    fixture.say("last");

    assertThat(fixture.history(alice, 3))
        .extracting(Message::content)
        .containsExactly("once", "between", "last");
  }

  @Test
  void otherBotsAndHiddenAdministratorsAreUnverified() {
    var alice = fixture.open("alice");
    var bot = new Account(4_711, "Alice", "alice_bot", true);
    fixture.bot().updates.add("message", update("alice: I am alice", bot, false));
    fixture.bot().updates.add("message", update("so am I", fixture.grace(), true));

    assertThat(fixture.history(alice, 2))
        .extracting(m -> m.sender().kind())
        .containsOnly(Kind.UNVERIFIED);
  }

  private ObjectNode update(String text, Account from, boolean hidden) {
    var chat = Telegram.chat(fixture.group());
    var message = chat.objectNode();
    message
        .put("message_id", fixture.group().nextMessage++)
        .put("date", 1_700_000_000)
        .put("text", text);
    message.set("from", from.json());
    message.set("chat", chat);
    if (hidden) {
      message.set("sender_chat", chat.deepCopy());
    }
    return chat.objectNode().set("message", message);
  }

  @Test
  void aSecondPollerIsSaidAndForgottenOnceItIsGone() {
    var alice = fixture.open("alice");
    var feed = fixture.follow(alice);
    Fixture.soon()
        .until(() -> {
          fixture.bot().updates.interrupt();
          return !feed.interruptions().isEmpty();
        });

    assertThat(feed.interruptions().getFirst()).isInstanceOf(Misconfigured.class);
    feed.untilBehind(2);
    fixture.post(alice, "alone again");
  }

  @Test
  void numbersThatStartAnewBelowAfterADayWithoutPollingAreAGap() {
    var alice = fixture.open("alice");
    fixture.say("kept");
    var place = fixture.history(alice, 1).getFirst().cursor();
    alice.close();
    fixture.say("never polled");
    fixture.bot().updates.expire();
    fixture.bot().updates.renumber(17);
    fixture.say("much later");

    var later = fixture.open("alice");
    fixture.history(later, 2);

    assertThat(later.fetchRecent(Fixture.TOPIC, Window.after(place, 10)).gap()).isTrue();
  }

  @Test
  void retentionDeletesWhatIsOldAndSaysSo() {
    var old = update("old", fixture.grace(), false);
    fixture.bot().updates.add("message", old);
    var alice = fixture.open("alice", Map.of("retention_days", "1"));
    fixture.store.awaitFetched();
    fixture.say("new");

    Fixture.soon().until(() -> fixture.contents(alice).equals(List.of("new")));
  }

  @Test
  void aStoreThatIsDeletedWhileOpenIsSaidAndAnEmptyOneFollows() throws IOException {
    var alice = fixture.open("alice");
    var kept = fixture.post(alice, "kept");
    for (var end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(fixture.store.file() + end));
    }

    assertThatThrownBy(() -> fixture.history(alice))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining(fixture.store.file().toString());
    Fixture.soon().ignoreExceptions().until(() -> fixture.history(alice).isEmpty());
    Fixture.soon().ignoreExceptions().until(() -> !fixture.post(alice, "anew").equals(kept));
  }

  @Test
  void aTopicWithoutChatIsRefusedWithTheMap() {
    var alice = fixture.open("alice");

    assertThatThrownBy(() -> alice.fetchRecent(new TopicName("nowhere"), Window.latest(1)))
        .isInstanceOf(NoSuchTopic.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("planning")
        .hasMessageContaining("chat_map");
  }

  @Test
  void oneChatForTwoTopicsIsRefused() {
    var config = new TreeMap<>(Map.of("chat_map", "a=-1001\nb=-1001"));

    assertThatThrownBy(() -> fixture.open("alice", config))
        .isInstanceOf(Misconfigured.class)
        .hasMessageContaining("a chat of its own");
  }
}
