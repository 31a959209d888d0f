package dev.parley.adapters.outbound.slack;

import static dev.parley.adapters.outbound.slack.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.LiveReader;
import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.message.Message;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Slack does with a Socket Mode connection, and what comes of it. */
class SocketModeTest {

  private static final Duration SOON = Duration.ofSeconds(8);

  private final Fixture fixture = new Fixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private LiveReader connectedReader() {
    var reader = new LiveReader(fixture.session("ada"), TOPIC);
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
    return reader;
  }

  private RecordingFeed liveFeed() {
    var feed = new RecordingFeed();
    fixture.session("ada").subscribe(TOPIC, feed);
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
    feed.untilBehind(1);
    says("a first message");
    feed.untilContents(1);
    return feed;
  }

  private void says(String text) {
    fixture.workspace().says(fixture.channel(), "U0GRACE", text);
  }

  @Test
  void events_are_acknowledged_and_not_told_again() {
    fixture.slack().sockets().patience(Duration.ofMillis(500));
    var reader = connectedReader();
    says("one");
    says("two");
    reader.await(2, SOON);
    await()
        .pollDelay(Duration.ofSeconds(1))
        .until(() -> fixture.slack().sockets().redelivered() == 0);
    assertThat(reader.handed()).extracting(Message::content).containsExactly("one", "two");
  }

  @Test
  void events_whose_acknowledgement_is_lost_are_told_again_and_are_one_message() {
    fixture.slack().sockets().patience(Duration.ofMillis(200));
    fixture.slack().sockets().loseAcknowledgements(2);
    var reader = connectedReader();
    says("one");
    says("two");
    await().until(() -> fixture.slack().sockets().redelivered() == 2);
    says("three");
    reader.await(3, SOON);
    assertThat(reader.handed()).extracting(Message::content).doesNotHaveDuplicates();
    assertThat(reader.read()).extracting(Message::content).containsExactly("one", "two", "three");
  }

  @Test
  void events_that_come_twice_and_out_of_order_are_one_message_each_in_order() {
    fixture.slack().sockets().tellTwice();
    fixture.workspace().disorder(Duration.ofMillis(150));
    var reader = connectedReader();
    IntStream.rangeClosed(1, 20).parallel().forEach(n -> says("n " + n));
    reader.await(20, SOON);
    assertThat(reader.read()).isEqualTo(Fixture.history(fixture.session("bob")));
    assertThat(reader.handed()).doesNotHaveDuplicates();
  }

  @Test
  void a_connection_that_slack_refreshes_is_replaced_before_it_goes_and_the_feed_is_behind() {
    var feed = liveFeed();
    var behinds = feed.behinds();
    fixture.slack().sockets().refresh(fixture.workspace());
    feed.untilBehind(behinds + 1);
    says("after the refresh");
    feed.untilContents(2);
    assertThat(feed.interruptions()).isEmpty();
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
  }

  @Test
  void a_connection_for_which_slack_asks_to_wait_is_made_then() {
    fixture.slack().trouble().limitNext("apps.connections.open", 1, 1);
    assertThat(liveFeed().interruptions()).isEmpty();
    assertThat(fixture.slack().trouble().calls("apps.connections.open")).isEqualTo(2);
  }

  @Test
  void a_connection_that_breaks_is_said_to_and_made_again() {
    var feed = liveFeed();
    var behinds = feed.behinds();
    fixture.slack().sockets().closeAll(fixture.workspace());
    feed.untilInterrupted(1);
    assertThat(feed.interruptions().getFirst()).hasMessageContaining("Socket Mode");
    feed.untilBehind(behinds + 1);
    says("again");
    feed.untilContents(2);
  }

  @Test
  void a_socket_that_is_silent_is_given_up_and_made_again() {
    var feed = liveFeed();
    var behinds = feed.behinds();
    fixture.slack().socketProxy().freeze();
    try {
      await().atMost(Duration.ofSeconds(20)).until(() -> !feed.interruptions().isEmpty());
    } finally {
      fixture.slack().socketProxy().thaw();
    }
    feed.untilBehind(behinds + 1);
    says("again");
    feed.untilContents(2);
  }

  @Test
  void socket_mode_that_is_turned_off_later_is_said() {
    var feed = liveFeed();
    fixture.workspace().turnSocketModeOff();
    fixture.slack().sockets().farewell(fixture.workspace(), "link_disabled");
    feed.untilInterrupted(1);
    assertThat(feed.interruptions().getFirst()).hasMessageContaining("turn Socket Mode on");
  }

  @Test
  void a_history_that_fails_interrupts_the_feed_until_it_is_there_again() {
    var feed = new RecordingFeed();
    fixture.session("ada", Map.of("request_timeout_ms", 1_000L)).subscribe(TOPIC, feed);
    feed.untilBehind(1);
    says("a first message");
    feed.untilContents(1);
    var behinds = feed.behinds();
    fixture.slack().trouble().failNext("conversations.history", 1_000);
    says("cannot be read");
    feed.untilInterrupted(1);
    assertThat(feed.interruptions().getFirst()).hasMessageContaining("status 500");
    fixture.slack().trouble().failNext("conversations.history", 0);
    feed.untilBehind(behinds + 1);
  }

  @Test
  void sessions_that_close_while_they_connect_leave_no_connection() {
    for (var n = 0; n < 20; n++) {
      var session = fixture.session("ada");
      session.subscribe(TOPIC, new RecordingFeed());
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(n));
      session.close();
    }
    await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 0);
  }

  @Test
  void one_that_closes_while_it_waits_for_a_pong_does_not_connect_again() {
    try (var connection = new Connection(SlackSettings.from(fixture.config(Map.of())))) {
      try (var socketMode = new SocketMode(connection, new Nobody())) {
        socketMode.start();
        await().until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 1);
        fixture.slack().socketProxy().freeze();
        await().until(() -> fixture.slack().socketProxy().holds());
      }
      fixture.slack().socketProxy().thaw();
      await()
          .pollDelay(Duration.ofSeconds(1))
          .until(() -> fixture.slack().sockets().connections(fixture.workspace()) == 0);
      assertThat(fixture.slack().trouble().calls("apps.connections.open")).isEqualTo(1);
    }
  }

  @Test
  void without_socket_mode_the_feed_says_why_and_messages_arrive_late() {
    fixture.workspace().turnSocketModeOff();
    var feed = new RecordingFeed();
    fixture.session("ada").subscribe(TOPIC, feed);
    feed.untilInterrupted(1);
    assertThat(feed.interruptions().getFirst()).hasMessageContaining("turn Socket Mode on");
    feed.untilBehind(1);
    says("late");
    feed.untilContents(1);
  }

  @Test
  void without_socket_mode_what_came_before_the_first_look_is_for_the_feed_to_read() {
    fixture.workspace().turnSocketModeOff();
    fixture.slack().trouble().limitNext("conversations.history", 1, 1);
    var feed = new RecordingFeed();
    fixture.session("ada").subscribe(TOPIC, feed);
    says("early");
    feed.untilBehind(1);
  }
}
