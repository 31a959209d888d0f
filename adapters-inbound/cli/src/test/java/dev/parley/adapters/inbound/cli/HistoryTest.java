package dev.parley.adapters.inbound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Handle;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window is read whole, however short the pages are that it comes in. */
class HistoryTest {

  private static final TopicName TOPIC = new TopicName("t");
  private static final int STORED = 20;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100})
  void the_newest_messages_come_in_order(int pageSize) throws InterruptedException {
    assertThat(read(Window.latest(8), pageSize)).containsExactly(13, 14, 15, 16, 17, 18, 19, 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100})
  void messages_after_a_cursor_come_in_order(int pageSize) throws InterruptedException {
    assertThat(read(Window.after(cursor(4), 6), pageSize)).containsExactly(5, 6, 7, 8, 9, 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 100})
  void messages_before_a_cursor_come_in_order(int pageSize) throws InterruptedException {
    assertThat(read(Window.before(cursor(10), 5), pageSize)).containsExactly(5, 6, 7, 8, 9);
  }

  @Test
  void a_window_beyond_the_history_gives_what_there_is() throws InterruptedException {
    assertThat(read(Window.latest(1000), 7)).hasSize(STORED);
    assertThat(read(Window.after(cursor(STORED), 5), 7)).isEmpty();
  }

  private static List<Integer> read(Window window, int pageSize) throws InterruptedException {
    return new History(new ShortPages(pageSize))
        .read(TOPIC, window).messages().stream().map(m -> Integer.valueOf(m.content())).toList();
  }

  private static Cursor cursor(int number) {
    return new Cursor("c" + number);
  }

  /** The numbers 1 to 20 as messages, at most so many in a page. */
  private record ShortPages(int pageSize) implements FetchRecent {

    @Override
    public Page fetch(Query query) {
      var size = Math.min(pageSize, query.window().limit());
      return switch (query.window()) {
        case Window.Latest _ -> backwards(STORED + 1, size, cursor(STORED));
        case Window.Before(var cursor, _) -> {
          var end = number(cursor);
          yield backwards(end, size, cursor(Math.max(1, end - size)));
        }
        case Window.After(var cursor, _) -> forwards(number(cursor), size);
        case Window.Oldest _ -> forwards(0, size);
      };
    }

    @Override
    public void shown(Page page) {}

    private static Page backwards(int end, int size, Cursor next) {
      var start = Math.max(1, end - size);
      return new Page(messages(start, end), next, start > 1, false);
    }

    private static Page forwards(int start, int size) {
      var end = Math.min(STORED + 1, start + 1 + size);
      return new Page(messages(start + 1, end), cursor(end - 1), end <= STORED, false);
    }

    private static int number(Cursor cursor) {
      return Integer.parseInt(cursor.value().substring(1));
    }

    private static List<Message> messages(int start, int end) {
      return IntStream.range(start, end)
          .mapToObj(n ->
              new Message(
                  new MessageId("m" + n),
                  TOPIC,
                  Sender.person(new Handle("ann")),
                  Integer.toString(n),
                  cursor(n),
                  Instant.EPOCH,
                  null,
                  Message.Condition.ORIGINAL))
          .toList();
    }
  }
}
