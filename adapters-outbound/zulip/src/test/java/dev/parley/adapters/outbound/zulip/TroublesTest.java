package dev.parley.adapters.outbound.zulip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.zulip.realm.Account;
import dev.parley.adapters.outbound.zulip.realm.RealmChannel;
import dev.parley.adapters.outbound.zulip.realm.Troubles;
import dev.parley.adapters.outbound.zulip.realm.ZulipDouble;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.OutcomeUnknown;
import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can go wrong with a server that is there. */
@Timeout(60)
class TroublesTest {

  private static final TopicName TOPIC = new TopicName("planning");
  private static final String POSTS = "/messages";

  private final ZulipDouble server = new ZulipDouble().started();
  private final Troubles troubles = server.troubles();
  private final Account bot = server.realm().bot("Parley");
  private final Account person = server.realm().person("Grace Hopper");
  private final RealmChannel channel = server.realm().channel("agents", bot, person);
  private Backend backend;

  @BeforeEach
  void open() {
    backend = Fixture.open("alice", Fixture.config(server.url(), bot, "agents"));
    backend.post(Draft.of(TOPIC, "first"));
  }

  @AfterEach
  void close() {
    backend.close();
    server.close();
  }

  /** A feed that has been handed everything so far. */
  private RecordingFeed followed() {
    var early = new RecordingFeed();
    backend.subscribe(TOPIC, early);
    early.untilPushed(backend, TOPIC);
    var feed = new RecordingFeed();
    backend.subscribe(TOPIC, feed);
    backend.post(Draft.of(TOPIC, "followed"));
    untilSaid(feed, 1);
    return feed;
  }

  /** What came from then on: what the other feed waited for may come before. */
  private static List<String> said(RecordingFeed feed) {
    return feed.contents().stream().dropWhile(content -> !content.equals("followed")).toList();
  }

  private static void untilSaid(RecordingFeed feed, int messages) {
    await().until(() -> said(feed).size() >= messages);
  }

  /** A person's message that has its id when this returns, and is stored after so long. */
  private Thread beginsToSay(String text, Duration takes) throws InterruptedException {
    var numbered = new CountDownLatch(1);
    var saying =
        Thread.startVirtualThread(() ->
            server.realm().send(person, channel, "planning", text, takes, numbered::countDown));
    numbered.await();
    return saying;
  }

  @Test
  void a_queue_that_was_thrown_away_is_made_again_and_said_as_behind() {
    var feed = followed();
    var behinds = feed.behinds();
    server.realm().discardQueues();
    feed.untilBehind(behinds + 1);
    backend.post(Draft.of(TOPIC, "and on"));
    untilSaid(feed, 2);
    assertThat(feed.interruptions()).isEmpty();
  }

  @Test
  void a_poll_that_fails_is_said_and_resumed() {
    var feed = followed();
    var behinds = feed.behinds();
    troubles.fail("GET", "/events", 502);
    // Ends the poll that is waiting.
    backend.post(Draft.of(TOPIC, "second"));
    feed.untilInterrupted(1);
    feed.untilBehind(behinds + 1);
    backend.post(Draft.of(TOPIC, "third"));
    untilSaid(feed, 3);
    assertThat(said(feed)).containsExactly("followed", "second", "third");
    assertThat(feed.interruptions()).allMatch(Unavailable.class::isInstance);
  }

  @Test
  void events_that_come_again_are_handed_over_once() {
    troubles.forgetful(true);
    var feed = followed();
    for (var n = 0; n < 5; n++) {
      backend.post(Draft.of(TOPIC, "post " + n));
    }
    untilSaid(feed, 6);
    assertThat(said(feed)).doesNotHaveDuplicates();
  }

  private void isUnknownAndStoredOnce(Consumer<Troubles> trouble) {
    trouble.accept(troubles);
    assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "perhaps")))
        .isInstanceOf(OutcomeUnknown.class)
        .hasMessageContaining("look into the topic");
    assertThat(Fixture.contents(backend, TOPIC)).containsOnlyOnce("perhaps");
  }

  @Test
  void a_post_that_was_stored_before_the_connection_broke_is_of_unknown_outcome() {
    isUnknownAndStoredOnce(t -> t.doAndHangUp("POST", POSTS));
  }

  @Test
  void a_post_that_was_stored_before_the_server_failed_is_of_unknown_outcome() {
    isUnknownAndStoredOnce(t -> t.doAndFail("POST", POSTS, 500));
  }

  @Test
  void a_post_that_was_stored_and_confirmed_too_late_is_of_unknown_outcome() {
    isUnknownAndStoredOnce(t -> t.doAndAnswerLate("POST", POSTS, Duration.ofSeconds(6)));
  }

  @Test
  void a_page_of_a_server_that_fails_is_unavailable() {
    troubles.fail("GET", POSTS, 500);
    assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.latest(1)))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("HTTP 500");
  }

  @Test
  void a_limit_of_the_rate_is_honoured_however_it_is_said() {
    troubles.limitRate("POST", POSTS, "0.3", 0);
    backend.post(Draft.of(TOPIC, "by header"));
    troubles.limitRate("POST", POSTS, null, 0.3);
    backend.post(Draft.of(TOPIC, "by body"));
    troubles.limitRate("POST", POSTS, null, 0);
    backend.post(Draft.of(TOPIC, "not at all"));
    assertThat(Fixture.contents(backend, TOPIC))
        .containsExactly("first", "by header", "by body", "not at all");
  }

  @Test
  void a_limit_of_the_rate_that_lasts_too_long_is_said() {
    troubles.limitRate("POST", POSTS, "60", 0);
    assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "later")))
        .isInstanceOfSatisfying(
            RateLimited.class,
            limited -> assertThat(limited.retryAfter()).isEqualTo(Duration.ofMinutes(1)));
    assertThat(Fixture.contents(backend, TOPIC)).containsExactly("first");
  }

  @Test
  void messages_that_are_moved_are_no_loss_there_and_said_as_behind_here() {
    var feed = followed();
    server.realm().send(person, channel, "elsewhere", "moved in");
    var place = backend.fetchRecent(TOPIC, Window.latest(1)).next();
    backend.post(Draft.of(TOPIC, "last"));
    untilSaid(feed, 2);
    var behinds = feed.behinds();

    server.realm().move(server.realm().topic(channel, "elsewhere"), "Planning");

    feed.untilBehind(behinds + 1);
    assertThat(Fixture.contents(backend, TOPIC)).endsWith("followed", "moved in", "last");
    server.realm().move(server.realm().topic(channel, "planning"), "done");
    var page = backend.fetchRecent(TOPIC, Window.after(place, 10));
    assertThat(page.gap()).isFalse();
    assertThat(page.messages()).isEmpty();
  }

  @Test
  void messages_that_overtake_each_other_are_read_in_the_order_of_ids() throws Exception {
    var feed = followed();
    server.realm().slowestTransaction(Duration.ofMillis(250));
    var begun = new CountDownLatch(1);
    var writers =
        List.of("a", "b", "c", "d", "e", "f").stream()
            .map(text ->
                Thread.startVirtualThread(() -> {
                  begun.countDown();
                  server.realm().send(person, channel, "planning", text);
                  server.realm().send(person, channel, "planning", text + text);
                }))
            .toList();
    begun.await();
    var page = backend.fetchRecent(TOPIC, Window.after(Fixture.at(backend, TOPIC, "followed"), 50));
    for (var writer : writers) {
      writer.join();
    }
    untilSaid(feed, 13);
    var rest = backend.fetchRecent(TOPIC, Window.after(page.next(), 50));
    var inOrder =
        server.realm().topic(channel, "planning").stream()
            .dropWhile(m -> !m.content().endsWith("followed"))
            .skip(1)
            .map(m -> "" + m.id())
            .toList();
    var paged =
        Stream.concat(page.messages().stream(), rest.messages().stream())
            .map(m -> m.id().value())
            .toList();
    assertThat(paged).isEqualTo(inOrder);
    assertThat(said(feed))
        .isEqualTo(
            backend.fetchRecent(TOPIC, Window.latest(13)).messages().stream()
                .map(m -> m.content())
                .toList());
  }

  @Test
  void a_page_misses_nothing_that_was_stored_while_its_answer_was_under_way() throws Exception {
    var feed = followed();
    var cursor = Fixture.at(backend, TOPIC, "followed");
    var slow = beginsToSay("slow", Duration.ofMillis(150));
    server.realm().send(person, channel, "planning", "fast");
    troubles.tellLate("GET", "/messages", Duration.ofMillis(400));
    var page = backend.fetchRecent(TOPIC, Window.after(cursor, 10));
    slow.join();
    untilSaid(feed, 3);
    assertThat(page.messages()).extracting(Message::content).containsExactly("slow", "fast");
  }

  @Test
  void what_comes_later_than_can_be_waited_for_is_said_as_behind() throws Exception {
    var feed = followed();
    var late = beginsToSay("late", Duration.ofMillis(1_500));
    backend.post(Draft.of(TOPIC, "fast"));
    untilSaid(feed, 2);
    var behinds = feed.behinds();
    late.join();
    feed.untilBehind(behinds + 1);
    assertThat(said(feed)).containsExactly("followed", "fast");
  }

  @Test
  void closing_does_not_wait_for_a_server_that_does_not_say_who_somebody_is() {
    followed();
    troubles.doAndAnswerLate("GET", "/users", Duration.ofSeconds(8));
    server.realm().send(person, channel, "planning", "who am I?");
    await().until(troubles::areOver);
    var begun = System.nanoTime();
    backend.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void a_server_with_a_smaller_limit_is_asked_for_it() {
    try (var small = new ZulipDouble(1_000).started()) {
      var account = small.realm().bot("Parley");
      var _ = small.realm().channel("agents", account);
      try (var strict =
          Fixture.open("alice", Fixture.config(small.url(), account, "agents", Map.of()))) {
        strict.post(Draft.of(TOPIC, "x".repeat(600)));
        assertThat(strict.about().limit().size()).isEqualTo(600);
        assertThatThrownBy(() -> strict.post(Draft.of(TOPIC, "x".repeat(601))))
            .hasMessageContaining("601")
            .hasMessageContaining("600");
        assertThat(Fixture.contents(strict, TOPIC)).containsExactly("x".repeat(600));
      }
    }
  }
}
