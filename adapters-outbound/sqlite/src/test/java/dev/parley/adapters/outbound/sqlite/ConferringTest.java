package dev.parley.adapters.outbound.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException.ContentRejected;
import dev.parley.ports.outbound.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConferringTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private Path folder;
  private Path database;
  private Backend backend;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    database = folder.resolve("bus #1? %41.db");
    backend = Fixture.open(database);
  }

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void a_post_is_in_the_history_of_another_backend_on_the_same_file() {
    var id = backend.post(Draft.of(TOPIC, "hello").inReplyTo(new MessageId("no such message")));

    try (var other = Fixture.open(database)) {
      var page = other.fetchRecent(TOPIC, Window.latest(10));
      assertThat(page.messages())
          .singleElement()
          .satisfies(message -> {
            assertThat(message.id()).isEqualTo(id);
            assertThat(message.content()).isEqualTo("hello");
            assertThat(message.sender().handle()).isEqualTo("agent");
            assertThat(message.sender().kind()).isEqualTo(Sender.Kind.AGENT);
            assertThat(message.parent()).isEqualTo(new MessageId("no such message"));
          });
    }
  }

  @Test
  void a_person_s_post_is_a_person_s() {
    try (var person = Fixture.open(database, Map.of(), Sender.Kind.PERSON)) {
      person.post(Draft.of(TOPIC, "I am human"));
    }

    assertThat(backend.fetchRecent(TOPIC, Window.latest(1)).messages())
        .extracting(message -> message.sender().kind())
        .containsExactly(Sender.Kind.PERSON);
  }

  @Test
  void pages_of_any_size_chain_to_the_whole_in_both_directions() {
    postMany(25);
    for (var size : new int[] {1, 3, 7, 24, 25, 26}) {
      assertThat(Fixture.history(backend, TOPIC, size))
          .extracting(Message::content)
          .containsExactlyElementsOf(numbers(25));
      assertThat(backwards(size)).containsExactlyElementsOf(numbers(25));
    }
  }

  private List<String> backwards(int size) {
    var page = backend.fetchRecent(TOPIC, Window.latest(size));
    var contents = new ArrayList<>(page.messages().stream().map(Message::content).toList());
    while (page.more()) {
      page = backend.fetchRecent(TOPIC, Window.before(page.messages().getFirst().cursor(), size));
      contents.addAll(0, page.messages().stream().map(Message::content).toList());
    }
    return contents;
  }

  @Test
  void the_tail_is_quiet_and_its_cursor_can_be_replayed() {
    var never = backend.fetchRecent(TOPIC, Window.latest(5));
    postMany(2);
    var page = backend.fetchRecent(TOPIC, Window.after(never.next(), 5));
    var tail = backend.fetchRecent(TOPIC, Window.after(page.next(), 5));

    assertThat(page.messages()).hasSize(2);
    assertThat(tail.messages()).isEmpty();
    assertThat(tail.next()).isEqualTo(page.next());
    assertThat(tail.more() || tail.gap() || page.gap()).isFalse();
  }

  @Test
  void a_page_stops_near_a_mebibyte_of_content() {
    var half = "x".repeat(600_000);
    IntStream.range(0, 3).forEach(n -> backend.post(Draft.of(TOPIC, half)));

    assertThat(backend.fetchRecent(TOPIC, Window.oldest(10)).messages()).hasSize(1);
    assertThat(Fixture.history(backend, TOPIC, 10)).hasSize(3);
    assertThat(backwards(10)).hasSize(3);
  }

  @Test
  void the_longest_content_is_taken_and_a_longer_one_refused() {
    var longest = "é".repeat(524_288);
    backend.post(Draft.of(TOPIC, longest));

    assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, longest + "x")))
        .isInstanceOf(ContentRejected.class)
        .hasMessageContaining("1,048,577")
        .hasMessageContaining("1,048,576");
    assertThat(Fixture.contents(backend, TOPIC)).containsExactly(longest);
  }

  @Test
  void a_post_repeated_with_its_key_is_stored_once() {
    var draft = Draft.of(TOPIC, "once").under(new IdempotencyKey("k"));
    var first = backend.post(draft);

    assertThat(backend.post(draft)).isEqualTo(first);
    assertThat(backend.post(Draft.of(new TopicName("other"), "x").under(new IdempotencyKey("k"))))
        .isNotEqualTo(first);
    assertThat(Fixture.contents(backend, TOPIC)).containsExactly("once");
  }

  @Test
  void concurrent_posts_each_get_their_own_id() throws InterruptedException {
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var ids = new ArrayList<MessageId>();
      for (var id :
          callers.invokeAll(
              IntStream.range(0, 200)
                  .mapToObj(n -> (Callable<MessageId>) () -> backend.post(Draft.of(TOPIC, "n" + n)))
                  .toList())) {
        ids.add(id.resultNow());
      }
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(Fixture.history(backend, TOPIC, 50))
          .extracting(Message::id)
          .containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void a_subscription_hears_every_later_message_of_its_topic_in_order() {
    postMany(3);
    var feed = new RecordingFeed();
    backend.subscribe(TOPIC, feed);
    feed.untilBehind(1);
    try (var other = Fixture.open(database)) {
      for (var n = 0; n < 20; n++) {
        (n % 2 == 0 ? backend : other).post(Draft.of(TOPIC, "m" + n));
        other.post(Draft.of(new TopicName("elsewhere"), "not for this feed"));
      }
    }
    feed.untilContents(20);

    assertThat(feed.contents())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(n -> "m" + n).toList());
  }

  @Test
  void nothing_reaches_a_feed_once_its_subscription_is_closed() {
    var closed = new RecordingFeed();
    var open = new RecordingFeed();
    var subscription = backend.subscribe(TOPIC, closed);
    backend.subscribe(TOPIC, open);
    closed.untilBehind(1);
    open.untilBehind(1);
    subscription.close();
    backend.post(Draft.of(TOPIC, "late"));
    open.untilContents(1);

    assertThat(closed.contents()).isEmpty();
  }

  @Test
  void the_files_are_private() throws IOException {
    backend.post(Draft.of(TOPIC, "secret"));
    try (var files = Files.list(folder)) {
      assertThat(files)
          .hasSize(3)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void about_says_where_and_what_without_being_asked_twice() {
    backend.post(Draft.of(TOPIC, "connected"));

    assertThat(backend.about().product()).isEqualTo("SQLite");
    assertThat(backend.about().version()).startsWith("3.");
    assertThat(backend.about().place()).isEqualTo(database.toString());
    assertThat(backend.about().connectedSince()).isNotNull();
  }

  private void postMany(int count) {
    numbers(count).forEach(number -> backend.post(Draft.of(TOPIC, number)));
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }
}
