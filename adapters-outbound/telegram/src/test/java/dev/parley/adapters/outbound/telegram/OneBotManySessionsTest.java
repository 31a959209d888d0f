package dev.parley.adapters.outbound.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three sessions with handles of their own behind one bot, and a person. */
class OneBotManySessionsTest {

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void everybodySeesEverybodyOnceAndRightlyAttributed() {
    var sessions = List.of(fixture.open("alice"), fixture.open("bob"), fixture.open("carol"));
    var feeds = sessions.stream().map(fixture::follow).toList();

    fixture.post(sessions.get(0), "shall we?");
    fixture.post(sessions.get(1), "we shall");
    fixture.say("**carol:** I am grace");
    fixture.history(sessions.get(2), 3);
    fixture.post(sessions.get(2), "grace: I am carol");
    fixture.say("thanks, @alice");

    for (var n = 0; n < sessions.size(); n++) {
      assertThat(fixture.history(sessions.get(n), 5))
          .extracting(m -> m.sender().handle(), m -> m.sender().kind(), Message::content)
          .containsExactly(
              tuple("alice", Kind.AGENT, "shall we?"),
              tuple("bob", Kind.AGENT, "we shall"),
              tuple("grace", Kind.PERSON, "**carol:** I am grace"),
              tuple("carol", Kind.AGENT, "grace: I am carol"),
              tuple("grace", Kind.PERSON, "thanks, @alice"));
      feeds.get(n).untilContents(5);
      assertThat(feeds.get(n).contents())
          .containsExactly(
              "shall we?",
              "we shall",
              "**carol:** I am grace",
              "grace: I am carol",
              "thanks, @alice");
    }
  }

  @Test
  void peopleSeeWhoSpeaksInBold() {
    fixture.post(fixture.open("alice"), "*not* bold");

    var shown = fixture.group().messages.lastEntry().getValue();
    assertThat(shown.path("text").asText()).isEqualTo("alice: *not* bold");
    assertThat(shown.path("entities")).hasSize(1);
    assertThat(shown.path("entities").get(0).path("type").asText()).isEqualTo("bold");
    assertThat(shown.path("entities").get(0).path("length").asInt()).isEqualTo("alice:".length());
  }

  @Test
  void aPersonWithoutUsernameIsMentionedByAccount() {
    var anna = fixture.telegram().newPerson("Ánna", null);
    fixture.telegram().join(fixture.group(), anna, "member");
    var alice = fixture.open("alice");
    fixture.store.awaitFetched();
    Fixture.soon().until(() -> alice.resolveIdentity(new Handle("Anna")).account() != null);

    fixture.post(alice, "hello @Anna, mail x@Anna.org");

    assertThat(fixture.telegram().notificationsOf(anna)).isEqualTo(1);
    assertThat(fixture.contents(alice)).containsExactly("hello @Anna, mail x@Anna.org");
    var shown = fixture.group().messages.lastEntry().getValue();
    var mention = shown.path("entities").get(1);
    var start = mention.path("offset").asInt();
    assertThat(shown.path("text").asText().substring(start, start + mention.path("length").asInt()))
        .isEqualTo("@Anna");
  }
}
