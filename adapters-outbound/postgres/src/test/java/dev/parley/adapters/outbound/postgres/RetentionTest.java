package dev.parley.adapters.outbound.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.outbound.Backend;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetentionTest {

  private static final TopicName TOPIC = new TopicName("ctx");
  private static final Map<String, String> TWO_DAYS = Map.of("retention_days", "2");

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

  private void insert(String content, String ts) {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages(topic, sender, content, ts) VALUES ('ctx', 'a', '%s', '%s')"
                .formatted(content, ts));
  }

  private static String daysAgo(int days) {
    return Timestamps.format(Instant.now().minus(Duration.ofDays(days)));
  }

  @Test
  void only_messages_that_are_surely_too_old_are_deleted() {
    insert("old", daysAgo(3));
    insert("old, elsewhere in the world", daysAgo(5).replace("Z", "+14:00"));
    insert("unreadable", "the day before yesterday");
    insert("a number", "20200101");
    insert("empty", "");
    insert("perhaps old", daysAgo(2).substring(0, 10));
    insert("new", daysAgo(1));
    try (var backend = Fixture.open(store, TWO_DAYS)) {
      untilGone(backend, "old, elsewhere in the world");

      assertThat(Fixture.contents(backend, TOPIC))
          .containsExactly("unreadable", "a number", "empty", "perhaps old", "new");
    }
  }

  @Test
  void what_goes_is_always_the_oldest_part_of_a_topic() throws SQLException {
    insert("no time", "");
    insert("a clock of tomorrow", "2999-01-01T00:00:00Z");
    insert("old", daysAgo(4));
    insert("young", daysAgo(1));
    insert("a clock of yesterday", daysAgo(5));
    Cursor first;
    Cursor third;
    try (var backend = Fixture.open(store)) {
      first = backend.fetchRecent(TOPIC, Window.oldest(1)).next();
      third = backend.fetchRecent(TOPIC, Window.oldest(3)).next();
    }
    try (var backend = Fixture.open(store, TWO_DAYS)) {
      untilGone(backend, "old");

      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("young", "a clock of yesterday");
      assertThat(backend.fetchRecent(TOPIC, Window.after(first, 10)).gap()).isTrue();
      assertThat(backend.fetchRecent(TOPIC, Window.after(third, 10)).gap()).isFalse();
    }
    assertThat(count("SELECT count(*) FROM parley_messages_gone")).isOne();
  }

  @Test
  void many_rows_without_a_time_go_in_small_steps_with_one_that_came_after_them() {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages(topic, sender, content, ts)"
                + " SELECT 'ctx', 'a', n::text, '' FROM generate_series(1, 2500) n");
    insert("old", daysAgo(3));
    insert("no time, but newer", "");
    try (var backend = Fixture.open(store, TWO_DAYS)) {
      untilGone(backend, "old");

      assertThat(Fixture.contents(backend, TOPIC)).containsExactly("no time, but newer");
    }
  }

  @Test
  void a_reader_whose_place_was_trimmed_is_told() {
    insert("1", daysAgo(1));
    insert("2", daysAgo(1));
    insert("3", daysAgo(1));
    try (var backend = Fixture.open(store)) {
      var cursor = backend.fetchRecent(TOPIC, Window.oldest(1)).messages().getFirst().cursor();
      store
          .server()
          .execute(
              store.database(),
              "UPDATE parley_messages SET ts = '%s' WHERE seq <= 2".formatted(daysAgo(3)));
      try (var trimming = Fixture.open(store, TWO_DAYS)) {
        untilGone(trimming, "2");
      }

      assertThat(backend.fetchRecent(TOPIC, Window.after(cursor, 10)).gap()).isTrue();
    }
  }

  @Test
  void many_rows_are_deleted_step_by_step_and_what_follows_is_not_looked_at() {
    store
        .server()
        .execute(
            store.database(),
            "INSERT INTO parley_messages(topic, sender, content, ts)"
                + " SELECT 'ctx', 'a', n::text, '%s' FROM generate_series(1, 3500) n"
                    .formatted(daysAgo(3)),
            "INSERT INTO parley_messages(topic, sender, content, ts)"
                + " SELECT 'ctx', 'a', 'new', '%s' FROM generate_series(1, 10)"
                    .formatted(daysAgo(1)));
    try (var backend = Fixture.open(store, TWO_DAYS)) {
      untilGone(backend, "3500");

      assertThat(Fixture.contents(backend, TOPIC)).hasSize(10).containsOnly("new");
    }
  }

  @Test
  void one_process_does_what_several_are_configured_to_do() {
    try (var first = Fixture.open(store, TWO_DAYS)) {
      insert("seen by the first only", daysAgo(1));
      // Once a page can be read, Parley's own tables are there.
      assertThat(Fixture.contents(first, TOPIC)).containsExactly("seen by the first only");
      await().until(() -> meta("retention:2") == 1);
      insert("old", daysAgo(3));
      try (var second = Fixture.open(store, TWO_DAYS)) {
        assertThat(Fixture.contents(second, TOPIC)).contains("old");
        assertThat(Fixture.contents(first, TOPIC)).contains("old");
      }
    }
  }

  private long meta(String name) throws SQLException {
    return count("SELECT count(*) FROM parley_messages_meta WHERE name = '%s'".formatted(name));
  }

  private long count(String query) throws SQLException {
    try (var connection = store.server().admin(store.database());
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void untilGone(Backend backend, String content) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !Fixture.contents(backend, TOPIC).contains(content));
  }
}
