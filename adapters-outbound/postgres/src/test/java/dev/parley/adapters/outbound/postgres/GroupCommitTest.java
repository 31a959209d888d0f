package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.conformance.fault.TcpProxy;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Draft;
import dev.parley.domain.message.IdempotencyKey;
import dev.parley.domain.message.MessageId;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import dev.parley.ports.outbound.Backend;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Posts that are stored together, and what becomes of each. */
@Timeout(60)
class GroupCommitTest {

  private static final TopicName TOPIC = new TopicName("ctx");

  private PostgresStore store;
  private Backend backend;

  @BeforeEach
  void open() {
    store = Fixture.newStore();
    backend = Fixture.open(store);
  }

  @AfterEach
  void close() {
    backend.close();
    store.close();
  }

  @Test
  void posts_that_wait_for_the_topic_are_stored_in_one_transaction() throws Exception {
    backend.post(Draft.of(TOPIC, "first"));
    try (var holding = store.server().admin(store.database());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = hold(holding);
      var posts = new ArrayList<>(List.of(callers.submit(() -> backend.post(draft(0)))));
      await().until(() -> waiters() == 1);
      IntStream.rangeClosed(1, 15)
          .forEach(n -> posts.add(callers.submit(() -> backend.post(draft(n)))));
      await().until(() -> posts.size() == 16 && waiters() == 1);
      one.rollback();
      for (var post : posts) {
        post.get();
      }
    }

    assertThat(transactions()).isLessThanOrEqualTo(4);
    assertThat(Fixture.contents(backend, TOPIC)).hasSize(17).doesNotHaveDuplicates();
  }

  @Test
  void a_post_is_one_round_trip() {
    try (var proxy = new TcpProxy(store.server().port());
        var far = Fixture.open(new PostgresStore(store.server(), proxy.port(), store.database()))) {
      // Both: the first post of a process is followed by the entry of its sender.
      far.post(Draft.of(TOPIC, "warm"));
      far.post(Draft.of(TOPIC, "warm"));
      proxy.delay(Duration.ofMillis(100));
      var begun = System.nanoTime();
      far.post(Draft.of(TOPIC, "measured"));

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(200), Duration.ofMillis(390));
    }
  }

  @Test
  void topics_do_not_wait_for_each_other() throws SQLException {
    try (var holding = store.server().admin(store.database())) {
      hold(holding);

      assertThat(backend.post(Draft.of(new TopicName("other"), "x"))).isNotNull();
    }
  }

  @Test
  void a_post_to_a_topic_that_is_locked_fails_in_time_and_is_not_stored_later()
      throws SQLException {
    backend.post(Draft.of(TOPIC, "before"));
    try (var holding = store.server().admin(store.database())) {
      var lock = hold(holding);
      assertThatThrownBy(() -> backend.post(Draft.of(TOPIC, "never")))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("locked by another program");
      lock.rollback();
    }
    backend.post(Draft.of(TOPIC, "after"));

    assertThat(Fixture.contents(backend, TOPIC)).containsExactly("before", "after");
  }

  @Test
  void one_that_the_database_refuses_does_not_take_the_others_with_it() throws Exception {
    backend.post(Draft.of(TOPIC, "first"));
    store
        .server()
        .execute(
            store.database(),
            "ALTER TABLE parley_messages ADD CHECK (content NOT LIKE '%forbidden%')");
    try (var holding = store.server().admin(store.database());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var lock = hold(holding);
      var posts =
          IntStream.range(0, 8)
              .mapToObj(n ->
                  callers.submit(
                      () -> backend.post(Draft.of(TOPIC, n == 4 ? "forbidden" : "fine " + n))))
              .toList();
      await().until(() -> waiters() == 1);
      lock.rollback();

      for (var n = 0; n < 8; n++) {
        var post = posts.get(n);
        if (n == 4) {
          assertThatThrownBy(post::get)
              .isInstanceOf(ExecutionException.class)
              .cause()
              .isInstanceOf(BackendException.class)
              .hasMessageContaining("check constraint");
        } else {
          assertThat(post.get()).isNotNull();
        }
      }
    }
    assertThat(Fixture.contents(backend, TOPIC)).hasSize(8).doesNotContain("forbidden");
  }

  @Test
  void a_post_repeated_under_its_key_by_several_processes_at_once_is_stored_once()
      throws Exception {
    try (var other = Fixture.open(store);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var round = 0; round < 20; round++) {
        var draft = Draft.of(TOPIC, "round " + round).under(new IdempotencyKey("key " + round));
        var posts = new ArrayList<Future<MessageId>>();
        for (var n = 0; n < 6; n++) {
          var by = n % 2 == 0 ? backend : other;
          posts.add(callers.submit(() -> by.post(draft)));
        }
        var ids = new ArrayList<MessageId>();
        for (var post : posts) {
          ids.add(post.get());
        }
        assertThat(ids).containsOnly(ids.getFirst());
      }
    }
    assertThat(Fixture.contents(backend, TOPIC)).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void a_key_counts_for_one_topic_and_one_sender() {
    var key = new IdempotencyKey("the same");
    try (var other = Fixture.open(store.config(), "other")) {
      var ids =
          List.of(
              backend.post(Draft.of(TOPIC, "x").under(key)),
              backend.post(Draft.of(new TopicName("elsewhere"), "x").under(key)),
              other.post(Draft.of(TOPIC, "x").under(key)));

      assertThat(ids).doesNotHaveDuplicates();
    }
  }

  @Test
  void keys_and_posts_without_keep_their_ids_apart_in_one_transaction() throws Exception {
    backend.post(keyed("b"));
    try (var holding = store.server().admin(store.database());
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var lock = hold(holding);
      var posts = new LinkedHashMap<String, Future<MessageId>>();
      for (var name : List.of("a", "b", "plain 1", "c", "plain 2")) {
        var draft = name.startsWith("plain") ? Draft.of(TOPIC, name) : keyed(name);
        posts.put(name, callers.submit(() -> backend.post(draft)));
      }
      await().until(() -> waiters() == 1);
      lock.rollback();
      for (var post : posts.entrySet()) {
        var id = post.getValue().get();
        var stored =
            Fixture.history(backend, TOPIC, 10).stream()
                .filter(message -> message.id().equals(id))
                .findFirst();
        assertThat(stored).map(message -> message.content()).hasValue(post.getKey());
      }
    }
    assertThat(Fixture.contents(backend, TOPIC)).hasSize(5);
  }

  @Test
  void with_few_connections_many_topics_are_served() throws Exception {
    try (var narrow = Fixture.open(store, Map.of("pool_size", "1"));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts =
          IntStream.range(0, 100)
              .mapToObj(
                  n -> callers.submit(() -> narrow.post(Draft.of(new TopicName("t" + n), "x"))))
              .toList();
      for (var post : posts) {
        post.get();
      }
      assertThat(narrow.fetchRecent(new TopicName("t99"), Window.latest(1)).messages()).hasSize(1);
    }
  }

  private static Draft draft(int n) {
    return Draft.of(TOPIC, "post " + n);
  }

  private static Draft keyed(String name) {
    return Draft.of(TOPIC, name).under(new IdempotencyKey(name));
  }

  /** Another program holds the topic's lock until the transaction ends. */
  private static Connection hold(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(hashtext('ctx'))");
    }
    return connection;
  }

  private int waiters() throws SQLException {
    return count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
  }

  private int transactions() throws SQLException {
    return count("SELECT count(DISTINCT xmin::text) FROM parley_messages");
  }

  private int count(String query) throws SQLException {
    try (var connection = store.server().admin(store.database());
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }
}
