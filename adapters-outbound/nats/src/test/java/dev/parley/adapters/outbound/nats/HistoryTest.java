package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.outbound.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages of streams from which something is missing. */
class HistoryTest {

  private final OwnStream own = new OwnStream();
  private final String stream = own.name();

  @AfterEach
  void close() throws Exception {
    own.close();
  }

  private static List<Message> post(Backend backend, int from, int to) {
    IntStream.rangeClosed(from, to)
        .forEach(n -> backend.post(Draft.of(OwnStream.TOPIC, Integer.toString(n))));
    return Fixture.history(backend, OwnStream.TOPIC, 1_000);
  }

  private static List<String> contents(Page page) {
    return page.messages().stream().map(Message::content).toList();
  }

  private static Page after(Backend backend, Cursor cursor, int limit) {
    return backend.fetchRecent(OwnStream.TOPIC, Window.after(cursor, limit));
  }

  @ParameterizedTest
  @EnumSource
  void a_message_deleted_between_others_is_no_gap(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 6);
    own.bridge(servers).deleteMessage(stream, 3);
    own.bridge(servers).deleteMessage(stream, 4);

    var page = after(backend, messages.get(1).cursor(), 2);

    assertThat(contents(page)).containsExactly("5", "6");
    assertThat(page.gap()).isFalse();
    assertThat(page.more()).isFalse();
    assertThat(
            contents(
                backend.fetchRecent(OwnStream.TOPIC, Window.before(messages.get(5).cursor(), 3))))
        .containsExactly("1", "2", "5");
    assertThat(contents(backend.fetchRecent(OwnStream.TOPIC, Window.latest(3))))
        .containsExactly("2", "5", "6");
  }

  @ParameterizedTest
  @EnumSource
  void deleting_the_newest_leaves_a_quiet_tail_that_can_be_replayed(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 4);
    own.bridge(servers).deleteMessage(stream, 4);
    own.bridge(servers).deleteMessage(stream, 3);

    var page = after(backend, messages.get(1).cursor(), 10);
    assertThat(page.messages()).isEmpty();
    assertThat(page.gap()).isFalse();
    backend.post(Draft.of(OwnStream.TOPIC, "5"));

    assertThat(contents(after(backend, page.next(), 10))).containsExactly("5");
    assertThat(contents(after(backend, messages.get(1).cursor(), 10))).containsExactly("5");
  }

  @ParameterizedTest
  @EnumSource
  void what_fell_to_retention_is_a_gap_once(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 6);
    own.bridge(servers).trim(stream, 2);

    var page = after(backend, messages.get(1).cursor(), 1);
    assertThat(contents(page)).containsExactly("5");
    assertThat(page.gap()).isTrue();
    assertThat(page.more()).isTrue();
    assertThat(after(backend, page.next(), 1).gap()).isFalse();
    assertThat(after(backend, messages.get(3).cursor(), 10).gap()).isFalse();
    assertThat(
            backend.fetchRecent(OwnStream.TOPIC, Window.before(messages.get(1).cursor(), 2)).gap())
        .isTrue();
    assertThat(
            backend.fetchRecent(OwnStream.TOPIC, Window.before(messages.get(4).cursor(), 2)).gap())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void when_all_fell_to_retention_the_gap_is_told_once(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 4);
    own.bridge(servers).trim(stream, 0);

    var page = after(backend, messages.get(1).cursor(), 10);
    assertThat(page.messages()).isEmpty();
    assertThat(page.gap()).isTrue();
    var next = after(backend, page.next(), 10);
    assertThat(next.gap()).isFalse();
    backend.post(Draft.of(OwnStream.TOPIC, "5"));
    assertThat(contents(after(backend, next.next(), 10))).containsExactly("5");
    assertThat(after(backend, messages.get(3).cursor(), 10).gap()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_made_anew_under_a_reader_is_a_gap_and_its_ids_are_new(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 4);
    own.bridge(servers).deleteStream(stream);
    var id = backend.post(Draft.of(OwnStream.TOPIC, "anew"));

    var page = after(backend, messages.get(3).cursor(), 10);

    assertThat(contents(page)).containsExactly("anew");
    assertThat(page.gap()).isTrue();
    assertThat(page.messages().getFirst().id()).isEqualTo(id);
    assertThat(messages).extracting(Message::id).doesNotContain(id);
  }

  @ParameterizedTest
  @EnumSource
  void a_topic_whose_stream_is_gone_is_empty_with_one_gap(SharedServers servers) {
    var backend = own.parley(servers);
    var messages = post(backend, 1, 2);
    own.bridge(servers).deleteStream(stream);

    var page = after(backend, messages.getFirst().cursor(), 10);
    assertThat(page.messages()).isEmpty();
    assertThat(page.gap()).isTrue();
    assertThat(after(backend, page.next(), 10).gap()).isFalse();
    backend.post(Draft.of(OwnStream.TOPIC, "anew"));
    assertThat(contents(after(backend, page.next(), 10))).containsExactly("anew");
  }

  @ParameterizedTest
  @EnumSource
  void reading_makes_no_stream(SharedServers servers) {
    assertThat(own.parley(servers).fetchRecent(OwnStream.TOPIC, Window.latest(1)).messages())
        .isEmpty();
    assertThat(own.bridge(servers).streams()).doesNotContain(stream);
  }

  @ParameterizedTest
  @EnumSource
  void a_cursor_of_another_topic_is_rejected(SharedServers servers) {
    var backend = own.parley(servers);
    var cursor = post(backend, 1, 1).getFirst().cursor();
    var other = new TopicName("other");
    backend.post(Draft.of(other, "x"));

    assertThatThrownBy(() -> backend.fetchRecent(other, Window.after(cursor, 1)))
        .isInstanceOf(CursorRejected.class);
  }

  @ParameterizedTest
  @EnumSource
  void a_wide_hole_costs_no_seconds_in_either_direction(SharedServers servers) {
    var backend = own.parley(servers);
    var first = post(backend, 1, 3).getLast();
    var count = 20_000;
    var bridge = own.bridge(servers);
    bridge.publishMany(own.subject(), count);
    for (var n = 0; n < count; n++) {
      bridge.deleteMessage(stream, 4 + n);
    }
    var last = backend.post(Draft.of(OwnStream.TOPIC, "last"));

    var begun = System.nanoTime();
    var forwards = after(backend, first.cursor(), 10);
    var backwards = backend.fetchRecent(OwnStream.TOPIC, Window.latest(3));
    var took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(contents(forwards)).containsExactly("last");
    assertThat(forwards.messages().getFirst().id()).isEqualTo(last);
    assertThat(forwards.gap()).isFalse();
    assertThat(contents(backwards)).containsExactly("2", "3", "last");
    assertThat(backwards.more()).isTrue();
    assertThat(took).isLessThan(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @EnumSource
  void heavy_messages_make_short_pages_that_chain_both_ways(SharedServers servers) {
    var backend = own.parley(servers);
    for (var n = 0; n < 8; n++) {
      backend.post(Draft.of(OwnStream.TOPIC, n + "x".repeat(400_000)));
    }
    for (var n = 8; n < 12; n++) {
      backend.post(Draft.of(OwnStream.TOPIC, n + "y"));
    }
    var all = Fixture.history(backend, OwnStream.TOPIC, 100);
    assertThat(all).hasSize(12);

    var backwards = new ArrayList<Message>();
    var page = backend.fetchRecent(OwnStream.TOPIC, Window.latest(100));
    backwards.addAll(0, page.messages());
    while (page.more()) {
      var window = Window.before(page.messages().getFirst().cursor(), 100);
      page = backend.fetchRecent(OwnStream.TOPIC, window);
      assertThat(page.messages().stream().mapToLong(m -> m.content().length()).sum())
          .isLessThan(2_000_000);
      backwards.addAll(0, page.messages());
    }
    assertThat(backwards).isEqualTo(all);
  }

  // From such a stream pages are given by consumers, whatever the server.
  private ForeignBridge withoutDirectGets(SharedServers servers) {
    var bridge = own.bridge(servers);
    bridge.createStream(stream, own.subject());
    return bridge;
  }

  @ParameterizedTest
  @EnumSource
  void many_pages_in_a_row_are_the_whole_history(SharedServers servers) {
    var backend = own.parley(servers);
    withoutDirectGets(servers);
    var all = post(backend, 1, 200);

    assertThat(Fixture.history(backend, OwnStream.TOPIC, 2)).isEqualTo(all);
  }

  @ParameterizedTest
  @EnumSource
  void whoever_reads_on_is_served_by_the_consumer_of_the_page_before(SharedServers servers) {
    var backend = own.parley(servers);
    var bridge = withoutDirectGets(servers);
    post(backend, 1, 6);

    var first = backend.fetchRecent(OwnStream.TOPIC, Window.oldest(2));
    await().until(() -> bridge.consumers(stream).size() == 1);
    var left = bridge.consumers(stream);
    var second = after(backend, first.next(), 2);

    assertThat(contents(second)).containsExactly("3", "4");
    assertThat(bridge.consumers(stream)).isEqualTo(left);
    assertThat(contents(after(backend, second.next(), 2))).containsExactly("5", "6");
    await().until(() -> bridge.consumers(stream).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void a_consumer_that_the_server_lost_between_two_pages_is_made_again(SharedServers servers) {
    var timeout = Duration.ofSeconds(12);
    var backend = own.parley(servers, Map.of("request_timeout_ms", timeout.toMillis()));
    var bridge = withoutDirectGets(servers);
    post(backend, 1, 5);
    var first = backend.fetchRecent(OwnStream.TOPIC, Window.oldest(2));
    // The one of the pages before, whose removal nobody waits for, is gone then.
    await().until(() -> bridge.consumers(stream).size() == 1);
    bridge.consumers(stream).forEach(name -> bridge.deleteConsumer(stream, name));

    var begun = System.nanoTime();
    var second = after(backend, first.next(), 2);
    var took = Duration.ofNanos(System.nanoTime() - begun);

    assertThat(contents(second)).containsExactly("3", "4");
    assertThat(second.more()).isTrue();
    // Within the first attempt.
    assertThat(took).isLessThan(timeout.dividedBy(Requests.ATTEMPTS));
  }

  @ParameterizedTest
  @EnumSource
  void two_who_read_in_turn_leave_one_consumer_at_most(SharedServers servers) {
    var backend = own.parley(servers);
    var bridge = withoutDirectGets(servers);
    var all = post(backend, 1, 9);
    var ahead = all.get(3).cursor();
    var behind = after(backend, all.getFirst().cursor(), 1).next();
    for (var n = 3; n <= 6; n++) {
      var further = after(backend, ahead, 1);
      assertThat(contents(further)).containsExactly(Integer.toString(n + 2));
      var following = after(backend, behind, 1);
      assertThat(contents(following)).containsExactly(Integer.toString(n));
      ahead = further.next();
      behind = following.next();
    }

    // Sooner than the server forgets those that nobody asks.
    await().atMost(Duration.ofSeconds(3)).until(() -> bridge.consumers(stream).size() <= 1);
  }
}
