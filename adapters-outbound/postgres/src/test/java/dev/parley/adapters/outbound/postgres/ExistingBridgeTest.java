package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.reading.RecordingFeed;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.participant.Sender;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** A database whose tables a bridge in the field made, and goes on using. */
@Timeout(60)
class ExistingBridgeTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final int POSTS = 60;

  private PostgresStore store;

  @BeforeEach
  void create() {
    store = Fixture.newStore();
    ExistingBridge.makeTables(store);
  }

  @AfterEach
  void drop() {
    store.close();
  }

  @Test
  void its_messages_are_read_in_full() {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages VALUES (1, 'ctx', 'planner', 'first',"
                + " '2025-02-03T04:05:06.789Z', NULL)",
            "INSERT INTO parley_messages VALUES (2, 'other', 'planner', 'elsewhere', '', NULL)",
            "INSERT INTO parley_messages VALUES (3, 'ctx', 'coder', 'second', '2025-02-03', '1')");

    try (var backend = Fixture.open(store)) {
      var messages = backend.fetchRecent(TOPIC, Window.latest(10)).messages();
      assertThat(messages)
          .extracting(m -> m.id().value(), m -> m.sender().handle(), Message::content)
          .containsExactly(tuple("1", "planner", "first"), tuple("3", "coder", "second"));
      assertThat(messages.getFirst().timestamp())
          .isEqualTo(Instant.parse("2025-02-03T04:05:06.789Z"));
      assertThat(messages.getLast().parent()).isEqualTo(new MessageId("1"));
      assertThat(messages)
          .allSatisfy(m -> assertThat(m.sender().kind()).isEqualTo(Sender.Kind.AGENT));
    }
  }

  @Test
  void each_hears_what_the_other_posts() throws SQLException {
    try (var backend = Fixture.open(store);
        var connection = store.server().admin(store.database());
        var listening = store.server().admin(store.database());
        var listen = listening.createStatement()) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      listen.execute("LISTEN " + Channels.nameOf(TOPIC));

      new ExistingBridge(connection, "bridge").post(TOPIC, "from the bridge");
      var id = backend.post(Draft.of(TOPIC, "from parley").under(new IdempotencyKey("k")));

      feed.untilContents(2);
      assertThat(feed.contents()).containsExactly("from the bridge", "from parley");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> notifiedOf(listening.unwrap(PGConnection.class), id.value()));
    }
  }

  private static boolean notifiedOf(PGConnection connection, String seq) throws SQLException {
    return List.of(connection.getNotifications(100)).stream()
        .anyMatch(notification -> notification.getParameter().equals(seq));
  }

  @Test
  void what_parley_posts_has_the_form_that_the_bridge_writes() throws SQLException {
    try (var backend = Fixture.open(store);
        var connection = store.server().admin(store.database());
        var statement = connection.createStatement()) {
      var first = backend.post(Draft.of(TOPIC, "from parley"));
      backend.post(Draft.of(TOPIC, "an answer").inReplyTo(first));

      try (var row =
          statement.executeQuery(
              "SELECT sender, content, ts, in_reply_to FROM parley_messages ORDER BY seq")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString("sender")).isEqualTo("agent");
        assertThat(row.getString("content")).isEqualTo("from parley");
        assertThat(row.getString("ts"))
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(row.getString("in_reply_to")).isNull();
        assertThat(row.next()).isTrue();
        assertThat(row.getString("in_reply_to")).isEqualTo(first.value());
      }
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            try (var row = statement.executeQuery("SELECT handle FROM parley_messages_senders")) {
              return row.next() && row.getString(1).equals("agent");
            }
          });
    }
  }

  /** Two of each kind post at once while a reader chains pages: nobody's message is skipped. */
  @Test
  void both_kinds_of_writer_keep_one_order() throws Exception {
    try (var one = Fixture.open(store);
        var other = Fixture.open(store);
        var reading = Fixture.open(store);
        var bridge = store.server().admin(store.database());
        var anotherBridge = store.server().admin(store.database());
        var writers = Executors.newVirtualThreadPerTaskExecutor()) {
      var feed = new RecordingFeed();
      reading.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      var work =
          List.of(
              writing(one, "a"),
              writing(other, "b"),
              writing(new ExistingBridge(bridge, "c")),
              writing(new ExistingBridge(anotherBridge, "d")));
      var running = work.stream().map(writers::submit).toList();
      var read = readWhile(reading, running);

      assertThat(read).hasSize(4 * POSTS).isEqualTo(Fixture.contents(reading, TOPIC));
      feed.untilContents(4 * POSTS);
      assertThat(feed.contents()).isEqualTo(read);
    }
  }

  private static Callable<Integer> writing(Backend backend, String name) {
    return () -> {
      for (var n = 0; n < POSTS; n++) {
        backend.post(Draft.of(TOPIC, name + n));
      }
      return POSTS;
    };
  }

  private static Callable<Integer> writing(ExistingBridge bridge) {
    return () -> {
      for (var n = 0; n < POSTS; n++) {
        bridge.post(TOPIC, bridge.handle() + n);
      }
      return POSTS;
    };
  }

  private static List<String> readWhile(Backend backend, List<Future<Integer>> writers)
      throws InterruptedException, ExecutionException {
    var read = new ArrayList<String>();
    var page = backend.fetchRecent(TOPIC, Window.oldest(3));
    page.messages().forEach(message -> read.add(message.content()));
    boolean ended;
    do {
      ended = writers.stream().allMatch(Future::isDone);
      page = backend.fetchRecent(TOPIC, Window.after(page.next(), 3));
      page.messages().forEach(message -> read.add(message.content()));
    } while (!ended || !page.messages().isEmpty());
    for (var writer : writers) {
      writer.get();
    }
    return read;
  }

  @Test
  void several_processes_may_complete_it_at_once() {
    var backends = new ArrayList<Backend>();
    for (var n = 0; n < 6; n++) {
      backends.add(Fixture.open(store));
    }
    for (var backend : backends) {
      backend.post(Draft.of(TOPIC, "hello"));
    }
    assertThat(Fixture.contents(backends.getFirst(), TOPIC)).hasSize(6);
    backends.forEach(Backend::close);
  }

  @Test
  void a_table_that_is_dropped_and_made_anew_beneath_parley_is_another_store() {
    try (var backend = Fixture.open(store)) {
      var feed = new RecordingFeed();
      backend.subscribe(TOPIC, feed);
      feed.untilBehind(1);
      backend.post(Draft.of(TOPIC, "1"));
      backend.post(Draft.of(TOPIC, "2"));
      feed.untilContents(2);
      var cursor = backend.fetchRecent(TOPIC, Window.latest(1)).next();
      store
          .server()
          .execute(
              store.database(),
              "DROP TABLE parley_messages, parley_messages_senders",
              "DROP FUNCTION parley_messages_notify");
      ExistingBridge.makeTables(store);

      backend.post(Draft.of(TOPIC, "new"));

      var page = backend.fetchRecent(TOPIC, Window.after(cursor, 10));
      assertThat(page.messages()).extracting(Message::content).containsExactly("new");
      assertThat(page.gap()).isTrue();
      feed.untilBehind(2);
    }
  }
}
