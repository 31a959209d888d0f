package dev.parley.adapters.outbound.discord;

import static dev.parley.adapters.outbound.discord.Fixture.PLANNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.reading.History;
import dev.parley.conformance.reading.LiveReader;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.participant.Sender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three sessions of three agents share one bot, and confer with a person. */
class ManySessionsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void everybodySeesEverybodyAttributedAndNobodySeesDoubles() throws Exception {
    try (var fixture = new Fixture(folder)) {
      confer(fixture, "{name}");
    }
  }

  @Test
  void theSameHoldsWhereTheBotMayNotManageWebhooks() throws Exception {
    try (var fixture = new Fixture(folder)) {
      fixture.channel().denied = Permissions.MANAGE_WEBHOOKS;
      confer(fixture, "parley-bot");
    }
  }

  private static void confer(Fixture fixture, String shownAs) {
    var agents = List.of("alice", "bob", "carol");
    var readers = new ArrayList<LiveReader>();
    var backends = agents.stream().map(fixture::open).toList();
    backends.forEach(backend -> readers.add(fixture.keep(new LiveReader(backend, PLANNING))));
    var person = fixture.store().person().orElseThrow();

    var question = backends.getFirst().post(Draft.of(PLANNING, "shall we?"));
    person.post(PLANNING, "what is it about?");
    backends.get(1).post(Draft.of(PLANNING, "we shall").inReplyTo(question));
    backends.get(2).post(Draft.of(PLANNING, "**alice:** is quoted here"));

    for (var reader : readers) {
      reader.await(4, PATIENCE);
      assertConferred(reader.read());
      assertThat(reader.handed()).doesNotHaveDuplicates();
    }
    backends.forEach(backend -> assertConferred(History.whole(backend, PLANNING)));
    var first = fixture.channel().withContent("shall we?").path("author").path("username");
    assertThat(first.asText()).isEqualTo(shownAs.replace("{name}", "alice"));
  }

  private static void assertConferred(List<Message> messages) {
    assertThat(messages)
        .extracting(message -> message.sender().handle() + ": " + message.content())
        .containsExactly(
            "alice: shall we?",
            "grace.hopper: what is it about?",
            "bob: we shall",
            "carol: **alice:** is quoted here");
    assertThat(messages)
        .extracting(message -> message.sender().kind())
        .containsExactly(
            Sender.Kind.AGENT, Sender.Kind.PERSON, Sender.Kind.AGENT, Sender.Kind.AGENT);
    assertThat(messages.get(2).parent()).isEqualTo(messages.getFirst().id());
  }
}
