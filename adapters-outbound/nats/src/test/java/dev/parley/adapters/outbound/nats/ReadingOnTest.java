package dev.parley.adapters.outbound.nats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.Message;
import dev.parley.ports.outbound.Backend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading at the end of a topic again and again, as whoever waits for messages does. */
class ReadingOnTest {

  private final OwnStream own = new OwnStream();
  private final String stream = own.name();

  @AfterEach
  void close() throws Exception {
    own.close();
  }

  /** The end of a topic with three messages, as a reader has seen it. */
  private static Cursor endSeenBy(Backend reader, Backend writer) {
    post(writer, 1, 3);
    return reader.fetchRecent(OwnStream.TOPIC, Window.latest(3)).next();
  }

  private static void post(Backend backend, int from, int to) {
    for (var n = from; n <= to; n++) {
      backend.post(Draft.of(OwnStream.TOPIC, Integer.toString(n)));
    }
  }

  private static Page after(Backend backend, Cursor cursor, int limit) {
    return backend.fetchRecent(OwnStream.TOPIC, Window.after(cursor, limit));
  }

  private static List<String> contents(Page page) {
    return page.messages().stream().map(Message::content).toList();
  }

  @ParameterizedTest
  @EnumSource
  void the_end_and_what_comes_after_it_are_read_without_a_consumer(SharedServers servers) {
    var backend = own.parley(servers);
    var end = endSeenBy(backend, backend);
    var consumers = own.bridge(servers).consumersMadeFromNowOn(stream);

    var quiet = after(backend, end, 10);
    post(backend, 4, 4);
    var next = after(backend, quiet.next(), 10);

    assertThat(quiet).isEqualTo(new Page(List.of(), end, false, false));
    assertThat(contents(next)).containsExactly("4");
    assertThat(next.more()).isFalse();
    assertThat(next.gap()).isFalse();
    assertThat(consumers.get()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void several_that_came_since_come_together(SharedServers servers) {
    var backend = own.parley(servers);
    var end = endSeenBy(backend, own.parley(servers));
    post(own.parley(servers), 4, 8);

    var some = after(backend, end, 2);

    assertThat(contents(some)).containsExactly("4", "5");
    assertThat(some.more()).isTrue();
    assertThat(contents(after(backend, some.next(), 10))).containsExactly("6", "7", "8");
  }

  @ParameterizedTest
  @EnumSource
  void several_of_which_the_first_or_the_last_was_deleted_are_no_gap(SharedServers servers) {
    var backend = own.parley(servers);
    var end = endSeenBy(backend, own.parley(servers));
    post(own.parley(servers), 4, 6);
    own.bridge(servers).deleteMessage(stream, 4);
    own.bridge(servers).deleteMessage(stream, 6);

    var page = after(backend, end, 10);

    assertThat(contents(page)).containsExactly("5");
    assertThat(page.more()).isFalse();
    assertThat(page.gap()).isFalse();
    assertThat(after(backend, page.next(), 10).messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void several_of_which_the_first_fell_to_retention_are_a_gap(SharedServers servers) {
    var backend = own.parley(servers);
    var end = endSeenBy(backend, own.parley(servers));
    post(own.parley(servers), 4, 6);
    own.bridge(servers).trim(stream, 2);

    var page = after(backend, end, 10);

    assertThat(contents(page)).containsExactly("5", "6");
    assertThat(page.gap()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_made_anew_since_is_a_gap(SharedServers servers) {
    var backend = own.parley(servers);
    var end = endSeenBy(backend, own.parley(servers));
    own.bridge(servers).deleteStream(stream);
    post(own.parley(servers), 4, 8);

    var page = after(backend, end, 10);

    assertThat(contents(page)).containsExactly("4", "5", "6", "7", "8");
    assertThat(page.gap()).isTrue();
  }
}
