package dev.parley.adapters.inbound.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.inbound.FetchRecent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {

  private static final TopicName TOPIC = new TopicName("long");

  private final Numbers numbers = new Numbers();
  private final ReadAhead pages = new ReadAhead(numbers);

  /** A topic of numbered messages, that notes what is read and shown. */
  private static final class Numbers implements FetchRecent {

    final List<Integer> fetched = new CopyOnWriteArrayList<>();
    final List<Integer> shown = new CopyOnWriteArrayList<>();
    volatile int stored = 35;
    volatile boolean down;

    @Override
    public Page fetch(Query query) {
      if (down) {
        throw new Unavailable("it is down", Instant.EPOCH, new IllegalStateException("down"));
      }
      var from = query.window() instanceof Window.After(var cursor, _) ? number(cursor) : 0;
      fetched.add(from);
      var until = Math.min(stored, from + query.window().limit());
      var messages = IntStream.range(from, until).mapToObj(Numbers::message).toList();
      return new Page(messages, new Cursor("" + until), until < stored, false);
    }

    @Override
    public void shown(Page page) {
      page.messages().forEach(message -> shown.add(Integer.parseInt(message.content())));
    }

    private static int number(Cursor cursor) {
      return Integer.parseInt(cursor.value());
    }

    private static Message message(int number) {
      return new Message(
          new MessageId("id" + number),
          TOPIC,
          new Sender("peer", null, Sender.Kind.AGENT),
          "" + number,
          new Cursor("" + (number + 1)),
          Instant.EPOCH,
          null,
          Message.Condition.ORIGINAL);
    }
  }

  private List<Integer> readAfter(int cursor, int limit) throws InterruptedException {
    return readAfter(pages, cursor, limit);
  }

  private List<Integer> readAfter(ReadAhead pages, int cursor, int limit)
      throws InterruptedException {
    var query =
        new FetchRecent.Query(
            TOPIC, Window.after(new Cursor("" + cursor), limit), 1_000_000, Duration.ZERO);
    var json = pages.read(query).text();
    return IntStream.range(0, numbers.stored)
        .filter(number -> json.contains("\"content\":\"%d\"".formatted(number)))
        .boxed()
        .toList();
  }

  private static List<Integer> range(int from, int until) {
    return IntStream.range(from, until).boxed().toList();
  }

  @Test
  void after_two_pages_in_a_row_the_third_one_is_made_before_it_is_asked_for()
      throws InterruptedException {
    assertThat(readAfter(0, 10)).isEqualTo(range(0, 10));
    assertThat(numbers.fetched).containsExactly(0);
    assertThat(readAfter(10, 10)).isEqualTo(range(10, 20));
    await().until(() -> numbers.fetched.equals(List.of(0, 10, 20)));

    assertThat(numbers.shown).isEqualTo(range(0, 20));
    assertThat(readAfter(20, 10)).isEqualTo(range(20, 30));
    assertThat(numbers.shown).isEqualTo(range(0, 30));
    await().until(() -> numbers.fetched.equals(List.of(0, 10, 20, 30)));
  }

  @Test
  void the_end_of_a_topic_is_read_when_it_is_asked_for() throws InterruptedException {
    for (var from = 0; from < 30; from += 10) {
      assertThat(readAfter(from, 10)).hasSize(10);
    }
    await().until(() -> numbers.fetched.contains(30));
    numbers.stored = 37;

    assertThat(readAfter(30, 10)).isEqualTo(range(30, 37));
  }

  @Test
  void who_goes_elsewhere_gets_what_is_there() throws InterruptedException {
    assertThat(readAfter(0, 10)).hasSize(10);
    assertThat(readAfter(10, 10)).hasSize(10);

    assertThat(readAfter(20, 5)).isEqualTo(range(20, 25));
    assertThat(readAfter(5, 10)).isEqualTo(range(5, 15));
    assertThat(numbers.shown)
        .isEqualTo(
            Stream.of(range(0, 20), range(20, 25), range(5, 15)).flatMap(List::stream).toList());
  }

  @Test
  void a_page_that_lay_about_is_read_again() throws InterruptedException {
    var forgetful = new ReadAhead(numbers, Duration.ZERO);
    for (var from = 0; from < 30; from += 10) {
      assertThat(readAfter(forgetful, from, 10)).hasSize(10);
    }

    await().until(() -> numbers.fetched.stream().filter(from -> from == 20).count() == 2);
  }

  @Test
  void what_went_wrong_ahead_is_told_when_it_still_is_wrong() throws InterruptedException {
    assertThat(readAfter(0, 10)).hasSize(10);
    numbers.down = true;
    assertThatThrownBy(() -> readAfter(10, 10)).isInstanceOf(Unavailable.class);
    numbers.down = false;

    assertThat(readAfter(10, 10)).hasSize(10);
    assertThat(readAfter(20, 10)).hasSize(10);
  }
}
