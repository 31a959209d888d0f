package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.adapters.outbound.zulip.realm.RealmChannel;
import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.conformance.server.Prism;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.outbound.Finding.Level;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the adapter and the double against Zulip's OpenAPI description, by way of Prism: every call
 * in every shape that it has, and every shape of answer.
 */
@Timeout(180)
class ContractTest {

  private static final TopicName TOPIC = new TopicName("planning");

  @TempDir static Path folder;

  private static ZulipDouble server;
  private static Prism prism;
  private static Account bot;
  private static Account person;
  private static RealmChannel channel;

  @BeforeAll
  static void start() {
    server = new ZulipDouble().started();
    prism = new Prism(ZulipDescription.writtenInto(folder), server.url());
    bot = server.realm().bot("Parley");
    person = server.realm().person("Grace Hopper");
    channel = server.realm().channel("agents", bot, person);
  }

  @AfterAll
  static void stop() {
    prism.close();
    server.close();
  }

  @Test
  void a_session_from_first_to_last() {
    try (var backend = Fixture.open("alice", Fixture.config(prism.url(), bot, "agents"))) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var empty = backend.fetchRecent(TOPIC, Window.latest(3));
      var parent =
          backend.post(Draft.of(TOPIC, "@Grace-Hopper, <b>see</b> @**all**: \ud83d\ude00"));
      backend.post(Draft.of(TOPIC, "a reply").inReplyTo(parent));
      server.realm().send(person, channel, "planning", "thanks, @**Grace Hopper**");
      feed.untilContents(3);
      for (var window :
          List.of(
              Window.oldest(1),
              Window.latest(2),
              Window.after(empty.next(), 10),
              Window.before(empty.next(), 10))) {
        backend.fetchRecent(TOPIC, window);
      }
      assertThat(backend.resolveIdentity(new Handle("Grace-Hopper")).account()).isNotNull();
      assertThat(feed.contents()).hasSize(3);
      changeEverything(feed, backend.fetchRecent(TOPIC, Window.oldest(1)).next());
      assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).messages()).isNotEmpty();
    }
    assertThat(prism.violations()).isEmpty();
    assertThat(prism.requests()).isGreaterThan(15);
  }

  /** Every kind of event, and the look for a message that is gone. */
  private static void changeEverything(RecordingFeed feed, Cursor first) {
    var all = server.realm().topic(channel, "planning");
    server.realm().edit(all.get(1).id(), "**alice:** on second thoughts");
    server.realm().move(List.of(all.getLast()), "elsewhere");
    server.realm().delete(List.of(all.getFirst()));
    try (var late = Fixture.open("bob", Fixture.config(prism.url(), bot, "agents"))) {
      assertThat(late.fetchRecent(TOPIC, Window.after(first, 10)).gap()).isTrue();
    }
    var behinds = feed.behinds();
    server.realm().discardQueues();
    feed.untilBehind(behinds + 1);
    server.realm().send(person, channel, "planning", "and on");
    feed.untilContents(4);
  }

  @Test
  void every_refusal() {
    for (var stream : List.of("no such channel", "elsewhere", "announce")) {
      if (!stream.startsWith("no")) {
        var made = server.realm().channel(stream);
        if (stream.equals("announce")) {
          server.realm().channel("announce", bot).readOnly();
          server.realm().archive(made);
        }
      }
      try (var backend = Fixture.open("alice", Fixture.config(prism.url(), bot, stream))) {
        assertThat(catchThrowable(() -> backend.post(Draft.of(TOPIC, "x"))))
            .as(stream)
            .isInstanceOf(BackendException.class);
      }
    }
    assertThat(prism.violations()).isEmpty();
  }

  @Test
  void the_doctor() {
    var findings = new ZulipPlugin().diagnose(Fixture.config(prism.url(), bot, "agents"));
    assertThat(findings).noneMatch(finding -> finding.level() == Level.PROBLEM);
    assertThat(findings).extracting(finding -> finding.check()).contains("posting", "rate limit");
    assertThat(prism.violations()).isEmpty();
  }

  @Test
  void a_violation_is_noticed_on_either_side() throws IOException {
    try (var own = new ZulipDouble().started();
        var strict = new Prism(ZulipDescription.writtenInto(folder), own.url())) {
      var account = own.realm().bot("Parley");
      assertThat(status(strict, account, "/users/me")).isEqualTo(200);
      assertThat(strict.violations()).isEmpty();

      own.troubles().answerOddly("GET", "/users/me");
      assertThat(status(strict, account, "/users/me")).isEqualTo(500);
      assertThat(strict.violations()).hasSize(1);

      assertThat(status(strict, account, "/events?queue_id=x&last_event_id=first")).isEqualTo(422);
      assertThat(status(strict, account, "/no_such_call")).isEqualTo(404);
      assertThat(strict.violations()).hasSize(3);
    }
  }

  private static int status(Prism strict, Account account, String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create(strict.url() + "/api/v1" + path).toURL().openConnection();
    var credentials = account.email() + ":" + account.apiKey();
    connection.setRequestProperty(
        "Authorization",
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    return connection.getResponseCode();
  }
}
