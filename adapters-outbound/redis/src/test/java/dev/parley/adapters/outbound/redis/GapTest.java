package dev.parley.adapters.outbound.redis;

import static dev.parley.adapters.outbound.redis.Fixture.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.CursorRejected;
import dev.parley.ports.outbound.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a reader is told when entries are gone: never nothing when something is missing. */
class GapTest {

  private static final RedisServer SERVER = RedisServer.inMemory(RedisServer.redis());
  private static final RedisCli CLI = SERVER.cli();
  private static final String STREAM = "parley:ctx";

  private Backend backend;
  private List<Message> messages;

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /** Five messages, contents 1 to 5, an hour old. */
  @BeforeEach
  void postFive() {
    CLI.run("FLUSHALL");
    backend = Fixture.open(SERVER.port());
    var anHourAgo = System.currentTimeMillis() - 3_600_000;
    for (var n = 1; n <= 5; n++) {
      add(anHourAgo + n + "-0", Integer.toString(n));
    }
    messages = new ArrayList<>(backend.fetchRecent(TOPIC, Window.latest(5)).messages());
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void trimming_is_a_gap_for_who_has_not_read_that_far() {
    CLI.run("XTRIM", STREAM, "MAXLEN", "2");

    assertGap(1, true, "4", "5");
    assertGap(2, true, "4", "5");
    assertGap(4, false, "5");
    assertGap(5, false);
  }

  @Test
  void a_message_taken_out_of_the_middle_is_no_gap() {
    CLI.run("XDEL", STREAM, idOf(3));

    assertGap(1, false, "2", "4", "5");
    assertGap(2, false, "4", "5");
    assertGap(3, false, "4", "5");
  }

  @Test
  void who_has_read_to_the_end_is_not_alarmed_when_the_last_message_is_taken_out() {
    CLI.run("XDEL", STREAM, idOf(5));

    assertGap(5, false);
    assertGap(4, false);
  }

  @Test
  void a_topic_emptied_altogether_is_a_gap_for_who_has_not_read_to_its_end() {
    CLI.run("XTRIM", STREAM, "MAXLEN", "0");

    assertGap(1, true);
    assertGap(5, false);
  }

  @Test
  void who_looked_before_the_first_message_is_told_when_that_is_gone() {
    var other = new TopicName("other");
    var before = backend.fetchRecent(other, Window.latest(1)).next();
    backend.post(Draft.of(other, "first"));
    assertThat(backend.fetchRecent(other, Window.after(before, 10)).gap()).isFalse();
    backend.post(Draft.of(other, "second"));
    CLI.run("XTRIM", "parley:other", "MAXLEN", "1");

    var page = backend.fetchRecent(other, Window.after(before, 10));
    assertThat(page.messages()).extracting(Message::content).containsExactly("second");
    assertThat(page.gap()).isTrue();
  }

  @Test
  void a_deleted_topic_is_a_gap_until_it_was_read_anew() {
    CLI.run("DEL", STREAM);

    assertGap(5, true);
    backend.post(Draft.of(TOPIC, "new"));
    assertGap(5, true, "new");
    var next = backend.fetchRecent(TOPIC, Window.after(messages.getLast().cursor(), 10)).next();
    backend.post(Draft.of(TOPIC, "newer"));
    assertPage(next, false, "newer");
  }

  @Test
  void a_flushed_server_is_another_store_for_who_stayed_connected_too() {
    CLI.run("FLUSHALL");
    backend.post(Draft.of(TOPIC, "new"));

    assertGap(5, true, "new");
    try (var later = Fixture.open(SERVER.port())) {
      var page = later.fetchRecent(TOPIC, Window.after(messages.getLast().cursor(), 10));
      assertThat(page.gap()).isTrue();
      assertThat(page.messages()).extracting(Message::content).containsExactly("new");
      assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).next()).isEqualTo(page.next());
    }
  }

  @Test
  void a_stream_put_back_from_an_older_copy_is_a_gap_and_the_last_minute_is_read_again() {
    CLI.run("COPY", STREAM, "backup");
    var now = System.currentTimeMillis();
    add(now - 30_000 + "-0", "lost 1");
    add(now - 20_000 + "-0", "lost 2");
    var last = backend.fetchRecent(TOPIC, Window.latest(1)).next();
    CLI.run("COPY", "backup", STREAM, "REPLACE");

    assertPage(last, true);
    add(now - 25_000 + "-0", "of the new primary, by a clock that is behind");
    assertPage(last, true, "of the new primary, by a clock that is behind");
    add(now - 10_000 + "-0", "later");
    assertPage(last, true, "of the new primary, by a clock that is behind", "later");
    var next = backend.fetchRecent(TOPIC, Window.after(last, 10)).next();
    assertPage(next, false);
  }

  @Test
  void a_stream_made_again_by_a_clock_gone_back_is_a_gap_and_is_read_on() {
    CLI.run("DEL", STREAM);
    add("5-0", "in 1970");

    assertGap(1, true);
    var next = backend.fetchRecent(TOPIC, Window.after(messages.getFirst().cursor(), 10)).next();
    add("6-0", "later in 1970");
    assertPage(next, false, "later in 1970");
  }

  @Test
  void reading_back_ends_with_a_gap_where_older_messages_are_gone() {
    CLI.run("XTRIM", STREAM, "MAXLEN", "2");

    var window = Window.before(messages.get(2).cursor(), 10);
    assertThat(backend.fetchRecent(TOPIC, window).gap()).isTrue();
    var page = backend.fetchRecent(TOPIC, Window.before(messages.get(4).cursor(), 10));
    assertThat(page.gap()).isFalse();
    assertThat(page.messages()).extracting(Message::content).containsExactly("4");
  }

  @Test
  void trimming_between_two_parts_of_a_page_leaves_no_hole_in_it() throws InterruptedException {
    for (var n = 6; n <= 3_000; n++) {
      backend.post(Draft.of(TOPIC, Integer.toString(n)));
    }
    var first = messages.getFirst().cursor();
    var trimming =
        Thread.ofVirtual()
            .start(() -> {
              for (var kept = 2_900; kept > 1_000; kept -= 100) {
                CLI.run("XTRIM", STREAM, "MAXLEN", Integer.toString(kept));
              }
            });
    while (trimming.isAlive()) {
      var page = backend.fetchRecent(TOPIC, Window.after(first, 1_000));
      var numbers = page.messages().stream().map(m -> Integer.parseInt(m.content())).toList();
      for (var n = 1; n < numbers.size(); n++) {
        assertThat(numbers.get(n)).isEqualTo(numbers.get(n - 1) + 1);
      }
      assertThat(page.gap() || numbers.getFirst() == 2).isTrue();
    }
    trimming.join();
  }

  @Test
  void a_cursor_of_another_prefix_is_rejected() {
    try (var other =
        Fixture.open(Map.of("url", Fixture.url(SERVER.port()), "key_prefix", "other:"))) {
      assertThatThrownBy(
              () -> other.fetchRecent(TOPIC, Window.after(messages.getFirst().cursor(), 1)))
          .isInstanceOf(CursorRejected.class)
          .hasMessageContaining("belongs to another store");
    }
  }

  @Test
  void a_server_reached_by_another_name_takes_the_same_cursors() {
    try (var other = Fixture.open(Map.of("url", "redis://localhost:" + SERVER.port()))) {
      var page = other.fetchRecent(TOPIC, Window.after(messages.get(3).cursor(), 10));
      assertThat(page.messages()).extracting(Message::content).containsExactly("5");
      assertThat(page.gap()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1-", "-1", "01-0", "1-0x", "99999999999999999999-0", "1-0-0", "$"})
  void what_is_no_entry_id_is_rejected(String place) {
    var own = messages.getFirst().cursor().value();
    var cursor = new Cursor(own.substring(0, own.lastIndexOf(':') + 1) + place);

    assertThatThrownBy(() -> backend.fetchRecent(TOPIC, Window.after(cursor, 1)))
        .isInstanceOf(CursorRejected.class);
  }

  private void add(String id, String content) {
    CLI.run("XADD", STREAM, id, "sender", "a", "content", content);
  }

  private String idOf(int message) {
    return messages.get(message - 1).id().value();
  }

  private void assertGap(int afterMessage, boolean gap, String... contents) {
    assertPage(messages.get(afterMessage - 1).cursor(), gap, contents);
  }

  private void assertPage(Cursor after, boolean gap, String... contents) {
    var page = backend.fetchRecent(TOPIC, Window.after(after, 100));
    assertThat(page.messages()).extracting(Message::content).containsExactly(contents);
    assertThat(page.gap()).isEqualTo(gap);
  }
}
